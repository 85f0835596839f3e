"""Slow work runs elsewhere and is heard of here, as long as somebody listens."""

from __future__ import annotations

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from kyodo_desktop import garbage
from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.ui.jobs import Job

LONG = 5.0  # seconds; only a broken program waits so long


def test_the_result_arrives_in_the_thread_of_the_window(qtbot):
    heard = []
    job = Job(lambda control: threading.current_thread())
    job.succeeded.connect(lambda worker: heard.append((worker, threading.current_thread())))
    with qtbot.waitSignal(job.succeeded):
        job.start()
    [(worker, listener)] = heard
    assert worker is not listener
    assert listener is threading.main_thread()


def test_an_exception_arrives_as_it_was_raised(qtbot):
    error = ValueError("だめ")

    def fail(control):
        raise error

    job = Job(fail)
    with qtbot.waitSignal(job.failed) as failed, qtbot.assertNotEmitted(job.succeeded):
        job.start()
    assert failed.args == [error]


def test_of_many_reports_only_some_are_passed_on_but_the_last_one_always(qtbot):
    def count(control):
        for done in range(1, 10_001):
            control.report(done, 10_000)

    job = Job(count)
    reports = []
    job.progressed.connect(lambda done, total: reports.append((done, total)))
    with qtbot.waitSignal(job.succeeded):
        job.start()
    assert reports[-1] == (10_000, 10_000)
    assert len(reports) < 100


def test_the_work_sees_that_it_is_cancelled_and_still_tells_its_end(qtbot):
    begun = threading.Event()

    def work(control):
        begun.set()
        while not control.is_cancelled:
            begun.wait(0.001)
        return "stopped"

    job = Job(work)
    with qtbot.waitSignal(job.succeeded) as succeeded:
        job.start()
        assert begun.wait(LONG)
        job.cancel()
    assert succeeded.args == ["stopped"]


def test_when_its_parent_is_gone_a_job_is_cancelled_and_heard_no_more(qtbot):
    begun, seen = threading.Event(), []

    def work(control):
        begun.set()
        while not control.is_cancelled:
            begun.wait(0.001)
        seen.append("cancelled")

    parent = QObject()
    job = Job(work, parent)
    job.succeeded.connect(lambda _: pytest.fail("nobody is left to hear of it"))
    job.start()
    assert begun.wait(LONG)
    parent.deleteLater()
    qtbot.waitUntil(lambda: bool(seen) and gc.isenabled())


def test_a_job_that_nobody_keeps_goes_on(qtbot):
    heard = []

    def start():
        job = Job(lambda control: "done")
        job.succeeded.connect(heard.append)
        job.start()

    start()
    qtbot.waitUntil(lambda: heard == ["done"])


def test_no_garbage_is_collected_in_a_thread_where_widgets_may_not_die(qtbot):
    job = Job(lambda control: gc.isenabled())
    with qtbot.waitSignal(job.succeeded) as succeeded:
        job.start()
    assert succeeded.args == [False]
    assert gc.isenabled()


def test_the_window_does_not_wait_long_for_its_turn_while_a_job_runs(qtbot):
    usual = sys.getswitchinterval()
    job = Job(lambda control: sys.getswitchinterval())
    with qtbot.waitSignal(job.succeeded) as succeeded:
        job.start()
    assert succeeded.args[0] < usual / 2
    assert sys.getswitchinterval() == usual


def test_the_collector_is_not_turned_on_while_a_job_runs(qtbot):
    def work(control):
        garbage.resume_gc(garbage.START)
        return gc.isenabled()

    job = Job(work)
    with qtbot.waitSignal(job.succeeded) as succeeded:
        job.start()
    assert succeeded.args == [False]


def test_a_long_job_does_not_let_garbage_pile_up(qtbot):
    class Circle:
        def __init__(self):
            self.itself = self

    done, collected_in = threading.Event(), []
    job = Job(lambda control: done.wait(LONG))
    job.start()
    weakref.finalize(Circle(), lambda: collected_in.append(threading.current_thread()))
    qtbot.waitUntil(lambda: bool(collected_in))
    assert collected_in == [threading.main_thread()]
    with qtbot.waitSignal(job.succeeded):
        done.set()


class TestGivingUp:
    @pytest.fixture
    def work(self):
        """Work that neither ends nor hears, before it is let go."""
        go = threading.Event()

        def work(control):
            assert go.wait(LONG)
            return "too late"

        work.go = go
        return work

    def test_a_job_that_is_given_up_fails_at_once_and_its_end_is_not_heard(self, work, qtbot):
        job = Job(work)
        job.succeeded.connect(lambda _: pytest.fail("nobody waits for it"))
        job.start()
        with qtbot.waitSignal(job.failed) as failed:
            job.abandon()
        assert isinstance(failed.args[0], CancelledError)
        assert not gc.isenabled()
        work.go.set()
        qtbot.waitUntil(gc.isenabled)

    def test_the_work_may_see_it(self, qtbot):
        seen = threading.Event()

        def work(control):
            while not control.is_cancelled:
                seen.wait(0.001)
            seen.set()

        job = Job(work)
        job.start()
        job.abandon()
        assert seen.wait(LONG)
        qtbot.waitUntil(gc.isenabled)

    def test_what_has_ended_cannot_be_given_up(self, qtbot):
        job = Job(lambda control: "done")
        with qtbot.waitSignal(job.succeeded):
            job.start()
        with qtbot.assertNotEmitted(job.failed):
            job.abandon()


def test_what_a_job_has_made_in_masses_is_not_looked_through_for_garbage(qtbot):
    before = gc.get_freeze_count()
    job = Job(lambda control: [[str(number)] for number in range(50_000)])
    with qtbot.waitSignal(job.succeeded):
        job.start()
    try:
        assert gc.get_freeze_count() > before
        assert gc.isenabled()
    finally:
        gc.unfreeze()
