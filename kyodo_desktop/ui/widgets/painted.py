"""A button that paints itself: Enter presses it, and a ring shows where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_RING = 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_EDGE = Qt.PenStyle.NoPen


class PaintedButton(QAbstractButton):
    """What it says, and where, its class paints upon the ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paint_ground(
        self,
        painter: QPainter,
        radius: int,
        *,
        ground: QColor | None = None,
        edge: Qt.PenStyle = _NO_EDGE,
    ) -> None:
        """Paint what lies below the words: softer under the pointer, ringed with the focus."""
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_quiet = edge == Qt.PenStyle.SolidLine and not tokens.is_high_contrast
        pen = QPen(tokens.line if is_quiet else tokens.border, 1, edge)
        painter.setPen(QPen(tokens.focus, _RING) if self.hasFocus() else pen)
        is_under = self.isEnabled() and (self.underMouse() or self.isDown())
        fill = tokens.soft if is_under else ground
        painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)
