"""The command of 置換: asks what for what, and writes it as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui import asking, messages, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.replacing import Hit


class ReplacingCommands(shell.Commands):
    """Replaces texts and names."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"replace": self.ask_and_replace}

    def ask_and_replace(self) -> None:
        """Show what would be replaced, and replace what is ticked."""
        from kyodo_desktop.services.replacing import refusal
        from kyodo_desktop.ui.replacing.dialog import ReplaceDialog

        outline = self._workspace.outline
        chosen = self._shell.tree.selected_nodes()
        dialog = ReplaceDialog(outline, chosen, lambda kind: refusal(outline, kind), self._window)
        asking.ask(
            dialog, lambda: self._replace(dialog.looked_for, dialog.put, dialog.chosen_hits)
        )

    def _replace(self, find: str, put: str, hits: Sequence[Hit]) -> None:
        from kyodo_desktop.services.replacing import replace_texts

        if not hits:
            return
        with self._asked_edit("置換しています…"):
            replace_texts(self._workspace, find, put, hits)
            step = self._workspace.next_undo
            undo = messages.MessageOffer(
                "元に戻す",
                self._shell.actions_by_name["undo"].trigger,
                lambda: self._shell.plan is not None and self._workspace.next_undo is step,
            )
            self._shell.toast.show_info(
                f"「{find}」を「{put}」に置換しました（{len(hits):,}件）。", undo
            )
