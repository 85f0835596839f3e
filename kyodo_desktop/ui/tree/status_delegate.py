"""The badge of an action and the bar of a heading."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from kyodo_desktop.ui.roles import Badge, Bar, ItemRole
from kyodo_desktop.ui.tree.delegates import RowDelegate

if TYPE_CHECKING:
    from kyodo_desktop.ui.models.plan_tree import AnyIndex

_MARGIN = 6
_PADDING = 8
BADGE_FRAME = 2 * (_MARGIN + _PADDING)  # what a cell is wider than the words of its badge
_BAR_HEIGHT = 4
_TINT = 0.16  # how much of the status colour the ground of a badge has, the rest is white
_BRIGHTEST_INK = 0.115  # of the light of white: 4.5:1 or more on the tint of any colour
_GAMMA = 2.2
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # how bright red, green and blue are to the eye
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
            edge = ink = self._quiet(cell)
        painter.setPen(edge)
        radius = plate.height() / 2
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(ink)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_bar(self, painter: QPainter, cell: QStyleOptionViewItem, bar: Bar) -> None:
        total = sum(count for _, count in bar.parts)
        if not total:
            return
        room = cell.rect.adjusted(_MARGIN, 2, -_MARGIN, -2)
        painter.setPen(self._ink(cell))
        painter.drawText(room.adjusted(0, 0, 0, -_BAR_HEIGHT), _MIDDLE, bar.text)
        left, top = room.left(), room.bottom() - _BAR_HEIGHT + 1
        done = 0
        for colour, count in bar.parts:
            start = left + room.width() * done // total
            done += count
            end = left + room.width() * done // total
            part = QRect(start, top, end - start, _BAR_HEIGHT)
            if colour:
                painter.fillRect(part, QColor(colour))
            else:
                painter.setPen(self._quiet(cell))
                painter.drawRect(part.adjusted(0, 0, -1, -1))

    def _ink(self, cell: QStyleOptionViewItem) -> QColor:
        chosen = QStyle.StateFlag.State_Selected in cell.state
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        group = (
            QPalette.ColorGroup.Active
            if QStyle.StateFlag.State_Active in cell.state
            else QPalette.ColorGroup.Inactive
        )
        return cell.palette.color(group, role)

    def _quiet(self, cell: QStyleOptionViewItem) -> QColor:
        ink = QColor(self._ink(cell))
        ink.setAlphaF(0.6)
        return ink


@lru_cache
def shades(colour: str) -> Shades:
    """Return the colours of the badge of a status."""
    own = QColor(colour)
    parts = (own.redF(), own.greenF(), own.blueF())
    ground = QColor.fromRgbF(*(1 - _TINT * (1 - part) for part in parts))
    edge = QColor(own)
    edge.setAlphaF(0.5)
    light = sum(weight * part**_GAMMA for weight, part in zip(_WEIGHTS, parts, strict=True))
    darker = (_BRIGHTEST_INK / max(light, _BRIGHTEST_INK)) ** (1 / _GAMMA)
    return Shades(ground, edge, QColor.fromRgbF(*(part * darker for part in parts)))
