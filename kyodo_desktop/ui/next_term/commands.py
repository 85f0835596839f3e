"""The command that draws up the next term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.next_term.draft import Draft, draft_from_json
from kyodo_desktop.domain.next_term.terms import next_term, plan_name, present_term, refusal
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.services.next_term import draw_up, proposed
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.shell import Commands, Shell, repeatable
from kyodo_desktop.ui.widgets.plain import whole

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXT = "次期計画を策定(&N)…"


class TermCommands(Commands):
    """後期計画を策定."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        tables = ("plan", "term", "heading", "action", "placement")
        shell.follow(tables, lambda *_: self._show_name())

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"next_term": self.ask_for_next_term}

    def _show_name(self) -> None:
        """Let the command say which term would be drawn up."""
        self._shell.actions_by_name["next_term"].setText(self._text())

    @repeatable
    def ask_for_next_term(self) -> None:
        """Show the page on which the next term is drawn up."""
        from kyodo_desktop.ui.next_term.dialog import NextTermDialog

        with self._editing("次期計画の案を作っています…"):
            dialog = NextTermDialog(proposed(self._workspace), self._window)
            ask(dialog, lambda: self._draw_up(dialog.draft))

    def resume(self, state: str) -> None:
        """Show the page with what was chosen on it before. Raises PlanError where it cannot be."""
        from kyodo_desktop.ui.next_term.dialog import NextTermDialog

        draft = draft_from_json(proposed(self._workspace), state)
        dialog = NextTermDialog(draft, self._window, is_touched=True)
        ask(dialog, lambda: self._draw_up(dialog.draft))

    def _draw_up(self, draft: Draft) -> None:
        with self._asked_edit("次期計画を作っています…"):
            node = draw_up(self._workspace, draft)
            self._shell.tree.select(node)
            outline = self._workspace.outline
            made = sum(each.term_id == row_id(node) for each in outline.actions.values())
            counted = f"{outline.action_word} {made}件"
            self.show_step(
                f"{plan_name(outline.title(node))}を作成しました（{counted}）。"
                f"「{outline.terms[draft.term_id].name}」はそのまま残っています。"
            )

    def _text(self) -> str:
        if self._shell.plan is None:
            return _TEXT
        outline = self._workspace.outline
        term_id = present_term(outline)
        if term_id is None or refusal(outline):
            return _TEXT
        return f"{whole(plan_name(next_term(outline, term_id).name))}を策定(&N)…"
