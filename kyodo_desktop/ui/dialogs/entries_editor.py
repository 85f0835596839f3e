"""A list of the plan's own words: added, renamed, ordered and deleted in a table."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from kyodo_desktop.domain.vocabulary import NameEntry
from kyodo_desktop.ui.empty_note import EmptyNote
from kyodo_desktop.ui.widgets.forms import push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

USES_HEADER = "使用"


class EntriesEditor(QWidget):
    """A table with a row for each entry, and the buttons that change the list.

    A subclass says how an entry stands in its row. `may_delete` is asked before an entry
    that has an id goes; `uses` says by id what stands in the last column.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        headers: Sequence[str],
        stretched: int,
        uses: Mapping[int, str] | None,
        fewest: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.may_delete: Callable[[Any], bool] = lambda _entry: True
        self._uses = uses
        self._fewest = fewest
        self._uses_column = len(headers)
        self._table = _new_table([*headers, USES_HEADER], stretched)
        self._table.setColumnHidden(self._uses_column, uses is None)
        EmptyNote(self._table, "まだ1つもありません。「追加」を押すと、1行ずつ加えられます。")
        self._table.cellChanged.connect(lambda *_: self.changed.emit())
        self._table.currentCellChanged.connect(lambda *_: self._enable())
        self._remove = push_button("削除(&D)", f"remove_{name}", self._delete)
        self._up = push_button("上へ(&U)", f"{name}_up", lambda: self._shift(-1))
        self._down = push_button("下へ(&W)", f"{name}_down", lambda: self._shift(+1))
        add = push_button("追加(&A)", f"add_{name}", self._add)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._table, 0, 0, 5, 1)
        for row, button in enumerate((add, self._remove, self._up, self._down)):
            grid.addWidget(button, row, 1)
        grid.setRowStretch(4, 1)
        self.setFocusProxy(self._table)

    @property
    def entries(self) -> list[Any]:
        """The entries as they are typed, unchecked."""
        return [self._read_row(row) for row in range(self._table.rowCount())]

    def remove(self, row_id: int) -> None:
        """Take an entry out."""
        entries, row = self.entries, self._table.currentRow()
        self._fill([each for each in entries if each.id != row_id], row)

    # What a subclass says of its entries

    @abstractmethod
    def _write_row(self, row: int, entry: Any) -> None:
        """Show an entry in a row."""

    @abstractmethod
    def _read_row(self, row: int) -> Any:
        """Return the entry that a row shows."""

    @abstractmethod
    def _new_entry(self) -> Any:
        """Return an entry to begin with."""

    # Filling and editing

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self._table.item(row, column)
        assert cell is not None
        return cell

    def _fill(self, entries: Sequence[Any], current: int = 0) -> None:
        with QSignalBlocker(self._table):
            self._table.setRowCount(len(entries))
            for row, entry in enumerate(entries):
                self._write_row(row, entry)
                self._table.setItem(row, self._uses_column, self._use_of(entry))
            self._table.setCurrentCell(min(current, len(entries) - 1), 0)
        self._enable()
        self.changed.emit()

    def _use_of(self, entry: Any) -> QTableWidgetItem:
        use = QTableWidgetItem(
            "新規" if entry.id is None else (self._uses or {}).get(entry.id, "")
        )
        use.setFlags(use.flags() & ~Qt.ItemFlag.ItemIsEditable)
        use.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return use

    def _add(self) -> None:
        entries = [*self.entries, self._new_entry()]
        self._fill(entries, len(entries) - 1)
        self._table.setFocus()
        self._table.editItem(self._table.currentItem())

    def _delete(self) -> None:
        entries, row = self.entries, self._table.currentRow()
        if entries[row].id is None or self.may_delete(entries[row]):
            self._fill([*entries[:row], *entries[row + 1 :]], row)

    def _shift(self, steps: int) -> None:
        entries, row = self.entries, self._table.currentRow()
        entries.insert(row + steps, entries.pop(row))
        self._fill(entries, row + steps)

    def _enable(self) -> None:
        count, row = self._table.rowCount(), self._table.currentRow()
        self._remove.setEnabled(row >= 0 and count > self._fewest)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)


class NamesEditor(EntriesEditor):
    """A list of names: directions, 主体 or 基本原則."""

    def __init__(
        self, name: str, header: str, names: Sequence[NameEntry], uses: Mapping[int, str]
    ) -> None:
        super().__init__(name, (header,), 0, uses, 0)
        self._table.setObjectName(f"{name}_table")
        self._fill(names)

    def _write_row(self, row: int, entry: NameEntry) -> None:
        cell = QTableWidgetItem(entry.text)
        cell.setData(Qt.ItemDataRole.UserRole, entry.id)
        self._table.setItem(row, 0, cell)

    def _read_row(self, row: int) -> NameEntry:
        cell = self._cell(row, 0)
        return NameEntry(cell.text(), cell.data(Qt.ItemDataRole.UserRole))

    def _new_entry(self) -> NameEntry:
        return NameEntry("")


def _new_table(headers: Sequence[str], stretched: int) -> QTableWidget:
    table = QTableWidget(0, len(headers))
    table.setHorizontalHeaderLabels(headers)
    table.verticalHeader().hide()
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table
