"""Asks why a finding is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from kyodo_desktop.ui.plain import Label
from kyodo_desktop.ui.widgets.forms import Field, FormDialog, add_row, new_form

if TYPE_CHECKING:
    from kyodo_desktop.domain.checks.finding import Finding

_WIDTH = 520


class ConfirmDialog(FormDialog):
    """Gives the note, which may be empty."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__("確認済みにする", parent, done="確認済みにする")
        sentence = Label(finding.message)
        sentence.setWordWrap(True)
        self._note = QLineEdit()
        self._note.setObjectName("note")
        self._note.setPlaceholderText("例: 別の事業のため、このままとする")
        self.content.addWidget(sentence)
        form = new_form()
        add_row(form, "メモ（任意）(&N)", Field(self._note, "メモ"))
        self.content.addLayout(form)
        self.resize(_WIDTH, 0)
        self._grow()

    @property
    def note(self) -> str:
        return self.read()

    def read(self) -> str:
        """Return the note."""
        return self._note.text()
