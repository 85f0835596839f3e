"""The commands that make one action of two, and two of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.services import joining, rows
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from kyodo_desktop.domain.outline import Outline


class JoinCommands(shell.Commands):
    """重複をまとめる, and its reverse."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"join": self.ask_to_join, "split": self.split}

    def ask_to_join(self) -> None:
        """Join the two selected actions, or the selected one with another to be chosen."""
        ids = list(dict.fromkeys(self._shell.tree.selected_action_ids()))
        match ids:
            case [one, other]:
                self._show_selected(one, other)
            case [one]:
                self._ask_for_other(one)
            case _:
                self._shell.toast.show_error(
                    "まとめる実行計画を1つか2つ選んでから、もう一度操作してください。"
                )

    @shell.repeatable
    def split(self) -> None:
        """Give the selected placement an action of its own."""
        node = self._shell.tree.current_node()
        assert node is not None, "the action is disabled without a selection"
        with self._editing():
            self._shell.tree.select(joining.split(self._workspace, node))
            self.show_step("この掲載を別の実行計画に分けました。")

    def _ask_for_other(self, one: int) -> None:
        from kyodo_desktop.ui.widgets.choosing import ChooseActionDialog

        outline = self._workspace.outline
        dialog = ChooseActionDialog(
            outline,
            f"「{outline.actions[one].title}」とまとめる実行計画を選んでください。",
            partial(joining.refusal, outline, one),
            self._window,
        )
        asking.ask_further(dialog, lambda: self._show(one, dialog.chosen, dialog))

    @shell.repeatable
    def _show_selected(self, one: int, other: int) -> None:
        with self._editing():
            self._show(one, other)

    def _show(self, one: int, other: int | None, above: QDialog | None = None) -> None:
        """Show both side by side; the one that is printed first is kept.

        The dialog `above` which that is asked closes when they are joined.
        """
        from kyodo_desktop.ui.joining.join_dialog import JoinDialog

        assert other is not None, "the chooser is accepted with an action only"
        outline = self._workspace.outline
        order = [outline.action_id_at(node) for node in _placements(outline)]
        kept, gone = sorted((one, other), key=order.index)
        with self._asked_edit():
            rows.open_round_id(outline)
            joining.refuse(outline, kept, gone)
        dialog = JoinDialog(outline, kept, gone, above or self._window)
        if above is not None:
            dialog.accepted.connect(lambda: above.done(above.DialogCode.Accepted))
        asking.ask(dialog, lambda: self._join(kept, gone, dialog.texts))

    def _join(self, kept: int, gone: int, texts: joining.JoinedTexts) -> None:
        with self._asked_edit():
            joining.join(self._workspace, kept, gone, texts)
            self._shell.tree.select(self._workspace.outline.home(kept))
            if not self._shell.toast.text:  # where it says who may go on now
                self.show_step(f"「{texts.title}」としてまとめました。")


def _placements(outline: Outline) -> list[int]:
    nodes = (node for root in outline.roots for node in outline.below(root))
    return [node for node in nodes if is_placement(node)]
