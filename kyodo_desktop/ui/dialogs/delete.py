"""Asks before headings or actions are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class DeleteDialog(MessageBox):
    """Says what would go; `accepted` comes only from 「削除する」, Enter and Esc leave it be."""

    def __init__(self, what: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("削除の確認")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText(f"{what}を削除しますか？")
        self.setInformativeText(f"{sentence}削除したあとでも「元に戻す」で戻せます。")
        self.addButton("削除する(&D)", MessageBox.ButtonRole.AcceptRole).setObjectName("delete")
        cancel = self.addButton(MessageBox.StandardButton.Cancel)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
