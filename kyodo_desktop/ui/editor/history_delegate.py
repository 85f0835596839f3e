"""Draws an entry of the history: when and who, what in bold, then old and new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from kyodo_desktop.ui.colours import legible
from kyodo_desktop.ui.selection import SelectionDelegate, ground_of, show_selection

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARGIN = 8
_LONGEST = 600  # characters of old and new; the whole can be copied
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
Index = QModelIndex | QPersistentModelIndex
Block = tuple[QFont, QPalette.ColorRole, str]


class HistoryDelegate(SelectionDelegate):
    """Wraps the text of an entry at the width of the view."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    # Qt's interface

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        room = QRect(0, 0, width - 2 * _MARGIN, 0)
        height = sum(
            QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            for font, _, text in self._blocks(index)
        )
        return QSize(width, height + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        cell = QStyleOptionViewItem(option)
        show_selection(cell)
        painter.save()
        room: QRect = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, 0)
        for font, role, text in self._blocks(index):
            painter.setFont(font)
            painter.setPen(legible(cell.palette.color(role), ground_of(cell)))
            height = QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            painter.drawText(room, _WRAPPED, text)
            room.setTop(room.top() + height)
        painter.restore()

    def _blocks(self, index: Index) -> Iterator[Block]:
        plain = self._view.font()
        bold = QFont(plain)
        bold.setBold(True)
        when, what, *changes = index.data().split("\n", 2)
        yield plain, QPalette.ColorRole.PlaceholderText, when
        yield bold, QPalette.ColorRole.Text, what
        for text in changes:
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            yield plain, QPalette.ColorRole.Text, shown
