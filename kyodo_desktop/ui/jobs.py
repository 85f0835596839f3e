"""Slow work beside the window: it runs in a thread, its results arrive in the window's own."""

from __future__ import annotations

import sys
import threading
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from kyodo_desktop import garbage
from kyodo_desktop.domain import errors, job_control
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QTimerEvent

_REPORT_EVERY = 0.05  # seconds; more often than this no eye can follow a progress bar
_COLLECT_EVERY = 1_000  # milliseconds
_PATIENCE = 300  # milliseconds until it is worth a dialog
_WIDTH = 360
_TURN = 0.0005  # seconds that a thread may keep the interpreter while the window waits for it

_running: set[Job] = set()
_usual_turn = sys.getswitchinterval()


class Job(QObject):
    """Work that goes on until it ends, and is heard of as long as `parent` lives.

    The work gets values and a path, never a session or a widget. It begins with `start`.
    One of `succeeded` (with the result) and `failed` (with the exception) comes at the end,
    also after `cancel`, which only asks the work to stop. `abandon` does not wait for it.

    The thread is a daemon, not one of Qt's pool: a network share that does not answer must
    not keep the program from ending. The job has no parent in Qt's sense, since the thread
    may still need it when the parent is gone.
    """

    succeeded = Signal(object)
    failed = Signal(Exception)
    progressed = Signal(int, int)
    _ended = Signal(object, object)
    _advanced = Signal(int, int)

    def __init__(
        self, work: Callable[[job_control.JobControl], Any], parent: QObject | None = None
    ) -> None:
        super().__init__()
        self._work = work
        self._wanted = True
        self._control = job_control.JobControl(_throttled(self._advanced.emit))
        self._thread = threading.Thread(target=self._run, daemon=True, name="job")
        # Slots of an object run in the thread that it lives in: whatever comes through these
        # two leaves in the window's thread, also to functions and lambdas.
        self._ended.connect(self._end)
        self._advanced.connect(self._advance)
        if parent is not None:
            parent.destroyed.connect(self._abandon)

    @property
    def is_waited_for(self) -> bool:
        """Tell whether the work goes on and somebody is to hear of its end."""
        return self._wanted and self in _running

    def start(self) -> None:
        """Begin the work, once.

        Until all jobs have ended the garbage collector rests: it would run in their threads
        as well, and a widget must not be destroyed there. Since a share that does not answer
        may keep a thread for minutes, the job collects what is new in the window's thread.

        The threads take shorter turns meanwhile: each call into Qt lets another one have its
        turn, and what the window does in 10 ms would take 50.
        """
        garbage.pause_gc(self)
        sys.setswitchinterval(_TURN)
        _running.add(self)
        self._collecting = self.startTimer(_COLLECT_EVERY)
        self._thread.start()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop as soon as it can."""
        self._control.cancel()

    @Slot()
    def abandon(self) -> None:
        """Fail now with a CancelledError; however the work ends, nobody hears of it.

        After the end it does nothing.
        """
        if self._wanted:
            self._abandon()
            self.failed.emit(errors.CancelledError())

    # Qt's interface

    def timerEvent(self, _event: QTimerEvent) -> None:
        garbage.collect_if_little()

    def _run(self) -> None:
        try:
            result = self._work(self._control)
        except Exception as error:
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    @Slot(object, object)
    def _end(self, result: object, error: Exception | None) -> None:
        self._thread.join()  # so that the last reference to the job is not the thread's
        self.killTimer(self._collecting)
        _running.discard(self)
        if not _running:
            sys.setswitchinterval(_usual_turn)
        garbage.resume_gc(self)
        if not self._wanted:
            return
        self._wanted = False
        if error is None:
            self.succeeded.emit(result)
        else:
            self.failed.emit(error)

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        if self._wanted:
            self.progressed.emit(done, total)

    @Slot()
    def _abandon(self) -> None:
        self._wanted = False
        self.cancel()


def _throttled(report: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Pass reports on as often as they can be seen, the last one in any case."""
    reported_at = 0.0

    def pass_on(done: int, total: int) -> None:
        nonlocal reported_at
        now = monotonic()
        if now - reported_at >= _REPORT_EVERY or done == total:
            reported_at = now
            report(done, total)

    return pass_on


class ProgressDialog(QDialog):
    """Starts the job and is deleted at its end, of which the caller hears from the job.

    Not Qt's own QProgressDialog: that one handles events whenever it is told of progress.
    """

    def __init__(self, job: Job, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle("処理中")
        self.setMinimumWidth(_WIDTH)
        self._text = Label(text)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)  # unknown so far
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._text, self._bar, self._buttons):
            column.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self.open)
        job.progressed.connect(self._advance)
        job.succeeded.connect(self.accept)
        job.failed.connect(self.accept)

    def start(self) -> None:
        """Start the job; the dialog opens by itself when it takes long."""
        self._patience.start()
        self._job.start()

    @property
    def is_waited_for(self) -> bool:
        """Tell whether the work goes on, shown or not yet."""
        return self._job.is_waited_for

    def accept(self) -> None:
        self._patience.stop()
        super().accept()
        self.deleteLater()

    def reject(self) -> None:
        """Ask the work to stop, and stay until it has."""
        self._job.cancel()
        self._text.setText("取りやめています…")
        self._buttons.setEnabled(False)

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)


_SLICE = 0.004  # seconds; well below what a hand or an eye notices
_PAUSE = 40  # milliseconds, in which the window paints what it was doing


class IdleWork(QObject):
    """Goes on with one iterator of small steps whenever nothing else is to be done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def begin(self, steps: Iterator[object]) -> None:
        """Do these steps from now on; those that went before are given up."""
        self._steps = steps
        self._timer.start(_PAUSE)

    def stop(self) -> None:
        self._timer.stop()

    def _go_on(self) -> None:
        self._timer.setInterval(0)
        until = perf_counter() + _SLICE
        for _ in self._steps:
            if perf_counter() > until:
                return
        self._timer.stop()
