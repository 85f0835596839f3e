"""The tree of the plan as Qt's views want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kyodo_desktop.domain.nodes import NodeKind, kind_of
from kyodo_desktop.services.moving import refusal
from kyodo_desktop.ui.models.node_mime import NodeMime
from kyodo_desktop.ui.models.plan_cells import Column, PlanCells
from kyodo_desktop.ui.models.tree_rows import ROOT, TreeRows
from kyodo_desktop.ui.plain import tip
from kyodo_desktop.ui.roles import ItemRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.sieve import Sieve
    from kyodo_desktop.ui.models.row_steps import RowSteps

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_LAST_COLUMN = len(Column) - 1
_READING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITING = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled


class PlanTreeModel(QAbstractItemModel):
    """Shows an outline, whole or through a sieve. It changes nothing itself.

    An index carries its node, a plain int, so that an index can outlive the outline it was
    made from. There is no proxy for the filter: a proxy maps every index twice.
    """

    rename_requested = Signal(int, str)
    move_requested = Signal(list, int, object)  # nodes, parent, sibling to stand before or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Why the last place that something was dragged over does not take it.
        self.refusal = ""
        self._rows = TreeRows()
        self._cells: PlanCells | None = None
        self._mime = NodeMime()
        self.set_editable(True)

    @property
    def outline(self) -> Outline | None:
        return self._rows.outline

    def set_editable(self, editable: bool) -> None:
        """Offer renaming and moving, or not."""
        more = _EDITING if editable else Qt.ItemFlag.NoItemFlags
        above = _READING | more | (Qt.ItemFlag.ItemIsDropEnabled if editable else more)
        self._flags = {
            NodeKind.TERM: above & ~Qt.ItemFlag.ItemIsDragEnabled,
            NodeKind.HEADING: above,
            NodeKind.PLACEMENT: _READING | more | Qt.ItemFlag.ItemNeverHasChildren,
        }

    def show(
        self, outline: Outline, cells: PlanCells, sieve: Sieve | None = None, *, anew: bool = False
    ) -> None:
        """Show another outline, or another part of it.

        Rows come and go one by one if they are few and if no view keeps one that goes;
        else, or `anew`, the model is reset.
        """
        kept = {index.internalId() for index in self.persistentIndexList()}
        steps = None if anew else self._rows.steps_to(outline, sieve, kept)
        if steps is None:
            self._reset(TreeRows(outline, sieve), cells)
            return
        for node in steps:
            self._take_away(node, steps[node])
        self._cells = cells
        self._rows.move_on(outline, sieve, steps)
        for node in steps:
            self._add(node, steps[node])

    def clear(self) -> None:
        """Show nothing."""
        self._reset(TreeRows(), None)

    def repaint(self, nodes: Iterable[int]) -> None:
        """Tell the views that the contents of these nodes and of those above them changed."""
        for node in nodes:
            index = self.index_of(node)
            while index.isValid():
                self.dataChanged.emit(index, index.siblingAtColumn(_LAST_COLUMN))
                index = index.parent()

    def index_of(self, node: int, column: int = Column.TITLE) -> QModelIndex:
        """Return the index of a node; an invalid one where it is not shown."""
        row = self._rows.row(node)
        return QModelIndex() if row is None else self.createIndex(row, column, node)

    def _reset(self, rows: TreeRows, cells: PlanCells | None) -> None:
        self.beginResetModel()
        self._rows, self._cells = rows, cells
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
        return self._flags[kind_of(node)] if node else Qt.ItemFlag.NoItemFlags

    def hasChildren(self, parent: AnyIndex = NO_INDEX) -> bool:
        return self._rows.has_children(parent.internalId())

    def parent(self, child: AnyIndex) -> QModelIndex:  # type: ignore[override]
        place = self._rows.place_above(child.internalId())
        return self.createIndex(*place) if place[2] else QModelIndex()

    def sibling(self, row: int, column: int, index: AnyIndex) -> QModelIndex:
        if row == index.row():
            return self.createIndex(row, column, index.internalId())
        return self.index(row, column, index.parent())

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 0 if parent.column() > 0 else len(self._rows.under(parent.internalId()))

    def columnCount(self, _parent: AnyIndex = NO_INDEX) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return Column(section).label
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._cells is None:
            return None
        node = index.internalId()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells.text(node, index.column())
            case ItemRole.STATUS:
                return self._cells.status(node)
            case Qt.ItemDataRole.FontRole:
                return self._cells.font(node)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._cells.hint(node, index.column()))
            case Qt.ItemDataRole.EditRole:
                return self._cells.title(node)
            case ItemRole.NODE:
                return node
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the new title; it is shown when the outline has it."""
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.TITLE:
            return False
        if value != index.data(Qt.ItemDataRole.EditRole):
            self.rename_requested.emit(index.internalId(), value)
        return True

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [self._mime.type]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        titles = (index for index in indexes if index.column() == Column.TITLE)
        return self._mime.packed([index.internalId() for index in titles])

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: AnyIndex
    ) -> bool:
        nodes, above = self._mime.nodes(data), parent.internalId()
        if self.outline is None or not nodes or above == ROOT:
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
