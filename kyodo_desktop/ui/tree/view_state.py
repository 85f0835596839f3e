"""What is open, current, selected and at the top of the tree while it is filled anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint
from PySide6.QtWidgets import QTreeView

from kyodo_desktop.domain.nodes import heading_node, is_group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.tree.model import PlanTreeModel

_AS_ROWS = QItemSelectionModel.SelectionFlag.Rows
_NOTHING = QItemSelectionModel.SelectionFlag.NoUpdate
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect


class ViewState:
    """What is open, current, selected and at the top of a view, by node.

    What the user opened is kept over a search: while `all_open` is set everything shown is
    open, and nothing of that is remembered.

    A row without children is never opened in the view, which would not draw the first one that
    comes below it; that it shall be open is remembered until then.
    """

    def __init__(self, view: QTreeView, model: PlanTreeModel) -> None:
        self.all_open = False
        self.restoring = False
        self.current: int | None = None
        self._view, self._model = view, model
        self._opened: set[int] = set()
        self._closed: set[int] = set()  # by the user
        self._selected: list[int] = []
        self._beside: list[int] = []
        self._top = self._column = 0
        view.expanded.connect(self._remember_open)
        view.collapsed.connect(self._remember_closed)
        model.rowsInserted.connect(self._open_added)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def begin(self, opened: Iterable[int]) -> None:
        """Forget the plan of before; these nodes will be open."""
        self._opened, self._closed = set(opened), set()
        self._selected, self._beside, self._top = [], [], 0
        self.current, self.all_open = None, False

    def _remember_open(self, index: QModelIndex) -> None:
        if not (self.all_open or self.restoring):
            self._opened.add(index.internalId())
            self._closed.discard(index.internalId())

    def _remember_closed(self, index: QModelIndex) -> None:
        if not (self.all_open or self.restoring):
            self._opened.discard(index.internalId())
            self._closed.add(index.internalId())

    def open_all(self) -> None:
        """Open everything, also what gets its first children later."""
        outline = self._model.outline
        if outline is not None:
            headings = map(heading_node, outline.headings)
            self._opened, self._closed = {*outline.roots, *headings}, set()
            self._open_again()

    def close_all(self) -> None:
        """Close everything but the terms."""
        outline = self._model.outline
        if outline is not None:
            self._view.collapseAll()
            self._opened, self._closed = set(outline.roots), set()
            self._open_again()

    def _open_added(self, parent: QModelIndex, first: int, last: int) -> None:
        if parent.isValid() and last - first + 1 == self._model.rowCount(parent):
            if parent.internalId() not in self._closed:
                self._opened.add(parent.internalId())
            self._open(parent)
        for row in range(first, last + 1):
            index = self._model.index(row, 0, parent)
            if self._open(index):
                self._open_added(index, 0, self._model.rowCount(index) - 1)

    def _open(self, index: QModelIndex) -> bool:
        """Open a row that shall be open, if there is anything below it."""
        is_wanted = self.all_open or index.internalId() in self._opened
        if is_wanted and self._model.hasChildren(index):
            self._view.expand(index)
            return True
        return False

    def _remember(self) -> None:
        current = self._view.currentIndex()
        # A current row that a search hides comes back with the end of the search.
        if current.isValid():
            self.current, self._column = current.internalId(), current.column()
            around = (current.siblingAtRow(current.row() + step) for step in (1, -1))
            self._beside = [each.internalId() for each in (*around, current.parent())]
            rows = selected_rows(self._view.selectionModel())
            self._selected = [each.internalId() for each in rows]
        self._top = self._view.indexAt(QPoint(0, 0)).internalId()

    def _restore(self) -> None:
        if self._model.outline is None:
            return
        self.restoring = True
        self._open_again()
        self._select_again(self._model.outline)
        self._scroll_back()
        self.restoring = False

    def _open_again(self) -> None:
        self._view.scheduleDelayedItemsLayout()  # once, and not after each row that is opened
        if self.all_open:
            self._open_below(QModelIndex())
            return
        outline = self._model.outline
        assert outline is not None, "rows belong to an outline"
        opened: defaultdict[int | None, list[int]] = defaultdict(list)
        for node in self._opened:
            if not _exists(outline, node):
                continue
            opened[outline.parent(node)].append(node)
        waiting = opened[None]
        while waiting:
            index = self._model.index_of(waiting.pop())
            if index.isValid() and self._open(index):
                waiting += opened[index.internalId()]

    def _open_below(self, above: QModelIndex) -> None:
        for row in range(self._model.rowCount(above)):
            index = self._model.index(row, 0, above)
            if self._open(index) and not self._model.is_flat:
                self._open_below(index)

    def _select_again(self, outline: Outline) -> None:
        if self.current is not None and not _exists(outline, self.current):
            shown = [node for node in self._beside if self._model.index_of(node).isValid()]
            self.current = shown[0] if shown else None
            self._selected = shown[:1]
        chosen = self._view.selectionModel()
        if self.current is not None:
            chosen.setCurrentIndex(self._model.index_of(self.current, self._column), _NOTHING)
        selection = QItemSelection()
        for node in self._selected:
            index = self._model.index_of(node)
            if index.isValid():
                selection.select(index, index)
        if not selection.isEmpty():
            chosen.select(selection, _ONLY | _AS_ROWS)

    def _scroll_back(self) -> None:
        top = self._model.index_of(self._top) if self._top else QModelIndex()
        if top.isValid():
            self._view.scrollTo(top, QTreeView.ScrollHint.PositionAtTop)
        current = self._view.currentIndex()
        if current.isValid():
            self._view.scrollTo(current)


def _exists(outline: Outline, node: int) -> bool:
    return not is_group(node) and outline.exists(node)


def selected_rows(chosen: QItemSelectionModel) -> list[QModelIndex]:
    """Return the first cell of each selected row.

    Qt's own `selectedRows` leaves rows out once one has been taken out with Ctrl that has the
    same place below another parent.
    """
    rows = {}
    for block in chosen.selection().toList():
        for row in range(block.top(), block.bottom() + 1):
            index = block.model().index(row, 0, block.parent())
            rows[index.internalId()] = index
    return list(rows.values())


def way_down(index: QModelIndex) -> list[int]:
    """Return the rows from the top down to an index, by which indexes sort as they stand."""
    rows = []
    while index.isValid():
        rows.append(index.row())
        index = index.parent()
    return rows[::-1]
