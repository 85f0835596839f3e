"""The list of what could not be read: where it stands, its text, and why."""

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
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from kyodo_desktop.ui.importing.row_table import RowTable
from kyodo_desktop.ui.widgets.item_views import EmptyNote
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.importing.grid import Unread

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_HEADERS = ("場所", "理由", "書いてあること")
_PLACE, _REASON, _TEXT = range(3)
_LONG = 200

_ALL_READ = "読み取れなかったところはありません。"


class UnreadModel(QAbstractTableModel):
    """Read-only, a row for each cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: Sequence[Unread] = ()

    def show_cells(self, cells: Sequence[Unread]) -> None:
        """List other cells."""
        self.beginResetModel()
        self.cells = cells
        self.endResetModel()

    # Qt's interface

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self.cells[index.row()]
        text = (cell.place.label, cell.reason, cell.text)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        return text[:_LONG].replace("\n", " ")


class UnreadList(RowTable):
    """Tells which of the cells is looked at; the list can be copied."""

    place_chosen = Signal(object)  # a Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("unread", "要確認の一覧", parent)
        self._model = UnreadModel(self)
        self.setModel(self._model)
        self._note = EmptyNote(self, "")
        character = self.fontMetrics().height()
        self.setColumnWidth(_PLACE, 13 * character)
        self.setColumnWidth(_REASON, 18 * character)

    def show_cells(self, cells: Sequence[Unread] | None) -> None:
        """List other cells; None is while it is not known whether there are any."""
        self._model.show_cells(cells or ())
        self._note.say("" if cells is None else _ALL_READ)

    def copy_all(self) -> None:
        """Put the whole list into the clipboard, with tabs between the columns."""
        lines = (
            "\t".join((each.place.label, each.reason, each.text)) for each in self._model.cells
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    # Qt's interface

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.place_chosen.emit(self._model.cells[current.row()].place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
        else:
            super().keyPressEvent(event)
