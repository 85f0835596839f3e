"""Says why a workbook could not be written, and offers another place."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


class ExportFailedDialog(QMessageBox):
    """`accepted` means: choose another name."""

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Excel出力")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setText("出力できませんでした。")
        self.setInformativeText(message)
        again = self.addButton("別の名前で出力(&N)…", QMessageBox.ButtonRole.AcceptRole)
        again.setObjectName("other_name")
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(again)
