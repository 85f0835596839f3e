"""How the plan's file stands while it is open: in the line below the work and the message bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStatusBar, QToolButton, QWidget

from kyodo_desktop.services.following import OTHER_WINDOW
from kyodo_desktop.ui.messages import AGAIN
from kyodo_desktop.ui.shell import Commands, Shell
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.services.files import OpenPlan

FOLLOW_EVERY = 500  # milliseconds; the file itself is looked at by a thread, less often
_EDIT = "編集する"


class FileState(Commands):
    """Follows the file and says in the message bar how it stands, with the way on.

    `changed` tells that the plan may be edited by now, or not any more.
    """

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._timer = QTimer(self, interval=FOLLOW_EVERY)
        self._timer.timeout.connect(self.follow)
        self._was_asking = False

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"edit_plan": self.ask_to_edit}

    def show_plan(self, plan: OpenPlan | None) -> None:
        """Begin to follow a plan, or end."""
        self._shell.message_bar.set_banner("")
        self._shell.message_bar.clear()
        if plan is None:
            self._timer.stop()
            return
        plan.watch()
        self._timer.start()
        self._show_banner(plan)
        if plan.notices:
            self._shell.message_bar.show_error("\n".join(plan.notices))

    @Slot()
    def follow(self) -> None:
        """Do what the last look at the file calls for."""
        plan = self._shell.plan
        if plan is None:
            return
        if plan.follow():
            self.changed.emit()
            self._show_banner(plan)
        if self._was_asking and not plan.is_asking:
            self._was_asking = False
            self._show_refusal(plan)

    def ask_to_edit(self) -> None:
        """Ask for the right to write, where the window only reads so far."""
        plan = self._shell.plan
        assert plan is not None, "the action is disabled without a plan"
        self._was_asking = True
        plan.ask_to_edit()

    def _show_banner(self, plan: OpenPlan) -> None:
        workspace, bar = plan.workspace, self._shell.message_bar
        if workspace.out_of_reach:
            bar.set_banner(workspace.out_of_reach, AGAIN, plan.look_now)
        elif plan.may_edit:
            bar.set_banner(
                "現在、編集している人はいません。編集できます。", _EDIT, self.ask_to_edit
            )
        else:
            bar.set_banner(_reason(plan))

    def _show_refusal(self, plan: OpenPlan) -> None:
        if plan.workspace.read_only_because:
            who = f"{plan.holder.who}さん（{plan.holder.machine}）" if plan.holder else "別の人"
            self._shell.message_bar.show_error(
                f"{who}が先に編集を始めたため、まだ編集できません。閉じるのを待ってください。"
            )


def _reason(plan: OpenPlan) -> str:
    """Return why the plan is only read, with the name of whoever edits it."""
    reason, holder = plan.workspace.read_only_because, plan.holder
    if reason != OTHER_WINDOW or holder is None:
        return reason
    return (
        f"{holder.who}さん（{holder.machine}）が{holder.since}から編集中のため、"
        "読み取り専用で開いています。変更は数秒ごとに表示します。"
    )


class PlanStatus(QStatusBar):
    """Follows a plan when told to; a click on the findings asks for their list."""

    checks_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved, self._round, self._file = Label(), Label(), Label()
        for name, label in (("saved", self._saved), ("round", self._round), ("file", self._file)):
            label.setObjectName(f"status_{name}")
            label.setContentsMargins(6, 0, 6, 0)
        self.addWidget(self._saved)
        self.addWidget(self._round)
        self._findings = QToolButton()
        self._findings.setObjectName("status_findings")
        self._findings.setAutoRaise(True)
        self._findings.setToolTip("点検の一覧を開きます（F7）")
        self._findings.clicked.connect(self.checks_requested)
        self.show_findings(None)
        self.addPermanentWidget(self._findings)
        self.addPermanentWidget(self._file)

    def follow(self, plan: OpenPlan | None) -> None:
        """Show the state of the plan as it is now."""
        self.setVisible(plan is not None)
        if plan is None:
            return
        workspace = plan.workspace
        if workspace.out_of_reach:
            self._saved.setText("ファイルに接続できません")
        elif workspace.read_only_because:
            who = f"（{plan.holder.who}さんが編集中）" if plan.holder else ""
            self._saved.setText(f"読み取り専用{who}")
        elif workspace.saved_at is None:
            self._saved.setText("変更は自動で保存されます")
        else:
            self._saved.setText(f"{workspace.saved_at:%H:%M:%S} に保存しました")
        shown = workspace.outline.round
        self._round.setText(f"調査: {shown.name}" if shown else "調査なし")
        self._file.setText(plan.path.name)
        self._file.setToolTip(tip(str(plan.path)))

    def show_findings(self, count: int | None) -> None:
        """Say how many findings are open; None while that is not known."""
        self._findings.setText("点検" if count is None else f"点検 {count:,}件")


def plan_title(plan: OpenPlan) -> str:
    """Return the plan's title, and that it is only read."""
    title = plan.workspace.outline.plan.title
    if not plan.workspace.read_only_because:
        return title
    who = f"（{plan.holder.who}さんが編集中）" if plan.holder else ""
    return f"{title}［読み取り専用{who}］"
