"""A long work is seen and can be cancelled; a short one is not seen at all."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QProgressBar

from kyodo_desktop.ui.jobs import Job, ProgressDialog

CANCEL = QDialogButtonBox.StandardButton.Cancel


class LongWork:
    """Reports once and goes on until it is let go or cancelled."""

    def __init__(self):
        self.let_go = threading.Event()

    def __call__(self, control):
        control.report(3, 10)
        while not control.is_cancelled and not self.let_go.wait(0.001):
            pass
        return "cancelled" if control.is_cancelled else "done"


@pytest.fixture
def work():
    work = LongWork()
    yield work
    work.let_go.set()


def started(job) -> ProgressDialog:
    dialog = ProgressDialog(job, "出力しています…")
    dialog.start()
    return dialog


def test_a_long_work_shows_how_far_it_is_until_it_ends(qtbot, work):
    job = Job(work)
    dialog = started(job)
    assert not dialog.isVisible()
    qtbot.waitUntil(dialog.isVisible)
    bar = dialog.findChild(QProgressBar)
    qtbot.waitUntil(lambda: (bar.value(), bar.maximum()) == (3, 10))
    with qtbot.waitSignal(dialog.destroyed):
        work.let_go.set()


def test_a_short_work_is_not_seen(qtbot):
    job = Job(lambda control: "done")
    dialog = ProgressDialog(job, "出力しています…")
    seen = []
    job.succeeded.connect(lambda _: seen.append(dialog.isVisible()))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.start()
    assert seen == [False]


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_cancelled_work_is_waited_for(qtbot, work, way):
    job = Job(work)
    dialog = started(job)
    qtbot.waitUntil(dialog.isVisible)
    button = dialog.findChild(QDialogButtonBox).button(CANCEL)
    with qtbot.waitSignal(job.succeeded) as succeeded:
        button.click() if way == "button" else dialog.reject()
        assert dialog.isVisible()
        assert not button.isEnabled()
    assert succeeded.args == ["cancelled"]


def test_a_work_that_fails_takes_the_dialog_away(qtbot):
    def fail(control):
        raise ValueError

    dialog = ProgressDialog(Job(fail), "出力しています…")
    with qtbot.waitSignal(dialog.destroyed):
        dialog.start()
