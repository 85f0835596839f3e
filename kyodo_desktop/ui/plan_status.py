"""The line below the work: what was saved when, how many stand where, and in which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStatusBar, QToolButton, QWidget

from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from kyodo_desktop.services.files import OpenPlan


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
