"""Reads a file, and reads it anew whenever the user has chosen otherwise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kyodo_desktop.domain.errors import CancelledError, PlanError
from kyodo_desktop.ui.importing.found_in import (
    Found,
    ReadingChoice,
    fitted_to_book,
    found_by,
    found_in_file,
    let_go,
    with_sheet,
)
from kyodo_desktop.ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.job_control import JobControl

SAVED = "保存した取込設定"
_PAUSE = 200  # milliseconds, in which another choice may follow


class TableReader(QObject):
    """Tells what was found, the last choice at the end; all reading is done in jobs.

    `mapping` is the present choice, `found` the last result: while `is_busy` it may be of an
    earlier choice. `readings` are the whole ways to read the file that can be chosen.
    """

    began = Signal()  # a result is to come
    chosen = Signal(object)  # the present mapping, before it is read
    found_anew = Signal(object)  # a Found
    failed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.found: Found | None = None
        self.guessed: Mapping | None = None
        self.mapping: Mapping | None = None
        self.readings: tuple[ReadingChoice, ...] = ()
        self._saved_as = ""  # of the mapping that is being fitted
        self._job: Job | None = None
        self._past: list[Found] = []  # the next job forgets them: of many rows that takes a while
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._read_again)

    @property
    def is_busy(self) -> bool:
        """Whether a result is still to come."""
        return self._job is not None or self._pause.isActive()

    def open(self, path: Path, saved: Sequence[str] = ()) -> None:
        """Read another file, by the first saved mapping that fits it if there is one."""
        self._let_go()
        self.path, self.found, self.guessed, self.mapping = path, None, None, None
        self.readings = ()
        self._begin(partial(found_in_file, path, saved))

    def choose(self, mapping: Mapping) -> None:
        """Read the file in another way, after a while in which nothing else is chosen."""
        if mapping == self.mapping:
            return
        self.mapping = mapping
        self._stop()
        self._pause.start()
        self.chosen.emit(mapping)
        self.began.emit()

    def take_in(self, sheet: str) -> None:
        """Take in one more sheet of the file."""
        if self.found is not None and self.mapping is not None:
            book, mapping, self.mapping = self.found.book, self.mapping, None
            self._begin(lambda control: with_sheet(book, mapping, sheet, control))

    def use(self, saved: Mapping, label: str) -> None:
        """Read the file as another table was read, as far as it has the same columns.

        By the label it can be chosen again.
        """
        if self.found is not None:
            self.mapping = None
            book = self.found.book
            self._begin(lambda control: fitted_to_book(saved, book, control))
            self._saved_as = label

    def stop(self) -> None:
        """Read no more; what was found stays."""
        self._pause.stop()
        self._stop()

    def _read_again(self) -> None:
        assert self.found is not None
        assert self.mapping is not None
        self._begin(partial(found_by, self.found.book, self.mapping))

    def _begin(self, work: Callable[[JobControl], Found]) -> None:
        self.stop()
        self._saved_as = ""
        past, self._past = self._past, []

        def run(control: JobControl) -> Found:
            let_go(past)
            return work(control)

        job = Job(run, self)
        self._job = job
        job.succeeded.connect(self._take)
        job.failed.connect(self._tell)
        job.progressed.connect(self.progressed)
        job.start()
        self.began.emit()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.abandon()

    def _let_go(self) -> None:
        if self.found is not None:
            self._past.append(self.found)

    def _take(self, found: Found) -> None:
        self._job = None
        self._let_go()
        self.found = found
        if self.guessed is None:
            self.guessed = found.mapping
        self._offer(found)
        if self.mapping is None:
            self.mapping = found.mapping
            self.chosen.emit(found.mapping)
        self.found_anew.emit(found)

    def _offer(self, found: Found) -> None:
        """Count what is found by one of the readings; one that was saved is one more."""
        saved_as, self._saved_as = self._saved_as, ""
        if found.readings:
            self.readings = found.readings
        if found.is_known:
            saved_as = SAVED
        count = len(found.rows.found.actions)
        self.readings = tuple(
            each._replace(actions=count) if each.mapping == found.mapping else each
            for each in self.readings
            if not saved_as or each.label != saved_as
        )
        if saved_as and all(each.mapping != found.mapping for each in self.readings):
            saved = ReadingChoice(saved_as, found.mapping, count)
            self.readings = (saved, *self.readings)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        self._job = None
        if not isinstance(error, PlanError):
            raise error
        self.failed.emit(error.message)
