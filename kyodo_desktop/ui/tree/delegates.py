"""How the cells of the tree are drawn: with more room, and with a badge or a bar of statuses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from kyodo_desktop.ui.tree.cells import RELISTED, Badge, ItemRole
from kyodo_desktop.ui.widgets import appearance, inputs, item_views

if TYPE_CHECKING:
    from kyodo_desktop.ui.tree.model import AnyIndex


_ROW_HEIGHT = 1.45  # of the height of the font
_LEAST_ROOM = 10  # pixels beside it: some fonts are no higher than their letters
_LATE_INK = "#b3261e"
_FONT = int(Qt.ItemDataRole.FontRole)
_HAS_DISPLAY = QStyleOptionViewItem.ViewItemFeature.HasDisplay


class RowDelegate(item_views.SelectionDelegate):
    """The style's own cell in a row that is easy to read and to hit."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        # Qt's own asks the model for seven things a cell; ours have two of them.
        assert isinstance(index, QModelIndex)
        option.index = index
        option.features = _HAS_DISPLAY
        option.text = index.data()
        item_views.show_selection(option)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        hint = super().sizeHint(option, index)
        font = option.fontMetrics.height()
        hint.setHeight(max(hint.height(), round(font * _ROW_HEIGHT), font + _LEAST_ROOM))
        return hint


class TitleDelegate(RowDelegate):
    """Keeps 「（再掲）」 in sight where the title is cut."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        font = index.data(_FONT)
        if font is not None:
            option.font = font
            option.fontMetrics = QFontMetrics(font)
        if option.text.endswith(RELISTED):
            metrics = option.fontMetrics
            margin = option.widget.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin)
            room = option.rect.width() - 2 * margin - 2 - metrics.horizontalAdvance(RELISTED)
            title = option.text.removesuffix(RELISTED)
            option.text = metrics.elidedText(title, option.textElideMode, room) + RELISTED

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QWidget:
        editor = inputs.LineField(parent)
        editor.setFrame(False)
        return editor


_MARGIN = 6
_PADDING = 8
BADGE_FRAME = 2 * (_MARGIN + _PADDING)  # what a cell is wider than the words of its badge
_BAR_HEIGHT = 4
_TINT = 0.16  # how much of the status colour the ground of a badge has, the rest is white
_WHITE = QColor("white")
_QUIET = 0.6  # how much of the ink a quiet word has
_STATUS = int(ItemRole.STATUS)
_UNLIKE_OTHERS = (
    QStyle.StateFlag.State_Selected
    | QStyle.StateFlag.State_HasFocus
    | QStyle.StateFlag.State_MouseOver
)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Shades(NamedTuple):
    """The ground, edge and ink of a badge; the same in a light and in a dark window."""

    ground: QColor
    edge: QColor
    ink: QColor


class StatusDelegate(RowDelegate):
    """Draws the empty cell as the style would, and the status on top."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell = option
        if option.state & _UNLIKE_OTHERS:  # else the style draws nothing
            cell = QStyleOptionViewItem(option)
            assert isinstance(index, QModelIndex)
            cell.index = index
            item_views.show_selection(cell)
            cell.widget.style().drawControl(
                QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget
            )
        status = index.data(_STATUS)
        painter.save()
        painter.setFont(cell.font)
        if isinstance(status, Badge):
            self._draw_badge(painter, cell, status)
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


def _ink(cell: QStyleOptionViewItem) -> QColor:
    return cell.palette.color(QPalette.ColorRole.Text)


def _quiet(cell: QStyleOptionViewItem) -> QColor:
    return _quiet_on(_ink(cell).rgb(), item_views.ground_of(cell).rgb())


@lru_cache
def _quiet_on(ink: int, ground: int) -> QColor:
    quiet = appearance.mixed(QColor(ink), QColor(ground), _QUIET)
    return appearance.legible(quiet, QColor(ground))


@lru_cache
def shades(colour: str) -> Shades:
    """Return the colours of the badge of a status."""
    own = QColor(colour)
    ground = appearance.mixed(own, _WHITE, _TINT)
    edge = QColor(own)
    edge.setAlphaF(0.5)
    return Shades(ground, edge, appearance.legible(own, ground))
