"""Work between which the window answers."""

from __future__ import annotations

from itertools import count
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from kyodo_desktop.ui.tree.idle import IdleWork


def test_all_steps_are_done(qtbot):
    parent, done = QObject(), []
    IdleWork(parent).begin(done.append(each) for each in range(1000))
    qtbot.waitUntil(lambda: len(done) == 1000)


def test_the_window_is_answered_between_the_steps(qtbot):
    parent, answered = QObject(), []
    work = IdleWork(parent)
    work.begin(iter(count()))
    other = QTimer(parent)
    other.timeout.connect(lambda: answered.append(perf_counter()))
    other.start(1)
    qtbot.waitUntil(lambda: len(answered) > 5)
    work.stop()


def test_newer_work_replaces_what_is_not_done(qtbot):
    parent, done = QObject(), []
    work = IdleWork(parent)
    work.begin(iter(count()))
    work.begin(done.append(each) for each in range(3))
    qtbot.waitUntil(lambda: done == [0, 1, 2])
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in work.findChildren(QTimer)))
