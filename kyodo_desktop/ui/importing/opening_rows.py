"""A table that is drawn like a tree: rows that stand below others open and close.

Not a tree in Qt's sense: a view of a tree asks for every row before it shows one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from kyodo_desktop.ui.widgets import item_views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
TITLE = 0  # the column with the arrows
_INDENTATION = 14
_ARROW = 14


class OpeningModel(QAbstractTableModel):
    """Knows which rows are shown. `row` is a row that is shown, `number` one of all rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._depths = b""
        self._closed: set[int] = set()
        self._shown: list[int] = []

    def number_at(self, index: Index) -> int | None:
        """Return which of all rows is shown at an index."""
        return self._shown[index.row()] if index.isValid() else None

    def row_of(self, number: int) -> int:
        """Return where a row is shown, or the closed one above it."""
        return bisect_right(self._shown, number) - 1

    def depth_at(self, index: Index) -> int:
        """Return how far a row is indented."""
        return self._depths[self._shown[index.row()]]

    def is_open(self, index: Index) -> bool | None:
        """Tell whether the rows below are shown; None where there are none."""
        number = self._shown[index.row()]
        return number not in self._closed if self._has_below(number) else None

    def set_open(self, index: Index, wanted: bool) -> None:
        """Show the rows below, or hide them."""
        number = self.number_at(index)
        if number is not None and self.is_open(index) is not wanted:
            self.close_rows(self._closed - {number} if wanted else self._closed | {number})

    def close_rows(self, numbers: Iterable[int]) -> None:
        """Hide what stands below these rows, and show all other rows."""
        self.beginResetModel()
        self._closed = {each for each in numbers if self._has_below(each)}
        self._lay_out()
        self.endResetModel()

    def _take_rows(self, depths: bytes, closed: set[int]) -> None:
        """Take other rows, between the two signals of a reset."""
        self._depths, self._closed = depths, closed
        self._lay_out()

    def _lay_out(self) -> None:
        count = len(self._depths)
        if not self._closed:
            self._shown = list(range(count))
            return
        self._shown = []
        number = 0
        while number < count:
            self._shown.append(number)
            number = self._end_of(number) if number in self._closed else number + 1

    def _end_of(self, number: int) -> int:
        """Return the number of the first row that does not stand below this one."""
        depth, end = self._depths[number], number + 1
        while end < len(self._depths) and self._depths[end] > depth:
            end += 1
        return end

    def _has_below(self, number: int) -> bool:
        depths = self._depths
        return number + 1 < len(depths) and depths[number + 1] > depths[number]

    # Qt's interface

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)


class OpeningTable(QTableView):
    """Rows open and close by the keys, a click on the arrow, and a double click."""

    def __init__(self, model: OpeningModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opening = model
        self._titles = _Titles(self)
        self.setItemDelegateForColumn(TITLE, self._titles)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}.get(Qt.Key(event.key()))
        index = self.currentIndex()
        if wanted is None or not index.isValid() or event.modifiers():
            super().keyPressEvent(event)
        else:
            self._open(index, wanted=wanted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        super().mousePressEvent(event)
        if index.isValid() and index.column() == TITLE:
            start = self.visualRect(index).left() + _INDENTATION * self._opening.depth_at(index)
            if 0 <= place.x() - start <= _ARROW:
                self._open(index, wanted=not self._opening.is_open(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._open(index, wanted=not self._opening.is_open(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # through Python, which then need not be waited for once a cell

    def _open(self, index: QModelIndex, *, wanted: bool) -> None:
        if self._opening.is_open(index) is not None:
            self._keep_current(lambda: self._opening.set_open(index, wanted))

    def _keep_current(self, change: Callable[[], None]) -> None:
        model = self._opening
        number, top = model.number_at(self.currentIndex()), self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        change()
        if number is not None:
            self.setCurrentIndex(model.index(model.row_of(number), TITLE))
        self.verticalScrollBar().setValue(top)
        self.blockSignals(blocked)


class PlainCells(item_views.SelectionDelegate):
    """Asks for the text alone: Qt's own asks the model for seven things a cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        assert isinstance(index, QModelIndex)
        option.index = index
        option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
        option.text = index.data()
        item_views.show_selection(option)


class _Titles(PlainCells):
    """Draws the arrow and the title behind the indentation."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        font = index.data(Qt.ItemDataRole.FontRole)
        if font is not None:
            option.font = font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, style = index.model(), option.widget.style()
        assert isinstance(model, OpeningModel)
        cell = QStyleOptionViewItem(option)
        item_views.show_selection(cell)
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, cell, painter, cell.widget
        )
        cell.rect.setLeft(cell.rect.left() + _INDENTATION * model.depth_at(index))
        is_open = model.is_open(index)
        if is_open is not None:
            arrow = QStyleOptionViewItem(cell)
            arrow.rect.setWidth(_ARROW)
            arrow.state |= QStyle.StateFlag.State_Children
            if is_open:
                arrow.state |= QStyle.StateFlag.State_Open
            style.drawPrimitive(
                QStyle.PrimitiveElement.PE_IndicatorBranch, arrow, painter, cell.widget
            )
        cell.rect.setLeft(cell.rect.left() + _ARROW)
        super().paint(painter, cell, index)
