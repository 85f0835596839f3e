"""The history of the whole plan, with what was deleted since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from kyodo_desktop.ui.editor.history_view import HistoryView

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace


class HistoryDialog(QDialog):
    """Shows every step of the plan, the newest first; each can be taken back from here."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("計画全体の履歴")
        view = HistoryView()
        view.show_history(workspace, None)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(view)
        column.addWidget(buttons)
        self.resize(720, 520)
