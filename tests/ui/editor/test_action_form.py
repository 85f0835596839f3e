"""One action: every field shows what the plan says, and changes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.services import progress, structure
from tests import edits
from tests.builders import action_of, node_of

TITLE = "活動支援アドバイザーの設置及び派遣"  # ◇, placed once, one line


@pytest.fixture
def action_id(workspace, choose):
    choose(TITLE)
    return action_of(workspace.outline, TITLE)


def checked(find):
    return [key for key in (1, 2, 3) if find(f"status_{key}").isChecked()]


def test_each_status_has_a_button_with_its_mark_word_and_key(find, action_id):
    buttons = [find(f"status_{key}") for key in (1, 2, 3)]
    assert [each.accessibleName() for each in buttons] == ["✓ 完了", "◇ 完了の目途", "・ 継続中"]
    assert [f"Alt+{key}" in each.toolTip() for key, each in enumerate(buttons, 1)] == [True] * 3


def test_the_present_status_is_checked(find, action_id):
    assert checked(find) == [2]


def test_a_click_gives_a_status(find, action_id, workspace):
    find("status_1").click()
    assert workspace.outline.status(action_id).mark == "✓"
    assert checked(find) == [1]


def test_a_click_on_the_present_status_leaves_it_checked(find, action_id, workspace):
    find("status_2").click()
    assert checked(find) == [2]
    assert workspace.undo_label is None


def test_undo_is_seen_at_once(find, action_id, workspace):
    find("status_1").click()
    workspace.undo()
    assert checked(find) == [2]


def test_an_action_without_a_line_has_no_status(find, action_id, workspace):
    progress.delete_line(workspace, workspace.outline.lines[action_id][0].id)
    assert checked(find) == []


@pytest.mark.parametrize("name", ["status_2", "add_line", "confirm_and_next"])
def test_a_digit_gives_a_status_wherever_nothing_is_typed(qtbot, find, action_id, workspace, name):
    find(name).setFocus()
    qtbot.keyClick(find(name), Qt.Key.Key_1)
    assert workspace.outline.status(action_id).mark == "✓"


@pytest.mark.parametrize("name", ["action_title", "line_text_1", "note", "due", "section_name"])
def test_a_digit_in_a_text_field_is_text(qtbot, find, action_id, workspace, name):
    field = find(name)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_1)
    assert "1" in (field.currentText() if name == "section_name" else field.typed())
    assert workspace.outline.status(action_id).mark == "◇"


def test_the_title_is_that_of_the_action_in_all_its_places(find, choose, workspace):
    first = "協働のまちづくり推進課の設置"
    choose(first)
    find("action_title").setText("推進課の設置")
    find("action_title").clearFocus()
    choose()
    assert [
        workspace.outline.title(placement_node(placement))
        for placement in workspace.outline.placed[action_of(workspace.outline, "推進課の設置")]
    ] == ["推進課の設置"] * 2


def test_an_empty_number_shows_the_automatic_one(find, action_id, workspace):
    number = find("action_number")
    assert (number.text(), number.placeholderText()) == ("", "自動（③）")
    number.setText("③-2")
    number.editingFinished.emit()
    number.setFocus()
    find("action_title").setFocus()
    assert workspace.outline.number(node_of(workspace.outline, TITLE)) == "③-2"


@pytest.mark.parametrize("typed", ["H28.3", "平成28年3月", "2016-03", "２８年３月"])
def test_a_due_month_is_typed_in_any_form_and_shown_in_the_era(find, action_id, workspace, typed):
    due = find("due")
    due.setFocus()
    due.setText(typed)
    find("note").setFocus()
    assert workspace.outline.actions[action_id].due == "2016-03"
    assert due.text() == "平成28年3月"


def test_a_due_month_that_cannot_be_read_stays_with_examples(pane, find, action_id, workspace):
    due = find("due")
    due.setFocus()
    due.setText("来年の春")
    find("note").setFocus()
    assert due.text() == "来年の春"
    assert any("H28.3" in each.text() for each in pane.findChildren(object, "error"))
    assert workspace.outline.actions[action_id].due is None


def test_the_year_of_the_start_is_one_of_the_plans(find, action_id, workspace):
    start = find("start")
    years = [start.itemText(place) for place in range(start.count())]
    assert years[:2] == ["（未定）", "平成23年度"]
    assert len(years) == 11
    start.activated.emit(2)
    assert workspace.outline.actions[action_id].start_fiscal_year == 2012
    assert start.currentText() == "平成24年度"


def test_a_year_outside_the_plan_is_shown_all_the_same(find, action_id, workspace):
    edits.set_start(workspace, action_id, 2008)
    assert find("start").currentText() == "平成20年度"


def test_a_direction_is_chosen_and_taken_away(find, action_id, workspace):
    direction = find("direction")
    assert direction.currentText() == "（未定）"
    direction.activated.emit(1)
    chosen = workspace.outline.outlooks[action_id].direction_id
    assert workspace.outline.directions[chosen].label == direction.currentText()
    direction.activated.emit(0)
    assert action_id not in workspace.outline.outlooks


def test_texts_grow_so_that_all_of_them_is_seen(find, action_id, workspace):
    note = find("note")
    height = note.height()
    note.setPlainText("とても長い備考。" * 60)
    assert note.height() > height
    assert note.verticalScrollBar().maximum() == 0
    edits.set_note(workspace, action_id, "")
    note.setPlainText("")
    assert note.height() == height


def test_tab_leaves_a_text_of_several_lines(qtbot, find, action_id):
    find("description").setFocus()
    qtbot.keyClick(find("description"), Qt.Key.Key_Tab)
    assert find("note").hasFocus()


def test_tab_goes_through_the_fields_as_they_are_read(qtbot, pane, find, action_id):
    find("status_2").setFocus()
    seen = []
    while not find("confirm_and_next").hasFocus():
        seen.append(pane.focusWidget().objectName())
        qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        assert len(seen) < 40
    assert seen == [
        *("status_2", "line_text_1", "add_line", "line_menu", "direction", "outlook_text"),
        *("due", "start", "section_name", "details_fold"),
        *(f"actors_{place}" for place in range(1, 6)),
        *(f"principles_{place}" for place in range(1, 6)),
        *("add_prerequisite", "description", "note", "action_number", "action_title"),
    ]


def test_another_action_takes_the_place_of_the_first_one(find, action_id, choose, workspace):
    edits.set_note(workspace, action_id, "アドバイザーの備考")
    choose("市民活動支援基金の創設")
    assert find("action_title").text() == "市民活動支援基金の創設"
    assert find("note").typed() == ""
    assert checked(find) == [3]


def test_an_edit_that_changes_nothing_here_touches_nothing_here(qtbot, find, action_id, workspace):
    other = node_of(workspace.outline, "市民活動支援基金の創設")
    title, note = find("action_title"), find("note")
    with qtbot.assertNotEmitted(title.textChanged), qtbot.assertNotEmitted(note.textChanged):
        structure.rename(workspace, other, "別の名称")
