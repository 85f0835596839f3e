"""A sheet as it is in its file, with a word for what became of each of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from kyodo_desktop.domain.importing.grid import CellPlace, Grid, column_letter
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.row_kinds import ShownRowKind
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import Mapping

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
MOST_COLUMNS = 256  # of a sheet; what stands further to the right is not shown
_LONG = 80  # characters; more do not fit into a cell of one line
# Thin veils that suit a light and a dark ground.
_TINTS = {
    ShownRowKind.TITLES: QColor(59, 111, 182, 56),
    ShownRowKind.GROUP: QColor(46, 125, 79, 46),
    ShownRowKind.UNREAD: QColor(214, 140, 0, 70),
    ShownRowKind.LEFT_OUT: QColor(122, 127, 135, 48),
}
_ORIGIN = QColor(59, 111, 182, 96)
_QUIET = (ShownRowKind.OUTSIDE, ShownRowKind.LEFT_OUT)


class SheetModel(QAbstractTableModel):
    """Read-only. What a column holds stands in its header, what a row is beside its number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid("", ())
        self._kinds = b""
        self._origins: frozenset[tuple[int, int]] = frozenset()
        self._columns = 0
        self._labels: list[str] = []
        self._ignored: list[bool] = []
        self._quiet = QColor()

    def show_sheet(self, grid: Grid) -> None:
        """Show another sheet, of which nothing is known yet."""
        self.beginResetModel()
        self.grid, self._kinds, self._origins = grid, b"", frozenset()
        self._columns = min(max(map(len, grid.rows), default=0), MOST_COLUMNS)
        self._labels, self._ignored = [], []
        self._quiet = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        self.endResetModel()

    def show_choices(self, mapping: Mapping) -> None:
        """Say what each column holds."""
        if mapping.form is not None:
            self._labels, self._ignored = [], []
            self._tell_all()
            return
        choice = choosing.sheet_of(mapping, self.grid.sheet) or choosing.blank_sheet(self.grid)
        columns = range(1, self._columns + 1)
        chosen = [choosing.column_of(choice, self.grid, column) for column in columns]
        self._labels = [
            choosing.label(mapping, choosing.meaning_of(mapping, each)) for each in chosen
        ]
        self._ignored = [each.role is ColumnRole.IGNORED for each in chosen]
        self._tell_all()

    def show_kinds(self, kinds: bytes) -> None:
        """Say what became of each row."""
        self._kinds = kinds
        self._tell_all()

    def show_origins(self, cells: frozenset[tuple[int, int]]) -> None:
        """Mark the cells (row, column) that something was read from."""
        changed, self._origins = self._origins ^ cells, cells
        for row, column in changed:
            index = self.index(row - 1, column - 1)
            if index.isValid():
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.BackgroundRole])

    def is_ignored(self, column: int) -> bool:
        """Tell whether a column, the first one at 0, is left out."""
        return column < len(self._ignored) and self._ignored[column]

    def kind_of(self, row: int) -> ShownRowKind:
        """Return what became of a row, the first one at 0."""
        return ShownRowKind(self._kinds[row]) if row < len(self._kinds) else ShownRowKind.EMPTY

    def place_of(self, index: Index) -> CellPlace:
        """Return where a cell is in the file."""
        return CellPlace(self.grid.sheet, index.row() + 1, index.column() + 1)

    def _tell_all(self) -> None:
        if not self.grid.rows or not self._columns:
            return
        last = self.index(len(self.grid.rows) - 1, self._columns - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._columns - 1)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.grid.rows) - 1)

    # Qt's interface

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                text = self.grid.text(index.row() + 1, index.column() + 1)
                return text[:_LONG].replace("\n", " ")
            case Qt.ItemDataRole.BackgroundRole:
                if (index.row() + 1, index.column() + 1) in self._origins:
                    return _ORIGIN
                return _TINTS.get(self.kind_of(index.row()))
            case Qt.ItemDataRole.ForegroundRole:
                return self._quiet if self._is_quiet(index) else None
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.grid.text(index.row() + 1, index.column() + 1))
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self.kind_of(index.row()).label
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self._column_header(section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{section + 1} {self.kind_of(section).label}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.kind_of(section).hint)
        if role == Qt.ItemDataRole.BackgroundRole:
            return _TINTS.get(self.kind_of(section))
        return None

    def _column_header(self, section: int, role: int) -> Any:
        label = self._labels[section] if section < len(self._labels) else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{column_letter(section + 1)}\n{label}"
            case Qt.ItemDataRole.ToolTipRole if label:
                return tip(
                    f"{column_letter(section + 1)}列は「{label}」です。押すと選び直せます。"
                )
        return None

    def _is_quiet(self, index: Index) -> bool:
        return self.is_ignored(index.column()) or self.kind_of(index.row()) in _QUIET
