"""担当課: taken from the list or typed, with the part that each has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, vocabularies
from tests.builders import action_of

TITLE = "市民活動支援基金の創設"


@pytest.fixture
def ids(workspace, choose):
    """Two sections with names that a test can type; key events know Latin letters only."""
    ids = {name: vocabularies.add_section(workspace, name) for name in ("ALPHA課", "BETA課")}
    choose(TITLE)
    return ids


@pytest.fixture
def assigned(workspace):
    """Return the sections of the action with their parts."""

    def assigned():
        outline = workspace.outline
        rows = outline.assignments.get(action_of(outline, TITLE), ())
        return [(outline.sections[row.section_id].name, row.role) for row in rows]

    return assigned


def typed(qtbot, find, text):
    names = find("section_name")
    names.setFocus()
    qtbot.keyClicks(names, text)
    return names


def offered(chip):
    """Return what the menu of a chip offers, by its words."""
    actions = chip.menu().actions()
    return {each.text(): each for each in actions if each.isVisible() and each.text()}


def test_the_first_section_leads_and_the_next_helps(find, ids, assigned):
    names = find("section_name")
    for name in ("BETA課", "ALPHA課"):
        names.activated.emit(names.findText(name))
    assert assigned() == [("BETA課", "lead"), ("ALPHA課", "related")]
    chip = find(f"section_{ids['BETA課']}")
    assert (chip.text(), chip.font().bold()) == ("BETA課", True)
    assert chip.accessibleName() == "BETA課（主担当）"


def test_enter_takes_a_name_that_is_in_the_list(qtbot, find, ids, assigned):
    names = typed(qtbot, find, "")
    names.setEditText("ａｌｐｈａ課")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert assigned() == [("ALPHA課", "lead")]
    qtbot.waitUntil(lambda: names.currentText() == "")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_part_of_a_name_is_completed(qtbot, find, ids, assigned):
    names = typed(qtbot, find, "lph")
    popup = find("section_name").completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert assigned() == [("ALPHA課", "lead")]
    qtbot.waitUntil(lambda: names.currentText() == "")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_one_enter_takes_a_whole_name_while_suggestions_are_open(qtbot, find, ids, assigned):
    names = typed(qtbot, find, "alpha")
    names.setEditText("ALPHA課")
    popup = names.completer().popup()
    names.completer().complete()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert assigned() == [("ALPHA課", "lead")]
    assert names.currentText() == ""


def test_leaving_the_field_takes_a_name_that_is_in_the_list(qtbot, find, ids, assigned):
    names = typed(qtbot, find, "")
    names.setEditText("BETA課")
    find("note").setFocus()
    assert assigned() == [("BETA課", "lead")]
    assert names.currentText() == ""


def test_escape_takes_back_what_is_typed(qtbot, find, ids, assigned):
    names = typed(qtbot, find, "")
    names.setEditText("ALPHA課")
    qtbot.keyClick(names, Qt.Key.Key_Escape)
    find("note").setFocus()
    assert assigned() == []


def test_undo_is_the_windows_after_a_section_was_taken(qtbot, pane, find, ids):
    names = typed(qtbot, find, "")
    names.setEditText("ALPHA課")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    undone = QShortcut(QKeySequence("Ctrl+Z"), pane)
    with qtbot.waitSignal(undone.activated):
        qtbot.keyClick(names, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_half_a_name_does_not_become_a_section_by_itself(qtbot, find, ids, workspace):
    before = len(workspace.outline.sections)
    names = typed(qtbot, find, "gamma")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert len(workspace.outline.sections) == before
    assert "「gamma」を新しい担当課として追加" in find("new_section").accessibleName()


@pytest.mark.parametrize("by", ["enter", "click"])
def test_a_new_name_becomes_a_section_when_that_is_confirmed(qtbot, find, ids, assigned, by):
    names = typed(qtbot, find, "gamma")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    if by == "enter":
        qtbot.keyClick(names, Qt.Key.Key_Return)
    else:
        find("new_section").click()
    assert assigned() == [("gamma", "lead")]


def test_the_offer_goes_when_the_name_changes(qtbot, pane, find, ids):
    names = typed(qtbot, find, "gamma")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    qtbot.keyClicks(names, "x")
    assert not pane.findChild(object, "new_section").isVisible()


def test_leaving_the_field_keeps_a_new_name_and_offers_to_add_it(qtbot, find, ids, assigned):
    names = typed(qtbot, find, "gamma")
    find("note").setFocus()
    assert names.currentText() == "gamma"
    assert assigned() == []
    assert "「gamma」は担当課の一覧にありません" in find("error").text()
    find("new_section").click()
    assert assigned() == [("gamma", "lead")]


def test_a_section_is_not_added_twice(find, ids, assigned):
    names = find("section_name")
    for _ in range(2):
        names.activated.emit(names.findText("ALPHA課"))
    assert assigned() == [("ALPHA課", "lead")]


def test_the_part_is_changed_in_the_menu_of_the_chip(qtbot, find, ids, assigned, workspace):
    details.assign(workspace, [action_of(workspace.outline, TITLE)], ids["ALPHA課"], Role.LEAD)
    chip = find(f"section_{ids['ALPHA課']}")
    assert list(offered(chip)) == ["関係課にする", "外す\tDelete"]
    offered(chip)["関係課にする"].trigger()
    assert assigned() == [("ALPHA課", "related")]
    assert chip.accessibleName() == "ALPHA課（関係課）"
    assert next(iter(offered(chip))) == "主担当にする"


def test_who_is_made_to_lead_in_the_menu_leads_alone(find, ids, assigned, workspace):
    action_id = action_of(workspace.outline, TITLE)
    details.assign(workspace, [action_id], ids["ALPHA課"], Role.LEAD)
    details.assign(workspace, [action_id], ids["BETA課"], Role.RELATED)
    offered(find(f"section_{ids['BETA課']}"))["主担当にする"].trigger()
    assert assigned() == [("ALPHA課", "related"), ("BETA課", "lead")]
    assert workspace.undo_label == "「BETA課」を主担当にする"


def test_two_sections_lead_only_where_that_is_asked_for(find, ids, assigned, workspace):
    action_id = action_of(workspace.outline, TITLE)
    details.assign(workspace, [action_id], ids["ALPHA課"], Role.LEAD)
    details.assign(workspace, [action_id], ids["BETA課"], Role.RELATED)
    offered(find(f"section_{ids['BETA課']}"))["主担当に加える（2課以上が主担当）"].trigger()
    assert assigned() == [("ALPHA課", "lead"), ("BETA課", "lead")]
    offered(find(f"section_{ids['BETA課']}"))["この課だけを主担当にする"].trigger()
    assert assigned() == [("ALPHA課", "related"), ("BETA課", "lead")]


def test_a_section_beside_no_lead_cannot_be_added_to_any(find, ids, workspace):
    details.assign(workspace, [action_of(workspace.outline, TITLE)], ids["ALPHA課"], Role.RELATED)
    chip = find(f"section_{ids['ALPHA課']}")
    assert list(offered(chip)) == ["主担当にする", "外す\tDelete"]


def test_a_section_is_taken_away_with_the_delete_key(qtbot, find, ids, assigned, workspace):
    details.assign(workspace, [action_of(workspace.outline, TITLE)], ids["ALPHA課"], Role.LEAD)
    chip = find(f"section_{ids['ALPHA課']}")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert assigned() == []
    assert QApplication.focusWidget() is find("section_name")


def test_a_section_with_another_name_is_shown_with_it(find, ids, workspace):
    details.assign(workspace, [action_of(workspace.outline, TITLE)], ids["ALPHA課"], Role.LEAD)
    vocabularies.rename_section(workspace, ids["ALPHA課"], "OMEGA課")
    assert find(f"section_{ids['ALPHA課']}").text() == "OMEGA課"
    assert find("section_name").findText("OMEGA課") >= 0
