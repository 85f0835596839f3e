"""Says that another window edits the plan, and offers to look at it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.services.files import InUseError


class InUseDialog(MessageBox):
    """`accepted` means: open it read-only."""

    def __init__(self, error: InUseError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("編集中のファイル")
        self.setIcon(MessageBox.Icon.Information)
        self.setText(str(error))
        read_only = self.addButton("読み取り専用で開く(&R)", MessageBox.ButtonRole.AcceptRole)
        read_only.setObjectName("read_only")
        cancel = self.addButton("やめる(&C)", MessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(read_only)
        self.setEscapeButton(cancel)
