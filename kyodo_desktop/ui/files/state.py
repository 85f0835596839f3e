"""How the plan's file stands while it is open: in the foot of the window and the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.paths import user_calls_folder
from kyodo_desktop.services import raising
from kyodo_desktop.services.following import BACKUP, OTHER_WINDOW, UNSURE
from kyodo_desktop.ui import outside
from kyodo_desktop.ui.messages import AGAIN
from kyodo_desktop.ui.shell import Commands, PlanState, Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.services.files import OpenPlan

FOLLOW_EVERY = 500  # milliseconds; the file itself is looked at by a thread, less often
_EDIT, _REOPEN = "編集する", "確定を解除…"
_FREE = "読み取り専用　編集する人なし"
_BACKUP = "バックアップ　読み取り専用"
_EDITS_BACKUP = "バックアップを編集しています。ここでの変更は、元の計画には入りません。"
_MAY_EDIT = "現在、編集している人はいません。編集できます。"


class FileState(Commands):
    """Follows the file and says in the strip how it stands, with the way on.

    `changed` tells that the plan may be edited by now, or not any more.
    """

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._timer = QTimer(self, interval=FOLLOW_EVERY)
        self._timer.timeout.connect(self.follow)
        self._was_asking = False
        self._trouble = ""  # as it was said at length
        shell.follow(("round",), lambda *_: self._follow_round())

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"edit_plan": self.ask_to_edit}

    def show_plan(self, plan: OpenPlan | None) -> None:
        """Begin to follow a plan, or end."""
        self._shell.toast.clear()
        self._trouble = ""
        if plan is None:
            self._timer.stop()
            return
        plan.watch()
        self._timer.start()
        self._show_state(plan)
        if plan.notices:
            self._shell.toast.show_error("\n".join(plan.notices))

    @Slot()
    def follow(self) -> None:
        """Do what the last look at the file calls for."""
        plan = self._shell.plan
        if plan is None:
            return
        if raising.is_asked_for(user_calls_folder(), plan.token):
            outside.bring_up(self._window)
        if plan.follow():
            self.changed.emit()
            self._show_state(plan)
            self._show_trouble(plan)
        if self._was_asking and not plan.is_asking:
            self._was_asking = False
            self._show_refusal(plan)

    def _follow_round(self) -> None:
        if self._shell.plan is not None:
            self._show_state(self._shell.plan)

    def ask_to_edit(self) -> None:
        """Ask for the right to write, where the window only reads so far."""
        plan = self._shell.plan
        assert plan is not None, "the action is disabled without a plan"
        self._was_asking = True
        plan.ask_to_edit()

    def _show_state(self, plan: OpenPlan) -> None:
        """Say in the strip who edits, or why nobody can and what can be done about it."""
        self._shell.strip.set_state(self._state(plan))

    def _state(self, plan: OpenPlan) -> PlanState:
        workspace = plan.workspace
        shown, who = workspace.outline.round, self._shell.settings.display_name
        if workspace.out_of_reach:
            reason = workspace.out_of_reach
            return PlanState(
                "接続できません", AGAIN, plan.look_now, reason, "warning", is_bold=True
            )
        if plan.may_edit and plan.is_backup:
            return PlanState(_BACKUP, _EDIT, self.ask_to_edit, BACKUP, "read-only", is_bold=True)
        if plan.may_edit:
            return PlanState(_FREE, _EDIT, self.ask_to_edit, hint=_MAY_EDIT, sign="read-only")
        if workspace.read_only_because:
            return PlanState(
                _reader_of(plan), hint=_reason(plan), sign="read-only", is_bold=plan.is_backup
            )
        if shown is not None and shown.closed_at:
            text = f"確定済（{day_label(shown.closed_at[:10])}）　閲覧のみ"
            hint = (
                f"調査「{shown.name}」は確定済みです。見る・コピーする・出力することができます。"
            )
            return PlanState(text, _REOPEN, self._reopen, hint=hint, sign="lock", is_bold=True)
        if plan.is_backup:
            text = f"バックアップを編集中：{who}"
            return PlanState(text, hint=_EDITS_BACKUP, sign="warning", is_bold=True)
        return PlanState(
            f"編集中：{who}", hint=f"{who}さんが編集しています。変更はすべて自動で保存します。"
        )

    def _reopen(self) -> None:
        self._shell.actions_by_name["reopen_round"].trigger()

    def _show_trouble(self, plan: OpenPlan) -> None:
        """Say at length that nothing can be saved now, as long as that is so."""
        bar = self._shell.toast
        if plan.trouble:
            bar.show_error(plan.trouble)
        elif self._trouble and bar.text == self._trouble:
            bar.clear()
        self._trouble = bar.text if plan.trouble else ""

    def _show_refusal(self, plan: OpenPlan) -> None:
        if plan.workspace.read_only_because:
            who = f"{plan.holder.who}さん（{plan.holder.machine}）" if plan.holder else "別の人"
            self._shell.toast.show_error(
                f"{who}が先に編集を始めたため、まだ編集できません。閉じるのを待ってください。"
            )


def _reader_of(plan: OpenPlan) -> str:
    """Return in short that the plan is only read, and who edits it."""
    if plan.workspace.read_only_because == UNSURE:
        return "読み取り専用　確認中"
    reads = _BACKUP if plan.is_backup else "読み取り専用"
    return f"{reads}　{plan.holder.who}さんが編集中" if plan.holder else reads


def _reason(plan: OpenPlan) -> str:
    """Return why the plan is only read, with the name of whoever edits it."""
    reason, holder = plan.workspace.read_only_because, plan.holder
    if reason != OTHER_WINDOW or holder is None:
        return reason
    return (
        f"{holder.who}さん（{holder.machine}）が{holder.since}から編集中のため、"
        "読み取り専用で開いています。変更は数秒ごとに表示します。"
    )


def saved_text(plan: OpenPlan) -> str:
    """Return how the plan's file stands."""
    workspace = plan.workspace
    shown = workspace.outline.round
    if workspace.out_of_reach:
        return "ファイルに接続できません"
    if workspace.read_only_because:
        who = f"（{plan.holder.who}さんが編集中）" if plan.holder else ""
        return f"読み取り専用{who}"
    if shown is not None and shown.closed_at:
        return f"閲覧のみ　{day_label(shown.closed_at[:10])} 確定"
    if workspace.saved_at is None:
        return "自動で保存されます"
    return f"すべて保存済み　{workspace.saved_at:%H:%M}"


def plan_title(plan: OpenPlan) -> str:
    """Return the plan's title, and that it is only read."""
    title = plan.workspace.outline.plan.title
    if plan.is_backup:
        title = f"{title}［バックアップ {plan.path.stem}］"
    if not plan.workspace.read_only_because:
        return title
    who = f"（{plan.holder.who}さんが編集中）" if plan.holder else ""
    return f"{title}［読み取り専用{who}］"
