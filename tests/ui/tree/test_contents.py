"""How much of a plan is open at first."""

from __future__ import annotations

from itertools import count
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from kyodo_desktop.domain.plan import Heading
from kyodo_desktop.ui.jobs import IdleWork
from kyodo_desktop.ui.tree.contents import MANY, levels_to_open
from tests.outlines import large_outline, outline_of


def rows(outline):
    opened = levels_to_open(outline)
    return len(outline.roots) + sum(len(outline.children.get(node, ())) for node in opened)


def test_a_small_plan_is_open_throughout():
    outline = large_outline(300)
    assert rows(outline) == 1 + len(outline.headings) + 300


def test_of_a_larger_plan_as_many_levels_are_open_as_are_not_too_many_rows():
    outline = large_outline(2_000)
    assert rows(outline) == 1 + len(outline.headings) <= MANY


def test_the_terms_are_open_in_any_case():
    headings = [Heading(place, 1, None, place, "推進項目", "") for place in range(1, MANY + 2)]
    outline = outline_of(headings, [], [], [])
    assert levels_to_open(outline) == set(outline.roots)


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
