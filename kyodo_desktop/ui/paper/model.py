"""The cells of the table for Qt, which asks them for the keyboard and for the ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from kyodo_desktop.ui.paper.cells import COLUMNS, PaperTexts
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from kyodo_desktop.ui.widgets.item_views import Index

_NO_INDEX = QModelIndex()
_CELL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PaperModel(QAbstractTableModel):
    """Holds the texts, and says what is spoken and hinted of each cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts: PaperTexts | None = None

    def show(self, texts: PaperTexts | None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.texts = texts
        self.endResetModel()

    def renew(self, texts: PaperTexts) -> None:
        """Show the same rows with other words."""
        self.texts = texts
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt's interface

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if self.texts is None or parent.isValid() else len(self.texts.table)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        if self.texts is None or parent.isValid():
            return 0
        return self.texts.table.levels + len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.texts is None or not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CELL

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.texts is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.texts.column_names()[section]
        return str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.texts is None or not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.texts.text(index.row(), index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index)
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(index)
        return None

    def _spoken(self, index: Index) -> str:
        assert self.texts is not None
        column = index.column() - self.texts.table.levels
        parts = [self.texts.column_names()[index.column()]]
        parts.append(self.texts.text(index.row(), index.column()) or "空")
        if column >= 0 and self.texts.is_changed(index.row(), COLUMNS[column]):
            parts.append("前回から変更")
        return "　".join(parts)

    def _hint(self, index: Index) -> str | None:
        assert self.texts is not None
        column = index.column() - self.texts.table.levels
        if column < 0 or not self.texts.is_changed(index.row(), COLUMNS[column]):
            return None
        return tip(f"前回：{self.texts.before(index.row(), COLUMNS[column]) or '（空）'}")
