"""前回との比較 of one action, behind its tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.comparing.comparison import compare_action
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services.past import as_of_round
from kyodo_desktop.ui.comparing.changes_view import ChangesView

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.services.workspace import Workspace


class ActionComparison(ChangesView):
    """Reads what the round before saw once, and keeps it while the round is the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("action_comparison")
        self._before: tuple[Round, Outline] | None = None

    def show_action(self, workspace: Workspace, action_id: int) -> None:
        """Show what differs from the round before."""
        outline = workspace.outline
        previous = outline.previous
        if previous is None:
            self.setPlainText("前回の調査がないため、比較できません。")
            return
        if self._before is None or self._before[0] != previous.round:
            try:
                self._before = previous.round, as_of_round(workspace, previous.round.id)
            except PlanError as error:
                self.setPlainText(error.message)
                return
        change = compare_action(self._before[1], outline, action_id)
        if change is None:
            self.setPlainText(f"「{previous.round.name}」から変わっていません。")
        else:
            self.show_fields(change)
