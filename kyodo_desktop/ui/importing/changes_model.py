"""What the table would change in the plan that is open, as rows with boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan_update.update import Update

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
HEADERS = ("変更", "対象", "今の計画", "表")
_PART, _ITEM, _OLD, _NEW = range(4)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_LONG = 200  # characters of a text that may be seen in one line


class ChangesModel(QAbstractTableModel):
    """Read-only but for the boxes. What a change needs is ticked and unticked with it."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.update: Update | None = None
        self.chosen: set[int] = set()

    def show_update(self, update: Update | None) -> None:
        """Show other changes, all of them ticked."""
        self.beginResetModel()
        self.update = update
        self.chosen = set(range(len(update.differences))) if update else set()
        self.endResetModel()
        self.ticked.emit()

    def tick(self, row: int, *, wanted: bool) -> None:
        """Tick a change with all that it needs, or untick it with all that need it."""
        differences = self.update.differences if self.update else ()
        if wanted:
            waiting = [row]
            while waiting:
                each = waiting.pop()
                waiting += differences[each].needs - self.chosen
                self.chosen.add(each)
        else:
            self.chosen.discard(row)
            for later in range(row + 1, len(differences)):
                if not differences[later].needs <= self.chosen:
                    self.chosen.discard(later)
        self._tell()

    def tick_all(self, *, wanted: bool) -> None:
        """Tick all changes, or none."""
        self.chosen = set(range(self.rowCount())) if wanted else set()
        self._tell()

    def _tell(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.ticked.emit()

    # Qt's interface

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self.update is None else len(self.update.differences)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == _PART else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.update is None or not index.isValid():
            return None
        change = self.update.differences[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == _PART:
            return _CHECKED if index.row() in self.chosen else _UNCHECKED
        text = (change.what, change.item, change.old, change.new)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.DisplayRole:
            return text[:_LONG].replace("\n", " ")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick(index.row(), wanted=Qt.CheckState(value) is _CHECKED)
        return True
