"""The commands that set two states of the plan side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.commands import Commands, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable


class ComparingCommands(Commands):
    """前回との比較, 見直し, 新旧対照表."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "compare": self.show_comparison,
            "revisions": self.show_revisions,
            "contrast": self.show_contrast,
        }

    @repeatable
    def show_comparison(self) -> None:
        """Show what became of the plan between two rounds."""
        from kyodo_desktop.ui.comparing.comparison_dialog import ComparisonDialog

        with self._told():
            if self._workspace.outline.round is None:
                raise RefusedError(
                    "調査がまだないため、比較できません。先に調査を開いてください。"
                )
            if len(self._workspace.outline.rounds) == 1:
                raise RefusedError(
                    "調査がまだ1つだけなので、比較できません。"
                    "「調査」→「新しい調査を開く」で次の調査を始めると、違いを表示できます。"
                )
            dialog = ComparisonDialog(self._workspace, self._window)
            dialog.node_requested.connect(self._go_to)
            ask(dialog)

    def show_revisions(self) -> None:
        """Show the list of revisions, which is edited at once."""
        from kyodo_desktop.ui.comparing.revisions_dialog import RevisionsDialog

        self._window.commit()
        dialog = RevisionsDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self._window.exports.ask_and_export_contrast)
        ask(dialog)

    def show_contrast(self) -> None:
        """Show what the plan said and what it says."""
        from kyodo_desktop.ui.comparing.contrast_dialog import ContrastDialog

        self._window.commit()
        dialog = ContrastDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self._window.exports.ask_and_export_contrast)
        ask(dialog)

    def _go_to(self, node: int) -> None:
        """Show an item in the tree; what came from an earlier plan may be gone by now."""
        if self._workspace.outline.exists(node):
            self._window.tree.select(node)
