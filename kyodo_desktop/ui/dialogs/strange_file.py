"""Says that a file is strange or damaged, and offers to take out what can be read of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.errors import DamagedFileError, StrangeFileError


class StrangeFileDialog(MessageBox):
    """`accepted` means: copy the contents into a new file."""

    def __init__(
        self, error: StrangeFileError | DamagedFileError, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("計画を開けません")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText(error.message)
        move = self.addButton(
            "中身だけを新しいファイルに移す(&M)…", MessageBox.ButtonRole.AcceptRole
        )
        move.setObjectName("copy_contents")
        cancel = self.addButton("やめる(&C)", MessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
