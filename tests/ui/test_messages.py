"""While the window itself is at work the pointer says so, and a line what is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from kyodo_desktop.services import next_term, progress
from kyodo_desktop.ui.messages import busy
from tests.ui.driving import choose_file, dialog, outline, run


def pointer():
    shape = QGuiApplication.overrideCursor()
    return None if shape is None else shape.shape()


def line(window):
    """Return what stands in the line; nothing when it is not to be seen."""
    return [each.text() for each in window.findChildren(QLabel, "busy") if each.isVisible()]


@pytest.fixture
def seen(window):
    """What is to be seen of the window each time that the plan has just changed."""
    seen = []
    window.plan.workspace.subscribe(lambda _changes: seen.append((pointer(), line(window))))
    yield seen
    assert pointer() is None
    assert line(window) == []


def test_the_pointer_and_the_line_go_when_the_work_is_done_or_fails(window):
    with busy(window, "調べています…"):
        assert pointer() is Qt.CursorShape.WaitCursor
        assert line(window) == ["調べています…"]
        (shown,) = (each for each in window.findChildren(QLabel, "busy") if each.isVisible())
        assert window.rect().contains(shown.geometry())
    with pytest.raises(ZeroDivisionError), busy(window, "調べています…"):
        raise ZeroDivisionError
    assert pointer() is None
    assert line(window) == []


def test_a_small_edit_changes_the_pointer_alone(window, seen):
    window.features.edits.set_status([1], 1)
    run(window, "undo")
    assert seen == [(Qt.CursorShape.WaitCursor, [])] * 2


def test_the_undo_of_a_big_edit_says_what_it_does(window, seen):
    workspace = window.plan.workspace
    next_term.draw_up(workspace, next_term.proposed(workspace))
    seen.clear()
    run(window, "undo")
    run(window, "redo")
    assert [each for _, each in seen] == [["元に戻しています…"], ["やり直しています…"]]


def test_a_round_that_is_closed_says_so(window, seen):
    run(window, "close_round")
    dialog(window).accept()
    assert seen == [(Qt.CursorShape.WaitCursor, ["調査「平成27年度」を確定しています…"])]


def test_the_next_term_says_what_it_does(window, seen):
    run(window, "next_term")
    dialog(window).accept()
    assert seen[0][1] == ["次期計画を作っています…"]


class Watch:
    """A clock that notes what is to be seen whenever somebody asks for the time."""

    def __init__(self, clock, window):
        self.clock, self.window, self.seen = clock, window, []

    def __call__(self):
        self.seen += line(self.window)
        return self.clock()


@pytest.fixture
def watched(window):
    clock = window.now
    window.now = watch = Watch(clock, window)
    yield watch.seen
    window.now = clock


def test_the_making_of_the_sample_and_its_opening_are_told(window, watched):
    run(window, "sample")
    assert watched[0] == "サンプルを作っています…"
    assert watched[-1].endswith(".kyodo」を開いています…")


def test_a_restoring_is_told(window, watched, qtbot):
    progress.set_status(window.plan.workspace, [1], 1)
    run(window, "restore")
    chooser = dialog(window)
    with qtbot.waitExposed(chooser):
        chooser._list.setCurrentItem(chooser._list.topLevelItem(0))
    watched.clear()
    chooser.accept()
    assert "バックアップから復元しています…" in watched


def test_a_plan_that_is_chosen_is_told_while_it_is_opened(window, watched, sample_file):
    run(window, "open")
    choose_file(window, sample_file)
    assert watched[0] == f"「{sample_file.name}」を開いています…"
    assert outline(window).roots
