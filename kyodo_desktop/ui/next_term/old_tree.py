"""The left side: every action of the old term, and what becomes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeWidget, QTreeWidgetItem

from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.ui.models.plan_cells import NOT_FILLED_IN, RELISTED, word
from kyodo_desktop.ui.next_term.columns import set_widths
from kyodo_desktop.ui.plain import tip

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from kyodo_desktop.ui.next_term.board import Board

_TITLE, _STATUS, _DIRECTION, _CHOICE = range(4)
_WIDEST = {
    _STATUS: "◇ 完了の目途",
    _DIRECTION: "今後の方向性",
    _CHOICE: "統合（相手が未定） ▾",
}
_NODE = Qt.ItemDataRole.UserRole
CHOICES = {
    Choice.CONTINUE: "継続",
    Choice.EXPAND: "拡充",
    Choice.MERGE: "統合…",
    Choice.DROP: "外す",
}
"""The choices in the order of their keys 1 to 4, in the words of the buttons."""


class OldTree(QTreeWidget):
    """Tells which choice is wanted for the selected actions; a heading stands for all below."""

    choice_requested = Signal(list, Choice)  # action ids

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.setObjectName("old_tree")
        self.setHeaderLabels(["番号・名称", "最後の状態", "今後の方向性", "次の期では"])
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAllColumnsShowFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._board = board
        self._items: dict[int, QTreeWidgetItem] = {}
        self._fill()
        self._set_columns()
        board.changed.connect(self.refresh)
        self.itemClicked.connect(self._offer)
        self.refresh()

    def selected_actions(self) -> list[int]:
        """Return the actions that are selected, or stand under a selected heading."""
        draft = self._board.draft
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
        draft, palette = self._board.draft, self.palette()
        for node, item in self._items.items():
            action_id = draft.places[node]
            choice = draft.fates[action_id].choice
            item.setText(_CHOICE, f"{self._choice(action_id)} ▾")
            gone = choice is Choice.DROP
            font = item.font(_TITLE)
            font.setStrikeOut(gone)
            item.setFont(_TITLE, font)
            role = QPalette.ColorRole.PlaceholderText if gone else QPalette.ColorRole.Text
            for column in range(self.columnCount()):
                item.setForeground(column, palette.brush(role))
            item.setToolTip(_CHOICE, tip(item.text(_CHOICE)))

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain == Qt.KeyboardModifier.NoModifier and 0 <= place < len(CHOICES):
            self.request(list(CHOICES)[place])
        else:
            super().keyPressEvent(event)

    def _choice(self, action_id: int) -> str:
        draft = self._board.draft
        fate = draft.fates[action_id]
        if fate.into is not None:
            return f"統合 → {draft.actions[fate.into]}"
        if draft.lacks_partner(action_id):
            return "統合（相手が未定）"
        return "外す" if fate.choice is Choice.DROP else fate.choice.label

    def _fill(self) -> None:
        for node in self._board.draft.outline.children.get(self._board.draft.root, ()):
            self.addTopLevelItem(self._item(node))
        self.expandAll()

    def _item(self, node: int) -> QTreeWidgetItem:
        draft = self._board.draft
        outline = draft.outline
        relisted = RELISTED if outline.is_relisted(node) else ""
        item = QTreeWidgetItem([f"{outline.label(node)}{relisted}"])
        item.setData(_TITLE, _NODE, node)
        item.setToolTip(_TITLE, tip(item.text(_TITLE)))
        if node in draft.places:
            found = draft.candidates[draft.places[node]]
            item.setText(_STATUS, word(found.status) if found.status else NOT_FILLED_IN)
            item.setText(_DIRECTION, found.direction or found.outlook)
            item.setToolTip(
                _DIRECTION, tip("\n".join(filter(None, (found.direction, found.outlook))))
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
