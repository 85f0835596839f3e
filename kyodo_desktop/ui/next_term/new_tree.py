"""The right side: the next term as it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.ui.drag_label import labelled_drag
from kyodo_desktop.ui.empty_note import EmptyNote
from kyodo_desktop.ui.models.plan_cells import RELISTED
from kyodo_desktop.ui.next_term.columns import set_widths
from kyodo_desktop.ui.plain import tip
from kyodo_desktop.ui.tree.delegates import TitleDelegate

if TYPE_CHECKING:
    from kyodo_desktop.ui.models.plan_tree import AnyIndex
    from kyodo_desktop.ui.next_term.board import Board

_TITLE, _ORIGIN = range(2)
_NO_ACTIONS = "（実行計画なし）"  # the longest 由来
_NODE = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Indicator = QAbstractItemView.DropIndicatorPosition


class NewTree(QTreeWidget):
    """Titles are edited in place, rows are moved by dragging or with Alt and the arrows."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.setObjectName("new_tree")
        self.setHeaderLabels(["番号・名称", "由来"])
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setAllColumnsShowFocus(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        EmptyNote(
            self, "次の期に入るものはまだありません。左で「継続」などを選ぶと、ここに並びます。"
        )
        self._board = board
        self._items: dict[int, QTreeWidgetItem] = {}
        self._closed: set[int] = set()
        self._empty: set[int] = set()
        self._titles = _Titles(board, self)  # the view does not own its delegates
        self.setItemDelegateForColumn(_TITLE, self._titles)
        set_widths(self, _TITLE, {_ORIGIN: _NO_ACTIONS})
        self.itemCollapsed.connect(lambda item: self._closed.add(item.data(_TITLE, _NODE)))
        self.itemExpanded.connect(lambda item: self._closed.discard(item.data(_TITLE, _NODE)))
        board.changed.connect(self.refresh)
        self.refresh()

    @property
    def node(self) -> int:
        """The current node, or the one above all."""
        item = self.currentItem()
        return self._board.draft.root if item is None else item.data(_TITLE, _NODE)

    def refresh(self) -> None:
        """Show the draft as it is now; what is closed and what is current stays so."""
        current, place = self.node, self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items = {}
        self._empty = set(self._board.draft.empty_headings())
        for node in self._board.draft.shown(self._board.draft.root):
            self.addTopLevelItem(self._item(node))
        for node, item in self._items.items():
            item.setExpanded(node not in self._closed)
        if current in self._items:
            self.setCurrentItem(self._items[current])
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)

    def add_heading(self) -> None:
        """Add a heading behind the current one, or at the top level; its name is typed next."""
        draft, node = self._board.draft, self._heading
        if node == draft.root:
            self._name(self._board.add(editing.add_heading, node))
        else:
            self._name(self._board.add(editing.add_heading, draft.parent(node), after=node))

    def add_action(self) -> None:
        """Add an action behind the current one or under the current heading, and name it."""
        node = self.node if self.node in self._board.draft.places else None
        self._name(self._board.add(editing.add_action, self._heading, after=node))

    def shift(self, steps: int) -> None:
        """Move the current node up or down."""
        if self.node in self._items:
            self._board.do(editing.shift, self.node, steps)

    def remove(self) -> None:
        """Take the current node out."""
        if self.node in self._items:
            self._board.do(editing.remove, self.node)

    def drop(self, target: QTreeWidgetItem | None, where: Indicator) -> None:
        """Move the current node onto, above or below a row; beside all rows to the end."""
        draft, node = self._board.draft, self.node
        if target is None or where is Indicator.OnItem:
            onto = draft.root if target is None else target.data(_TITLE, _NODE)
            self._board.do(editing.move, node, onto)
            return
        there = target.data(_TITLE, _NODE)
        if there == node:
            return
        above = draft.parent(there)
        beside = [each for each in draft.shown(above) if each != node]
        behind = beside[beside.index(there) :] if there in beside else []
        if where is Indicator.BelowItem:
            behind = behind[1:]
        self._board.do(editing.move, node, above, next(iter(behind), None))

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what the editor of a title leaves alone
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _STEPS:
            self.shift(_STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Delete:
            self.remove()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.node in self._items:
            self.editItem(self._items[self.node], _TITLE)
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        if self.selectedIndexes():
            labelled_drag(self, self.selectedIndexes()).exec(actions)

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.IgnoreAction)  # nothing but the draft moves the rows
        event.accept()
        self.drop(self.itemAt(event.position().toPoint()), self.dropIndicatorPosition())

    @property
    def _heading(self) -> int:
        """The current heading, the one that the current action stands under, or the root."""
        node = self.node
        return self._board.draft.parent(node) if node in self._board.draft.places else node

    def _name(self, node: int | None) -> None:
        if node is not None:
            self.setFocus()
            self.setCurrentItem(self._items[node])
            self.editItem(self._items[node], _TITLE)

    def _item(self, node: int) -> QTreeWidgetItem:
        draft = self._board.draft
        relisted = RELISTED if draft.is_relisted(node) else ""
        item = QTreeWidgetItem([f"{draft.label(node)}{relisted}", self._origin(node)])
        item.setData(_TITLE, _NODE, node)
        item.setToolTip(_TITLE, tip(item.text(_TITLE)))
        flags = item.flags() | Qt.ItemFlag.ItemIsEditable
        item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled if node in draft.places else flags)
        item.setForeground(_ORIGIN, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        self._items[node] = item
        for child in draft.shown(node):
            item.addChild(self._item(child))
        return item

    def _origin(self, node: int) -> str:
        draft = self._board.draft
        if node in draft.headings:
            return _NO_ACTIONS if node in self._empty else ""
        action_id = draft.places[node]
        if action_id not in draft.fates:
            return "新規"
        merged = len(draft.merged_into(action_id))
        if merged:
            return f"統合（{merged + 1}件）"
        choice = draft.fates[action_id].choice
        return (Choice.CONTINUE if choice is Choice.MERGE else choice).label


class _Titles(TitleDelegate):
    """Edits the title without its number."""

    def __init__(self, board: Board, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = board

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(self._board.draft.title(index.data(_NODE)))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: AnyIndex) -> None:
        node = index.data(_NODE)
        if isinstance(editor, QLineEdit) and editor.text() != self._board.draft.title(node):
            self._board.do(editing.rename, node, editor.text())
