"""The history as a list that is read page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kyodo_desktop.services.history import Entry, entries
from kyodo_desktop.ui.editor.history_text import what_changed, when_and_who

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace

PAGE = 50
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Entries, the newest first: of one action, or of the plan where `action_id` is None.

    It pages by the id of the last entry, so an edit made meanwhile shifts nothing.
    """

    def __init__(self, workspace: Workspace, action_id: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._action_id = action_id
        self._entries: list[Entry] = []
        self._taken_back: set[int] = set()
        self._complete = False
        self.fetchMore(QModelIndex())

    def entry(self, row: int) -> Entry:
        return self._entries[row]

    def is_taken_back(self, row: int) -> bool:
        """Tell whether a later entry reversed this one, and still stands."""
        return self._entries[row].id in self._taken_back

    def text(self, row: int) -> str:
        """Return the entry in full, as one text."""
        entry = self._entries[row]
        mark = "（元に戻し済み）" if self.is_taken_back(row) else ""
        head = (when_and_who(entry), f"{entry.label}{mark}")
        changes = what_changed(self.workspace.outline, entry, named=self._action_id is None)
        return "\n".join((*head, changes)).rstrip()

    def refresh(self) -> None:
        """Read what was done since; what is shown stays where it is."""
        page = self._read(None)
        newest = self._entries[0].id if self._entries else 0
        added = sum(entry.id > newest for entry in page)
        known = [entry.id for entry in self._entries[: len(page) - added]]
        if [entry.id for entry in page[added:]] != known:
            self.beginResetModel()
            self._entries, self._complete = page, len(page) < PAGE
            self._note_taken_back()
            self.endResetModel()
            return
        if added:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
        self._entries[: len(known)] = page
        self._note_taken_back()
        if added:
            self.endInsertRows()
        self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    # Qt's interface

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.text(index.row()) if role == Qt.ItemDataRole.DisplayRole else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        page = self._read(self._entries[-1].id if self._entries else None)
        self._complete = len(page) < PAGE
        if page:
            first = len(self._entries)
            self.beginInsertRows(parent, first, first + len(page) - 1)
            self._entries += page
            self._note_taken_back()
            self.endInsertRows()

    def _read(self, before: int | None) -> list[Entry]:
        return entries(self.workspace, action_id=self._action_id, before=before, limit=PAGE)

    def _note_taken_back(self) -> None:
        """Find what stands reversed: who undoes an undo brings the first step back."""
        self._taken_back = set()
        for entry in self._entries:
            if entry.reverses_id is not None and entry.id not in self._taken_back:
                self._taken_back.add(entry.reverses_id)
