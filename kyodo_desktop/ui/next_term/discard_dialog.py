"""Asks before the page is closed without making the term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class DiscardDialog(MessageBox):
    """`accepted` means: close, and forget what was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("策定をやめる")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText("ここで選んだ内容を捨てて閉じますか？")
        self.setInformativeText("選んだ内容はまだ計画に入っていません。計画は元のままです。")
        lost = self.addButton("捨てて閉じる(&D)", MessageBox.ButtonRole.AcceptRole)
        lost.setObjectName("discard")
        back = self.addButton("画面に戻る(&B)", MessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(back)
        self.setEscapeButton(back)
