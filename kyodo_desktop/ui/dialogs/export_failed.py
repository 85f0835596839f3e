"""Says why a workbook could not be written, and offers another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ExportFailedDialog(MessageBox):
    """`accepted` means: choose another name."""

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Excel出力")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText("出力できませんでした。")
        self.setInformativeText(message)
        again = self.addButton("別の名前で出力(&N)…", MessageBox.ButtonRole.AcceptRole)
        again.setObjectName("other_name")
        self.addButton(MessageBox.StandardButton.Cancel)
        self.setDefaultButton(again)
