"""Search and figures above the tree: what they leave of it, and how that is said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.search import Query
from kyodo_desktop.services import details, progress, rounds, structure, vocabularies
from kyodo_desktop.ui.tree.columns import TreeColumn
from tests import edits
from tests.builders import action_of
from tests.ui.driving import run

BOOTH = "市民活動ブースの設置"
CENTRE = "市民活動サポートセンターの創設"


def test_what_is_typed_is_found_whatever_its_width_and_kana(hands):
    hands.box.setText("ｻﾎﾟｰﾄ")
    found = hands.rows()
    hands.box.setText("さぽーと")
    assert hands.rows() == found
    assert CENTRE in found
    assert "市民活動支援補助金の創設" not in found


def test_the_number_of_hits_is_told(hands):
    hands.box.setText("センター")
    assert hands.counted == "「センター」 6件を表示中"
    hands.box.clear()
    assert hands.counted == "掲載 34件（実行計画 32）"


def test_hits_are_open_and_the_end_of_the_search_closes_them_again(hands):
    hands.pane.collapse_all()
    before = hands.rows()
    hands.box.setText("サポート")
    assert CENTRE in hands.rows()
    hands.box.clear()
    assert hands.rows() == before


def test_a_current_row_that_a_search_hides_comes_back_with_its_end(hands):
    hands.select(BOOTH)
    hands.box.setText("ホームページ")
    assert hands.current() is None
    assert hands.pane.selected_nodes() == []
    hands.box.clear()
    assert hands.current() == BOOTH
    assert hands.pane.selected_nodes() == [hands.node(BOOTH)]


def test_nothing_found_says_so_and_offers_the_way_back(hands):
    hands.box.setText("どこにもない言葉")
    assert hands.nothing_found()
    assert hands.counted == "「どこにもない言葉」 0件を表示中"
    hands.pane.findChild(QPushButton, "show_all_again").click()
    assert not hands.nothing_found()
    assert BOOTH in hands.rows()


def test_escape_empties_the_box(hands, qtbot):
    hands.box.setText("センター")
    qtbot.keyClick(hands.box, Qt.Key.Key_Escape)
    assert hands.box.text() == ""


def test_down_leads_from_the_box_to_the_first_action_found(hands, qtbot):
    hands.pane.select(hands.workspace.outline.roots[0])
    hands.box.setText("サポート")
    qtbot.keyClick(hands.box, Qt.Key.Key_Down)
    assert hands.current() == BOOTH


def test_enter_goes_from_one_hit_to_the_next_and_stays_in_the_box(hands, qtbot):
    run(hands.window, "search")
    hands.box.setText("補助金")
    actions = {each.title for each in hands.workspace.outline.actions.values()}
    hits = [each for each in hands.rows() if each in actions]
    found = []
    for _ in range(len(hits) + 1):
        qtbot.keyClick(hands.box, Qt.Key.Key_Return)
        found.append(hands.current())
    assert found == [*hits, hits[0]]
    assert hands.box.hasFocus()
    run(hands.window, "next_hit")
    assert hands.current() == [*hits, *hits][1]


def test_the_box_can_be_reached_by_a_command(hands, qtbot):
    hands.box.setText("センター")
    run(hands.window, "search")
    qtbot.waitUntil(hands.box.hasFocus)
    assert hands.box.selectedText() == "センター"


def test_the_columns_can_be_limited_beside_a_figure(hands):
    hands.pane.limit_requested.emit(None, [1, 2])
    assert hands.counted == "状態：✓ 完了・◇ 完了の目途 13件を表示中（実行計画 12）"
    limit = hands.strip.findChild(QToolButton, "limit")
    assert limit.isVisible()
    assert "状態：✓ 完了・◇ 完了の目途" in limit.accessibleName()
    hands.box.setText("ブース")
    assert len(hands.pane.query.statuses) == 2
    limit.click()
    assert not limit.isVisible()
    assert hands.pane.query == Query("ブース", month=hands.pane.query.month)


def test_the_actions_of_a_section_are_shown_and_nothing_else(hands):
    section_id = vocabularies.add_section(hands.workspace, "企画課")
    action_id = action_of(hands.workspace.outline, BOOTH)
    details.assign(hands.workspace, [action_id], section_id, Role.LEAD)
    hands.box.setText("センター")
    hands.pane.show_section(section_id)
    assert hands.counted == "担当課：企画課 1件を表示中"
    assert hands.box.text() == ""
    assert hands.current() == BOOTH


def test_what_is_overdue_can_be_asked_for(hands):
    edits.set_due(hands.workspace, action_of(hands.workspace.outline, BOOTH), "H27.3")
    hands.press_figure("overdue")
    assert hands.counted == "期限超過 1件を表示中"
    due = hands.index(BOOTH).siblingAtColumn(TreeColumn.DUE)
    assert due.data() == "H27.3"
    assert "期限超過" in due.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_changed_since_the_round_before_can_be_asked_for(hands):
    assert not hands.figure("changed").isEnabled()
    rounds.open_round(hands.workspace, "平成28年度", 2016, "2016-10-31")
    assert hands.value("changed") == 0
    progress.set_status(hands.workspace, [action_of(hands.workspace.outline, BOOTH)], 1)
    edits.set_note(hands.workspace, 1, "備考は調査のものではない")
    hands.press_figure("changed")
    assert hands.counted == "変更 1件を表示中"


def test_one_figure_is_on_at_a_time_together_with_the_words(hands):
    structure.add_action(hands.workspace, hands.node("活動拠点の整備"), "倉庫")
    hands.press_figure("empty")
    hands.press_figure("unconfirmed")
    assert [each.isChecked() for each in hands.strip.figures.values()].count(True) == 1
    hands.box.setText("倉庫")
    assert hands.counted == "未確認・「倉庫」 1件を表示中"
    hands.press_figure("unconfirmed")
    assert hands.pane.query.standing is None
    assert hands.box.text() == "倉庫"


def test_a_jump_from_elsewhere_ends_all_of_it(hands):
    hands.box.setText("サポート")
    hands.pane.limit_requested.emit(None, [1])
    hands.pane.all_requested.emit()
    assert len(hands.rows()) == 55
    assert hands.strip.wanted.is_all


def test_what_is_filled_in_stays_in_sight_until_something_else_is_asked_for(hands):
    outline = hands.workspace.outline
    action_id = action_of(outline, BOOTH)
    hands.pane.limit_requested.emit(None, [2])
    progress.set_status(hands.workspace, [action_id], next(iter(outline.statuses)))
    assert BOOTH in hands.rows()
    hands.box.setText("市民")
    assert BOOTH not in hands.rows()


def test_what_is_added_during_a_search_is_seen(hands):
    hands.box.setText("サポート")
    structure.add_action(hands.workspace, hands.node("活動拠点の整備"), "倉庫の設置")
    assert "倉庫の設置" in hands.rows()


def test_what_is_added_in_a_new_heading_during_a_search_is_seen(hands):
    hands.box.setText("サポート")
    heading = structure.add_heading(hands.workspace, hands.node("環境づくり"), "倉庫")
    structure.add_action(hands.workspace, heading, "倉庫の設置")
    assert "倉庫の設置" in hands.rows()


def test_a_jump_to_a_row_that_a_search_hides_ends_the_search(hands):
    hands.box.setText("ホームページ")
    hands.pane.select(hands.node(BOOTH))
    assert hands.current() == BOOTH
    assert hands.box.text() == ""


def test_a_heading_can_be_renamed_while_a_search_is_on(hands, qtbot):
    hands.box.setText("サポート")
    hands.select("活動拠点の整備")
    hands.press(Qt.Key.Key_F2)
    editor = hands.view.viewport().findChildren(QLineEdit)[0]
    editor.setText("拠点の整備")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "拠点の整備" in hands.rows())
    assert hands.current() == "拠点の整備"
