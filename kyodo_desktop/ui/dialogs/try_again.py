"""Says why a plan could not be opened just now, and offers to try once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.errors import PassingError


class TryAgainDialog(MessageBox):
    """`accepted` means: try again."""

    def __init__(self, error: PassingError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("計画を開けません")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText(error.message)
        again = self.addButton("もう一度(&R)", MessageBox.ButtonRole.AcceptRole)
        again.setObjectName("again")
        cancel = self.addButton("やめる(&C)", MessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(again)
        self.setEscapeButton(cancel)
