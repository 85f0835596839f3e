"""The tree of the plan as Qt's views want it, and which nodes are its rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kyodo_desktop.domain.arranging import FlatRows
from kyodo_desktop.domain.nodes import NodeKind, is_group, is_placement, kind_of
from kyodo_desktop.services.moving import refusal
from kyodo_desktop.ui.tree.cells import CellWay, ItemRole, PlanCells
from kyodo_desktop.ui.tree.columns import LABELS, TreeColumn
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kyodo_desktop.domain.arranging import Shape
    from kyodo_desktop.domain.outline import Outline


AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_LAST_COLUMN = len(LABELS) - 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_READING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_MOVING = Qt.ItemFlag.ItemIsDragEnabled
_NO_MORE = Qt.ItemFlag.NoItemFlags


class PlanTreeModel(QAbstractItemModel):
    """Shows an outline, whole or through a filter. It changes nothing itself.

    An index carries its node, a plain int, so that an index can outlive the outline it was
    made from. There is no proxy for the filter: a proxy maps every index twice.
    """

    move_requested = Signal(list, int, object)  # nodes, parent, sibling to stand before or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Why the last place that something was dragged over does not take it.
        self.refusal = ""
        self._rows = VisibleRows()
        self._cells: PlanCells | None = None
        self._mime = NodeMime()
        # Indexes by their places: to look one up takes less than to make it once more.
        self._above: dict[tuple[int, int, int], QModelIndex] = {}
        self.set_editable(True)

    @property
    def outline(self) -> Outline | None:
        return self._rows.outline

    @property
    def cells(self) -> PlanCells | None:
        """What the rows say, for who paints them."""
        return self._cells

    @property
    def is_flat(self) -> bool:
        """Whether the rows stand in another order than the plan's."""
        return self._rows.flat is not None

    def set_editable(self, editable: bool) -> None:
        """Offer renaming and moving, or not."""
        self._editable = editable
        moving = _MOVING if editable else _NO_MORE
        above = _READING | moving | (Qt.ItemFlag.ItemIsDropEnabled if editable else _NO_MORE)
        flags = {
            NodeKind.TERM: above & ~_MOVING,
            NodeKind.HEADING: above,
            NodeKind.PLACEMENT: _READING | moving | Qt.ItemFlag.ItemNeverHasChildren,
        }
        # Of all that there may be beforehand: to join flags takes longer than all else here.
        self._flags = {
            (kind, is_flat, is_typed): (each & ~_MOVING if is_flat else each)
            | (Qt.ItemFlag.ItemIsEditable if is_typed else _NO_MORE)
            for kind, each in flags.items()
            for is_flat in (False, True)
            for is_typed in (False, True)
        }

    def way(self, index: AnyIndex, *, typing: bool = False) -> CellWay:
        """Return how a cell is changed; `typing` asks for a key that begins a text there."""
        if self._cells is None or not self._editable or not index.isValid():
            return CellWay.NONE
        return self._cells.way(index.internalId(), index.column(), typing=typing)

    def show(
        self,
        outline: Outline,
        cells: PlanCells,
        shape: Shape | None = None,
        *,
        anew: bool = False,
    ) -> None:
        """Show another outline, or another part of it.

        Rows come and go one by one if they are few and if no view keeps one that goes;
        else, or `anew`, the model is reset.
        """
        kept = {index.internalId() for index in self.persistentIndexList()}
        steps = None if anew else self._rows.steps_to(outline, shape, kept)
        if steps is None:
            self._reset(VisibleRows(outline, shape), cells)
            return
        for node in steps:
            self._take_away(node, steps[node])
        self._cells = cells
        self._rows.move_on(outline, shape, steps)
        for node in steps:
            self._add(node, steps[node])

    def clear(self) -> None:
        """Show nothing."""
        self._reset(VisibleRows(), None)

    def repaint(self, nodes: Iterable[int]) -> None:
        """Tell the views that the contents of these nodes and of those above them changed."""
        seen: set[int] = set()
        for node in nodes:
            index = self.index_of(node)
            while index.isValid() and index.internalId() not in seen:
                seen.add(index.internalId())
                self.dataChanged.emit(index, index.siblingAtColumn(_LAST_COLUMN))
                index = index.parent()

    def index_of(self, node: int, column: int = TreeColumn.TITLE) -> QModelIndex:
        """Return the index of a node; an invalid one where it is not shown.

        In a flat list an action has one row, wherever in the plan it is asked for.
        """
        node = self._rows.instead_of(node)
        row = self._rows.row(node)
        return QModelIndex() if row is None else self.createIndex(row, column, node)

    def _reset(self, rows: VisibleRows, cells: PlanCells | None) -> None:
        self.beginResetModel()
        self._rows, self._cells = rows, cells
        self._above.clear()
        self.endResetModel()

    def _take_away(self, node: int, steps: RowSteps) -> None:
        for first, last in steps.away:
            self.beginRemoveRows(self.index_of(node), first, last)
            self._rows.take_away(node, first, last)
            self.endRemoveRows()

    def _add(self, node: int, steps: RowSteps) -> None:
        for first, last in steps.added:
            self.beginInsertRows(self.index_of(node), first, last)
            self._rows.add(node, first, steps.after[first : last + 1])
            self.endInsertRows()

    # Qt's interface. Views call the first three for every row that they lay out.

    def index(self, row: int, column: int, parent: AnyIndex = NO_INDEX) -> QModelIndex:
        node = parent.internalId()
        children = self._rows.children.get(node)
        if children is None:
            children = self._rows.under(node)
        if 0 <= row < len(children) and 0 <= column <= _LAST_COLUMN:
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        node = index.internalId()
        if not node:
            return _NO_MORE
        if is_group(node):
            return _READING
        is_typed = self._editable and self._can_be_typed(node, index.column())
        return self._flags[kind_of(node), self._rows.flat is not None, is_typed]

    def _can_be_typed(self, node: int, column: int) -> bool:
        # Qt asks for each row that is selected, so the frequent column is answered first.
        if column == TreeColumn.TITLE:
            return True
        return self._cells is not None and self._cells.way(node, column, typing=True) is TYPED

    def hasChildren(self, parent: AnyIndex = NO_INDEX) -> bool:
        return self._rows.has_children(parent.internalId())

    def parent(self, child: AnyIndex) -> QModelIndex:  # type: ignore[override]
        place = self._rows.place_above(child.internalId())
        found = self._above.get(place)
        if found is None:
            found = self._above[place] = self.createIndex(*place) if place[2] else QModelIndex()
        return found

    def sibling(self, row: int, column: int, index: AnyIndex) -> QModelIndex:
        if row == index.row():
            return self.createIndex(row, column, index.internalId())
        return self.index(row, column, index.parent())

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 0 if parent.column() > 0 else len(self._rows.under(parent.internalId()))

    def columnCount(self, _parent: AnyIndex = NO_INDEX) -> int:
        return len(LABELS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return LABELS[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._cells is None:
            return None
        node = index.internalId()
        if role == _DISPLAY:  # the most frequent one first: members of an enum take their time
            return self._cells.text(node, index.column())
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._cells.hint(node, index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._cells.spoken(node, index.column())
            case Qt.ItemDataRole.EditRole:
                return self._cells.edited(node, index.column())
            case ItemRole.NODE:
                return node
        return None

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [self._mime.type]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        titles = (index for index in indexes if index.column() == TreeColumn.TITLE)
        return self._mime.packed([index.internalId() for index in titles])

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: AnyIndex
    ) -> bool:
        nodes, above = self._mime.nodes(data), parent.internalId()
        if self.outline is None or not nodes or above == ROOT or self.is_flat:
            return False
        self.refusal = refusal(self.outline, nodes, above)
        return not self.refusal

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex
    ) -> bool:
        """Ask for the move. The answer is always no, or the view would remove the rows."""
        if self.canDropMimeData(data, action, row, column, parent):
            above = parent.internalId()
            before = self._rows.node_before(above, row)
            self.move_requested.emit(self._mime.nodes(data), above, before)
        return False


TYPED = CellWay.TYPED
ROOT = 0  # stands above the terms; no node is 0
_MANY_STEPS = 50  # with more of them it is faster to begin anew


class VisibleRows:
    """The part of an outline that a shape lets through; without one all of it.

    Children are looked up when they are asked for, and then kept in `children`: of a heading
    that nobody opened nothing is known.
    """

    def __init__(self, outline: Outline | None = None, shape: Shape | None = None) -> None:
        self.outline = outline
        self.children: dict[int, Nodes] = {}
        self._set_shape(shape)
        # Rows of terms and headings, and what stands above a node: views ask for these most.
        self._rows: dict[int, int] = {}
        self._places_above: dict[int, tuple[int, int, int]] = {}
        # Whether nodes have children, and whether they will have when the steps are done.
        self._openable: dict[int, bool] = {}
        self._openable_then: dict[int, bool] = {}

    def _set_shape(self, shape: Shape | None) -> None:
        self._shape = shape
        self.flat = shape if isinstance(shape, FlatRows) else None

    def instead_of(self, node: int) -> int:
        """Return the row that stands for a node: of an action its home, in a flat list."""
        outline = self.outline
        if self.flat is None or outline is None or not is_placement(node):
            return node
        return outline.home(outline.action_id_at(node)) if outline.exists(node) else node

    def above(self, node: int) -> int | None:
        """Return what a row stands under; nothing for one at the top."""
        if self.flat is not None:
            return self.flat.above(node)
        assert self.outline is not None
        return self.outline.parent(node)

    def under(self, node: int) -> Nodes:
        """Return the children of a node."""
        found = self.children.get(node)
        if found is None:
            found = _shown(self.outline, self._shape, node)
            self._set(node, found)
        return found

    def has_children(self, node: int) -> bool:
        """Tell whether a node has children, without looking up which."""
        children = self.children.get(node)
        if children is not None:
            return bool(children)
        found = self._openable.get(node)
        if found is None:
            if self.outline is None or is_placement(node):
                return False
            if node == ROOT:
                return bool(self.under(node))
            found = self._openable[node] = _has_children(self.outline, self._shape, node)
        return found

    def row(self, node: int) -> int | None:
        """Return the row of a node below its parent; None where it is not shown."""
        row = self._rows.get(node)
        if row is not None or node == ROOT or self.outline is None:
            return row
        if self.flat is None and is_group(node):
            return None
        if not (self.outline.exists(node) if self.flat is None else self.flat.shows(node)):
            return None
        above = self.above(node)
        children = self.under(ROOT if above is None else above)
        if is_placement(node):
            return children.index(node) if node in children else None
        return self._rows.get(node)

    def place_above(self, node: int) -> tuple[int, int, int]:
        """Return row, column and node of what stands above a node; the node may be ROOT."""
        place = self._places_above.get(node)
        if place is None:
            above = None if self.outline is None or not node else self.above(node)
            row = None if above is None else self.row(above)
            place = (0, 0, ROOT) if above is None or row is None else (row, 0, above)
            self._places_above[node] = place
        return place

    def node_before(self, above: int, row: int) -> int | None:
        """Return the sibling before which something put at a row stands; None is last."""
        shown = self.under(above)
        if row < 0 or not shown or self.outline is None:
            return None
        if row < len(shown):
            return shown[row]
        # Behind the last one that is shown, which is not the last one while others are hidden.
        every = self.outline.children[above]
        place = every.index(shown[-1]) + 1
        return every[place] if place < len(every) else None

    # From one part to another

    def steps_to(
        self, outline: Outline, shape: Shape | None, kept: Collection[int]
    ) -> dict[int, RowSteps] | None:
        """Return the steps below each node whose children are known.

        A node that had children and has none now, or the other way round, counts as known too:
        views remember of each row whether it can be opened. None says to begin anew: rows
        change places, many come and go, or one of `kept` goes.
        """
        found: dict[int, RowSteps] = {}
        gone: set[int] = set()
        self._openable_then = {}
        waiting = [ROOT] if ROOT in self.children else []
        while waiting:
            node = waiting.pop()
            before = self.children[node]
            steps = row_steps(before, _shown(outline, shape, node))
            if steps is None or len(steps.away) + len(steps.added) > _MANY_STEPS:
                return None
            found[node] = steps
            gone.update(each for first, last in steps.away for each in before[first : last + 1])
            new = set(steps.after).difference(before) if steps.added else ()
            waiting += [
                each
                for each in steps.after
                if each in self.children or (each not in new and self._turns(outline, shape, each))
            ]
        return found if found and not self._any_in(gone, kept) else None

    def take_away(self, node: int, first: int, last: int) -> None:
        """Forget a run of rows below a node."""
        children = self.children[node]
        for child in children[first : last + 1]:
            self._forget(child)
        self._set(node, children[:first] + children[last + 1 :])

    def move_on(self, outline: Outline, shape: Shape | None, known: Collection[int]) -> None:
        """Look up in a newer outline from now on; only the children of `known` stay."""
        self.outline = outline
        self._set_shape(shape)
        self._openable = self._openable_then
        self.children = {node: self.children[node] for node in known}

    def add(self, node: int, first: int, added: Nodes) -> None:
        """Put a run of rows below a node."""
        children = self.children[node]
        self._set(node, children[:first] + added + children[first:])

    def _set(self, node: int, children: Nodes) -> None:
        self.children[node] = children
        self._places_above.clear()
        for row, child in enumerate(children):
            if not is_placement(child):
                self._rows[child] = row

    def _forget(self, node: int) -> None:
        self._rows.pop(node, None)
        for child in self.children.pop(node, ()):
            if not is_placement(child):
                self._forget(child)

    def _turns(self, outline: Outline, shape: Shape | None, node: int) -> bool:
        """Look up the children of a node if it gets its first ones or loses its last ones."""
        if is_placement(node):
            return False
        then = self._openable_then[node] = _has_children(outline, shape, node)
        if self.has_children(node) == then:
            return False
        self.under(node)
        return True

    def _any_in(self, gone: set[int], kept: Collection[int]) -> bool:
        """Tell whether any of the nodes kept goes, or stands under one that goes."""
        if not gone or self.outline is None:
            return False
        return any(not gone.isdisjoint((node, *self._all_above(node))) for node in kept)

    def _all_above(self, node: int) -> Iterator[int]:
        above = self.above(node)
        while above is not None:
            yield above
            above = self.above(above)


def _has_children(outline: Outline, shape: Shape | None, node: int) -> bool:
    return node in outline.children if shape is None else shape.has_children(node)


def _shown(outline: Outline | None, shape: Shape | None, node: int) -> Nodes:
    if outline is None or is_placement(node):
        return ()
    if node == ROOT:
        return outline.roots if shape is None else shape.roots
    return outline.children.get(node, ()) if shape is None else shape.children(node)


Nodes = tuple[int, ...]


class RowSteps(NamedTuple):
    """What changes under one parent.

    Runs are (first, last) rows: those to take away, from the last to the first; then those of
    `after` to add, from the first to the last.
    """

    after: Nodes
    away: list[tuple[int, int]]
    added: list[tuple[int, int]]


def row_steps(before: Nodes, after: Nodes) -> RowSteps | None:
    """Return the steps, or nothing where rows change places."""
    if before is after or before == after:
        return RowSteps(after, [], [])
    staying = set(before).intersection(after)
    if [node for node in before if node in staying] != [node for node in after if node in staying]:
        return None
    away = list(_runs([node not in staying for node in before]))
    added = list(_runs([node not in staying for node in after]))
    return RowSteps(after, away[::-1], added)


def _runs(chosen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each unbroken run of chosen ones."""
    start = None
    for place, each in enumerate((*chosen, False)):
        if each and start is None:
            start = place
        elif not each and start is not None:
            yield start, place - 1
            start = None


class NodeMime:
    """Packs nodes for a drag, in a type that is this object's own.

    So a row from another window of the program is never taken for one of this plan.
    """

    def __init__(self) -> None:
        self.type = f"application/x-kyodo-nodes-{uuid4().hex}"

    def packed(self, nodes: Sequence[int]) -> QMimeData:
        """Return the nodes as what is dragged."""
        data = QMimeData()
        data.setData(self.type, json.dumps(nodes).encode())
        return data

    def nodes(self, data: QMimeData) -> list[int]:
        """Return the nodes that are dragged; none if it is something else."""
        if not data.hasFormat(self.type):
            return []
        nodes: list[int] = json.loads(bytes(data.data(self.type).data()))
        return nodes
