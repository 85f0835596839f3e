"""The window as a whole: what is shown, saved and remembered."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from kyodo_desktop.services import rounds
from kyodo_desktop.ui import jobs
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.strip.strip import CONFIRMED
from kyodo_desktop.ui.widgets import plain
from tests import edits
from tests.builders import action_of, marks, opened
from tests.ui.driving import dialog, outline, run, select, tree

BOOTH = "市民活動ブースの設置"


@pytest.fixture
def window(new_window):
    return new_window


def test_without_a_plan_there_is_the_start_page_and_nothing_to_edit(empty_window):
    assert empty_window.start_page.isVisible()
    assert not empty_window.actions_by_name["add_action"].isEnabled()
    assert not empty_window.actions_by_name["export"].isEnabled()
    assert empty_window.actions_by_name["new"].isEnabled()


def test_an_opened_plan_is_shown_with_its_title_and_file(window):
    assert window.tree.isVisible()
    assert window.windowTitle().startswith("協働のまちづくり推進計画")
    assert "富里市.kyodo" in window.findChild(QLabel, "foot_saved").toolTip()


def test_a_number_key_gives_the_chosen_action_a_status(window, qtbot):
    select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_1)
    assert marks(outline(window))[0] == "✓"


def test_several_actions_get_one_status_in_one_step(window, qtbot):
    before = marks(outline(window))
    select(window, "パブリックコメント制度の周知")
    for _ in range(3):
        qtbot.keyClick(tree(window), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tree(window), Qt.Key.Key_2)
    assert marks(outline(window)).count("◇") == before.count("◇") + 4
    run(window, "undo")
    assert marks(outline(window)) == before


def test_undo_says_what_it_takes_back(window, qtbot):
    assert not window.actions_by_name["undo"].isEnabled()
    select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_1)
    assert "✓ 完了" in window.actions_by_name["undo"].text()
    run(window, "undo")
    assert not window.actions_by_name["undo"].isEnabled()
    assert window.actions_by_name["redo"].isEnabled()


def test_after_an_undo_that_is_refused_it_says_what_comes_next(window, sample_file):
    workspace = window.plan.workspace
    noted, described, *_ = workspace.outline.placed
    edits.set_note(workspace, noted, "一")
    edits.set_description(workspace, described, "二")
    undo = window.actions_by_name["undo"]
    refused = undo.text()
    with closing(sqlite3.connect(sample_file)) as raw, raw:
        raw.execute("UPDATE action SET description = '三' WHERE id = ?", (described,))
    run(window, "undo")
    assert "さらに変更されています" in window.toast.text
    assert undo.text() != refused
    assert plain.whole(workspace.undo_label) in undo.text()
    assert undo.isEnabled()
    with closing(sqlite3.connect(sample_file)) as raw, raw:
        raw.execute("UPDATE action SET note = '四' WHERE id = ?", (noted,))
    run(window, "undo")
    assert workspace.undo_label is None
    assert undo.text() == "元に戻す(&U)"
    assert not undo.isEnabled()


def test_text_being_typed_is_saved_when_the_window_closes(window, sample_file, clock):
    select(window, BOOTH)
    line = window.editor.findChild(QPlainTextEdit, "line_text_1")
    line.setFocus()
    line.setPlainText("移設した")
    window.close()
    plan = opened(sample_file, clock)
    shown = plan.workspace.outline
    assert shown.lines[action_of(shown, BOOTH)][0].text == "移設した"
    plan.close()


def test_the_last_file_and_the_widths_are_remembered(window, settings, clock, sample_file, qtbot):
    window.resize(790, 550)
    tree(window).header().resizeSection(1, 150)
    window.close()
    assert settings.last_file == sample_file
    again = MainWindow(settings, clock)
    qtbot.addWidget(again)
    assert again.size() == QSize(790, 550)
    assert tree(again).header().sectionSize(1) == 150


def test_a_window_that_is_asked_twice_to_close_remembers_its_plan(window, settings, sample_file):
    for _click in range(2):
        QApplication.sendEvent(window.windowHandle(), QCloseEvent())
    assert settings.last_file == sample_file


def test_a_window_does_not_close_on_a_work_that_is_not_seen_yet(window, qtbot):
    let_go = threading.Event()
    job = jobs.Job(lambda _control: let_go.wait())
    dialog = jobs.ProgressDialog(job, "出力しています…", window)
    dialog.start()
    try:
        assert not window.close()
        assert window.isVisible()
        assert dialog.isVisible()
        with qtbot.waitSignal(job.succeeded):
            let_go.set()
    finally:
        let_go.set()
    assert window.close()


def test_what_a_work_ends_with_may_close_the_window(window, qtbot):
    job = jobs.Job(lambda _control: None)
    closed = []
    job.succeeded.connect(lambda _: closed.append(window.close()))
    jobs.ProgressDialog(job, "更新しています…", window).start()
    qtbot.waitUntil(lambda: closed == [True])


def test_a_read_only_plan_says_why_and_cannot_be_edited(empty_window, sample_file):
    assert empty_window.files.open(sample_file, read_only=True)
    assert "読み取り専用" in empty_window.strip.state.text
    assert not empty_window.actions_by_name["add_action"].isEnabled()
    assert empty_window.actions_by_name["export"].isEnabled()


def test_a_message_goes_with_the_next_edit(window, qtbot):
    select(window, BOOTH)
    run(window, "move_up")
    assert "先頭" in window.toast.text
    qtbot.keyClick(tree(window), Qt.Key.Key_1)
    assert window.toast.text == ""


def test_an_input_that_cannot_be_saved_keeps_the_window_open_until_it_is_given_up(window):
    select(window, BOOTH)
    due = window.editor.findChild(QLineEdit, "due")
    due.setFocus()
    due.setText("来年あたり")
    window.close()
    assert window.isVisible()
    assert "来年あたり" in dialog(window).informativeText()
    dialog(window).findChild(QPushButton, "discard").click()
    assert not window.isVisible()


@pytest.mark.parametrize("name", ["add_action", "duplicate", "close_round", "next_term", "new"])
def test_no_command_goes_past_an_input_that_cannot_be_saved(window, name):
    node = select(window, BOOTH)
    due = window.editor.findChild(QLineEdit, "due")
    due.setFocus()
    due.setText("来年あたり")
    before = window.plan.workspace.outline
    run(window, name)
    assert window.plan.workspace.outline is before
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert window.tree.selected_nodes() == [node]
    assert "来年あたり" in window.toast.text


def test_the_row_of_an_input_that_cannot_be_saved_stays_selected(window):
    node = select(window, BOOTH)
    window.editor.findChild(QLineEdit, "due").setText("来年あたり")
    select(window, "市民活動保険の導入")
    assert window.tree.selected_nodes() == [node]
    assert window.tree.current_node() == node


def test_a_search_that_hides_the_row_of_such_an_input_leaves_it_in_the_editor(window, qtbot):
    node = select(window, BOOTH)
    window.editor.findChild(QLineEdit, "due").setText("来年あたり")
    search = window.strip.search
    with qtbot.waitSignal(window.tree.selection_changed):
        search.setText("市民活動保険")
    assert window.editor.nodes == [node]
    assert search.text() == "市民活動保険"


def test_what_is_typed_into_the_search_never_lands_in_an_input_that_cannot_be_saved(window, qtbot):
    select(window, BOOTH)
    due = window.editor.findChild(QLineEdit, "due")
    due.setText("来年あたり")
    search = window.strip.search
    search.setFocus()
    with qtbot.waitSignal(window.tree.selection_changed):
        search.setText("abc")
    QTest.keyClicks(QApplication.focusWidget(), "def")
    assert (search.text(), due.text()) == ("abcdef", "来年あたり")
    assert "その項目を表示し続けています" in window.toast.text


def test_a_plan_with_an_input_that_cannot_be_saved_is_closed_when_that_is_given_up(window):
    select(window, BOOTH)
    window.editor.findChild(QLineEdit, "due").setText("来年あたり")
    run(window, "close_plan")
    assert window.plan is not None
    dialog(window).accept()
    assert window.plan is None


def test_a_filter_that_finds_nothing_shows_what_it_finds_in_another_round(window):
    workspace = window.plan.workspace
    first = outline(window).round.id
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    workspace.show_round(first)
    window.strip.choose(CONFIRMED)
    assert window.tree.findChild(QPushButton, "show_all_again").isVisible()
    workspace.show_round(max(outline(window).rounds))
    assert tree(window).isVisible()
    assert tree(window).model().rowCount() == 1
    workspace.show_round(first)
    assert not tree(window).isVisible()


def test_another_plan_begins_without_the_search_in_the_one_before(window, sample_file):
    window.strip.search.setText("市民活動保険")
    counted = []
    window.features.strip.counted.connect(lambda text, _limited: counted.append(text))
    assert window.files.open(sample_file)
    assert window.strip.wanted.is_all
    assert counted[-1] == "掲載 34件（実行計画 32）"


def test_the_frame_of_the_focus_leaves_no_trace(window, qtbot):
    select(window, BOOTH)
    view = tree(window)
    view.setFocus()
    QApplication.processEvents()
    painted = Painted()
    view.viewport().installEventFilter(painted)
    before = view.visualRect(view.currentIndex())
    qtbot.keyClick(view, Qt.Key.Key_Down)
    QApplication.processEvents()
    view.viewport().removeEventFilter(painted)
    after = view.visualRect(view.currentIndex())
    for row in (before, after):
        whole = QRect(0, row.top(), view.viewport().width(), row.height())
        assert painted.region.intersected(whole) == QRegion(whole)


class Painted(QObject):
    """Remembers what of a widget was painted anew."""

    def __init__(self):
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, _watched, event):  # noqa: N802 (Qt names it)
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False
