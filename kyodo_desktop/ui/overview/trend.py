"""The trend over the rounds: a column a round, stacked by status, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import badges, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from kyodo_desktop.domain.plan import Status

_HEIGHT, _LABELS, _ABOVE = 168, 20, 18
_COLUMN, _WIDEST, _GAP = 40, 56, 12
_LEAST_FIGURE = 14
_RING, _ROUND = 2, 4


class TrendColumn(NamedTuple):
    """One round: the most advanced first."""

    name: str
    shares: tuple[tuple[Status | None, int], ...]
    total: int
    done: int
    spoken: str


class Trend(plain.Label):
    """Draws them; where there is no room for all, the newest ones."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trend")
        self.setAccessibleName("調査ごとの推移")
        self.setPixmap(QPixmap(1, 1))  # a label with one is heard as a picture
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._columns: Sequence[TrendColumn] = ()

    def show_columns(self, columns: Sequence[TrendColumn]) -> None:
        """Show these rounds, the oldest first."""
        self._columns = columns
        text = "\n".join(each.spoken for each in columns)
        self.setAccessibleDescription(with_signs(text))
        self.setToolTip(plain.tip(text))
        self.update()

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme.px
        room = self.rect().adjusted(px(_ROUND), px(_ROUND), -px(_ROUND), -px(_ROUND))
        fitting = max(1, room.width() // px(_COLUMN + _GAP))
        shown = self._columns[-fitting:]
        highest = max((each.total for each in shown), default=0)
        if not highest:
            return
        pitch = min(room.width() // len(shown), px(_WIDEST + 2 * _GAP))
        for place, column in enumerate(shown):
            left = room.left() + place * pitch
            self._draw(
                painter, QRect(left, room.top(), pitch - px(_GAP), room.height()), column, highest
            )
        if self.hasFocus():
            painter.setPen(QPen(theme.tokens().focus, _RING))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(_ROUND), px(_ROUND))

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
