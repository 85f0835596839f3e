"""Lets an action or a heading of the plan be chosen."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import nodes, search
from kyodo_desktop.domain.terms import has_actions, in_term
from kyodo_desktop.ui.widgets import forms, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline


_ID = Qt.ItemDataRole.UserRole
_NODE = Qt.ItemDataRole.UserRole
_SIZE = (560, 480)
_NO_HITS = "その名称の実行計画はありません。絞り込みの文字を変えてください。"
_NOTHING = "選べる実行計画がありません。"


class ChooseDialog(forms.StayingDialog):
    """A question above what there is to choose from; OK only while something is chosen.

    A subclass gives `chosen`, and calls `follow` when that may be something else.
    """

    def __init__(self, title: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.question = plain.Label(question)
        self.question.setObjectName("question")
        self.question.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    @property
    @abstractmethod
    def chosen(self) -> int | None:
        """What is chosen, if something is."""

    def lay_out(self, *parts: QWidget) -> None:
        """Put the parts between the question and the buttons."""
        column = QVBoxLayout(self)
        for widget in (self.question, *parts, self._buttons):
            column.addWidget(widget)
        self.resize(*_SIZE)

    def follow(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.chosen is not None)

    def accept(self) -> None:
        if self.chosen is not None:
            super().accept()


class ListDialog(ChooseDialog):
    """Offers actions by their names, of which a part can be typed."""

    list_name = "実行計画"
    """What the list is called for those who do not see it."""

    search_hint = "名称の一部で絞り込み"

    def __init__(
        self,
        title: str,
        question: str,
        offered: Iterable[tuple[int, str]],
        nothing: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, question, parent)
        self._search = QLineEdit()
        self._search.setObjectName("action_search")
        self._search.setPlaceholderText(self.search_hint)
        self._search.setAccessibleName(self.search_hint)
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._list = QListWidget()
        self._list.setObjectName("actions")
        self._list.setAccessibleName(self.list_name)
        self._list.itemActivated.connect(self.accept)
        self._note = item_views.EmptyNote(self._list, "", lambda: not self._shown())
        self.lay_out(self._search, self._list)
        for action_id, name in offered:
            item = QListWidgetItem(name)
            item.setData(_ID, action_id)
            self._list.addItem(item)
        self._note.say(_NO_HITS if self._items() else nothing)
        self._filter("")
        self._search.setFocus()

    @property
    def chosen(self) -> int | None:
        item = self._list.currentItem()
        return None if item is None or item.isHidden() else item.data(_ID)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _shown(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if not item.isHidden()]

    def _filter(self, text: str) -> None:
        words = search.search_key(text).split()
        for item in self._items():
            name = search.search_key(item.text())
            item.setHidden(not all(word in name for word in words))
        shown = self._shown()
        self._note.look()
        if shown and self._list.currentItem() not in shown:
            self._list.setCurrentItem(shown[0])
        self.follow()


class ChooseActionDialog(ListDialog):
    """Shows the actions that `refusal` says nothing against, in printed order."""

    def __init__(
        self,
        outline: Outline,
        question: str,
        refusal: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        offered = _offered(outline, refusal)
        super().__init__("実行計画を選ぶ", question, offered, _NOTHING, parent)


def _offered(outline: Outline, refusal: Callable[[int], str]) -> Iterator[tuple[int, str]]:
    terms = [each for each in outline.terms if has_actions(outline, each)]
    for node in (each for root in outline.roots for each in outline.below(root)):
        if not nodes.is_placement(node) or outline.is_relisted(node):
            continue
        action_id = outline.action_id_at(node)
        if refusal(action_id):
            continue
        yield action_id, in_term(outline, node, outline.place_label(node), terms)


class ChooseHeadingDialog(ChooseDialog):
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
        super().__init__("見出しを選ぶ", plain.whole(question), parent)
        self._outline = outline
        self._refusal = refusal
        self._refusals: dict[int, str] = {}
        self._items: dict[int, QTreeWidgetItem] = {}
        self._tree = QTreeWidget()
        self._tree.setObjectName("headings")
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self.question.setBuddy(self._tree)
        self._reason = plain.Label()
        self._reason.setObjectName("reason")
        self._reason.setWordWrap(True)
        self.lay_out(self._tree, self._reason)
        self._fill()

    @property
    def chosen(self) -> int | None:
        """The chosen place; nothing where the current one is refused."""
        return None if self._refusals[self._current] else self._current

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
            item.setToolTip(0, plain.tip(refusal))
        for child in self._outline.children.get(node, ()):
            if nodes.is_heading(child):
                item.addChild(self._item(child))
        return item

    def _explain(self) -> None:
        self._reason.setText(self._refusals[self._current] or " ")  # keeps its height
        self.follow()
