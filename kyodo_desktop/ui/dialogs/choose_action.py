"""Lets an action of the plan be chosen, by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.current_terms import has_actions
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.search import folded
from kyodo_desktop.domain.term_names import in_term
from kyodo_desktop.ui.empty_note import EmptyNote
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline

_ID = Qt.ItemDataRole.UserRole

_NO_HITS = "その名称の実行計画はありません。絞り込みの文字を変えてください。"
_NOTHING = "選べる実行計画がありません。"


class ChooseActionDialog(QDialog):
    """Shows the actions that `refusal` says nothing against, in printed order."""

    def __init__(
        self,
        outline: Outline,
        question: str,
        refusal: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("実行計画を選ぶ")
        told = Label(question)
        told.setWordWrap(True)
        self._search = QLineEdit()
        self._search.setObjectName("action_search")
        self._search.setPlaceholderText("名称の一部で絞り込み")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._list = QListWidget()
        self._list.setObjectName("actions")
        self._list.itemActivated.connect(self.accept)
        self._note = EmptyNote(self._list, "", lambda: not self._shown())
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (told, self._search, self._list, self._buttons):
            column.addWidget(widget)
        self._fill(outline, refusal)
        self._filter("")
        self.resize(560, 480)
        self._search.setFocus()

    @property
    def action_id(self) -> int | None:
        """The chosen action."""
        item = self._list.currentItem()
        return None if item is None or item.isHidden() else item.data(_ID)

    def accept(self) -> None:
        if self.action_id is not None:
            super().accept()

    def _fill(self, outline: Outline, refusal: Callable[[int], str]) -> None:
        terms = [each for each in outline.terms if has_actions(outline, each)]
        for node in (each for root in outline.roots for each in outline.below(root)):
            if not is_placement(node) or outline.is_relisted(node):
                continue
            action_id = outline.action_id_at(node)
            if refusal(action_id):
                continue
            above = list(outline.ancestors(node))[:-1]
            place = " ".join([*(outline.number(each) for each in reversed(above)), ""])
            name = in_term(outline, node, f"{place}{outline.label(node)}", terms)
            item = QListWidgetItem(name)
            item.setData(_ID, action_id)
            self._list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _shown(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if not item.isHidden()]

    def _filter(self, text: str) -> None:
        words = folded(text).split()
        for item in self._items():
            name = folded(item.text())
            item.setHidden(not all(word in name for word in words))
        shown = self._shown()
        self._note.say(_NO_HITS if self._items() else _NOTHING)
        if shown and self._list.currentItem() not in shown:
            self._list.setCurrentItem(shown[0])
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(shown))
