"""The two sides of the page: what becomes of the old actions, and the next term as it will be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.ui.tree import cells
from kyodo_desktop.ui.widgets import inputs, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint

    from kyodo_desktop.ui.next_term.draft_controller import DraftController
    from kyodo_desktop.ui.tree.model import AnyIndex


_TITLE, _STATUS, _DIRECTION, _CHOICE = range(4)
_WIDEST = {
    _STATUS: "◇ 完了の目途",
    _DIRECTION: "今後の方向性",
    _CHOICE: "統合（統合先が未定） ▾",
}
_NODE = Qt.ItemDataRole.UserRole
CHOICES = {
    Choice.CONTINUE: "継続",
    Choice.EXPAND: "拡充",
    Choice.MERGE: "統合…",
    Choice.DROP: "引き継がない（完了・廃止）",
}
"""The choices in the order of their keys 1 to 4, in the words of the buttons."""


class OldTree(QTreeWidget):
    """Tells which choice is wanted for the selected actions; a heading stands for all below."""

    choice_requested = Signal(list, Choice)  # action ids

    def __init__(self, controller: DraftController) -> None:
        super().__init__()
        self.setObjectName("old_tree")
        self.setHeaderLabels(["番号・名称", "最後の状態", "今後の方向性", "次期計画での扱い"])
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._controller = controller
        self._items: dict[int, QTreeWidgetItem] = {}
        self._fill()
        self._set_columns()
        controller.changed.connect(self.refresh)
        self.itemClicked.connect(self._offer)
        self.refresh()

    def selected_actions(self) -> list[int]:
        """Return the actions that are selected, or stand under a selected heading."""
        draft = self._controller.draft
        nodes = [item.data(_TITLE, _NODE) for item in self.selectedItems()]
        all_nodes = [each for node in nodes for each in (node, *draft.outline.below(node))]
        return list(
            dict.fromkeys(draft.places[each] for each in all_nodes if each in draft.places)
        )

    def request(self, choice: Choice) -> None:
        """Ask for a choice for what is selected."""
        actions = self.selected_actions()
        if actions:
            self.choice_requested.emit(actions, choice)

    def refresh(self) -> None:
        """Show the choices as they are now."""
        draft, palette = self._controller.draft, self.palette()
        for node, item in self._items.items():
            action_id = draft.places[node]
            choice = draft.dispositions[action_id].choice
            item.setText(_CHOICE, f"{self._choice(action_id)} ▾")
            gone = choice is Choice.DROP
            font = item.font(_TITLE)
            font.setStrikeOut(gone)
            item.setFont(_TITLE, font)
            role = QPalette.ColorRole.PlaceholderText if gone else QPalette.ColorRole.Text
            for column in range(self.columnCount()):
                item.setForeground(column, palette.brush(role))
            item.setToolTip(_CHOICE, plain.tip(item.text(_CHOICE)))

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and 0 <= place < len(CHOICES):
            self.request(list(CHOICES)[place])
        else:
            super().keyPressEvent(event)

    def _choice(self, action_id: int) -> str:
        draft = self._controller.draft
        disposition = draft.dispositions[action_id]
        if disposition.into is not None:
            return f"統合 → {draft.actions[disposition.into]}"
        if draft.lacks_partner(action_id):
            return "統合（統合先が未定）"
        return "引き継がない" if disposition.choice is Choice.DROP else disposition.choice.label

    def _fill(self) -> None:
        for node in self._controller.draft.outline.children.get(self._controller.draft.root, ()):
            self.addTopLevelItem(self._item(node))
        self.expandAll()

    def _item(self, node: int) -> QTreeWidgetItem:
        draft = self._controller.draft
        outline = draft.outline
        relisted = cells.RELISTED if outline.is_relisted(node) else ""
        item = QTreeWidgetItem([f"{outline.label(node)}{relisted}"])
        item.setData(_TITLE, _NODE, node)
        item.setToolTip(_TITLE, plain.tip(item.text(_TITLE)))
        if node in draft.places:
            found = draft.candidates[draft.places[node]]
            item.setText(
                _STATUS, cells.word(found.status) if found.status else cells.NOT_FILLED_IN
            )
            item.setText(_DIRECTION, found.direction or found.outlook)
            item.setToolTip(
                _DIRECTION, plain.tip("\n".join(filter(None, (found.direction, found.outlook))))
            )
            self._items[node] = item
        for child in outline.children.get(node, ()):
            item.addChild(self._item(child))
        return item

    def _set_columns(self) -> None:
        set_widths(self, _TITLE, _WIDEST)

    def _offer(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _CHOICE and item.data(_TITLE, _NODE) in self._items:
            self._show_menu(self.visualItemRect(item).bottomRight())

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, (choice, text) in enumerate(CHOICES.items(), start=1):
            menu.addAction(f"{text}(&{key})", partial(self.request, choice))
        menu.popup(self.viewport().mapToGlobal(place))


_NEW_TITLE, _ORIGIN = range(2)
_NO_ACTIONS = "（実行計画なし）"  # the longest 由来
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Indicator = QAbstractItemView.DropIndicatorPosition


class NewTree(QTreeWidget):
    """Titles are edited in place, rows are moved by dragging or with Alt and the arrows."""

    def __init__(self, controller: DraftController) -> None:
        super().__init__()
        self.setObjectName("new_tree")
        self.setHeaderLabels(["番号・名称", "引継ぎ元"])
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        item_views.EmptyNote(
            self, "次期計画に入るものはまだありません。左で「継続」などを選ぶと、ここに並びます。"
        )
        self._controller = controller
        self._items: dict[int, QTreeWidgetItem] = {}
        self._closed: set[int] = set()
        self._empty: set[int] = set()
        self._titles = _TitleDelegate(controller, self)  # the view does not own its delegates
        self.setItemDelegateForColumn(_NEW_TITLE, self._titles)
        set_widths(self, _NEW_TITLE, {_ORIGIN: _NO_ACTIONS})
        self.itemCollapsed.connect(lambda item: self._closed.add(item.data(_NEW_TITLE, _NODE)))
        self.itemExpanded.connect(lambda item: self._closed.discard(item.data(_NEW_TITLE, _NODE)))
        controller.changed.connect(self.refresh)
        self.refresh()

    @property
    def node(self) -> int:
        """The current node, or the one above all."""
        item = self.currentItem()
        return self._controller.draft.root if item is None else item.data(_NEW_TITLE, _NODE)

    def refresh(self) -> None:
        """Show the draft as it is now; what is closed and what is current stays so."""
        current, place = self.node, self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items = {}
        self._empty = set(self._controller.draft.empty_headings())
        for node in self._controller.draft.shown(self._controller.draft.root):
            self.addTopLevelItem(self._item(node))
        for node, item in self._items.items():
            item.setExpanded(node not in self._closed)
        if current in self._items:
            self.setCurrentItem(self._items[current])
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)

    def add_heading(self) -> None:
        """Add a heading behind the current one, or at the top level; its name is typed next."""
        draft, node = self._controller.draft, self._heading
        if node == draft.root:
            self._name(self._controller.add(editing.add_heading, node))
        else:
            self._name(self._controller.add(editing.add_heading, draft.parent(node), after=node))

    def add_action(self) -> None:
        """Add an action behind the current one or under the current heading, and name it."""
        node = self.node if self.node in self._controller.draft.places else None
        self._name(self._controller.add(editing.add_action, self._heading, after=node))

    def shift(self, steps: int) -> None:
        """Move the current node up or down."""
        if self.node in self._items:
            self._controller.do(editing.shift, self.node, steps)

    def remove(self) -> None:
        """Take the current node out."""
        if self.node in self._items:
            self._controller.do(editing.remove, self.node)

    def drop(self, target: QTreeWidgetItem | None, where: Indicator) -> None:
        """Move the current node onto, above or below a row; beside all rows to the end."""
        draft, node = self._controller.draft, self.node
        if target is None or where is Indicator.OnItem:
            onto = draft.root if target is None else target.data(_NEW_TITLE, _NODE)
            self._controller.do(editing.move, node, onto)
            return
        there = target.data(_NEW_TITLE, _NODE)
        if there == node:
            return
        above = draft.parent(there)
        beside = [each for each in draft.shown(above) if each != node]
        behind = beside[beside.index(there) :] if there in beside else []
        if where is Indicator.BelowItem:
            behind = behind[1:]
        self._controller.do(editing.move, node, above, next(iter(behind), None))

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
            self.editItem(self._items[self.node], _NEW_TITLE)
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        if self.selectedIndexes():
            item_views.labelled_drag(self, self.selectedIndexes()).exec(actions)

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.IgnoreAction)  # nothing but the draft moves the rows
        event.accept()
        self.drop(self.itemAt(event.position().toPoint()), self.dropIndicatorPosition())

    @property
    def _heading(self) -> int:
        """The current heading, the one that the current action stands under, or the root."""
        node = self.node
        return (
            self._controller.draft.parent(node) if node in self._controller.draft.places else node
        )

    def _name(self, node: int | None) -> None:
        if node is not None:
            self.setFocus()
            self.setCurrentItem(self._items[node])
            self.editItem(self._items[node], _NEW_TITLE)

    def _item(self, node: int) -> QTreeWidgetItem:
        draft = self._controller.draft
        relisted = cells.RELISTED if draft.is_relisted(node) else ""
        item = QTreeWidgetItem([f"{draft.label(node)}{relisted}", self._origin(node)])
        item.setData(_NEW_TITLE, _NODE, node)
        item.setToolTip(_NEW_TITLE, plain.tip(item.text(_NEW_TITLE)))
        flags = item.flags() | Qt.ItemFlag.ItemIsEditable
        item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled if node in draft.places else flags)
        item.setForeground(_ORIGIN, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        self._items[node] = item
        for child in draft.shown(node):
            item.addChild(self._item(child))
        return item

    def _origin(self, node: int) -> str:
        draft = self._controller.draft
        if node in draft.headings:
            return _NO_ACTIONS if node in self._empty else ""
        action_id = draft.places[node]
        if action_id not in draft.dispositions:
            return "新規"
        merged = len(draft.merged_into(action_id))
        if merged:
            return f"統合（{merged + 1}件）"
        choice = draft.dispositions[action_id].choice
        return (Choice.CONTINUE if choice is Choice.MERGE else choice).label


class _TitleDelegate(item_views.SelectionDelegate):
    """Edits the title without its number, and keeps 「（再掲）」 in sight where it is cut."""

    def __init__(self, controller: DraftController, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if option.text.endswith(cells.RELISTED):
            metrics = option.fontMetrics
            margin = option.widget.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin)
            added = metrics.horizontalAdvance(cells.RELISTED)
            room = option.rect.width() - 2 * margin - 2 - added
            title = option.text.removesuffix(cells.RELISTED)
            option.text = metrics.elidedText(title, option.textElideMode, room) + cells.RELISTED

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QWidget:
        editor = inputs.LineField(parent)
        editor.setFrame(False)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(self._controller.draft.title(index.data(_NODE)))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: AnyIndex) -> None:
        node = index.data(_NODE)
        if isinstance(editor, QLineEdit) and editor.text() != self._controller.draft.title(node):
            self._controller.do(editing.rename, node, editor.text())


_TITLE_LENGTH = 18  # in widths of a character: an indented number and twelve of the name
_PADDING = 16


def set_widths(tree: QTreeWidget, title: int, widest: Mapping[int, str]) -> None:
    """Give the title what the longest texts of the other columns leave, and never too little."""
    header, measured = tree.header(), tree.fontMetrics().horizontalAdvance
    header.setStretchLastSection(False)
    header.setSectionResizeMode(title, QHeaderView.ResizeMode.Stretch)
    for column, text in widest.items():
        header.resizeSection(column, measured(text) + _PADDING)
    others = sum(map(header.sectionSize, widest))
    bar = tree.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    frame = 2 * tree.frameWidth()
    tree.setMinimumWidth(measured("あ") * _TITLE_LENGTH + others + bar + frame)
