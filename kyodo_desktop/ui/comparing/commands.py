"""The commands that look back: at two states of the plan side by side, and at what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable


class ComparingCommands(shell.Commands):
    """前回との比較, 見直し, 新旧対照表, 変更の履歴."""

    before_after_export_wanted = Signal(object)  # a BeforeAfterTable
    history_export_wanted = Signal()

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "compare": self.show_comparison,
            "revisions": self.show_revisions,
            "before_after": self.show_before_after,
            "history": self.show_history,
        }

    @shell.repeatable
    def show_comparison(self) -> None:
        """Show what became of the plan between two rounds."""
        from kyodo_desktop.ui.comparing.comparison_dialog import ComparisonDialog

        with self._editing():
            if self._workspace.outline.round is None:
                raise RefusedError(
                    "調査がまだないため、比較できません。先に調査を始めてください。"
                )
            if len(self._workspace.outline.rounds) == 1:
                raise RefusedError(
                    "調査がまだ1つだけなので、比較できません。"
                    "「調査」→「新しい調査を始める」で次の調査を作ると、違いを表示できます。"
                )
            dialog = ComparisonDialog(self._workspace, self._window)
            dialog.node_requested.connect(self._go_to)
            asking.ask(dialog)

    def show_revisions(self) -> None:
        """Show the list of revisions, which is edited at once."""
        from kyodo_desktop.ui.comparing.revisions_dialog import RevisionsDialog

        self._shell.commit()
        dialog = RevisionsDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self.before_after_export_wanted)
        asking.ask(dialog)

    def show_before_after(self) -> None:
        """Show what the plan said and what it says."""
        from kyodo_desktop.ui.comparing.before_after_dialog import BeforeAfterDialog

        self._shell.commit()
        dialog = BeforeAfterDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self.before_after_export_wanted)
        asking.ask(dialog)

    def show_history(self) -> None:
        """Show what was done to the plan, deleted items included."""
        from kyodo_desktop.ui.editor.history import HistoryDialog

        self._shell.commit()
        dialog = HistoryDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self.history_export_wanted)
        asking.ask(dialog)

    def _go_to(self, node: int) -> None:
        """Show an item in the tree; what came from an earlier plan may be gone by now."""
        if self._workspace.outline.exists(node):
            self._shell.tree.select(node)
