"""確かめるところ: what was left out, what may be wrong and what is unsure, by its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from kyodo_desktop.ui.importing.doubt_rows import CELL, REASON, DoubtRows
from kyodo_desktop.ui.importing.opening_rows import (
    NO_INDEX,
    TITLE,
    Index,
    OpeningModel,
    OpeningTable,
    PlainCells,
)
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.item_views import EmptyNote
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from kyodo_desktop.domain.importing.grid import Unread

_HEADERS = ("理由・場所", "書いてあること")
_NONE = "確かめるところはありません。"
_MANY, _FEW = 12, 4  # of more cells in all, reasons with more than a few are closed at first
_ROW = 24
_REASONS = 0.62  # of the width


class DoubtsModel(OpeningModel):
    """Read-only: kinds, below them reasons, below them cells."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = DoubtRows()
        self._bold = QFont()
        self._bold.setBold(True)

    def show_rows(self, rows: DoubtRows) -> None:
        """List other cells; reasons that were closed or open stay so."""
        known = self._list.reasons
        was_closed = {name for name, number in known.items() if number in self._closed}
        closed = {
            number
            for name, number in rows.reasons.items()
            if (name in was_closed if name in known else _is_long(rows, number))
        }
        self.beginResetModel()
        self._list = rows
        self._take_rows(rows.depths, closed)
        self.endResetModel()

    def cell_at(self, index: Index) -> Unread | None:
        """Return the cell that a row is about."""
        number = self.number_at(index)
        return None if number is None else self._list.rows[number].cell

    # Qt's interface

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._list.rows[self._shown[index.row()]]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title if index.column() == TITLE else row.text
            case Qt.ItemDataRole.ToolTipRole:
                return tip(row.cell.sentence if row.cell is not None else row.title)
            case Qt.ItemDataRole.FontRole:
                return self._bold if not self.depth_at(index) else None
        return None


class DoubtsList(OpeningTable):
    """Tells which of the cells is looked at; the list can be copied."""

    place_chosen = Signal(object)  # a Place

    def __init__(self, parent: QWidget | None = None) -> None:
        model = DoubtsModel()
        super().__init__(model, parent)
        model.setParent(self)
        self._model = model
        self._list = DoubtRows()
        self.setObjectName("doubts")
        self.setAccessibleName("確かめるところの一覧")
        self.setModel(model)
        self.setItemDelegate(PlainCells(self))
        model.modelReset.connect(self._span_reasons)
        self._note = EmptyNote(self, "")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(_ROW))
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: DoubtRows | None) -> None:
        """List other cells; None is while it is not known whether there are any."""
        blocked = self.blockSignals(True)
        self._list = rows or DoubtRows()
        self._model.show_rows(self._list)
        self.blockSignals(blocked)
        self._note.say("" if rows is None else _NONE)

    def _span_reasons(self) -> None:
        """Let kinds and reasons go over both columns; those of the cells are far more."""
        self.clearSpans()
        for number in self._list.reasons.values():
            row = self._model.row_of(number)
            if self._model.number_at(self._model.index(row, TITLE)) == number:
                self.setSpan(row, TITLE, 1, len(_HEADERS))

    def copy_all(self) -> None:
        """Put the whole list into the clipboard, with tabs between the columns."""
        lines = (
            "\t".join((group.kind.label, each.place.label, each.reason, each.text))
            for group in self._list.groups
            for each in group.cells
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    # Qt's interface

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        cell = self._model.cell_at(current)
        if cell is not None and cell.place.row:
            self.place_chosen.emit(cell.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(TITLE, int(self.viewport().width() * _REASONS))


def _is_long(rows: DoubtRows, number: int) -> bool:
    """Tell whether a reason has so many cells that it is closed at first."""
    end = number + _FEW + 1
    return rows.count > _MANY and rows.depths[number:end] == bytes([REASON]) + bytes([CELL]) * _FEW
