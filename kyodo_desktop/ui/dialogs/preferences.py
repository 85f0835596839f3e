"""The user's own settings."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.ui.dialogs.forms import Field, FormDialog, add_row, new_form

_NAME = "表示名"
_NAME_LIMIT = 50


class PreferencesDialog(FormDialog):
    """Takes and gives the name that the history shows; empty means the name of the OS user."""

    def __init__(self, display_name: str, os_user: str, parent: QWidget | None = None) -> None:
        super().__init__("個人の設定", parent)
        self._name = QLineEdit(display_name)
        self._name.setObjectName("display_name")
        self._name.setPlaceholderText(os_user)
        explanation = QLabel(
            "変更の履歴と「編集中」の案内に、この名前が残ります。\n"
            f"空のときは、PCの利用者名「{os_user}」を使います。"
        )
        form = new_form()
        add_row(form, "表示名(&N)", Field(self._name, _NAME))
        form.addRow("", explanation)
        self.content.addLayout(form)
        self.content.addStretch()
        self.setMinimumWidth(440)

    @property
    def display_name(self) -> str:
        """The name as it is typed; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> str:
        return checked_text(" ".join(self._name.text().split()), _NAME, _NAME_LIMIT)
