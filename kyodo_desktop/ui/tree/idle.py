"""Work in small slices, between which the window answers."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

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
