"""Asks before the page is closed without making the term."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


class DiscardDialog(QMessageBox):
    """`accepted` means: close, and forget what was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("策定をやめる")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setText("ここで選んだ内容を捨てて閉じますか？")
        self.setInformativeText("選んだ内容はまだ計画に入っていません。計画は元のままです。")
        lost = self.addButton("捨てて閉じる(&D)", QMessageBox.ButtonRole.AcceptRole)
        lost.setObjectName("discard")
        back = self.addButton("画面に戻る(&B)", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(back)
        self.setEscapeButton(back)
