"""The lines of 進捗状況: added, ordered, marked and deleted where they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kyodo_desktop.services import progress
from kyodo_desktop.services import vocabularies as sections
from tests.builders import action_of

TITLE = "職員研修の実施"  # the one with two lines
FIRST, SECOND = "市内職員研修として「協働」をテーマに実施中", "担当職員を専門研修へ派遣中"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def action_id(workspace, choose):
    choose(TITLE)
    return action_of(workspace.outline, TITLE)


@pytest.fixture
def lines(workspace, action_id):
    """Return the texts of the lines as they stand in the plan."""
    return lambda: [line.text for line in workspace.outline.lines.get(action_id, ())]


def test_each_line_has_a_row(find, action_id):
    assert [find(f"line_text_{number}").typed() for number in (1, 2)] == [FIRST, SECOND]


def test_a_line_is_added_and_typed_into(find, lines):
    find("add_line").click()
    assert find("line_text_3").hasFocus()
    find("line_text_3").insertPlainText("三行目")
    find("add_line").setFocus()
    assert lines() == [FIRST, SECOND, "三行目"]


def test_alt_and_a_cursor_key_move_the_line_with_its_cursor(qtbot, find, lines):
    find("line_text_2").setFocus()
    cursor = find("line_text_2").textCursor()
    cursor.setPosition(4)
    find("line_text_2").setTextCursor(cursor)
    qtbot.keyClick(find("line_text_2"), Qt.Key.Key_Up, ALT)
    assert lines() == [SECOND, FIRST]
    assert find("line_text_1").hasFocus()
    assert find("line_text_1").textCursor().position() == 4
    qtbot.keyClick(find("line_text_1"), Qt.Key.Key_Down, ALT)
    assert lines() == [FIRST, SECOND]
    assert find("line_text_2").hasFocus()


def test_text_being_typed_goes_with_its_line(qtbot, find, lines):
    find("line_text_2").setFocus()
    find("line_text_2").setPlainText("打ちかけ")
    qtbot.keyClick(find("line_text_2"), Qt.Key.Key_Up, ALT)
    assert lines() == ["打ちかけ", FIRST]


def test_alt_and_a_cursor_key_is_not_the_windows_here(qtbot, pane, find, action_id):
    window_action = pane.addAction("上へ移動")
    window_action.setShortcut("Alt+Up")
    find("line_text_2").setFocus()
    with qtbot.assertNotEmitted(window_action.triggered):
        qtbot.keyClick(find("line_text_2"), Qt.Key.Key_Up, ALT)
    find("note").setFocus()
    with qtbot.waitSignal(window_action.triggered):
        qtbot.keyClick(find("note"), Qt.Key.Key_Up, ALT)


@pytest.fixture
def offered(find):
    """Return what the menu of a line offers, by its words."""

    def offered(name):
        menu = find(name).menu()
        menu.aboutToShow.emit()
        return {each.text().partition("\t")[0]: each for each in menu.actions() if each.text()}

    return offered


def test_the_menu_moves_a_line_too(offered, lines):
    assert not offered("line_more_1")["この行を上へ"].isEnabled()
    assert not offered("line_more_2")["この行を下へ"].isEnabled()
    offered("line_more_1")["この行を下へ"].trigger()
    assert lines() == [SECOND, FIRST]
    offered("line_more_2")["この行を上へ"].trigger()
    assert lines() == [FIRST, SECOND]


def test_a_line_is_deleted_and_comes_back(find, lines, workspace, offered):
    offered("line_more_1")["この行を削除"].trigger()
    assert lines() == [SECOND]
    assert find("line_text_1").typed() == SECOND
    assert find("line_text_1").hasFocus()
    workspace.undo()
    assert [find(f"line_text_{number}").typed() for number in (1, 2)] == [FIRST, SECOND]


def test_the_last_line_can_be_deleted(find, lines, offered):
    offered("line_more_2")["この行を削除"].trigger()
    offered("line_menu")["この行を削除"].trigger()
    assert lines() == []
    assert find("add_line").hasFocus()


def test_the_segments_are_the_mark_of_one_line_alone(pane, choose):
    choose("市民活動支援基金の創設")
    for name in ("line_mark_1", "line_more_1"):
        assert [each.isVisible() for each in pane.findChildren(object, name)] == [False]


def test_each_of_several_lines_has_a_mark_of_its_own(find, action_id, workspace, offered):
    marks = offered("line_mark_2")
    assert list(marks) == ["完了", "完了の目途", "継続中", "未記入"]
    marks["完了"].trigger()
    assert find("line_mark_2").accessibleName() == "2行目の状態：完了"
    assert workspace.outline.status(action_id).mark == "・"


def test_a_line_may_be_without_a_mark(find, action_id, workspace, offered):
    offered("line_mark_2")["未記入"].trigger()
    assert workspace.outline.lines[action_id][1].status_id is None
    assert find("line_mark_2").accessibleName() == "2行目の状態：未記入"


def test_a_line_says_which_section_it_is_from(action_id, workspace, offered):
    sections = offered("line_more_1")["記入した課"].menu()
    assert [each.text() for each in sections.actions() if each.text()] == [
        "市民活動推進課",
        "（なし）",
    ]
    sections.actions()[0].trigger()
    assert workspace.outline.lines[action_id][0].section_id == 1
    sections.actions()[-1].trigger()
    assert workspace.outline.lines[action_id][0].section_id is None


def test_a_line_names_the_section_it_is_from(pane, action_id, workspace):
    section_id = sections.add_section(workspace, "健康推進課")
    progress.set_line_section(workspace, workspace.outline.lines[action_id][0].id, section_id)
    assert [
        each.text()
        for each in pane.findChildren(object)
        if each.property("text") == "健康推進課" and each.isVisible()
    ] == ["健康推進課"]


def test_an_edit_of_a_line_from_elsewhere_leaves_the_others_alone(
    qtbot, find, action_id, workspace
):
    second = workspace.outline.lines[action_id][1]
    with qtbot.assertNotEmitted(find("line_text_1").textChanged):
        progress.set_line_text(workspace, second.id, "別の文")
    assert find("line_text_2").typed() == "別の文"
