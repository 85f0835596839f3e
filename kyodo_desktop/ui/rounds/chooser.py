"""The box in the toolbar that says which round is shown, and lets another one be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyodo_desktop.ui.widgets import inputs, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round

_CLOSED = "（確定）"


class RoundChooser(QWidget):
    """Offers the rounds, the newest first."""

    picked = Signal(object)  # the id of a round

    def __init__(self) -> None:
        super().__init__()
        self._shown: int | None = None
        self._box = inputs.ChoiceBox()
        self._box.setObjectName("round_box")
        self._box.setAccessibleName("表示する調査")
        self._box.setToolTip("表示する調査を選びます")
        self._box.picked.connect(self._pick)
        caption = plain.Label("調査(&G)")
        caption.setBuddy(self._box)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.addWidget(caption)
        row.addWidget(self._box)

    def show_rounds(self, outline: Outline | None) -> None:
        """Show which round of the plan is shown."""
        rounds = list(outline.rounds.values()) if outline else []
        self._box.offer([(each.id, round_label(each)) for each in reversed(rounds)])
        self._shown = outline.round.id if outline and outline.round else None
        self._box.show_value(self._shown)
        self.setEnabled(bool(rounds))

    def _pick(self, round_id: object) -> None:
        self._box.show_value(self._shown)  # until the other one is shown
        self.picked.emit(round_id)


def round_label(shown: Round) -> str:
    """Return a round's name, and whether it is closed."""
    return shown.name + (_CLOSED if shown.closed_at else "")
