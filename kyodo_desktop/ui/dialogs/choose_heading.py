"""Lets a place in the plan be chosen, to move or re-list something there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.ui.plain import Label, tip, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline

_NODE = Qt.ItemDataRole.UserRole


class ChooseHeadingDialog(QDialog):
    """Shows terms and headings, and gives the chosen node.

    `refusal` returns why a node cannot be the place, or an empty text; such a node can be
    looked at, with the reason below the tree, but not chosen.
    """

    def __init__(
        self,
        outline: Outline,
        question: str,
        refusal: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("見出しを選ぶ")
        self._outline = outline
        self._refusal = refusal
        self._refusals: dict[int, str] = {}
        self._items: dict[int, QTreeWidgetItem] = {}
        text = Label(whole(question))
        text.setObjectName("question")
        text.setWordWrap(True)
        self._tree = QTreeWidget()
        self._tree.setObjectName("headings")
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        text.setBuddy(self._tree)
        self._reason = Label()
        self._reason.setObjectName("reason")
        self._reason.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (text, self._tree, self._reason, self._buttons):
            column.addWidget(widget)
        self._fill()
        self.resize(560, 480)

    @property
    def node(self) -> int | None:
        """The chosen place; nothing where the current one is refused."""
        return None if self._refusals[self._current] else self._current

    def accept(self) -> None:
        if self.node is not None:
            super().accept()

    @property
    def _current(self) -> int:
        node: int = self._tree.currentIndex().data(_NODE)
        return node

    def _fill(self) -> None:
        for term in self._outline.roots:
            self._tree.addTopLevelItem(self._item(term))
        self._tree.expandAll()
        self._tree.currentItemChanged.connect(self._explain)
        self._tree.itemActivated.connect(self.accept)
        possible = (node for node, refusal in self._refusals.items() if not refusal)
        self._tree.setCurrentItem(self._items[next(possible, self._outline.roots[0])])
        self._tree.setFocus()

    def _item(self, node: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem([self._outline.label(node)])
        item.setData(0, _NODE, node)
        refusal = self._refusal(node)
        self._items[node], self._refusals[node] = item, refusal
        if refusal:
            item.setForeground(0, self.palette().placeholderText())
            item.setToolTip(0, tip(refusal))
        for child in self._outline.children.get(node, ()):
            if is_heading(child):
                item.addChild(self._item(child))
        return item

    def _explain(self) -> None:
        self._reason.setText(self._refusals[self._current] or " ")  # keeps its height
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.node is not None)
