"""The window says how its file stands, keeps what is typed, and goes on by itself."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from kyodo_desktop.ui.editor import editing
from tests import edits
from tests.builders import node_of, opened
from tests.ui.driving import dialog

ACTION = 1


@pytest.fixture(autouse=True)
def saved_soon(monkeypatch):
    """What is typed is saved after a moment, here in less than a second."""
    monkeypatch.setattr(editing, "SAVE_AFTER", 50)


@pytest.fixture
def quick(window):
    """The window looks at the file as often as it can."""
    window.features.file_state._timer.setInterval(0)
    yield window
    window.features.file_state._timer.setInterval(500)


@pytest.fixture
def stands(qtbot, quick):
    """A function that waits until the strip says so, at length."""

    def stands(part):
        def said():
            quick.plan.look_now()
            return part in quick.strip.state.accessibleName()

        qtbot.waitUntil(said)

    return stands


@pytest.fixture
def note(qtbot, window):
    """The field of the note of the chosen action."""
    outline = window.plan.workspace.outline
    window.editor.restore(QByteArray(b"details"))
    window.tree.select(node_of(outline, outline.actions[ACTION].title))
    qtbot.waitUntil(lambda: window.findChild(QPlainTextEdit, "note") is not None)
    field = window.findChild(QPlainTextEdit, "note")
    field.setFocus()
    return field


def button(window):
    return window.toast.findChild(QPushButton, "message_action")


def state_button(window):
    return window.strip.findChild(QPushButton, "state_button")


def saved_note(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT note FROM action WHERE id = ?", (ACTION,)).fetchone()[0]


def overtake(window, file, clock):
    window.plan._lock._unlock()
    return opened(file, clock, author="別の 太郎")


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")
def test_a_share_that_comes_back_takes_what_was_typed_meanwhile(
    qtbot, quick, stands, note, sample_file
):
    moved = sample_file.rename(sample_file.with_name("よそ.kyodo"))
    stands("元の場所にありません")
    assert quick.strip.state.text == "接続できません"
    assert "元の場所にありません" in quick.toast.text
    note.insertPlainText("つながらない間の文")
    moved.rename(sample_file)
    quick.plan.look_now()
    qtbot.waitUntil(lambda: saved_note(sample_file) == "つながらない間の文")
    assert quick.toast.text == ""
    assert "すべて保存済み" in quick.foot.findChild(QLabel, "foot_saved").text()


def test_a_file_that_is_busy_keeps_the_text_and_is_tried_again(qtbot, window, note, sample_file):
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as backup_tool:
        backup_tool.execute("BEGIN EXCLUSIVE")
        note.insertPlainText("待つ文")
        qtbot.waitUntil(lambda: "使用中" in shown_error(window))
        backup_tool.execute("ROLLBACK")
    qtbot.waitUntil(lambda: saved_note(sample_file) == "待つ文")
    assert shown_error(window) == ""


def shown_error(window):
    page = window.editor._stack.currentWidget()
    errors = [each.error.text() for each in window.editor._editing.inputs]
    return "".join(errors) if page else ""


def test_a_command_that_met_a_busy_file_can_be_tried_again(window, note, sample_file):
    node, before = window.tree.current_node(), len(window.plan.workspace.outline.actions)
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as backup_tool:
        backup_tool.execute("BEGIN EXCLUSIVE")
        window.features.edits.duplicate()
    assert "使用中" in window.toast.text
    button(window).click()
    assert len(window.plan.workspace.outline.actions) == before + 1
    assert window.toast.text == ""
    assert node != window.tree.current_node()


def test_the_offer_to_try_again_ends_when_something_else_is_chosen(window, note, sample_file):
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as backup_tool:
        backup_tool.execute("BEGIN EXCLUSIVE")
        window.features.edits.duplicate()
    assert button(window).isVisible()
    outline = window.plan.workspace.outline
    window.tree.select(node_of(outline, outline.actions[2].title))
    assert not button(window).isVisible()
    assert "使用中" in window.toast.text


def test_a_window_that_was_overtaken_shows_both_texts_and_edits_again_when_asked(
    qtbot, quick, stands, note, sample_file, clock
):
    other = overtake(quick, sample_file, clock)
    edits.set_note(other.workspace, ACTION, "別の人の文")
    note.insertPlainText("自分の文")
    stands("別のウィンドウでの編集")
    assert note.toPlainText() == "自分の文"
    assert "別の人の文" in shown_error(quick)
    assert "別の 太郎さんが編集中" in quick.windowTitle()
    assert not quick.actions_by_name["edit_plan"].isEnabled()
    other.close()
    stands("編集できます")
    assert quick.actions_by_name["edit_plan"].isEnabled()
    state_button(quick).click()
    qtbot.waitUntil(lambda: quick.plan.workspace.read_only_because == "")
    assert saved_note(sample_file) == "別の人の文"
    note.insertPlainText("が残る")
    qtbot.waitUntil(lambda: saved_note(sample_file) == "自分の文が残る")


def test_a_window_that_reads_follows_the_writer_and_keeps_what_is_chosen(
    qtbot, quick, stands, note, sample_file, clock
):
    quick.files.release()
    writer = opened(sample_file, clock, author="別の 太郎")
    assert quick.files.open(sample_file, read_only=True)
    outline = writer.workspace.outline
    quick.tree.select(node_of(outline, outline.actions[ACTION].title))
    chosen = quick.tree.selected_nodes()
    edits.set_note(writer.workspace, ACTION, "読まれる文")
    qtbot.waitUntil(
        lambda: (
            quick.plan.look_now()
            or quick.plan.workspace.outline.actions[ACTION].note == "読まれる文"
        )
    )
    assert quick.tree.selected_nodes() == chosen
    qtbot.waitUntil(lambda: "別の 太郎さんが編集中" in quick.windowTitle())
    writer.close()
    stands("編集できます")


def test_headings_can_be_named_as_soon_as_the_plan_may_be_edited(
    qtbot, quick, stands, sample_file, clock
):
    quick.files.release()
    writer = opened(sample_file, clock, author="別の 太郎")
    assert quick.files.open(sample_file, read_only=True)
    quick.tree.select(quick.plan.workspace.outline.roots[0])
    qtbot.waitUntil(lambda: quick.editor.nodes == quick.tree.selected_nodes() != [])
    quick.features.overview.unfold()
    (title,) = (
        each for each in quick.findChildren(QLineEdit, "heading_title") if each.isVisible()
    )
    assert title.isReadOnly()
    writer.close()
    stands("編集できます")
    state_button(quick).click()
    qtbot.waitUntil(lambda: quick.plan.workspace.read_only_because == "")
    assert not title.isReadOnly()


def test_a_notice_can_be_closed_and_stays_with_its_plan(window, clock, tmp_path, sample_file):
    window.toast.show_error("お知らせ")
    window.toast.clear()
    assert window.toast.text == ""
    window.toast.show_error("前の計画のお知らせ")
    assert window.files.open(sample_file)
    assert window.toast.text == ""


def test_a_plan_that_is_busy_can_be_opened_at_the_second_try(window, sample_file, monkeypatch):
    monkeypatch.setattr("kyodo_desktop.store.connection.PATIENCE", 0.05)
    window.files.release()
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as backup_tool:
        backup_tool.execute("BEGIN EXCLUSIVE")
        assert not window.files.open(sample_file)
    shown = dialog(window)
    assert "使用中" in shown.text()
    shown.findChild(QPushButton, "again").click()
    assert window.plan is not None
