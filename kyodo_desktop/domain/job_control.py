"""How far a long work is, and whether anybody still waits for its end."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REPORTS = 200  # of one work; whoever counts rows or bytes need not think of how often to tell


class JobControl:
    """What a long work is given: it counts here what is done, and ends here when cancelled.

    `report` is told (done, total), in rows or bytes as the work likes, in the work's thread.
    A work that is a stage of another one ends when that one is cancelled.
    """

    def __init__(
        self,
        report: Callable[[int, int], object] | None = None,
        whole: JobControl | None = None,
    ) -> None:
        self._report = report
        self._whole = whole
        self._cancelled = False
        self._total = 1
        self._done = 0
        self._next = math.inf  # how much is to be done until the next report

    # For whoever waits

    def cancel(self) -> None:
        """Ask the work to stop as soon as it can; from any thread."""
        self._cancelled = True

    # For the work

    @property
    def is_cancelled(self) -> bool:
        """Whether the result is no longer wanted, for work that ends with what it has."""
        return self._cancelled or (self._whole is not None and self._whole.is_cancelled)

    def check(self) -> None:
        """Raise CancelledError where the result is no longer wanted."""
        if self.is_cancelled:
            raise CancelledError

    def begin(self, total: int) -> None:
        """Say how much there is to do, as far as it is known. Raises CancelledError."""
        self._total, self._done = max(total, 1), 0
        self._report_next()

    def advance(self, amount: int = 1) -> None:
        """Count what was done; before `begin` it only checks. Raises CancelledError."""
        self.check()
        self._done += amount
        if self._done >= self._next:
            self._report_next()

    def stages(self, count: int) -> Iterator[JobControl]:
        """Yield a control for each of so many works of like length that follow each other."""
        for place in range(count):
            yield JobControl(partial(self._report_stage, place, count), self)

    def _report_stage(self, place: int, count: int, done: int, total: int) -> None:
        self.report(place * _REPORTS + _REPORTS * done // total, count * _REPORTS)

    def finish(self) -> None:
        """Tell that all is done. Raises CancelledError."""
        self.report(self._total, self._total)

    def report(self, done: int, total: int) -> None:
        """Tell how much is done, for work that counts for itself. Raises CancelledError."""
        self.check()
        if self._report is not None:
            self._report(done, total)

    def _report_next(self) -> None:
        done = min(self._done, self._total)
        step = max(self._total // _REPORTS, 1)
        self._next = min(done + step, self._total) if done < self._total else math.inf
        self.report(done, self._total)
