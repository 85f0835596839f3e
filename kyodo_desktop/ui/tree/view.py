"""The tree itself: its keys, what is chosen in it, and what stays open while it is filled anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QWidget,
)

from kyodo_desktop.domain.nodes import heading_node, is_placement
from kyodo_desktop.services.moving import Way
from kyodo_desktop.ui.tree.cells import LABELS, OWN_COLUMNS, TreeColumn
from kyodo_desktop.ui.tree.delegates import (
    BADGE_FRAME,
    DueDelegate,
    RowDelegate,
    StatusDelegate,
    TitleDelegate,
)
from kyodo_desktop.ui.widgets.item_views import SelectionTree, labelled_drag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.tree.model import AnyIndex, PlanTreeModel


_WAYS: dict[int, Way] = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.OUT,
    Qt.Key.Key_Right: Way.IN,
}
_FAR = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_ONLY_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_ONE_NAME = "名前は1つずつ変更します。1つだけ選んでください。"
_CELL_MARGIN = 16
_INDENTATION = 16
_ROOM_FOR_TITLES = 16  # characters; where fewer fit in, the last columns give way
_WIDEST = {
    TreeColumn.STATUS: "◇ 完了の目途　",
    TreeColumn.DUE: "▲ 平成28年12月",
    TreeColumn.LEAD: "市民活動推進課",
}


class PlanTreeView(SelectionTree):
    """Shows the plan; what it is asked to change it tells, and changes nothing."""

    status_requested = Signal(list, int)  # action ids, status id
    shift_requested = Signal(Way)
    delete_requested = Signal()
    copy_requested = Signal()
    paste_requested = Signal()
    refused = Signal(str)
    selection_changed = Signal()

    def __init__(self, model: PlanTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan_tree")
        self.setModel(model)
        self._plan = model
        self.kept = ViewState(self, model)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAutoExpandDelay(700)
        self.setIndentation(_INDENTATION)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("計画の一覧")
        # Always there, so that the columns stay in place while hits become fewer.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._typed_into: int | None = None  # the node whose title was opened last
        self._widths: dict[int, int] = {}
        self._set_delegates()
        self._set_columns()

    def current_node(self) -> int | None:
        """Return the node that commands are for: the current one, but only a selected one.

        Ctrl with an arrow leads to a row, and to one that it might be added to what is selected.
        """
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isSelected(index):
            node: int = index.internalId()
            return node
        return next(iter(self.selected_nodes()), None)

    def selected_nodes(self) -> list[int]:
        """Return the selected nodes in the order in which they stand."""
        rows = selected_rows(self.selectionModel())
        if len(rows) > 1:
            rows.sort(key=_way_down)
        return [index.internalId() for index in rows]

    def selected_action_ids(self) -> list[int]:
        """Return the actions among the selected nodes, each once."""
        outline = self._plan.outline
        if outline is None:
            return []
        actions = (outline.action_at(node) for node in self.selected_nodes())
        return list(dict.fromkeys(action.id for action in actions if action is not None))

    def select(self, node: int) -> None:
        """Make a node the current and only selected one, and show it."""
        self._choose(self._plan.index_of(node))

    def select_all(self, nodes: Sequence[int]) -> None:
        """Select several nodes and show the last one."""
        selection = QItemSelection()
        for node in nodes:
            index = self._plan.index_of(node)
            selection.select(index, index)
        self.select(nodes[-1])
        self.selectionModel().select(selection, _ONLY_ROW)

    def select_first_action(self) -> None:
        """Select the first action that is in sight, else the first row."""
        index = self._plan.index(0, 0)
        while index.isValid() and self._plan.hasChildren(index):
            index = self.indexBelow(index)
        self._choose(index if index.isValid() else self._plan.index(0, 0))

    def select_next_action(self, step: int) -> None:
        """Select the action that stands behind the current row, or before it with -1."""
        index = self.currentIndex().siblingAtColumn(0)
        walk = _index_after if step > 0 else _index_before
        index = walk(index)
        while index.isValid() and not is_placement(index.internalId()):
            index = walk(index)
        if index.isValid():
            self._choose(index)

    def select_next_hit(self) -> None:
        """Select the next action in sight behind the current row, from the last one the first."""
        index = self.indexBelow(self.currentIndex()) if self.currentIndex().isValid() else None
        while index is not None and index.isValid() and self._plan.hasChildren(index):
            index = self.indexBelow(index)
        if index is not None and index.isValid():
            self._choose(index)
        else:
            self.select_first_action()

    def _choose(self, index: QModelIndex) -> None:
        # Not the view's own `setCurrentIndex`: that adds to the selection while Ctrl is held,
        # as it is when a command was called by its keys.
        self.selectionModel().setCurrentIndex(index, _ONLY_ROW)
        self.scrollTo(index)

    def edit_current(self) -> None:
        """Let the title of the selected row be typed, which is the one that is shown."""
        nodes = self.selected_nodes()
        if len(nodes) > 1:
            self.refused.emit(_ONE_NAME)
        index = self._plan.index_of(nodes[0]) if len(nodes) == 1 else QModelIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._choose(index)
            self._typed_into = nodes[0]
            self.edit(index)

    def take_title(self) -> tuple[int, str] | None:
        """Return the node whose title is being typed and what is typed, and close its editor."""
        editor, node = self._title_editor(), self._typed_into
        if editor is None or node is None:
            return None
        self._typed_into = None
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return node, editor.text()

    def typed_title(self) -> tuple[int, str] | None:
        """Return the node whose title is being typed, and what is typed."""
        editor, node = self._title_editor(), self._typed_into
        return None if editor is None or node is None else (node, editor.text())

    def save_title(self) -> None:
        """Ask for the title that is being typed as it is now, and close its editor."""
        editor = self._title_editor()
        if editor is not None:
            if editor.hasFocus():
                QGuiApplication.inputMethod().commit()
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _title_editor(self) -> QLineEdit | None:
        if self._typed_into is None:
            return None
        editor = self.indexWidget(self._plan.index_of(self._typed_into))
        return editor if isinstance(editor, QLineEdit) else None

    # Qt's interface

    def commitData(self, editor: QWidget) -> None:
        self._typed_into = None  # whoever saves what is typed meanwhile need not save this
        super().commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Qt would go on to the next row even where this one has to be mended first.
        step = self._beside(hint)
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if step else hint)
        # The focus is elsewhere in that case.
        if step and self.hasFocus():
            index = step(self.currentIndex())
            if index.isValid():
                self._choose(index)
                self.edit_current()

    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # With Ctrl these keys would go to another row without selecting it.
        if isinstance(event, QKeyEvent) and event.key() in _FAR:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.ControlModifier
            event = QKeyEvent(event.type(), event.key(), modifiers)
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A key that the editor of a title leaves alone comes here too.
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not self._take(event):
            super().keyPressEvent(event)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        # So that 1 2 3 arrive as keys while the input method is on.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.selection_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def startDrag(self, actions: Qt.DropAction) -> None:
        self._plan.refusal = ""
        dragged = [each for each in self.selectedIndexes() if _may_be_dragged(each)]
        if not dragged:
            return
        labelled_drag(self, dragged).exec(actions)
        pointer = self.viewport().mapFromGlobal(QCursor.pos())
        if self._plan.refusal and self.viewport().rect().contains(pointer):
            self.refused.emit(self._plan.refusal)

    # Keys

    def _take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False leaves it to Qt."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif modifiers == Qt.KeyboardModifier.AltModifier and key in _WAYS:
            if self.current_node() is not None:
                self.shift_requested.emit(_WAYS[key])
        elif modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        elif key in _DIGITS:
            self._request_status(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_current()
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            return False
        return True

    def _beside(
        self, hint: QAbstractItemDelegate.EndEditHint
    ) -> Callable[[QModelIndex], QModelIndex] | None:
        """Return the way to the row whose title is to be typed next, if one is."""
        match hint:
            case QAbstractItemDelegate.EndEditHint.EditNextItem:
                return self.indexBelow
            case QAbstractItemDelegate.EndEditHint.EditPreviousItem:
                return self.indexAbove
        return None

    def _request_status(self, place: int) -> None:
        actions, outline = self.selected_action_ids(), self._plan.outline
        statuses = [] if outline is None else list(outline.statuses)
        if actions and place < len(statuses):
            self.status_requested.emit(actions, statuses[place])

    # Layout

    def _set_delegates(self) -> None:
        delegates: dict[int, type[RowDelegate]] = {
            TreeColumn.TITLE: TitleDelegate,
            TreeColumn.STATUS: StatusDelegate,
            TreeColumn.DUE: DueDelegate,
        }
        for column in range(len(LABELS)):
            self.setItemDelegateForColumn(column, delegates.get(column, RowDelegate)(self))

    def _set_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(TreeColumn.TITLE, QHeaderView.ResizeMode.Stretch)
        own: dict[int, str] = {
            column: "あ" * round(max(len(field.label), field.type.width.least))
            for column, field in enumerate(OWN_COLUMNS, start=len(TreeColumn))
        }
        for column, widest in (*_WIDEST.items(), *own.items()):
            frame = BADGE_FRAME if column == TreeColumn.STATUS else _CELL_MARGIN
            width = self.fontMetrics().horizontalAdvance(widest) + frame
            self._widths[column] = width
            header.resizeSection(column, width)

    def _make_room(self) -> None:
        """Hide the columns for which a narrow window has no room beside the titles."""
        titles = self.fontMetrics().horizontalAdvance("あ") * _ROOM_FOR_TITLES
        room = self.viewport().width() - titles - self.columnWidth(TreeColumn.STATUS)
        for column in range(TreeColumn.DUE, len(LABELS)):
            room -= self.columnWidth(column) or self._widths[column]
            self._set_hidden(column, hidden=room < 0)

    def _set_hidden(self, column: int, *, hidden: bool) -> None:
        if hidden != self.isColumnHidden(column):
            if hidden:
                self._widths[column] = self.columnWidth(column)
            self.setColumnHidden(column, hidden)


def _index_after(index: QModelIndex) -> QModelIndex:
    """Return the row below, whether it is folded away or not."""
    model = index.model()
    below = model.index(0, 0, index) if index.isValid() else index
    while not below.isValid() and index.isValid():
        below, index = index.siblingAtRow(index.row() + 1), index.parent()
    return below


def _index_before(index: QModelIndex) -> QModelIndex:
    """Return the row above, whether it is folded away or not."""
    if not index.isValid() or index.row() == 0:
        return index.parent()
    above = index.siblingAtRow(index.row() - 1)
    while rows := above.model().rowCount(above):
        above = above.model().index(rows - 1, 0, above)
    return above


def _may_be_dragged(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsDragEnabled)


def _way_down(index: QModelIndex) -> list[int]:
    """Return the rows from the top down to an index, by which indexes sort as they stand."""
    rows = []
    while index.isValid():
        rows.append(index.row())
        index = index.parent()
    return rows[::-1]


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
        self._top = 0
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
            self.current = current.internalId()
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
        for node in filter(outline.exists, self._opened):
            opened[outline.parent(node)].append(node)
        waiting = opened[None]
        while waiting:
            index = self._model.index_of(waiting.pop())
            if index.isValid() and self._open(index):
                waiting += opened[index.internalId()]

    def _open_below(self, above: QModelIndex) -> None:
        for row in range(self._model.rowCount(above)):
            index = self._model.index(row, 0, above)
            if self._open(index):
                self._open_below(index)

    def _select_again(self, outline: Outline) -> None:
        if self.current is not None and not outline.exists(self.current):
            shown = [node for node in self._beside if self._model.index_of(node).isValid()]
            self.current = shown[0] if shown else None
            self._selected = shown[:1]
        chosen = self._view.selectionModel()
        if self.current is not None:
            chosen.setCurrentIndex(self._model.index_of(self.current), _NOTHING)
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
