"""Asks before text is lost that cannot be saved as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class UnsavedDialog(MessageBox):
    """`accepted` means: close without that text."""

    def __init__(self, reason: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存できない入力")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText("保存できない入力が残っています。")
        self.setInformativeText(
            f"{reason}\nほかの変更はすべて保存されています。戻って直すか、この入力を捨てて閉じます。"
        )
        lost = self.addButton("捨てて閉じる(&D)", MessageBox.ButtonRole.AcceptRole)
        lost.setObjectName("discard")
        back = self.addButton("戻って直す(&B)", MessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(back)
        self.setEscapeButton(back)
