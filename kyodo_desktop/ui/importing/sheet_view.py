"""The preview: the sheet as it is, in which columns and rows are told what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from kyodo_desktop.domain.importing.grid import column_letter
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.role_header import MeaningMenu, RoleHeader
from kyodo_desktop.ui.importing.sheet_model import SheetModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from kyodo_desktop.domain.importing.grid import CellPlace, Grid
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice

_ROW_ROOM = 8
_WIDTHS = (4, 6, 11, 20)  # characters
_FEWEST_CELLS = 3  # of a row by which the columns are measured
_SAMPLE_ROWS = 60  # by which the width of a column is measured
_MOST_SPANS = 500
_ROWS_BELOW = 6


class SheetTableView(QTableView):
    """Tells which cell is looked at, and what the user says of columns and rows."""

    cell_chosen = Signal(object)  # a Place
    sheet_changed = Signal(object)  # a SheetChoice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAccessibleName("ファイルの表")
        self._model = SheetModel(self)
        self._mapping: Mapping | None = None
        self._header = RoleHeader(self)
        self.setHorizontalHeader(self._header)
        self.setModel(self._model)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer_rows)
        self._header.menu_requested.connect(self.offer_meanings)
        self.setVerticalHeader(_RowHeader(self))

    @property
    def grid(self) -> Grid:
        """The sheet that is shown."""
        return self._model.grid

    def show_sheet(self, grid: Grid) -> None:
        """Show another sheet, of which nothing is known yet."""
        self.clearSpans()
        self._model.show_sheet(grid)
        for area in grid.merges[:_MOST_SPANS]:
            rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
            if rows * columns > 1 and area.right <= self._model.columnCount():
                self.setSpan(area.top - 1, area.left - 1, rows, columns)
        self._set_widths()

    def show_choices(self, mapping: Mapping) -> None:
        """Say above each column what it holds."""
        self._mapping = mapping
        self._model.show_choices(mapping)
        for column in range(self._model.columnCount()):
            if not self._model.is_ignored(column):
                room = self._header.room_for(column)
                self.setColumnWidth(column, max(room, self.columnWidth(column)))

    def show_kinds(self, kinds: bytes) -> None:
        """Say beside each row what became of it."""
        self._model.show_kinds(kinds)

    def show_origins(self, cells: frozenset[tuple[int, int]]) -> None:
        """Mark the cells (row, column) that something was read from."""
        self._model.show_origins(cells)

    def begin_at(self, first: int, last: int) -> None:
        """Show these rows, counted from 1, and some below them."""
        self.doItemsLayout()
        in_sight = self.viewport().height() // self.verticalHeader().defaultSectionSize()
        if last + _ROWS_BELOW > in_sight:
            top = QAbstractItemView.ScrollHint.PositionAtTop
            self.scrollTo(self._model.index(first - 1, 0), top)

    def go_to(self, place: CellPlace) -> None:
        """Show a cell as the current one, without telling anybody."""
        index = self._model.index(place.row - 1, min(place.column, self._model.columnCount()) - 1)
        if index.isValid() and index != self.currentIndex():
            blocked = self.blockSignals(True)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
            self.blockSignals(blocked)

    def offer_meanings(self, column: int) -> None:
        """Open the menu of what a column, the first one at 0, may hold."""
        mapping = self._mapping
        if mapping is None or mapping.form is not None:
            return
        if not 0 <= column < self._model.columnCount():
            return
        present = choosing.column_of(self._choice, self.grid, column + 1)
        menu = MeaningMenu(
            mapping,
            f"{column_letter(column + 1)}列の意味",
            choosing.meaning_of(mapping, present),
            self,
        )
        menu.chosen.connect(
            lambda meaning: self.sheet_changed.emit(
                choosing.with_column(self._choice, self.grid, column + 1, meaning)
            )
        )
        menu.pop_up(self._header.mapToGlobal(self._header.box_of(column).bottomLeft()))

    # Qt's interface

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if current.isValid():
            self.cell_chosen.emit(self._model.place_of(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() == Qt.Key.Key_Down and (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            == Qt.KeyboardModifier.AltModifier
        )
        if opens or event.key() == Qt.Key.Key_F4:
            self.offer_meanings(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # through Python, which then need not be waited for once a cell

    @property
    def _choice(self) -> SheetChoice:
        assert self._mapping is not None
        found = choosing.sheet_of(self._mapping, self.grid.sheet)
        return found or choosing.blank_sheet(self.grid)

    def _offer_rows(self, place: QPoint) -> None:
        """Offer to say where the table begins and ends, at the row that was pointed at."""
        index = self.indexAt(place)
        if self._mapping is None or self._mapping.form is not None or not index.isValid():
            return
        row, choice = index.row() + 1, self._choice
        first, last, end = choice.first_heading_row, choice.last_heading_row, choice.last_row
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            f"{row}行目から見出し行(&F)", lambda: self._set_rows(row, max(row, last), end)
        )
        menu.addAction(
            f"{row}行目まで見出し行(&L)", lambda: self._set_rows(min(first, row), row, end)
        )
        menu.addAction(f"表は{row}行目まで(&E)", lambda: self._set_rows(first, last, row))
        menu.addSeparator()
        letter = column_letter(index.column() + 1)
        menu.addAction(f"{letter}列の意味(&C)…", lambda: self.offer_meanings(index.column()))
        menu.popup(self.viewport().mapToGlobal(place))

    def _set_rows(self, first: int, last: int, end: int) -> None:
        self.sheet_changed.emit(choosing.with_rows(self._choice, self.grid, first, last, end))

    def _set_widths(self) -> None:
        """Give columns of long texts more room; all of them stay narrow enough to see many."""
        character = self.fontMetrics().height()
        rows = self.grid.rows[:_SAMPLE_ROWS]
        # A title or a heading across the table says nothing of the column it begins in.
        sample = [row for row in rows if sum(map(bool, row)) >= _FEWEST_CELLS] or rows
        for column in range(self._model.columnCount()):
            texts = [row[column] for row in sample if column < len(row) and row[column]]
            longest = sorted(map(len, texts))[len(texts) * 3 // 4] if texts else 0
            wide = next((each for each in _WIDTHS if longest <= each), _WIDTHS[-1])
            self.setColumnWidth(column, wide * character)


class _RowHeader(QHeaderView):
    """Rows of one height, so that none of them has to be measured."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(self.fontMetrics().height() + _ROW_ROOM)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(
            self.fontMetrics().horizontalAdvance("00000 取り込まない") + 2 * _ROW_ROOM
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
