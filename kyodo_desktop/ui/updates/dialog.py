"""Offers a newer version, and shows how far the way to it is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from kyodo_desktop.ui.jobs import ProgressDialog
from kyodo_desktop.ui.widgets.plain import Label, rich_label

if TYPE_CHECKING:
    from kyodo_desktop.ui.jobs import Job


_EXPLANATION = (
    "「今すぐ更新」で、プログラムを閉じて新しい版に入れ替え、開き直します。\n"
    "計画のファイルと個人の設定はそのまま残ります。"
)
_NO_NOTES = "（変更点の説明はありません）"


class UpdateDialog(QDialog):
    """`accepted` means: now. `skipped` means: never this version. Else it is offered again."""

    skipped = Signal()

    def __init__(
        self, current: str, version: str, notes: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("新しい版があります")
        versions = rich_label(f"現在の版 {escape(current)}　→　新しい版 <b>{escape(version)}</b>")
        versions.setObjectName("versions")
        # Plain text: the notes come from outside and may not bring pictures or links along.
        text = QPlainTextEdit(notes or _NO_NOTES, readOnly=True)
        text.setObjectName("notes")
        text.setTabChangesFocus(True)
        caption = Label("変更点(&C)")
        caption.setBuddy(text)
        explanation = Label(_EXPLANATION)
        explanation.setWordWrap(True)
        column = QVBoxLayout(self)
        for widget in (versions, caption, text, explanation, self._new_buttons()):
            column.addWidget(widget)
        self.resize(540, 360)

    def _new_buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        for name, label, its_role in (
            ("now", "今すぐ更新(&U)", role.AcceptRole),
            ("later", "次回(&N)", role.RejectRole),
            ("skip", "この版は飛ばす(&S)", role.ResetRole),
        ):
            button = buttons.addButton(label, its_role)
            button.setObjectName(name)
            button.setAutoDefault(False)
            if name == "later":
                button.setDefault(True)
                button.setFocus()
            if name == "skip":
                button.clicked.connect(self._skip)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _skip(self) -> None:
        self.skipped.emit()
        self.reject()


class UpdateProgressDialog(ProgressDialog):
    """Can be left at once: a share that does not answer would not let the work stop either."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(job, "新しい版を確認しています…", parent)

    def reject(self) -> None:
        self._job.give_up()
