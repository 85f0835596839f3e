"""The list itself: its keys, what is chosen in it, and the cell that is being changed."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QCursor,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QMenu, QTreeView, QWidget

from kyodo_desktop.domain import action_fields, arranging, field_types, nodes
from kyodo_desktop.services.moving import Way
from kyodo_desktop.ui.tree import editing
from kyodo_desktop.ui.tree.cells import CellWay
from kyodo_desktop.ui.tree.columns import COLUMNS, TreeColumn
from kyodo_desktop.ui.tree.header import PlanHeader
from kyodo_desktop.ui.tree.painting import INDENT, PlacedColumn, RowPainter, RowState
from kyodo_desktop.ui.tree.view_state import ViewState, selected_rows, way_down
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.item_views import labelled_drag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.tree.model import AnyIndex, PlanTreeModel

    Save = Callable[[int, int, str], bool]
    """Saves a text for a node and a column; False where that was refused, and said why."""

_WAYS: dict[int, Way] = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.OUT,
    Qt.Key.Key_Right: Way.IN,
}
_COLUMN_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_FAR = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LEAVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_DIGIT_COLUMNS = (TreeColumn.TITLE, TreeColumn.STATUS)
_TYPED_DIGITS = {
    sign: place for place in range(9) for sign in ("123456789"[place], "１２３４５６７８９"[place])
}
_WITHOUT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ONLY_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_ONE_NAME = "名前は1つずつ変更します。1つだけ選んでください。"
_Hint = QAbstractItemDelegate.EndEditHint
_Cursor = QAbstractItemView.CursorAction


class PlanTreeView(QTreeView):
    """Shows the plan; what it is asked to change it tells, and changes nothing."""

    status_requested = Signal(list, int)  # action ids, status id
    value_requested = Signal(list, object, object)  # action ids, field, value
    edit_requested = Signal(int, str)  # node, name of a field: to be changed in the editor
    shift_requested = Signal(Way)
    delete_requested = Signal()
    copy_requested = Signal()
    paste_requested = Signal()
    refused = Signal(str)
    refusal_changed = Signal()
    selection_changed = Signal()
    editing_ended = Signal()
    named = Signal(int)  # a new row, by Enter
    left_unnamed = Signal(int)  # a new row
    name_replaced = Signal(str, str)  # by another one that was typed over it

    def __init__(self, model: PlanTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan_tree")
        self._columns = PlanHeader(self)
        self.setHeader(self._columns)
        self._entry: tuple[int, int] | None = None  # the cell from which a row is filled in
        self.setModel(model)
        self._plan = model
        self.kept = ViewState(self, model)
        self.save_value: Save = lambda _node, _column, _text: True
        self._refused: editing.CellEditor | None = None  # what cannot be saved as it is
        self._typed_into: editing.CellEditor | None = None  # what was opened last
        self._stays = False  # in the row, when what is typed there is done
        self._rows = RowPainter()
        self._hovered = 0
        self._is_current_seen = False  # as it was painted or chosen last
        self._levels: dict[int, int] = {}  # while one plan is shown in one shape
        self._sections: list[PlacedColumn] = []
        self._painted = QItemSelection()
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        self.setItemDelegate(editing.CellDelegate(self, self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAutoExpandDelay(700)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("計画の一覧")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that the columns stay in place while hits become fewer.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self._columns.setSectionsClickable(True)  # which a tree takes from the head it is given
        self._columns.show_order(arranging.Order())
        self._renew()

    def _connect(self) -> None:
        self.entered.connect(self._hover)
        self.viewportEntered.connect(lambda: self._hover(QModelIndex()))
        self.doubleClicked.connect(self._open_cell)
        self.collapsed.connect(self._follow_folding)
        theme.notifier().changed.connect(self._renew)
        self._columns.no_room.connect(self.refused)
        for signal in (self._plan.modelReset, self._plan.rowsInserted, self._plan.rowsRemoved):
            signal.connect(self._levels.clear)

    def _renew(self) -> None:
        """Take colours and sizes anew; the current row stays in sight."""
        is_seen = self._is_current_seen
        self._rows.renew()
        self._columns.renew()
        self.setIndentation(theme.px(INDENT))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        if is_seen:
            self._show_current()
            QTimer.singleShot(0, self, self._show_current)  # when all around has its size too

    def _show_current(self) -> None:
        self.scrollTo(self.currentIndex().siblingAtColumn(0))

    def _follow_folding(self) -> None:
        if not self.kept.restoring:
            self.go_above_closed()

    def go_above_closed(self) -> None:
        """Make the row current below which the current one is folded away, if it is."""
        index = self.currentIndex().siblingAtColumn(0)
        above = index.parent()
        while above.isValid():
            if not self.isExpanded(above):
                index = above
            above = above.parent()
        if index.isValid() and index.internalId() != self.currentIndex().internalId():
            self._choose(index.siblingAtColumn(self.currentIndex().column()))

    @property
    def outline(self) -> Outline | None:
        """The plan that is shown."""
        return self._plan.outline

    @property
    def columns(self) -> PlanHeader:
        """The head of the list."""
        return self._columns

    def row_name(self, node: int) -> str:
        """Return number and title of a row."""
        cells = self._plan.cells
        return "" if cells is None else cells.name(node).text

    # What is chosen

    def current_node(self) -> int | None:
        """Return the node that commands are for: the current one, but only a selected one.

        Ctrl with an arrow leads to a row, and to one that it might be added to what is selected.
        """
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isSelected(index):
            node: int = index.internalId()
            return None if nodes.is_group(node) else node
        return next(iter(self.selected_nodes()), None)

    def selected_nodes(self) -> list[int]:
        """Return the selected nodes in the order in which they stand, without groups."""
        rows = selected_rows(self.selectionModel())
        if len(rows) > 1:
            rows.sort(key=way_down)
        found = (index.internalId() for index in rows)
        return [node for node in found if not nodes.is_group(node)]

    def selected_action_ids(self) -> list[int]:
        """Return the actions among the selected nodes, each once."""
        outline = self._plan.outline
        if outline is None:
            return []
        actions = (outline.action_at(node) for node in self.selected_nodes())
        return list(dict.fromkeys(action.id for action in actions if action is not None))

    def select(self, node: int) -> None:
        """Make a node the current and only selected one, and show it."""
        self._choose(self._plan.index_of(node, max(0, self.currentIndex().column())))

    def select_all(self, chosen: Sequence[int]) -> None:
        """Select several nodes and show the last one."""
        selection = QItemSelection()
        for node in chosen:
            index = self._plan.index_of(node)
            selection.select(index, index)
        self.select(chosen[-1])
        self.selectionModel().select(selection, _ONLY_ROW)

    def select_first_action(self) -> None:
        """Select the first action that is in sight, else the first row."""
        index = self._plan.index(0, 0)
        while index.isValid() and self._plan.hasChildren(index):
            index = self.indexBelow(index)
        self._choose(index if index.isValid() else self._plan.index(0, 0))

    def select_next_action(self, step: int) -> None:
        """Select the action that stands behind the current row, or before it with -1."""
        walk = _index_after if step > 0 else _index_before
        index = walk(self.currentIndex().siblingAtColumn(0))
        while index.isValid() and not nodes.is_placement(index.internalId()):
            index = walk(index)
        if index.isValid():
            self.select(index.internalId())

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
        self.scrollTo(index.siblingAtColumn(0))
        self._is_current_seen = True

    def show_below(self, node: int) -> None:
        """Unfold a node, and scroll until its rows are in sight; it stays there itself."""
        index = self._plan.index_of(node)
        if not self._plan.hasChildren(index):
            return
        self.expand(index)
        last = index
        while self.isExpanded(last) and self._plan.hasChildren(last):
            last = self._plan.index(self._plan.rowCount(last) - 1, 0, last)
        self.scrollTo(last)
        if self.visualRect(index).top() < 0:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    # The cell that is being changed

    def edit_title(self) -> None:
        """Let the title of the selected row be typed, which is the one that is shown."""
        chosen = self.selected_nodes()
        if len(chosen) > 1:
            self.refused.emit(_ONE_NAME)
        index = self._plan.index_of(chosen[0]) if len(chosen) == 1 else QModelIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._choose(index)
            self.edit(index)
            self._stays = True  # what is added next stands behind this row

    def name_new(self, node: int) -> None:
        """Let a row be named that has just been added; `named` or `left_unnamed` tells the end."""
        self.select(node)
        self.edit_title()
        editor = self._editor()
        if editor is not None:
            editor.name_new_row()

    def edit_current(self) -> None:
        """Let the current cell be changed in the way that it is."""
        index = self.currentIndex()
        if not self.selectionModel().isSelected(index) or index.column() == TreeColumn.TITLE:
            self.edit_title()
            self._stays = False
        else:
            self._open_cell(index)

    def _open_cell(self, index: QModelIndex) -> None:
        """Change a cell as F2 and a double click do; headings open and close by the latter."""
        node, column = index.internalId(), COLUMNS[index.column()]
        if not nodes.is_placement(node):
            return
        match self._plan.way(index):
            case CellWay.TYPED:
                self.edit(index)
            case CellWay.CHOSEN:
                self._offer_choice(index)
            case CellWay.BESIDE:
                assert column.field is not None
                self.edit_requested.emit(node, column.field.name)

    def _offer_choice(self, index: QModelIndex) -> None:
        outline, menu = self.outline, None
        if outline is not None:
            menu = self.choice(index, outline)
        if menu is not None:
            menu.setParent(self, menu.windowFlags())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            cell = self.visualRect(index)
            menu.popup(self.viewport().mapToGlobal(cell.bottomLeft()))

    def choice(self, index: QModelIndex, outline: Outline) -> QMenu | None:
        """Return the menu of what can be chosen in a cell, for all rows that are selected."""
        action_id = outline.action_id_at(index.internalId())
        chosen, field = self.selected_action_ids() or [action_id], COLUMNS[index.column()].field
        assert field is not None, "without a field there is no choice"
        if index.column() == TreeColumn.STATUS:
            status = outline.status(action_id)
            return editing.status_menu(
                outline,
                status.id if status else None,
                lambda status_id: self.status_requested.emit(chosen, status_id),
            )
        menu = editing.value_menu(
            outline,
            field,
            field.of(outline, action_id),
            lambda value: self.value_requested.emit(chosen, field, value),
        )
        if field is action_fields.DIRECTION:
            menu.addSeparator()
            typed = menu.addAction("文を編集…")
            typed.setObjectName("edit_text")
            typed.triggered.connect(lambda: self._edit_text_of(index))
        return menu

    def _edit_text_of(self, index: QModelIndex) -> None:
        if self._plan.way(index, typing=True) is CellWay.TYPED:
            self.edit(index)
        else:
            self.edit_requested.emit(index.internalId(), action_fields.OUTLOOK.name)

    def take_typed(self) -> tuple[int, int, str] | None:
        """Return node, column and text of what is being typed, and close its editor."""
        typed = self.typed_cell()
        if typed is not None:
            assert self._typed_into is not None
            self._close(self._typed_into)
        return typed

    @property
    def has_refused(self) -> bool:
        """Whether what is typed into a cell cannot be saved as it is."""
        return self._refused is not None

    def typed_cell(self) -> tuple[int, int, str] | None:
        """Return node and column in which is being typed, and what is typed."""
        editor = self._editor()
        if editor is None or editor.is_unnamed:
            return None
        return editor.node, editor.column, editor.text()

    def save_typed(self) -> bool:
        """Save what is being typed as it is now, and close its editor; False if it is refused."""
        editor = self._editor()
        if editor is None:
            return True
        editor.commit_composed()
        self.commitData(editor)
        if self._refused is editor:
            editor.setFocus()
            return False
        node, is_unnamed = editor.node, editor.is_unnamed
        self._close(editor)
        if is_unnamed:
            self.left_unnamed.emit(node)
        return True

    def type_again(self, node: int, column: int, text: str) -> bool:
        """Open an editor with a text that waits for being mended; False if there is no cell."""
        index = self._plan.index_of(node, column)
        may_be_typed = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if not may_be_typed or self._columns.isSectionHidden(column):
            return False
        self._choose(index)
        self.edit(index)
        editor = self._editor()
        if editor is None:
            return False
        editor.retype(text)
        return True

    def save(self, editor: editing.CellEditor, index: AnyIndex) -> None:
        """Save what was typed into a cell; its editor stays open where it is refused."""
        self._refused = None
        text, before = editor.text(), index.data(Qt.ItemDataRole.EditRole) or ""
        if text == before or editor.is_unnamed:
            return
        # While an edit from here is followed there is nothing of it left to be saved.
        self._typed_into = None
        if not self.save_value(editor.node, editor.column, text):
            self._refused = self._typed_into = editor
            self.refusal_changed.emit()
        elif editor.is_typed_over and editor.column == TreeColumn.TITLE:
            self.name_replaced.emit(before, text)

    def _editor(self) -> editing.CellEditor | None:
        return self._typed_into

    def _close(self, editor: editing.CellEditor) -> None:
        self._refused = self._typed_into = None
        self.closeEditor(editor, _Hint.NoHint)

    # Qt's interface: editing

    def note_editor(self, editor: editing.CellEditor, *, is_open: bool) -> None:
        """Keep in mind which field is open over a cell; one that is gone is forgotten."""
        if is_open:
            self._typed_into = editor
            editor.is_typed_over = bool(self.editTriggers())
        elif editor in (self._refused, self._typed_into):
            self._refused = self._typed_into = None

    @contextmanager
    def _taking_keys(self) -> Iterator[None]:
        """Let Qt open an editor for a key: at other times it would, for the space bar too."""
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        try:
            yield
        finally:
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if editor is self._refused and hint != _Hint.RevertModelCache:
            return  # what is typed waits there to be mended
        # Qt would go on to the next row even where this one has to be mended first.
        step = self._step(hint)
        typed = editor if isinstance(editor, editing.CellEditor) else None
        node, is_new = (typed.node, typed.is_of_new_row) if typed else (0, False)
        is_unnamed = typed is not None and typed.is_unnamed
        if typed is not None:
            self.note_editor(typed, is_open=False)
        super().closeEditor(editor, _Hint.NoHint if step else hint)
        self.viewport().update()  # the ground tells whether keys go to the list
        self._stays = False
        if step:
            self._note_entry()
        self.refusal_changed.emit()
        self.editing_ended.emit()
        if step and self.hasFocus():
            index = step(self.currentIndex())
            if index.isValid():
                self._choose(index)
        if is_new:
            is_given_up = is_unnamed or hint == _Hint.RevertModelCache
            ended = partial(self._end_naming, node, hint, is_given_up=is_given_up)
            QTimer.singleShot(0, self, ended)

    def _end_naming(
        self, node: int, hint: QAbstractItemDelegate.EndEditHint, *, is_given_up: bool
    ) -> None:
        """Tell how the naming of a new row has ended.

        Left without a name it stays where something else of it is about to be filled in.
        """
        is_ended = hint in (_Hint.SubmitModelCache, _Hint.RevertModelCache)
        if not is_given_up:
            if is_ended:
                self.named.emit(node)
        elif is_ended or self.current_node() != node:
            self.left_unnamed.emit(node)

    def _step(
        self, hint: QAbstractItemDelegate.EndEditHint
    ) -> Callable[[QModelIndex], QModelIndex] | None:
        """Return the way to the cell that follows: below after Enter, beside after Tab."""
        match hint:
            case _Hint.SubmitModelCache:
                return None if self._stays else self._next_to_type
            case _Hint.EditNextItem:
                return lambda index: self._beside(index, 1)
            case _Hint.EditPreviousItem:
                return lambda index: self._beside(index, -1)
        return None

    def _next_to_type(self, index: QModelIndex) -> QModelIndex:
        """Return the cell of the action below where the next row begins to be filled in.

        As in Excel that is below the first cell that was filled in here, if Tab or → led on from
        there. None for a heading, whose row is left.
        """
        below = self.indexBelow(index) if nodes.is_placement(index.internalId()) else QModelIndex()
        while below.isValid() and not nodes.is_placement(below.internalId()):
            below = self.indexBelow(below)
        column = index.column() if self._entry is None else self._entry[1]
        return below.siblingAtColumn(column) if below.isValid() else below

    def _note_entry(self) -> None:
        """Keep in mind the cell from which a row is being filled in, from left to right."""
        if self._entry is None:
            self._entry = self.currentIndex().internalId(), self.currentIndex().column()

    def _forget_entry(self, current: AnyIndex) -> None:
        """Begin anew where the ring has left the row, or stands before the first cell."""
        if self._entry is None:
            return
        node, column = self._entry
        in_row = current.isValid() and current.internalId() == node
        place = self._columns.visualIndex
        if not in_row or place(current.column()) < place(column):
            self._entry = None

    def _beside(self, index: QModelIndex, steps: int) -> QModelIndex:
        """Return the cell beside; an invalid one at either end."""
        if index.column() not in self._columns.visible():
            return index.siblingAtColumn(TreeColumn.TITLE)
        column = self._columns.stepped(index.column(), steps)
        return QModelIndex() if column is None else index.siblingAtColumn(column)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().inputMethodEvent(event)
        elif self._may_compose(event):
            with self._taking_keys():
                super().inputMethodEvent(event)
        else:
            event.accept()

    def _may_compose(self, event: QInputMethodEvent) -> bool:
        """Tell whether what the input method brings begins a text in the current cell."""
        text = event.commitString() or event.preeditString()
        index = self.currentIndex()
        if not text or not index.isValid():
            return False
        if index.column() in _DIGIT_COLUMNS and text in _TYPED_DIGITS:
            # A status: the composition that the digit has begun is given up, but not in here.
            QTimer.singleShot(0, self, lambda: QGuiApplication.inputMethod().reset())
            self._request_status(_TYPED_DIGITS[text])
            return False
        return self._begins_text(index)

    def _begins_text(self, index: QModelIndex) -> bool:
        """Tell whether a text may be typed into a cell; one that is longer is, in the editor."""
        way = self._plan.way(index, typing=True)
        if way is CellWay.BESIDE:
            self._open_cell(index)
        return way is CellWay.TYPED and len(self.selected_nodes()) <= 1

    # Qt's interface: keys

    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # With Ctrl these keys would go to another row without selecting it.
        if isinstance(event, QKeyEvent) and event.key() in _FAR:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.ControlModifier
            event = QKeyEvent(event.type(), event.key(), modifiers)
        return super().selectionCommand(index, event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        index = self.currentIndex()
        steps = {_Cursor.MoveLeft: -1, _Cursor.MoveRight: 1}.get(action)
        if steps is None or not index.isValid():
            return super().moveCursor(action, modifiers)
        if index.column() == TreeColumn.TITLE:
            return self._moved_in_tree(index, steps)
        beside = self._beside(index, steps)
        return beside if beside.isValid() else index

    def _moved_in_tree(self, index: QModelIndex, steps: int) -> QModelIndex:
        """Open and close as Windows' own trees do; of an action go on to its cells."""
        is_open = self.isExpanded(index)
        if steps < 0:
            if is_open:
                self.collapse(index)
            above = index.parent()
            return index if is_open or not above.isValid() else above
        if not self._plan.hasChildren(index):
            beside = self._beside(index, 1)
            return beside if beside.isValid() else index
        if not is_open:
            self.expand(index)
            return index
        return self.indexBelow(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A key that the editor of a cell leaves alone comes here too.
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if is_editing and event.key() in _LEAVING and not self.save_typed():
            return
        if is_editing or not self._take(event):
            super().keyPressEvent(event)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._forget_entry(current)
        self._columns.reach(current.column())
        # So that 1 2 3 arrive as keys while the input method is on; elsewhere it begins a text.
        takes_text = current.isValid() and current.column() != TreeColumn.STATUS
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, takes_text)
        for index in (previous, current):
            self._repaint_row(index)
        self.selection_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

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
            self._step_or_choose(key)
        elif modifiers == _CTRL_SHIFT and key in _COLUMN_STEPS:
            self._columns.shift_column(self.currentIndex().column(), _COLUMN_STEPS[key])
            self.viewport().update()
        elif modifiers == Qt.KeyboardModifier.NoModifier and self._take_plain(key):
            return True
        else:
            return self._take_letter(event)
        return True

    def _take_plain(self, key: int) -> bool:
        if key in _DIGITS and self.currentIndex().column() in _DIGIT_COLUMNS:
            self._request_status(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_F2:
            self.edit_current()
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            return False
        return True

    def _take_letter(self, event: QKeyEvent) -> bool:
        """Begin a text in the current cell with a letter that is typed."""
        text, held = event.text(), event.modifiers() & ~_WITHOUT
        if held or not text.strip() or not text.isprintable():
            return False
        index = self.currentIndex()
        if index.isValid() and self._begins_text(index):
            with self._taking_keys():
                self.edit(index, QAbstractItemView.EditTrigger.AnyKeyPressed, event)
        return True  # Qt would look for a row that begins so

    def _step_or_choose(self, key: int) -> None:
        index = self.currentIndex()
        if key == Qt.Key.Key_Down and _has_choice(index):
            self._open_cell(index)
            editor = self._editor()
            if editor is not None:
                editor.offer_choices()
        elif self.current_node() is not None:
            self.shift_requested.emit(_WAYS[key])

    def _enter(self) -> None:
        """Go on with an action in the editor; of anything else let the name be typed here.

        The fields of a heading stand below its overview, out of sight.
        """
        node = self.current_node()
        if node is not None and nodes.is_placement(node):
            self.edit_requested.emit(node, action_fields.PROGRESS.name)
        elif node is not None:
            self.edit_title()
            self._stays = False

    def _request_status(self, place: int) -> None:
        actions, outline = self.selected_action_ids(), self._plan.outline
        statuses = [] if outline is None else list(outline.statuses)
        if actions and place < len(statuses):
            self._note_entry()
            self.status_requested.emit(actions, statuses[place])

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        # Asked once: of each row `isSelected` would ask the model again whether it can be.
        self._painted = self.selectionModel().selection()
        row = self.visualRect(self.currentIndex().siblingAtColumn(0))
        self._is_current_seen = row.intersects(self.viewport().rect())
        self._has_focus = self.hasFocus() or self.viewport().focusWidget() is not None
        self._sections = [
            PlacedColumn(
                column,
                self._columns.sectionViewportPosition(column),
                self._columns.sectionSize(column),
            )
            for column in self._columns.visible()
        ]
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cells = self._plan.cells
        if cells is None:
            return
        node, current = index.internalId(), self.currentIndex()
        is_current = self._has_focus and current.internalId() == node
        state = RowState(
            columns=self._sections,
            level=self._level(node),
            is_open=self.isExpanded(index) if self._plan.hasChildren(index) else None,
            is_selected=self._painted.contains(index),
            has_focus=self._has_focus,
            is_hovered=node == self._hovered,
            cell=current.column() if is_current else None,
        )
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        self._rows.paint(painter, row, cells, node, state)

    def _level(self, node: int) -> int:
        """Return how far a row is set in."""
        level = self._levels.get(node)
        if level is None:
            level = self._levels[node] = self._level_of(node)
        return level

    def _level_of(self, node: int) -> int:
        outline = self._plan.outline
        if outline is None or nodes.is_group(node):
            return 0
        if self._plan.is_flat:
            return int(self._plan.index_of(node).parent().isValid())
        return outline.depth(node) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_current_seen:
            self._show_current()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        if self._refused is not None:  # it is to be mended before anything else is done here
            self._refused.setFocus()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.save_typed():
            return
        self._entry = None  # a cell that is pointed at is a new beginning
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setExpandsOnDoubleClick(True)
        super().mouseDoubleClickEvent(event)

    def _hover(self, index: QModelIndex) -> None:
        before, self._hovered = self._hovered, index.internalId() if index.isValid() else 0
        if before != self._hovered:
            for node in filter(None, (before, self._hovered)):
                outline = self.outline
                if outline is not None and (nodes.is_group(node) or outline.exists(node)):
                    self._repaint_row(self._plan.index_of(node))

    def _repaint_row(self, index: AnyIndex) -> None:
        if index.isValid():
            cell = self.visualRect(index)
            row = QRect(0, cell.top(), self.viewport().width(), cell.height())
            self.viewport().update(row.adjusted(0, -1, 0, 1))


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


def _has_choice(index: QModelIndex) -> bool:
    """Tell whether values are offered for a cell: there Alt+↓ opens them, and moves nothing."""
    if not index.isValid() or not nodes.is_placement(index.internalId()):
        return False
    field = COLUMNS[index.column()].field
    return field is not None and (
        field.type.is_chosen or isinstance(field.type, field_types.Links)
    )


def _may_be_dragged(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsDragEnabled)
