"""The trend over the rounds: a column a round, stacked by status, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import badges, plain, theme

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from kyodo_desktop.domain.plan import Status

_HEIGHT, _LABELS, _ABOVE = 168, 20, 18
_COLUMN, _WIDEST, _GAP = 40, 56, 12
_RING, _ROUND = 2, 4


class TrendColumn(NamedTuple):
    """One round: the most advanced first."""

    name: str
    shares: tuple[tuple[Status | None, int], ...]
    total: int
    done: int
    spoken: str
    stands_for: Hashable = None


class Trend(plain.Label):
    """Draws them; where there is no room for all, the newest ones.

    A click opens the round of a column, and so does Enter after the arrow keys have led to it.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trend")
        self.setAccessibleName("調査ごとの推移")
        self.setPixmap(QPixmap(1, 1))  # a label with one is heard as a picture
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._columns: Sequence[TrendColumn] = ()
        self._current = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_columns(self, columns: Sequence[TrendColumn]) -> None:
        """Show these rounds, the oldest first."""
        self._columns = columns
        self._choose(self._current)
        text = "\n".join(each.spoken for each in columns)
        self.setAccessibleDescription(with_signs(text))
        self.setToolTip(plain.tip(text))
        self.update()

    def _places(self) -> list[tuple[QRect, TrendColumn]]:
        """Return where the columns stand that there is room for."""
        px = theme.px
        room = self.rect().adjusted(px(_ROUND), px(_ROUND), -px(_ROUND), -px(_ROUND))
        shown = self._columns[-max(1, room.width() // px(_COLUMN + _GAP)) :]
        if not shown:
            return []
        pitch = min(room.width() // len(shown), px(_WIDEST + 2 * _GAP))
        width = pitch - px(_GAP)
        return [
            (QRect(room.left() + place * pitch, room.top(), width, room.height()), column)
            for place, column in enumerate(shown)
        ]

    def _choose(self, place: int) -> None:
        self._current = min(max(place, 0), len(self._places()) - 1)
        self.update()

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_HEIGHT))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for room, column in self._places():
            if room.contains(event.position().toPoint()):
                self.opened.emit(column.stands_for)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self._choose(self._current - 1)
            case Qt.Key.Key_Right:
                self._choose(self._current + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._places():
                self._choose(self._current)  # there may be fewer by now
                self.opened.emit(self._places()[self._current][1].stands_for)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._choose(len(self._columns))
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, places = QPainter(self), self._places()
        highest = max((column.total for _, column in places), default=0)
        for place, (room, column) in enumerate(places):
            self._draw(painter, room, column, highest)
            if self.hasFocus() and place == self._current:
                painter.setPen(QPen(theme.tokens().focus, _RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(room.adjusted(-3, -3, 3, 3), _ROUND, _ROUND)

    def _draw(self, painter: QPainter, room: QRect, column: TrendColumn, highest: int) -> None:
        tokens, px = theme.tokens(), theme.px
        painter.setFont(theme.font(12))
        metrics = painter.fontMetrics()
        name = QRect(room.left(), room.bottom() + 1 - px(_LABELS), room.width(), px(_LABELS))
        painter.setPen(tokens.ink2)
        elided = metrics.elidedText(
            with_signs(column.name), Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, elided)
        whole = room.height() - px(_LABELS) - px(_ABOVE)
        height = max(1, whole * column.total // highest)
        stack = QRect(room.left(), name.top() - height, room.width(), height)
        above = QRect(room.left(), stack.top() - px(_ABOVE), room.width(), px(_ABOVE))
        painter.setPen(tokens.ink)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{column.done:,}/{column.total:,}")
        badges.draw_column(painter, stack, column.shares)
