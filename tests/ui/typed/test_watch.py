"""What is typed anywhere is in the journal before it is saved, and no longer when it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
)

from kyodo_desktop.paths import user_journal_folder
from kyodo_desktop.services import rounds, vocabularies
from kyodo_desktop.services.typing_journal import left_behind
from tests import edits
from tests.builders import node_of
from tests.disk import nearly_full_disk
from tests.ui.driving import dialog, outline, run, select, tree, unfold
from tests.ui.tree.hands import editor_of

ACTION, OTHER = "市民活動支援補助金の創設", "市民活動支援基金の創設"
PAGES = {"action": [ACTION], "heading": ["環境づくり"], "several": [ACTION, OTHER]}
TYPED = "書きかけの言葉"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KINDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)


def inputs(widget):
    """Return whatever can be typed into: found, not listed."""
    found = [each for kind in KINDS for each in widget.findChildren(kind)]
    return [
        each for each in found if each.isVisible() and each.isEnabled() and not each.isReadOnly()
    ]


def type_into(field, text=TYPED):
    field.setFocus()
    field.selectAll()
    put = field.insertPlainText if hasattr(field, "insertPlainText") else field.insert
    put(text)


def note_of(window):
    unfold(window)
    return window.editor.findChild(QPlainTextEdit, "note")


@pytest.mark.parametrize("page", PAGES)
def test_every_input_of_the_editor_is_kept_until_it_is_saved(window, on_disk, page):
    rounds.open_round(window.plan.workspace, "平成28年度", 2016, "2016-10-31")
    vocabularies.add_section(window.plan.workspace, "危機管理課")
    window.tree.select_all([node_of(outline(window), title) for title in PAGES[page]])
    if page == "action":
        unfold(window)
    window.features.overview.unfold()
    fields = inputs(window.side)
    assert fields
    for field in fields:
        name = field.objectName()
        text = {"due": "H30.11", "section_name": "危機管理課"}.get(name, TYPED)
        if isinstance(field.parent(), QComboBox):
            text = "危機管理課"
        type_into(field, text)
        assert list(on_disk().values()) == [text], name
        assert window.editor.commit(), name
        assert on_disk() == {}, name


def test_a_name_typed_in_the_tree_is_kept_until_it_is_saved(window, on_disk):
    node = select(window, ACTION)
    run(window, "rename")
    type_into(editor_of(window))
    assert on_disk() == {f"title:{node}": TYPED}
    window.tree.commit()
    assert on_disk() == {}


def test_a_name_that_is_given_up_in_the_tree_is_not_kept(window, on_disk):
    select(window, ACTION)
    run(window, "rename")
    type_into(editor_of(window))
    assert on_disk()
    QTest.keyClick(editor_of(window), Qt.Key.Key_Escape)
    assert on_disk() == {}


def test_it_comes_by_itself_while_something_can_be_typed(window, qtbot):
    select(window, ACTION)
    field = note_of(window)
    field.setFocus()
    assert window.features.typing._timer.isActive()
    type_into(field)
    qtbot.waitUntil(lambda: any(user_journal_folder().glob("*.jsonl")))
    tree(window).setFocus()
    qtbot.waitUntil(lambda: not window.features.typing._timer.isActive())


def test_what_is_still_composed_is_not_kept(window, on_disk):
    select(window, ACTION)
    field = note_of(window)
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("へんかんまえ", []))
    assert on_disk() == {}
    committed = QInputMethodEvent("", [])
    committed.setCommitString("変換した")
    QApplication.sendEvent(field, committed)
    assert list(on_disk().values()) == ["変換した"]
    assert window.commit()


ROOM = 2048  # bytes: the journal has room in them, the plan has not


@pytest.fixture
def full_share(window):
    """Let nothing more be written into the plan."""
    with nearly_full_disk(ROOM):
        yield


@pytest.mark.usefixtures("full_share")
def test_what_a_full_share_refuses_stays_though_the_window_closes(window):
    select(window, ACTION)
    type_into(note_of(window))
    key = window.plan.workspace.plan_key
    assert not window.commit()
    window.close()
    box = dialog(window)
    assert "このパソコンの控えに残ります" in box.informativeText()
    box.findChild(QPushButton, "discard").click()
    assert not window.isVisible()
    window._discards = False
    (left,) = left_behind(key)
    assert [each.text for each in left.texts.values()] == [TYPED]
    left.drop(list(left.texts))
    left.release()


@pytest.mark.usefixtures("full_share")
def test_a_section_that_could_not_be_written_stays_in_its_entry(window, on_disk):
    select(window, ACTION)
    name = next(iter(outline(window).sections.values())).name
    field = window.editor.findChild(QComboBox, "section_name").lineEdit()
    for each in window.editor.findChildren(QComboBox, "section_name"):
        if each.isVisible():
            field = each.lineEdit()
    type_into(field, name)
    assert not window.editor.commit()
    assert field.text() == name
    assert list(on_disk().values()) == [name]
    field.clear()


def test_what_does_not_fit_goes_when_it_is_thrown_away(window, on_disk):
    select(window, ACTION)
    type_into(window.editor.findChild(QLineEdit, "due"), "いつか")
    assert not window.commit()
    assert on_disk()
    window.close()
    box = dialog(window)
    assert "控え" not in box.informativeText()
    box.findChild(QPushButton, "discard").click()
    window._discards = False
    assert list(user_journal_folder().glob("*")) == []


def test_the_text_of_a_row_that_is_gone_is_left_for_another_time(window, on_disk):
    node = select(window, ACTION)
    run(window, "add_action")
    editor_of(window).setText("名前のある行")
    window.tree.commit()
    new = window.tree.current_node()
    assert new != node
    type_into(note_of(window))
    assert on_disk()
    workspace = window.plan.workspace
    action_id = workspace.outline.action_at(new).id
    window.editor._editing.drafts[edits.set_note, action_id] = TYPED
    for _ in ("the name", "the row"):
        workspace.undo()
    window.editor.commit()
    assert list(on_disk().values()) == [TYPED]


# Dialogs


DIALOGS = ("plan_settings", "opinions", "new_round", "new")


@pytest.fixture
def open_dialog(window, qtbot):
    def open_dialog(name):
        run(window, name)
        shown = dialog(window)
        with qtbot.waitExposed(shown):
            pass
        window.features.typing.scan()
        return shown

    return open_dialog


@pytest.mark.parametrize("name", DIALOGS)
def test_every_text_of_a_dialog_is_kept_while_it_is_open(window, on_disk, open_dialog, name):
    shown = open_dialog(name)
    fields = [each for each in inputs(shown) if not isinstance(each, QAbstractSpinBox)]
    fields = [each for each in fields if not isinstance(each.parent(), QAbstractSpinBox)]
    assert fields
    for field in fields:
        type_into(field)
        assert TYPED in on_disk().values(), field.objectName()
        type_into(field, "")
    shown.hide()


def test_what_is_typed_into_a_table_of_a_dialog_is_kept(window, on_disk, open_dialog):
    shown = open_dialog("plan_settings")
    table = shown.findChildren(QTableWidget)[0]
    table.item(0, 0).setText(TYPED)
    assert TYPED in on_disk().values()


def test_a_dialog_that_is_left_keeps_nothing(window, on_disk, open_dialog):
    shown = open_dialog("plan_settings")
    type_into(inputs(shown)[0])
    assert on_disk()
    shown.reject()
    assert on_disk() == {}


def test_a_dialog_whose_edit_is_saved_keeps_nothing(window, on_disk, open_dialog):
    shown = open_dialog("plan_settings")
    type_into(inputs(shown)[0])
    assert on_disk()
    shown.accept()
    assert outline(window).plan.title == TYPED
    assert on_disk() == {}


def test_a_dialog_whose_edit_is_refused_keeps_what_was_typed(window, on_disk, open_dialog):
    shown = open_dialog("plan_settings")
    type_into(inputs(shown)[0])
    window.features.typing.scan()
    with nearly_full_disk(ROOM):
        shown.accept()
    assert outline(window).plan.title != TYPED
    assert list(on_disk().values()) == [TYPED]
    assert shown.isVisible()


def test_what_a_refused_dialog_keeps_goes_when_it_is_saved_after_all(
    qtbot, window, on_disk, open_dialog
):
    shown = open_dialog("plan_settings")
    type_into(inputs(shown)[0])
    window.features.typing.scan()
    with nearly_full_disk(ROOM):
        shown.accept()
    assert on_disk()
    window.plan.look_now()
    qtbot.waitUntil(lambda: not window.plan.workspace.out_of_reach)
    shown.accept()
    assert outline(window).plan.title == TYPED
    assert on_disk() == {}


def test_the_label_of_each_text_of_a_dialog_is_kept_with_it(window, on_disk, open_dialog):
    shown = open_dialog("plan_settings")
    type_into(inputs(shown)[0])
    on_disk()
    (text,) = window.features.typing.journal.texts.values()
    assert shown.windowTitle() in text.row
    assert text.field
    assert "&" not in text.field
