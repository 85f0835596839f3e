"""The questions before a round is closed (確定) and before it is opened again."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from kyodo_desktop.domain.inputs import checked_title
from kyodo_desktop.services.rounds import REASON_FIELD
from kyodo_desktop.ui.plain import Label, MessageBox
from kyodo_desktop.ui.widgets.forms import Field, FormDialog, add_row, new_form


class CloseRoundDialog(MessageBox):
    """Says what is still open; `accepted` comes only from 「確定する」."""

    def __init__(self, name: str, still_open: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("調査の確定")
        self.setIcon(MessageBox.Icon.Question)
        self.setText(f"調査「{name}」を確定しますか？")
        self.setInformativeText(
            f"{still_open}確定すると、この調査の進捗状況・今後の方向性・委員会意見は変更できなくなります。"
            "誤りが見つかったときは、理由を付けて確定を解除できます。"
        )
        self.addButton("確定する(&K)", MessageBox.ButtonRole.AcceptRole).setObjectName("close")
        cancel = self.addButton(MessageBox.StandardButton.Cancel)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)


class ReopenRoundDialog(FormDialog):
    """Asks why a closed round is opened again."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("確定の解除", parent, done="確定を解除(&K)")
        told = Label(f"調査「{name}」を、もう一度変更できるようにします。理由は履歴に残ります。")
        told.setWordWrap(True)
        self._reason = QLineEdit()
        self._reason.setObjectName("reason")
        self._reason.setPlaceholderText("例：担当課からの訂正の申出")
        form = new_form()
        add_row(form, "理由(&R)", Field(self._reason, REASON_FIELD))
        self.content.addWidget(told)
        self.content.addLayout(form)
        self.setMinimumWidth(440)

    @property
    def reason(self) -> str:
        return self.read()

    def read(self) -> str:
        return checked_title(self._reason.text(), REASON_FIELD, 200)
