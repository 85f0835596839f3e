"""The badge of an action and the bar of a heading."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from kyodo_desktop.ui.colours import SIGN, legible, mixed
from kyodo_desktop.ui.roles import Badge, Bar, ItemRole
from kyodo_desktop.ui.selection import ground_of, show_selection
from kyodo_desktop.ui.tree.delegates import RowDelegate

if TYPE_CHECKING:
    from kyodo_desktop.ui.models.plan_tree import AnyIndex

_MARGIN = 6
_PADDING = 8
BADGE_FRAME = 2 * (_MARGIN + _PADDING)  # what a cell is wider than the words of its badge
_BAR_HEIGHT = 4
_TINT = 0.16  # how much of the status colour the ground of a badge has, the rest is white
_WHITE = QColor("white")
_SEEN = SIGN + 0.5  # some styles lay their own colour over the row that has the focus
_QUIET = 0.6  # how much of the ink a quiet word has
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Shades(NamedTuple):
    """The ground, edge and ink of a badge; the same in a light and in a dark window."""

    ground: QColor
    edge: QColor
    ink: QColor


class StatusDelegate(RowDelegate):
    """Draws the empty cell as the style would, and the status on top."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell = QStyleOptionViewItem(option)
        assert isinstance(index, QModelIndex)
        cell.index = index
        show_selection(cell)
        cell.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget
        )
        status = index.data(ItemRole.STATUS)
        painter.save()
        painter.setFont(cell.font)
        if isinstance(status, Badge):
            self._draw_badge(painter, cell, status)
        elif isinstance(status, Bar):
            self._draw_bar(painter, cell, status)
        painter.restore()

    def _draw_badge(self, painter: QPainter, cell: QStyleOptionViewItem, badge: Badge) -> None:
        room = cell.rect.adjusted(_MARGIN, 3, -_MARGIN, -3)
        metrics = cell.fontMetrics
        text = metrics.elidedText(badge.text, cell.textElideMode, room.width() - 2 * _PADDING)
        width = metrics.horizontalAdvance(text) + 2 * _PADDING
        plate = QRect(room.left(), room.top(), width, room.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if badge.colour:
            ground, edge, ink = shades(badge.colour)
            painter.setBrush(ground)
        else:
            edge = ink = _quiet(cell)
        painter.setPen(edge)
        radius = plate.height() / 2
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(ink)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_bar(self, painter: QPainter, cell: QStyleOptionViewItem, bar: Bar) -> None:
        if not bar.text:
            return
        total = sum(count for _, count in bar.parts)
        room = cell.rect.adjusted(_MARGIN, 2, -_MARGIN, -2)
        painter.setPen(_ink(cell))
        painter.drawText(room.adjusted(0, 0, 0, -_BAR_HEIGHT), _MIDDLE, bar.text)
        ground = ground_of(cell)
        left, top = room.left(), room.bottom() - _BAR_HEIGHT + 1
        done = 0
        for colour, count in bar.parts:
            start = left + room.width() * done // total
            done += count
            end = left + room.width() * done // total
            part = QRect(start, top, end - start, _BAR_HEIGHT)
            if colour:
                painter.fillRect(part, legible(colour, ground, _SEEN))
            else:
                painter.setPen(_quiet(cell))
                painter.drawRect(part.adjusted(0, 0, -1, -1))


def _ink(cell: QStyleOptionViewItem) -> QColor:
    return cell.palette.color(QPalette.ColorRole.Text)


def _quiet(cell: QStyleOptionViewItem) -> QColor:
    ground = ground_of(cell)
    return legible(mixed(_ink(cell), ground, _QUIET), ground)


@lru_cache
def shades(colour: str) -> Shades:
    """Return the colours of the badge of a status."""
    own = QColor(colour)
    ground = mixed(own, _WHITE, _TINT)
    edge = QColor(own)
    edge.setAlphaF(0.5)
    return Shades(ground, edge, legible(own, ground))
