"""Tells whoever waits how much of a file is read, and stops when they no longer want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Callable

_REPORTS = 200


class ReadingCancelledError(ReadingError):
    """The user stopped the reading; nothing was changed."""


class ReadingMonitor:
    """Counts the parts of a whole, in bytes or rows as the reader likes."""

    def __init__(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = 0
        self._done = 0
        self._told = -1

    def begin(self, total: int) -> None:
        """Say how much there is to do."""
        self._total = max(total, 1)
        self._done = 0
        self.advance(0)

    def advance(self, amount: int) -> None:
        """Count what was done. Raises ReadingCancelledError."""
        if self._cancelled is not None and self._cancelled():
            raise ReadingCancelledError("読み取りを取りやめました。ファイルも計画も元のままです。")
        if not self._total:
            return
        self._done = min(self._done + amount, self._total)
        told = self._done * _REPORTS // self._total
        if self._progress is not None and told != self._told:
            self._told = told
            self._progress(self._done, self._total)
