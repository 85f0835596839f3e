"""What the page of 集計 shows, and what its figures and rows open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kyodo_desktop.domain.errors import UnreachableError
from kyodo_desktop.services import progress, removing, rounds, vocabularies
from kyodo_desktop.ui.overview.figures import FigureButton
from kyodo_desktop.ui.overview.lists import RowList
from tests import edits
from tests.builders import action_of, node_of, opened
from tests.ui.driving import select_nothing, tree

FUND, BOOTH = "市民活動支援基金の創設", "市民活動ブースの設置"
LECTURE = "協働のまちづくり講座の開設"
ENVIRONMENT = "環境づくり"


class Reader:
    """Reads the page as its users do."""

    def __init__(self, window):
        self.window = window
        self.page = window.features.overview.page

    @property
    def outline(self):
        return self.window.plan.workspace.outline

    def show(self, title="前期"):
        self.window.tree.select(node_of(self.outline, title))

    def figures(self):
        buttons = self.page.findChildren(FigureButton)
        return [each.figure.spoken for each in buttons if each.isVisible()]

    def rows(self, name):
        found = self.page.findChild(RowList, name)
        if not found.isVisible():
            return []
        model, role = found.model(), Qt.ItemDataRole.AccessibleTextRole
        return [
            [model.index(row, column).data(role) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def list(self, name):
        return self.page.findChild(RowList, name)

    def chosen(self):
        return [self.outline.title(each) for each in self.window.tree.selected_nodes()]

    def count(self):
        """What the foot says is shown."""
        return self.window.foot.findChild(QLabel, "foot_count").text()

    def trend(self):
        return self.page.findChild(QWidget, "trend")


@pytest.fixture
def reader(window):
    return Reader(window)


@pytest.fixture
def next_year(reader):
    """A second round, in which one thing got done."""
    workspace = reader.window.plan.workspace
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    progress.set_status(workspace, [action_of(reader.outline, BOOTH)], 1)
    return reader


def test_without_a_choice_the_whole_plan_is_counted(reader):
    reader.window.side.show_nodes([])
    assert reader.figures() == [
        "完了の掲載数 6（全34）",
        "完了の目途の掲載数 7",
        "継続中の掲載数 21",
        "実行計画数（再掲を除く） 32",
    ]
    assert [row[0] for row in reader.rows("bars")][:2] == ["1 環境づくり", "2 担い手づくり"]
    assert reader.rows("bars")[0][1:] == ["完了 2、完了の目途 3、継続中 2", "完了 2/7"]


def test_a_heading_is_counted_by_those_below_it(reader):
    reader.show(ENVIRONMENT)
    assert reader.figures()[0] == "完了 2（全7）"
    assert [row[0] for row in reader.rows("bars")] == [
        "(1) 活動拠点の整備",
        "(2) 活動支援及び中間支援機能の充実",
        "(3) 財政的援助及び活動資金の確保",
        "(4) 活動単位（ネットワーク）の拡大",
    ]
    assert reader.rows("actions_here") == []


def test_the_lowest_heading_lists_its_actions(reader):
    reader.show("財政的援助及び活動資金の確保")
    assert reader.rows("bars") == []
    assert not reader.page.legend.isVisible()
    assert [row[0] for row in reader.rows("actions_here")] == ["完了", "継続中"]


def test_the_round_before_is_told_with_its_signs(next_year):
    next_year.show(ENVIRONMENT)
    assert next_year.figures()[:3] == [
        "完了 3（全7）、前回比＋1",
        "完了の目途 2、前回比－1",
        "継続中 2",
    ]
    next_year.show()
    _, bar, done = next_year.rows("bars")[0]
    assert done == "完了 3/7 ＋1"
    assert bar.endswith("（前回：完了 2、完了の目途 3、継続中 2）")


def test_the_trend_comes_with_the_second_round(reader):
    reader.show()
    assert not reader.trend().isVisible()


def test_the_trend_is_read_out_as_a_table(next_year):
    next_year.show()
    assert next_year.trend().accessibleDescription().splitlines() == [
        "平成27年度：完了 6、完了の目途 7、継続中 21、未記入 0、計 34",
        "平成28年度：完了 7、完了の目途 6、継続中 21、未記入 0、計 34",
    ]


def test_what_is_late_is_listed_the_longest_first(reader):
    for title, month in ((FUND, "H26.3"), (BOOTH, "H27.3"), (LECTURE, "H24.3")):
        edits.set_due(reader.window.plan.workspace, action_of(reader.outline, title), month)
    reader.show()
    assert [[row[0], row[1], row[3]] for row in reader.rows("overdue_list")] == [
        ["平成26年3月", FUND, "1年7か月"],
        ["平成27年3月", BOOTH, "7か月"],
    ]
    assert reader.list("overdue_list").accessibleName() == "期限超過 2件・長い順"


def test_what_is_due_soon_is_listed(reader):
    edits.set_due(reader.window.plan.workspace, action_of(reader.outline, BOOTH), "H27.12")
    reader.show()
    assert [row[:2] for row in reader.rows("soon_list")] == [["平成27年12月", BOOTH]]


def test_an_edit_is_counted_while_the_page_is_shown(reader):
    reader.show()
    progress.set_status(reader.window.plan.workspace, [action_of(reader.outline, FUND)], 1)
    assert reader.figures()[0] == "完了の掲載数 7（全34）"


def test_what_others_did_since_the_plan_was_left_is_told(reader, sample_file, clock):
    window = reader.window
    window.files.release()
    plan = opened(sample_file, clock, author="佐藤")
    progress.set_status(plan.workspace, [action_of(plan.workspace.outline, BOOTH)], 1)
    plan.close()
    assert window.files.open(sample_file)
    edits.set_note(window.plan.workspace, action_of(reader.outline, FUND), "自分で")
    reader.show()
    assert reader.rows("news_list") == [["完了の目途から完了", BOOTH, "佐藤"]]
    assert "11月23日から" in reader.list("news_list").accessibleName()


def test_who_opens_a_plan_for_the_first_time_has_missed_nothing(reader):
    reader.show()
    assert reader.rows("news_list") == []


@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("title", ["前期", "環境づくり"])
def test_what_a_figure_counts_is_read_as_a_whole_on_a_small_screen(reader, width, title):
    reader.window.resize(width, 700)
    reader.show(title)
    QApplication.processEvents()
    shown = [each for each in reader.page.findChildren(FigureButton) if each.isVisible()]
    for button in shown:
        lines = button.caption_lines()
        assert not [each for each in lines if each.endswith("…")]
        assert button.figure.label in "".join(lines)
        assert button.height() >= button.sizeHint().height()
    assert len({each.height() for each in shown[:4]}) == 1


def test_a_figure_opens_its_rows(reader, qtbot):
    reader.show(ENVIRONMENT)
    near = reader.page.findChild(FigureButton, "figure_1")
    qtbot.keyClick(near, Qt.Key.Key_Return)
    assert reader.count() == "1 環境づくり　完了の目途 3件を表示中"


def test_the_figure_of_all_actions_lists_them(reader, qtbot):
    """The last figure counts each once, below a heading and in the whole plan."""
    for show, words, count in (
        (lambda: reader.show(ENVIRONMENT), "1 環境づくり　実行計画", 7),
        (lambda: select_nothing(reader.window), "実行計画", 32),
    ):
        reader.window.tree.show_all()
        show()
        whole = [each for each in reader.page.findChildren(FigureButton) if each.isVisible()][-1]
        assert whole.figure.number == count
        qtbot.keyClick(whole, Qt.Key.Key_Return)
        assert reader.count().startswith(words)
        assert f"（実行計画 {count}）" in reader.count()


def test_a_heading_is_opened_with_the_rows_below_it(reader, qtbot):
    reader.window.resize(1366, 400)
    view = tree(reader.window)
    reader.show()
    view.scrollToTop()
    bars = reader.list("bars")
    last = bars.model().rowCount() - 1
    bars.setFocus()
    bars.setCurrentIndex(bars.model().index(last, 0))
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    heading = view.currentIndex()
    room = view.viewport().rect()
    assert room.contains(view.visualRect(heading).center())
    assert room.contains(view.visualRect(view.indexBelow(view.indexBelow(heading))).center())


def test_all_that_is_late_is_opened_by_its_link(reader, qtbot):
    for title in (BOOTH, FUND):
        edits.set_due(reader.window.plan.workspace, action_of(reader.outline, title), "H26.3")
    reader.show()
    qtbot.mouseClick(reader.page.all_overdue, Qt.MouseButton.LeftButton)
    assert reader.count() == "期限超過 2件を表示中"
    reader.show("活動拠点の整備")
    qtbot.mouseClick(reader.page.all_overdue, Qt.MouseButton.LeftButton)
    assert reader.count() == "(1) 活動拠点の整備　期限超過 1件を表示中"


def test_a_row_opens_what_it_stands_for_by_key_and_by_click(reader, qtbot):
    reader.show()
    bars = reader.list("bars")
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert reader.chosen() == ["担い手づくり"]
    reader.show()
    first = bars.visualRect(bars.model().index(0, 0)).center()
    qtbot.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert reader.chosen() == [ENVIRONMENT]


def test_a_part_of_a_bar_opens_what_it_counts(reader, qtbot):
    reader.show()
    bars = reader.list("bars")
    room = bars.visualRect(bars.model().index(0, 1))
    for share, words in ((0.1, "完了"), (0.5, "完了の目途"), (0.9, "継続中")):
        place = QPoint(room.left() + round(room.width() * share), room.top() + 8)
        qtbot.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert reader.count().startswith(f"1 環境づくり　{words} ")


def test_a_column_of_the_trend_opens_its_round(next_year, qtbot):
    next_year.show()
    trend = next_year.trend()
    trend.setFocus()
    qtbot.keyClick(trend, Qt.Key.Key_Left)
    qtbot.keyClick(trend, Qt.Key.Key_Return)
    assert next_year.outline.round.name == "平成27年度"


def test_what_is_deleted_beside_it_is_counted_no_more(reader):
    select_nothing(reader.window)
    before = reader.figures()
    reader.show(BOOTH)
    reader.window.strip.search.setText(BOOTH)
    removing.delete(reader.window.plan.workspace, [node_of(reader.outline, BOOTH)])
    assert reader.chosen() == []
    assert reader.figures() != before
    reader.window.tree.show_all()


def test_enter_opens_a_column_that_is_still_there(next_year, qtbot):
    next_year.show()
    trend = next_year.trend()
    trend.setFocus()
    trend.resize(60, trend.height())
    with qtbot.waitSignal(trend.opened):
        qtbot.keyClick(trend, Qt.Key.Key_Return)


def test_while_the_file_is_away_what_is_known_is_shown(next_year):
    def refuse():
        raise UnreachableError("ドライブにつながっていません。")

    next_year.window.plan.workspace.before_asking = refuse
    next_year.show(ENVIRONMENT)
    assert next_year.figures()[0].startswith("完了 3")
    assert not next_year.trend().isVisible()


def test_the_fields_of_a_heading_are_folded_at_its_end(reader):
    reader.show(ENVIRONMENT)
    title = reader.page.findChild(QWidget, "heading_title")
    assert not title.isVisible()
    reader.page.fields.unfold()
    assert title.isVisible()
    assert title.text() == ENVIRONMENT
    reader.show("担い手づくり")
    assert (title.isVisible(), title.text()) == (True, "担い手づくり")


def test_a_plan_without_a_round_says_so(reader):
    workspace = reader.window.plan.workspace
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    workspace.outline = reader.outline.as_of(None)
    reader.window.features.overview.show_nodes([])
    assert reader.page.sentence.text().startswith("調査がまだありません")
    assert reader.figures() == []


def test_a_term_without_actions_says_so(reader):
    reader.show("後期")
    assert "まだありません" in reader.page.sentence.text()
    assert reader.rows("bars") == []


def test_a_plan_with_thirty_statuses_is_counted_by_kind(reader):
    workspace = reader.window.plan.workspace
    entries = vocabularies.status_entries(workspace.outline)
    more = [entries[-1]._replace(id=None, mark=f"評{n}", label=f"評価{n}") for n in range(27)]
    vocabularies.set_statuses(workspace, [*entries, *more])
    reader.show()
    assert reader.figures() == [
        "完了の掲載数 6（全34）",
        "完了の目途の掲載数 7",
        "継続中の掲載数 21",
        "実行計画数（再掲を除く） 32",
    ]
