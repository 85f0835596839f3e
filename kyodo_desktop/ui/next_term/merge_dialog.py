"""Asks into which action of the old term others shall go (統合)."""

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

from kyodo_desktop.domain.search import folded
from kyodo_desktop.ui.empty_note import EmptyNote
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.next_term.draft import Draft

_ACTION = Qt.ItemDataRole.UserRole

_NO_HITS = "その名称の実行計画はありません。絞り込みの文字を変えてください。"
_NOTHING = "まとめる先にできる実行計画がありません。"


class MergeDialog(QDialog):
    """Lists what goes on into the next term; those that are to be merged may be chosen too."""

    def __init__(
        self, draft: Draft, action_ids: Collection[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("統合先を選ぶ")
        first = draft.candidates[next(iter(action_ids))].title
        more = f"など{len(action_ids)}件" if len(action_ids) > 1 else ""
        question = Label(f"「{first}」{more}をまとめる先の実行計画を選んでください。")
        question.setWordWrap(True)
        self._filter = QLineEdit()
        self._filter.setObjectName("merge_filter")
        self._filter.setPlaceholderText("名称で絞り込む")
        self._filter.setAccessibleName("名称で絞り込む")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._sift)
        self._list = QListWidget()
        self._list.setObjectName("partners")
        self._list.setAccessibleName("統合先")
        self._list.itemActivated.connect(self.accept)
        self._note = EmptyNote(self._list, "", lambda: not self._shown())
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (question, self._filter, self._list, buttons):
            column.addWidget(widget)
        self._fill(draft, action_ids)
        self.resize(560, 460)
        self._list.setFocus()

    @property
    def action_id(self) -> int:
        """The chosen action."""
        chosen: int = self._list.currentItem().data(_ACTION)
        return chosen

    def accept(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.isHidden():
            super().accept()

    def _fill(self, draft: Draft, action_ids: Collection[int]) -> None:
        for action_id, found in draft.candidates.items():
            goes_on = draft.is_kept(action_id) or action_id in action_ids
            if not goes_on or [action_id] == list(action_ids):
                continue
            above = draft.outline.label(draft.outline.parent(found.node) or found.node)
            item = QListWidgetItem(f"{found.number} {draft.actions[action_id]}　（{above}）")
            item.setData(_ACTION, action_id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._note.say(_NO_HITS if self._items() else _NOTHING)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _shown(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if not item.isHidden()]

    def _sift(self, text: str) -> None:
        wanted = folded(text)
        for item in self._items():
            item.setHidden(wanted not in folded(item.text()))
        shown = self._shown()
        self._note.look()
        if shown and self._list.currentItem() not in shown:
            self._list.setCurrentItem(shown[0])
