"""One action in the editor: its fields, and behind tabs its history and its last round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.ui.editor.action_comparison import ActionComparison
from kyodo_desktop.ui.editor.action_form import ActionForm
from kyodo_desktop.ui.editor.history_view import HistoryView

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing


class ActionTabs(QTabWidget):
    """History and comparison are read while their tab is looked at, not before."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("action_tabs")
        self.setDocumentMode(True)
        self._editing = editing
        self._action_id = 0
        self._read_for = 0
        self._form = ActionForm(editing)
        self._history = HistoryView()
        self.addTab(self._form, "編集")
        self._comparison = ActionComparison()
        self.addTab(self._history, "履歴")
        self.addTab(self._comparison, "前回との比較")
        self.currentChanged.connect(self._show_more)

    def show_node(self, outline: Outline, node: int) -> None:
        """Show the action at a placement as it is now."""
        self._action_id = outline.placements[row_id(node)].action_id
        self._form.show_node(outline, node)
        self._show_more()

    def pick_status(self, key: int) -> None:
        """Give the action the status with this key (from 1)."""
        self._form.pick_status(key)

    def _show_more(self) -> None:
        if self.currentWidget() is self._history:
            self._show_history()
        elif self.currentWidget() is self._comparison:
            self._comparison.show_action(self._editing.workspace, self._action_id)

    def _show_history(self) -> None:
        if self._read_for == self._action_id:
            self._history.refresh()
        else:
            self._read_for = self._action_id
            self._history.show_history(self._editing.workspace, self._action_id)
