"""Asks which rules of 点検 a plan uses, and why a finding is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.checks.context import Finding


class RulesDialog(forms.StayingDialog):
    """A checkbox and an explanation for every rule."""

    def __init__(self, in_use: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("点検項目の設定")
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for row, (rule, (name, explanation, _find)) in enumerate(RULES.items()):
            box = QCheckBox(name)
            box.setObjectName(rule)
            box.setChecked(rule in in_use)
            box.setAccessibleDescription(explanation)
            self._boxes[rule] = box
            grid.addWidget(box, row, 0)
            grid.addWidget(plain.Label(explanation), row, 1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(plain.Label("この計画で点検する項目を選んでください。"))
        column.addLayout(grid)
        column.addWidget(buttons)

    @property
    def chosen(self) -> list[str]:
        """The ids of the rules that are to be used."""
        return [rule for rule, box in self._boxes.items() if box.isChecked()]


_WIDTH = 520


class ConfirmDialog(forms.FormDialog):
    """Gives the note, which may be empty."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__("確認済みにする", parent, done="確認済みにする")
        sentence = plain.Label(finding.message)
        sentence.setWordWrap(True)
        self._note = QLineEdit()
        self._note.setObjectName("note")
        self._note.setPlaceholderText("例: 別の事業のため、このままとする")
        self.content.addWidget(sentence)
        form = forms.new_form()
        forms.add_row(form, "メモ（任意）(&N)", forms.FormField(self._note, "メモ"))
        self.content.addLayout(form)
        self.resize(_WIDTH, 0)
        self._grow()

    @property
    def note(self) -> str:
        return self.read()

    def read(self) -> str:
        """Return the note."""
        return self._note.text()
