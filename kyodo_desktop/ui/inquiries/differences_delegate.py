"""Draws a cell of the differences: wrapped, with the changed words marked."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

from kyodo_desktop.ui.colours import legible
from kyodo_desktop.ui.comparing.markup import NOTHING, Inks, inks_on
from kyodo_desktop.ui.inquiries.differences_model import Column, DifferencesModel
from kyodo_desktop.ui.selection import SelectionDelegate, ground_of, show_selection

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.ui.models.grouped_rows import Index

_MARGIN = 6
_MARKED = (Column.SENT, Column.NOW, Column.ANSWER)


class DifferencesDelegate(SelectionDelegate):
    """Wraps each cell at the width of its column.

    The first cell of a row answers for the height of the whole row, and only once for a width.
    """

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[int, int], int] = {}

    def forget(self) -> None:
        """Forget the heights of the rows that were shown so far."""
        self._heights.clear()

    # Qt's interface

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
        if not index.internalId():
            option.font.setBold(True)
            link = legible(option.palette.color(QPalette.ColorRole.Link), ground_of(option))
            option.palette.setColor(QPalette.ColorRole.Text, link)
        if index.internalId() and index.column() in _MARKED:
            option.text = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.column() != Column.FIELD:
            return QSize(0, 0)
        difference = cast("DifferencesModel", index.model()).difference_at(index)
        if difference is None:
            return QSize(0, self._view.fontMetrics().height() + 2 * _MARGIN)
        width = self._view.columnWidth(Column.NOW)
        key = difference.id, width
        if key not in self._heights:
            self._heights[key] = self._height(index, width - 2 * _MARGIN)
        return QSize(0, self._heights[key] + 2 * _MARGIN)

    def _height(self, index: Index, room: int) -> int:
        """Return how high the highest of the row's texts is."""
        metrics = self._view.fontMetrics()
        line = metrics.lineSpacing()
        height: int = (index.data().count("\n") + 1) * line
        for column in _MARKED:
            text = index.sibling(index.row(), column).data()
            if "\n" in text or metrics.horizontalAdvance(text) > room:
                layout = _laid_out(text, self._view.font(), room)
                height = max(height, ceil(layout.boundingRect().height()))
        return height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if not index.internalId() or index.column() not in _MARKED:
            return
        text = index.data()
        segments = cast("DifferencesModel", index.model()).segments(index)
        is_quiet = not segments or text != "".join(each.text for each in segments)
        cell = QStyleOptionViewItem(option)
        show_selection(cell)
        ground = ground_of(cell)
        role = QPalette.ColorRole.PlaceholderText if is_quiet else QPalette.ColorRole.Text
        ink = legible(cell.palette.color(role), ground)
        inks = inks_on(ground)
        formats = [] if is_quiet else _formats(segments, index.column(), inks)
        layout = _laid_out(text or NOTHING, option.font, option.rect.width() - 2 * _MARGIN)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(ink)
        above = (option.rect.height() - layout.boundingRect().height()) / 2
        layout.draw(painter, QPointF(option.rect.topLeft()) + QPointF(_MARGIN, above), formats)
        painter.restore()


def _laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _formats(segments: Segments, column: int, inks: Inks) -> list[QTextLayout.FormatRange]:
    """Return how the changed parts look: underlined, and in a colour of their own."""
    look = QTextCharFormat()
    look.setFontUnderline(True)
    look.setForeground(QColor(inks.old if column == Column.NOW else inks.new))
    ranges, start = [], 0
    for each in segments:
        length = _utf16_length(each.text)
        if each.changed:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, length, look
            ranges.append(part)
        start += length
    return ranges


def _utf16_length(text: str) -> int:
    """Return how many units Qt counts, where a rare kanji is two."""
    return len(text) + sum(character > "\uffff" for character in text)
