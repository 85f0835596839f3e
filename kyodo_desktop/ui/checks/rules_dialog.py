"""Lets the user choose which rules of 点検 the plan uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.checks.catalogue import RULES
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Collection


class RulesDialog(QDialog):
    """A checkbox and an explanation for every rule."""

    def __init__(self, in_use: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("使う点検")
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
            grid.addWidget(Label(explanation), row, 1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(Label("この計画で使う点検を選んでください。"))
        column.addLayout(grid)
        column.addWidget(buttons)

    @property
    def chosen(self) -> list[str]:
        """The ids of the rules that are to be used."""
        return [rule for rule, box in self._boxes.items() if box.isChecked()]
