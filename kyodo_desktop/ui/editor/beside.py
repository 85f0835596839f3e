"""Two widgets beside each other where there is room, else one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_ENOUGH = 38  # in widths of a character
_SHARES = (3, 2)


class Beside(QWidget):
    """The first one has more of the room."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (first, second):
            self._layout.addWidget(part, alignment=Qt.AlignmentFlag.AlignTop)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _ENOUGH * self.fontMetrics().horizontalAdvance("あ")
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        for place, share in enumerate(_SHARES):
            self._layout.setStretch(place, share if wide else 0)
