"""What is said when the program itself fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui.outside import show_in_folder
from kyodo_desktop.ui.widgets.plain import Label, rich_label

if TYPE_CHECKING:
    from pathlib import Path

_MESSAGE = (
    "<p><b>処理の途中で、思わぬ問題が起きました。</b></p>"
    "<p>これまでの編集は保存されています。途中だった操作だけが取り消されました。"
    "そのまま続けられますが、動きがおかしいときはプログラムを開き直してください。</p>"
    "<p>同じことが続くときは、次のログを情報システムの担当者にお渡しください。</p>"
)


class CrashDialog(QDialog):
    """What was kept, what to do, and where the log lies for whoever looks into it."""

    def __init__(self, details: str, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("問題が起きました")
        self._log = log
        self._details = details
        message = rich_label(_MESSAGE)
        place = self._place = Label(str(log))
        place.setObjectName("log")
        for label in (message, place):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text = QPlainTextEdit(details, readOnly=True)
        text.setObjectName("details")
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        folder = buttons.addButton("ログの場所を開く(&O)", QDialogButtonBox.ButtonRole.ActionRole)
        folder.setObjectName("open_log_folder")
        folder.clicked.connect(self._open_folder)
        copy = buttons.addButton("内容をコピー(&C)", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy")
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (message, place, text, buttons):
            column.addWidget(widget)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self.resize(600, 400)

    def _open_folder(self) -> None:
        reason = show_in_folder(self._log if self._log.exists() else self._log.parent)
        if reason:
            self._place.setText(reason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._log}\n{self._details}")
