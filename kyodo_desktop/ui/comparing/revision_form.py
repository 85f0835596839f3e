"""Asks for what a revision is called, when it was decided, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.services.comparing import DAY_FIELD, NAME_FIELD, REASON_FIELD
from kyodo_desktop.ui.widgets import forms, inputs

if TYPE_CHECKING:
    from collections.abc import Callable


class RevisionInput(NamedTuple):
    """What is typed about a revision; the day is `YYYY-MM-DD`."""

    name: str
    decided_on: str
    reason: str


class RevisionDialog(forms.FormDialog):
    """`check` raises InvalidInputError for what the plan cannot take."""

    def __init__(
        self,
        title: str,
        asked: RevisionInput,
        check: Callable[[RevisionInput], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._check = check
        self._name = QLineEdit(asked.name)
        self._name.setObjectName("revision_name")
        self._day = inputs.DayEdit(asked.decided_on, DAY_FIELD)
        self._reason = _text_box(asked.reason)
        form = forms.new_form()
        forms.add_row(form, "名前(&N)", forms.FormField(self._name, NAME_FIELD))
        forms.add_row(form, "決定日(&D)", forms.FormField(self._day, DAY_FIELD))
        forms.add_row(form, "理由(&R)", forms.FormField(self._reason, REASON_FIELD))
        self.content.addLayout(form)
        self.resize(520, 320)

    @property
    def asked(self) -> RevisionInput:
        """What is typed."""
        return RevisionInput(self._name.text(), self._day.day, self._reason.toPlainText())

    def read(self) -> object:
        return self._check(self.asked)


class ReasonDialog(forms.FormDialog):
    """Asks why one heading or action was changed."""

    def __init__(self, reason: str, parent: QWidget | None = None) -> None:
        super().__init__("見直しの理由", parent)
        self._reason = _text_box(reason)
        form = forms.new_form()
        forms.add_row(form, "理由(&R)", forms.FormField(self._reason, REASON_FIELD))
        self.content.addLayout(form)
        self.resize(520, 240)

    @property
    def text(self) -> str:
        """What is typed; nothing falls back to the revision's own reason."""
        return self._reason.toPlainText()

    def read(self) -> object:
        return checked_text(self.text, REASON_FIELD)


def _text_box(text: str) -> QPlainTextEdit:
    box = QPlainTextEdit(text)
    box.setObjectName("reason")
    box.setTabChangesFocus(True)
    return box
