"""Text that is typed is saved in time, and never lost or overwritten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.services import progress, structure
from kyodo_desktop.ui.editor.editing import SAVE_AFTER, Editing, LiveText
from kyodo_desktop.ui.widgets.inputs import GrowingText, LineField
from tests import edits
from tests.builders import action_of, node_of

TITLE = "市民活動表彰の創設"


@pytest.fixture
def editing(workspace):
    return Editing(workspace)


@pytest.fixture
def place(workspace):
    return node_of(workspace.outline, TITLE)


@pytest.fixture
def action_id(workspace):
    return action_of(workspace.outline, TITLE)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def shown(field, window):
    field.setParent(window)
    field.show()
    field.setFocus()
    return field


@pytest.fixture
def title(editing, window, workspace, place):
    """The title of an action in a field of one line that has the focus."""
    text = LiveText(shown(LineField(), window), editing, structure.rename)
    workspace.subscribe(lambda _: text.show_text(place, workspace.outline.title(place)))
    text.show_text(place, TITLE)
    return text


@pytest.fixture
def note(editing, window, workspace, action_id):
    """The note of an action in a growing field that has the focus."""
    text = LiveText(shown(GrowingText(), window), editing, edits.set_note)
    workspace.subscribe(
        lambda _: text.show_text(action_id, workspace.outline.actions[action_id].note)
    )
    text.show_text(action_id, "")
    return text


def saved_note(workspace, action_id):
    return workspace.outline.actions[action_id].note


def test_what_is_typed_is_saved_within_a_second(qtbot, note, workspace, action_id):
    assert SAVE_AFTER < 1000
    note.field.insertPlainText("途中の文")
    qtbot.waitUntil(lambda: saved_note(workspace, action_id) == "途中の文")


def test_it_is_saved_while_typing_goes_on(qtbot, note, workspace, action_id):
    def typed_and_saved():
        qtbot.keyClick(note.field, "a")
        assert saved_note(workspace, action_id)

    qtbot.waitUntil(typed_and_saved)


def test_it_is_saved_at_once_when_the_focus_leaves(note, workspace, action_id):
    note.field.insertPlainText("途中の文")
    note.field.clearFocus()
    assert saved_note(workspace, action_id) == "途中の文"


def test_enter_saves_a_line_and_stays_there(qtbot, title, workspace, place):
    title.field.setText("市民活動表彰")
    qtbot.keyClick(title.field, Qt.Key.Key_Return)
    assert workspace.outline.title(place) == "市民活動表彰"
    assert title.field.hasFocus()


def test_all_typing_until_the_focus_leaves_is_one_step_to_undo(note, workspace, action_id):
    for word in ("一", "二"):
        note.field.insertPlainText(word)
        note._save()
    note.commit()
    note.field.insertPlainText("三")
    note.commit()
    workspace.undo()
    assert saved_note(workspace, action_id) == "一二"
    workspace.undo()
    assert saved_note(workspace, action_id) == ""


def test_saving_moves_neither_the_cursor_nor_the_selection(note):
    note.field.insertPlainText("最初の文")
    cursor = note.field.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(3, cursor.MoveMode.KeepAnchor)
    note.field.setTextCursor(cursor)
    note._save()
    assert note.field.textCursor().selectedText() == "初の"


def test_a_space_at_the_end_stays_while_the_title_goes_on(title, workspace, place):
    title.field.setText("市民活動 ")
    title._save()
    assert workspace.outline.title(place) == "市民活動"
    assert title.field.text() == "市民活動 "
    title.commit()
    assert title.field.text() == "市民活動"


def test_an_edit_from_elsewhere_is_shown(title, workspace, place):
    structure.rename(workspace, place, "別の名称")
    assert title.field.text() == "別の名称"


def test_an_edit_from_elsewhere_does_not_overwrite_what_is_typed(title, workspace, place):
    title.field.setText("入力中の名称")
    structure.rename(workspace, place, "別の名称")
    assert title.field.text() == "入力中の名称"
    title.commit()
    assert workspace.outline.title(place) == "入力中の名称"


def test_what_cannot_be_saved_stays_and_says_why(title, workspace, place):
    title.field.clear()
    assert not title.commit()
    assert title.field.text() == ""
    assert "空です" in title.error.text()
    assert workspace.outline.title(place) == TITLE


def test_the_next_keystroke_tries_again(qtbot, title, workspace, place):
    title.field.clear()
    title.commit()
    qtbot.keyClick(title.field, "A")
    qtbot.waitUntil(lambda: workspace.outline.title(place) == "A")
    assert title.error.text() == ""


def test_what_cannot_be_saved_is_there_again_on_coming_back(
    qtbot, title, editing, workspace, place
):
    other = node_of(workspace.outline, "市民活動保険の導入")
    title.field.setText("長" * 501)
    title.commit()
    title.show_text(other, workspace.outline.title(other))
    assert title.field.text() == "市民活動保険の導入"
    assert title.error.text() == ""
    title.show_text(place, TITLE)
    assert title.field.text() == "長" * 501
    qtbot.waitUntil(lambda: "長すぎます" in title.error.text())
    assert not editing.drafts


def test_text_of_another_row_is_saved_as_soon_as_that_is_possible(
    note, editing, workspace, action_id
):
    workspace.read_only_because = "いまは書き込めません。"
    note.field.insertPlainText("書きかけ")
    note.commit()
    note.show_text(action_of(workspace.outline, "市民活動保険の導入"), "")
    assert not editing.save_drafts()
    workspace.read_only_because = ""
    assert editing.save_drafts()
    assert saved_note(workspace, action_id) == "書きかけ"


def test_a_draft_of_something_deleted_is_let_go(editing, workspace):
    editing.drafts[progress.set_line_text, 9999] = "行"
    assert editing.save_drafts()


def test_what_the_input_method_still_composes_is_not_saved(note, workspace, action_id):
    QApplication.sendEvent(note.field, QInputMethodEvent("きょうどう", []))
    note.field.insertPlainText("確定")
    assert not note.commit()
    assert saved_note(workspace, action_id) == ""
    done = QInputMethodEvent()
    done.setCommitString("協働")
    QApplication.sendEvent(note.field, done)
    assert note.commit()
    assert "協働" in saved_note(workspace, action_id)


def test_a_no_break_space_survives_an_edit(note, workspace, action_id):
    edits.set_note(workspace, action_id, "一\u00a0二")
    note.field.appendPlainText("三")
    note.commit()
    assert saved_note(workspace, action_id) == "一\u00a0二\n三"


def test_only_looking_at_a_text_changes_nothing(note, workspace, action_id):
    edits.set_note(workspace, action_id, "一\u00a0二\n三")
    label = workspace.undo_label
    assert note.commit()
    assert saved_note(workspace, action_id) == "一\u00a0二\n三"
    assert workspace.undo_label == label


def test_ctrl_z_takes_back_typing_while_the_field_has_some(qtbot, title):
    title.field.setText(TITLE)
    qtbot.keyClick(title.field, "A")
    qtbot.keyClick(title.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert title.field.text() == TITLE


def test_ctrl_z_is_the_windows_when_the_field_has_nothing_to_undo(
    qtbot, title, window, workspace, place
):
    structure.rename(workspace, place, "別の名称")
    undo = window.addAction("元に戻す")
    undo.setShortcut("Ctrl+Z")
    undo.triggered.connect(workspace.undo)
    title.field.setFocus()
    qtbot.keyClick(title.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert title.field.text() == TITLE


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
REDO = [(Qt.Key.Key_Y, CTRL), (Qt.Key.Key_Z, CTRL | SHIFT)]


@pytest.mark.parametrize("keys", REDO)
@pytest.mark.parametrize("kind", ["title", "note"])
def test_the_keys_of_redo_bring_back_what_ctrl_z_took(qtbot, request, window, kind, keys):
    text = request.getfixturevalue(kind)
    redo = window.addAction("やり直し")
    redo.setShortcuts(["Ctrl+Y", "Ctrl+Shift+Z"])
    qtbot.keyClick(text.field, "A")
    typed = text.field.typed()
    qtbot.keyClick(text.field, Qt.Key.Key_Z, CTRL)
    assert text.field.typed() != typed
    with qtbot.assertNotEmitted(redo.triggered):
        qtbot.keyClick(text.field, *keys)
    assert text.field.typed() == typed


@pytest.mark.parametrize("keys", REDO)
@pytest.mark.parametrize("kind", ["title", "note"])
def test_the_keys_of_redo_are_the_windows_when_the_field_has_nothing_to_redo(
    qtbot, request, window, kind, keys
):
    text = request.getfixturevalue(kind)
    redo = window.addAction("やり直し")
    redo.setShortcuts(["Ctrl+Y", "Ctrl+Shift+Z"])
    with qtbot.waitSignal(redo.triggered):
        qtbot.keyClick(text.field, *keys)


def test_after_leaving_a_field_its_typing_is_a_step_of_the_plan(qtbot, title):
    qtbot.keyClick(title.field, "A")
    title.field.clearFocus()
    assert not title.field.can_undo()


@pytest.fixture
def due(editing, window, workspace, action_id):
    """A date in a field that has the focus."""
    text = LiveText(shown(LineField(), window), editing, edits.set_due, quiet=True)
    workspace.subscribe(
        lambda _: text.show_text(action_id, month_label(workspace.outline.actions[action_id].due))
    )
    text.show_text(action_id, "")
    return text


def test_half_a_date_is_no_mistake_before_the_focus_leaves(qtbot, due):
    due.field.setText("H2")
    with qtbot.waitSignal(due._timer.timeout):
        pass
    assert due.error.text() == ""
    due.field.clearFocus()
    assert "H28.3" in due.error.text()


def test_a_reason_goes_as_soon_as_the_text_is_another_and_comes_again_with_the_next_try(
    qtbot, due
):
    due.field.insert("来年")
    assert not due.commit()
    assert "来年" in due.error.text()
    due.field.insert("度")
    assert due.error.text() == ""
    assert not due.commit()
    assert "来年度" in due.error.text()
    qtbot.keyClick(due.field, Qt.Key.Key_Z, CTRL)
    assert due.error.text() == ""
    due.field.setText("H28.3")
    assert due.commit()
    assert due.error.text() == ""


def test_a_date_is_saved_while_it_is_typed_and_is_one_step(due, workspace, action_id):
    for typed in ("H28.1", "H28.12"):
        due.field.setText(typed)
        due._save()
    assert due.field.text() == "H28.12"
    assert workspace.outline.actions[action_id].due == "2016-12"
    due.field.clearFocus()
    assert due.field.text() == "平成28年12月"
    workspace.undo()
    assert workspace.outline.actions[action_id].due is None
