"""The history of the whole plan, with what was deleted since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from kyodo_desktop.ui.editor.history import HistoryView

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace


class HistoryDialog(QDialog):
    """Shows every step of the plan, the newest first; each can be taken back from here.

    `export_wanted` comes when the dialog was closed in order to write the history to Excel.
    """

    export_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("計画全体の履歴")
        view = HistoryView()
        view.show_history(workspace, None)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        export = buttons.addButton("Excelに出力(&E)…", QDialogButtonBox.ButtonRole.ActionRole)
        export.setObjectName("export_history")
        export.setAutoDefault(False)
        export.clicked.connect(self._leave_for_export)
        column = QVBoxLayout(self)
        column.addWidget(view)
        column.addWidget(buttons)
        self.resize(720, 520)

    def _leave_for_export(self) -> None:
        self.accept()
        self.export_wanted.emit()
