"""Says that the window itself is at work, and cannot answer until it is done."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

_MARGIN = 8


@contextmanager
def busy(place: QWidget, text: str = "") -> Iterator[None]:
    """Show the pointer that means to wait, and what is done in a line of the place's window.

    For work that may take longer than 0.3 s in the window's own thread; what can run beside
    it is a Job. The line is painted at once and events are not handled: a click must not
    begin something else in the middle of an edit.
    """
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    line = _line(place.window(), text) if text and _is_seen(place.window()) else None
    try:
        yield
    finally:
        if line is not None:
            line.hide()
            line.deleteLater()
        QGuiApplication.restoreOverrideCursor()


def _is_seen(window: QWidget) -> bool:
    """Tell whether the window is on the screen: at a quick start it is not yet."""
    handle = window.windowHandle()
    return handle is not None and handle.isExposed()


def _line(window: QWidget, text: str) -> Label:
    """Return a text in the lower left corner, painted."""
    line = Label(text, window)
    line.setObjectName("busy")
    line.setFrameShape(QFrame.Shape.StyledPanel)
    line.setAutoFillBackground(True)
    line.setContentsMargins(_MARGIN, 2, _MARGIN, 2)
    line.resize(min(line.sizeHint().width(), window.width()), line.sizeHint().height())
    line.move(0, window.height() - line.height())
    line.show()
    line.repaint()
    return line
