"""The choice of where the table goes: into a new plan, or into the plan that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from kyodo_desktop.ui.widgets.plain import tip, whole


class TargetChoice(QWidget):
    """Two ways where a plan is open; else nothing is asked."""

    changed = Signal()

    def __init__(self, plan_title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = QRadioButton("新しい計画を作る(&B)")
        self._new.setObjectName("target_new")
        title = whole(plan_title)
        self._update = QRadioButton(f"開いている計画を更新する(&O)：「{title}」")
        self._update.setObjectName("target_update")
        self._new.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # A long title must not make the page wider than the screen.
        self._update.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._update.setToolTip(tip(plan_title))
        self._new.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._new)
        row.addWidget(self._update, 1)
        self._update.toggled.connect(lambda _on: self.changed.emit())

    @property
    def is_update(self) -> bool:
        """Whether the plan that is open is to be updated."""
        return self._update.isChecked()

    def propose_update(self) -> None:
        """Choose the plan that is open; the user may still choose otherwise."""
        self._update.setChecked(True)
