"""Says which forms were written and where, and offers to open the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class SentDialog(MessageBox):
    """`accepted` means: open the folder."""

    manual_page = "inquiry"

    def __init__(
        self, folder: Path, files: Sequence[Path], due: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("照会（回答票を作る）")
        self.setIcon(MessageBox.Icon.Information)
        self.setText(f"{len(files):,}課の回答票を作り、発送を記録しました。")
        self.setInformativeText(
            f"保存先: {folder}\n回答期限: {due}\n\n"
            "このフォルダーのファイルを、それぞれの課に送ってください。"
            "返ってきたファイルは、このプログラムの画面に落とす（ドラッグ＆ドロップ）と取り込めます。"
        )
        self.setDetailedText("\n".join(each.name for each in files))
        show = self.addButton("フォルダーを開く(&O)", MessageBox.ButtonRole.AcceptRole)
        show.setObjectName("open_folder")
        close = self.addButton(MessageBox.StandardButton.Close)
        self.setDefaultButton(show)
        self.setEscapeButton(close)
