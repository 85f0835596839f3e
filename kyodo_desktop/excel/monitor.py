"""Tells whoever waits how far an export is, and stops it when they no longer want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = 250  # rows between two reports


class ExportCancelledError(ExportError):
    """The user stopped the export; nothing was written."""


class Monitor:
    """Counts rows."""

    def __init__(
        self,
        total: int,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def step(self) -> None:
        """Count one row."""
        self._done += 1
        if self._done % _STEPS == 0:
            self._report(min(self._done, self._total))

    def finish(self) -> None:
        """Report that all rows are done."""
        self._report(self._total)

    def _report(self, done: int) -> None:
        if self._cancelled is not None and self._cancelled():
            raise ExportCancelledError(
                "Excel出力を取りやめました。ファイルは作っていません。元からあるファイルもそのままです。"
            )
        if self._progress is not None:
            self._progress(done, self._total)
