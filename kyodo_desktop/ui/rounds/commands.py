"""The commands of the year's work: begin a round, choose one, close and reopen it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from kyodo_desktop.domain.fiscal_year import fiscal_year_label
from kyodo_desktop.services import rounds
from kyodo_desktop.ui import asking, messages
from kyodo_desktop.ui.rounds.chooser import RoundChooser
from kyodo_desktop.ui.shell import Commands, Shell, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.ui.rounds.dialogs import RoundsDialog


class RoundCommands(Commands):
    """What is typed is saved before another round is shown; `chooser` is for the toolbar."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.chooser = RoundChooser()
        self.chooser.picked.connect(self.show_round)
        shell.follow(("round",), lambda *_: self._offer())

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "new_round": self.ask_for_new,
            "rounds": self.show_list,
            "opinions": self.show_opinions,
            "accept_carried": self.accept_carried,
            "close_round": self.ask_to_close,
            "reopen_round": lambda: self.ask_to_reopen(self._shown.id),
        }

    @Slot(object)
    def show_round(self, round_id: int) -> None:
        """Show what another round says, unless some text cannot be saved."""
        if self._shell.commit():
            name = self._workspace.outline.rounds[round_id].name
            with messages.busy(self._window, f"調査「{name}」を表示しています…"):
                self._workspace.show_round(round_id)

    def ask_for_new(self) -> None:
        """Let a new round be described, and begin it."""
        from kyodo_desktop.ui.rounds.dialogs import RoundDialog

        outline = self._workspace.outline
        dialog = RoundDialog(
            "新しい調査",
            _suggested(outline, self._shell.now().date().isoformat()),
            done="調査を始める(&O)",
            check=partial(rounds.checked, outline),
            explanation=_explanation(outline),
            parent=self._window,
        )
        asking.ask(dialog, lambda: self._open(dialog.asked))

    def show_list(self) -> None:
        """Show all rounds."""
        from kyodo_desktop.ui.rounds.dialogs import RoundsDialog

        self._shell.commit()
        dialog = RoundsDialog(self._workspace, self._window)
        dialog.show_requested.connect(self.show_round)
        dialog.edit_requested.connect(partial(self._ask_to_edit, dialog))
        dialog.delete_requested.connect(partial(self._ask_to_delete, dialog))
        asking.ask(dialog)

    def show_opinions(self) -> None:
        """Let 委員会意見 of the round be written, all on one page."""
        from kyodo_desktop.ui.rounds.opinions_dialog import OpinionsDialog

        self._shell.commit()
        asking.ask(OpinionsDialog(self._workspace, self._window))

    @repeatable
    def accept_carried(self) -> None:
        """Say that what was carried forward is right for the chosen actions."""
        with self._editing():
            rounds.accept_carried(self._workspace, self._shell.tree.selected_action_ids())

    def ask_to_close(self) -> None:
        """Ask whether the round is finished."""
        from kyodo_desktop.ui.rounds.dialogs import CloseRoundDialog

        shown = self._shown
        dialog = CloseRoundDialog(shown.name, _still_open(self._workspace.outline), self._window)
        doing = f"調査「{shown.name}」を確定しています…"
        asking.ask(dialog, lambda: self._do(doing, rounds.close_round, shown.id))

    def ask_to_reopen(self, round_id: int) -> None:
        """Ask why a round shall be changed again."""
        from kyodo_desktop.ui.rounds.dialogs import ReopenRoundDialog

        name = self._workspace.outline.rounds[round_id].name
        dialog = ReopenRoundDialog(name, self._window)
        doing = f"調査「{name}」の確定を解除しています…"
        asking.ask(
            dialog, lambda: self._do_asked(doing, rounds.reopen_round, round_id, dialog.reason)
        )

    def _offer(self) -> None:
        plan = self._shell.plan
        self.chooser.show_rounds(plan.workspace.outline if plan else None)

    @property
    def _shown(self) -> Round:
        shown = self._workspace.outline.round
        assert shown is not None, "the action is disabled without a round"
        return shown

    def _open(self, asked: rounds.RoundInput) -> None:
        before = self._workspace.outline.round
        self._do_asked(f"調査「{asked.name}」を始めています…", rounds.open_round, *asked)
        shown = self._workspace.outline.round
        if shown is not None and shown != before:
            self._shell.toast.show_info(
                f"調査「{shown.name}」を始めました。{_carried(self._workspace.outline)}"
            )

    def _ask_to_edit(self, list_dialog: RoundsDialog, round_id: int) -> None:
        from kyodo_desktop.ui.rounds.dialogs import RoundDialog

        outline = self._workspace.outline
        known = outline.rounds[round_id]
        dialog = RoundDialog(
            "調査の内容",
            rounds.RoundInput(known.name, known.fiscal_year, known.as_of),
            done="変更(&O)",
            check=lambda asked: rounds.checked(outline, asked, round_id),
            parent=list_dialog,
        )

        def edit() -> None:
            self._do_asked("", rounds.edit_round, round_id, *dialog.asked)
            list_dialog.refresh()

        asking.ask(dialog, edit)

    def _ask_to_delete(self, list_dialog: RoundsDialog, round_id: int) -> None:
        def delete() -> None:
            self._do_asked(f"調査「{name}」を削除しています…", rounds.delete_round, round_id)
            list_dialog.refresh()

        name = self._workspace.outline.rounds[round_id].name
        sentence = "この調査に書いた進捗状況、今後の方向性、委員会意見も削除します。"
        asking.ask(asking.DeleteDialog(f"調査「{name}」", sentence, list_dialog), delete)

    @repeatable
    def _do(self, doing: str, edit: Callable[..., object], *arguments: object) -> None:
        with self._editing(doing):
            edit(self._workspace, *arguments)

    def _do_asked(self, doing: str, edit: Callable[..., object], *arguments: object) -> None:
        with self._asked_edit(doing):
            edit(self._workspace, *arguments)


def _suggested(outline: Outline, today: str) -> rounds.RoundInput:
    """Return the round that mostly comes next: a year after the newest one."""
    newest = next(reversed(outline.rounds.values()), None)
    if newest is None:
        return rounds.RoundInput("", int(today[:4]), today)
    year = newest.fiscal_year + 1
    day = f"{int(newest.as_of[:4]) + 1}{newest.as_of[4:]}".replace("-02-29", "-02-28")
    return rounds.RoundInput(fiscal_year_label(year), year, day)


def _explanation(outline: Outline) -> str:
    newest = next(reversed(outline.rounds.values()), None)
    if newest is None:
        return ""
    return (
        f"直前の調査（今の最新は「{newest.name}」）の進捗状況と今後の方向性を引き継いで始めます。"
        "引き継いだものには、直すか確認するまで「前回のまま」と表示します。"
    )


def _carried(outline: Outline) -> str:
    lines = sum(map(len, outline.lines.values()))
    return f"前回から進捗状況 {lines}行を引き継ぎました。" if lines else ""


def _still_open(outline: Outline) -> str:
    """Return what of the round nobody has looked at, as a sentence; empty when all is done."""
    placed = set(outline.placed)
    empty = sum(outline.status(each) is None for each in placed)
    carried = sum(outline.is_carried(each) for each in placed)
    parts = [
        f"未記入の{outline.levels[-1].name}が{empty}件" if empty else "",
        f"前回のままのものが{carried}件" if carried else "",
    ]
    parts_left = "、".join(part for part in parts if part)
    return f"{parts_left}あります。" if parts_left else ""
