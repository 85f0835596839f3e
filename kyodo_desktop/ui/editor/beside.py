"""今回 with 前回 beside it: rows of two parts, level with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QWidget

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    Row = tuple[QWidget, QWidget | None]

PLATE = 164  # the width of what stands beside
_GAP, _BETWEEN, _RADIUS = 16, 2, 4
_ENOUGH = 452  # with less than this the second parts stand below all the first ones
_ANY_WIDTH = 16777215


class Beside(QWidget):
    """Shows the second part of each row at the right of the first one, on a plate.

    A second part may be as high as all rows without one that follow it.

    In a narrow pane the second parts stand under the first ones, all together.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._is_narrow = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._dress()
        theme.notifier().changed.connect(self._dress)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, one under the other."""
        if list(rows) != list(self._rows):
            for part in self._parts():
                self._grid.removeWidget(part)
            self._rows = rows
            self._arrange()

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(_ENOUGH)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = [part for _, part in self._rows if part is not None and part.isVisibleTo(self)]
        if not shown:
            return
        first = self._rows[0][0].geometry().top()
        top = shown[0].geometry().top() if self._is_narrow else first
        last = self._rows[-1][0] if not self._is_narrow else shown[-1]
        bottom = max(part.geometry().bottom() for part in (*shown, last))
        left = shown[0].geometry().left()
        room = QRectF(left, top, self.width() - left, bottom + 1 - top)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().window)
        painter.drawRoundedRect(room, theme.px(_RADIUS), theme.px(_RADIUS))

    def _dress(self) -> None:
        self._grid.setHorizontalSpacing(0 if self._is_narrow else theme.px(_GAP))
        self._grid.setVerticalSpacing(theme.px(_BETWEEN))
        self._arrange()

    def _parts(self) -> list[QWidget]:
        return [part for row in self._rows for part in row if part is not None]

    def _arrange(self) -> None:
        count, plate = len(self._rows), theme.px(PLATE)
        top = Qt.AlignmentFlag.AlignTop
        for place, (first, second) in enumerate(self._rows):
            self._grid.addWidget(first, place, 0)
            if second is None:
                continue
            second.setMinimumWidth(0 if self._is_narrow else plate)
            second.setMaximumWidth(_ANY_WIDTH if self._is_narrow else plate)
            where = (count + place, 0) if self._is_narrow else (place, 1)
            rows = 1 if self._is_narrow else self._reach(place)
            self._grid.addWidget(second, *where, rows, 1, top)
        self.update()

    def _reach(self, place: int) -> int:
        """Return over how many rows a second part may spread: until there is another one."""
        later = (each for each, row in enumerate(self._rows) if each > place and row[1])
        return next(later, len(self._rows)) - place
