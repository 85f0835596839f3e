"""紙面 in the window: what it shows, what is chosen in it, and what it follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QToolButton

from kyodo_desktop.services import progress, structure
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.paper import painting
from kyodo_desktop.ui.widgets import theme
from tests.builders import action_of, node_of
from tests.ui.driving import outline, run, select

BOOTH = "市民活動ブースの設置"
FUND = "市民活動支援基金の創設"


@pytest.fixture
def paper(window):
    run(window, "show_paper")
    QApplication.processEvents()
    return window.features.paper.page


def column_of(paper, word):
    return paper.view.texts.column_names().index(word)


def row_of(paper, title):
    texts, column = paper.view.texts, column_of(paper, "実行計画")
    return next(row for row in range(len(texts.table)) if texts.text(row, column) == title)


def test_it_stands_in_the_place_of_the_list(window, paper):
    assert paper.isVisible()
    assert not window.tree.isVisible()
    run(window, "show_list")
    assert window.tree.isVisible()
    assert not paper.isVisible()


def test_it_has_a_column_for_each_level_and_a_row_for_each_placement(paper):
    assert paper.view.texts.column_names() == [
        *("推進項目", "施策", "番号", "実行計画", "進捗状況", "今後の方向性")
    ]
    assert paper.view.model().rowCount() == 34


def test_a_heading_is_said_for_each_row_that_it_is_merged_over(paper):
    model = paper.view.model()
    assert model.index(0, 0).data() == model.index(6, 0).data() == "1 環境づくり"
    assert model.index(1, 1).data() == "(2) 活動支援及び中間支援機能の充実"


def test_a_cell_is_read_out_with_its_column_and_the_word_of_its_status(paper):
    index = paper.view.model().index(0, column_of(paper, "進捗状況"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("進捗状況　◇ 完了の目途")


def test_what_is_chosen_in_the_list_is_chosen_here(window):
    node = select(window, FUND)
    run(window, "show_paper")
    assert window.features.paper.page.view.chosen_nodes() == [node]


def test_what_is_chosen_here_is_chosen_in_the_list(window, paper):
    paper.view.go_to(row_of(paper, FUND), column_of(paper, "進捗状況"))
    assert window.tree.selected_nodes() == [node_of(outline(window), FUND)]
    paper.view.go_to(0, 0)
    assert window.tree.selected_nodes() == [node_of(outline(window), "環境づくり")]


def test_the_keys_lead_from_heading_to_heading(window, paper, qtbot):
    paper.view.setFocus()
    paper.view.go_to(0, 0)
    qtbot.keyClick(paper.view, Qt.Key.Key_Down)
    assert paper.view.chosen_nodes() == [node_of(outline(window), "担い手づくり")]
    qtbot.keyClick(paper.view, Qt.Key.Key_Up)
    assert paper.view.chosen_nodes() == [node_of(outline(window), "環境づくり")]


def test_an_edit_and_its_undo_are_shown_where_they_are(window, paper):
    action = action_of(outline(window), FUND)
    index = paper.view.model().index(row_of(paper, FUND), column_of(paper, "進捗状況"))
    progress.set_status(window.plan.workspace, [action], 1)
    assert index.data().startswith("✓ 完了")
    run(window, "undo")
    assert index.data().startswith("・ 継続中")


def test_a_text_of_more_lines_makes_its_row_higher(window, paper):
    row = row_of(paper, FUND)
    before = paper.view.rowHeight(row)
    line = outline(window).lines[action_of(outline(window), FUND)][0]
    progress.set_line_text(window.plan.workspace, line.id, "検討中\n" * 8)
    assert paper.view.rowHeight(row) > before + 7 * 15


def test_a_new_action_gets_its_row_and_what_was_in_sight_stays_so(window, paper):
    view = paper.view
    view.verticalScrollBar().setValue(200)
    top, place = view.rowAt(0), view.rowViewportPosition(view.rowAt(0))
    title = view.texts.text(top, column_of(paper, "実行計画"))
    structure.add_action(window.plan.workspace, node_of(outline(window), "活動拠点の整備"), "新規")
    assert view.model().rowCount() == 35
    assert view.texts.text(view.rowAt(0), column_of(paper, "実行計画")) == title
    assert view.rowViewportPosition(view.rowAt(0)) == place


def test_a_search_leaves_its_hits_with_their_headings(window, paper):
    window.strip.search.setText("基金")
    assert [paper.view.texts.text(0, column) for column in (0, 1, 3)] == [
        "1 環境づくり",
        "(3) 財政的援助及び活動資金の確保",
        FUND,
    ]
    assert paper.view.model().rowCount() == 1


def test_another_plan_begins_with_the_list(window, paper, sample_file):
    assert window.files.open(sample_file)
    assert window.tree.isVisible()


def test_what_is_asked_for_beside_the_list_brings_the_list_back(window, paper):
    window.show_editor()
    assert window.side.isVisible()
    assert not paper.isVisible()


def test_f6_and_esc_lead_back_to_it(window, paper, qtbot):
    paper.view.setFocus()
    run(window, "next_pane")
    assert not paper.view.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert paper.view.hasFocus()


def test_its_button_in_the_foot_is_pressed_while_it_is_shown(window, paper):
    assert window.foot.findChild(QToolButton, "view_paper").isChecked()
    window.foot.findChild(QToolButton, "view_list").click()
    assert not paper.isVisible()


def test_the_words_of_a_search_are_marked(window, paper):
    before = paper.view.viewport().grab().toImage()
    window.strip.search.setText("基金")
    QApplication.processEvents()
    assert paper.view.words == ("基金",)
    marked = theme.tokens().hit.rgb()
    image = paper.view.viewport().grab().toImage()

    def seen(picture):
        return any(
            picture.pixel(x, y) == marked
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height(), 3)
        )

    assert seen(image)
    assert not seen(before)


def in_sight(view, index):
    return view.viewport().rect().contains(view.visualRect(index).center())


@pytest.mark.parametrize("percent", [150, 200])
def test_what_is_chosen_stays_in_sight_in_another_size(window, paper, percent):
    """The same row, whether it stood at the top or at the foot of what is seen."""
    window.resize(1366, 728)
    QApplication.processEvents()
    view = paper.view
    view.scrollToTop()
    last = view.rowAt(view.viewport().height() - 2) - 1
    view.go_to(last, column_of(paper, "進捗状況"))
    assert in_sight(view, view.currentIndex())
    theme.set_zoom(percent)
    QApplication.processEvents()
    assert in_sight(view, view.currentIndex())
    window.resize(900, 600)
    QApplication.processEvents()
    assert in_sight(view, view.currentIndex())


def test_a_cell_out_of_sight_comes_up_when_it_is_typed_into(paper, qtbot):
    view = paper.view
    for row, column in ((0, column_of(paper, "進捗状況")), (0, 0)):
        view.go_to(row, column)
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        assert not in_sight(view, view.model().index(row, column_of(paper, "番号")))
        qtbot.keyClick(view, Qt.Key.Key_Return)
        field = paper.editor.field
        shown = QRect(field.mapTo(view.viewport(), QPoint()), field.size())
        assert view.viewport().rect().intersects(shown)
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_a_title_that_is_too_long_for_a_line_is_read_in_two(qapp):
    metrics = QFontMetrics(theme.font(13, bold=True))
    title = "○○市 協働のまちづくり推進計画 進捗状況一覧（平成27年度）"
    width = metrics.horizontalAdvance(title)
    assert painting.in_two_lines(title, metrics, width * 2 // 3) == title
    assert painting.in_two_lines(title, metrics, width // 3).endswith("…")


def test_the_program_begins_with_the_view_in_which_it_ended(
    window, paper, settings, clock, sample_file, qtbot
):
    window.close()
    again = MainWindow(settings, clock)
    qtbot.addWidget(again)
    again.show()
    assert again.files.open(sample_file)
    assert again.features.paper.is_shown
    run(again, "show_list")
    again.close()
    third = MainWindow(settings, clock)
    qtbot.addWidget(third)
    third.show()
    assert third.files.open(sample_file)
    assert not third.features.paper.is_shown
    third.close()
