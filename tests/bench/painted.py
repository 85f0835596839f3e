"""Tells when a widget has really been painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable


class _Watcher(QObject):
    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__(QApplication.instance())
        self._then = then

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._then)
        return False


def when_painted(widget: QWidget, then: Callable[[], object]) -> None:
    """Call `then` right after the next paint of the widget, or of the tree in it."""
    areas = [widget, *widget.findChildren(QAbstractScrollArea)]
    watcher = _Watcher(then)
    for area in areas:
        target = area.viewport() if isinstance(area, QAbstractScrollArea) else area
        target.installEventFilter(watcher)
