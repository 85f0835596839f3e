"""Search and filters above the tree."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, progress, rounds, structure, vocabularies
from tests import edits
from tests.builders import action_of

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
    assert hands.count() == "該当 6件"
    hands.box.clear()
    assert hands.count() == ""


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
    assert hands.count() == "該当 0件"
    hands.pane.findChild(QPushButton, "show_all_again").click()
    assert not hands.nothing_found()
    assert BOOTH in hands.rows()


def test_escape_empties_the_box(hands, qtbot):
    hands.box.setText("センター")
    qtbot.keyClick(hands.box, Qt.Key.Key_Escape)
    assert hands.box.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_from_the_box_one_goes_on_to_the_first_action_found(hands, qtbot, key):
    hands.box.setText("サポート")
    qtbot.keyClick(hands.box, key)
    assert hands.current() == BOOTH


def test_the_box_can_be_reached_by_a_command(hands, qtbot):
    hands.box.setText("センター")
    hands.pane.activateWindow()
    hands.pane.focus_search()
    qtbot.waitUntil(hands.box.hasFocus)
    assert hands.box.selectedText() == "センター"


def test_several_statuses_can_be_chosen(hands):
    hands.choose("status_filter", "✓ 完了")
    assert hands.count() == "該当 6件"
    hands.choose("status_filter", "◇ 完了の目途")
    assert hands.count() == "該当 13件"
    button = hands.pane.findChild(QToolButton, "status_filter")
    assert button.text().strip() == "状態：✓ 完了・◇ 完了…"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_statuses_stays_open_while_they_are_chosen(hands):
    menu = hands.pane.findChild(QToolButton, "status_filter").menu()
    menu.popup(hands.pane.mapToGlobal(hands.pane.rect().center()))
    first = menu.actions()[0]
    menu.setActiveAction(first)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(first).center())
    assert first.isChecked()
    assert menu.isVisible()
    menu.close()


def test_one_section_can_be_chosen_and_let_go_again(hands):
    section_id = vocabularies.add_section(hands.workspace, "企画課")
    details.assign(
        hands.workspace, [action_of(hands.workspace.outline, BOOTH)], section_id, Role.LEAD
    )
    hands.choose("section_filter", "企画課")
    assert hands.count() == "該当 1件"
    hands.choose("section_filter", "企画課")
    assert hands.count() == ""


def test_what_is_overdue_can_be_asked_for(hands):
    edits.set_due(hands.workspace, action_of(hands.workspace.outline, BOOTH), "H26.3")
    hands.switch("overdue")
    assert hands.count() == "該当 1件"
    assert "▲ 平成26年3月" in hands.index(BOOTH).siblingAtColumn(2).data()


def test_without_a_round_before_what_was_edited_since_the_plan_was_opened_is_changed(hands):
    hands.switch("changed")
    assert hands.nothing_found()
    hands.switch("changed")
    edits.set_note(hands.workspace, action_of(hands.workspace.outline, BOOTH), "要確認")
    hands.switch("changed")
    assert hands.count() == "該当 1件"


def test_what_changed_since_the_round_before_can_be_asked_for(hands):
    rounds.open_round(hands.workspace, "平成28年度", 2016, "2016-10-31")
    hands.switch("changed")
    assert hands.nothing_found()
    hands.switch("changed")
    progress.set_status(hands.workspace, [action_of(hands.workspace.outline, BOOTH)], 1)
    edits.set_note(hands.workspace, 1, "備考は調査のものではない")
    hands.switch("changed")
    assert hands.count() == "該当 1件"


def test_filters_and_search_work_together(hands):
    hands.choose("status_filter", "◇ 完了の目途")
    hands.box.setText("ブース")
    assert hands.count() == "該当 1件"


def test_all_is_shown_again_with_one_click(hands):
    show_all = hands.pane.findChild(QToolButton, "show_all")
    assert not show_all.isEnabled()
    hands.switch("not_filled_in")
    hands.choose("status_filter", "✓ 完了")
    hands.box.setText("ブース")
    show_all.click()
    assert len(hands.rows()) == 55
    assert not show_all.isEnabled()


def test_what_is_filled_in_stays_in_sight_until_something_else_is_asked_for(hands):
    outline = hands.workspace.outline
    action_id = action_of(outline, BOOTH)
    hands.choose("status_filter", "◇ 完了の目途")
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
    hands.pane.rename_requested.connect(
        lambda node, title: structure.rename(hands.workspace, node, title)
    )
    hands.box.setText("サポート")
    hands.select("活動拠点の整備")
    hands.press(Qt.Key.Key_F2)
    editor = hands.view.viewport().findChildren(QLineEdit)[0]
    editor.setText("拠点の整備")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "拠点の整備" in hands.rows())
    assert hands.current() == "拠点の整備"


def test_a_new_section_can_be_filtered_by_at_once(hands):
    vocabularies.add_section(hands.workspace, "企画課")
    menu = hands.pane.findChild(QToolButton, "section_filter").menu()
    assert "企画課" in [action.text() for action in menu.actions()]
