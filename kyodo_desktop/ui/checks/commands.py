"""The commands of 点検: open the panel, and do what it asks for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal

from kyodo_desktop.domain.checks.context import Finding, Remedy, RemedyKind
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.shell import Commands, Shell, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.services.checking import Checked
    from kyodo_desktop.ui.checks.panel import ChecksPanel
    from kyodo_desktop.ui.checks.watch import ChecksWatch

_OPEN = b"open"
_HEIGHT = 260
_SHARE = 0.45  # of the window's height at most: the tree keeps some rows


class CheckCommands(Commands):
    """Keeps the panel: closed until it is asked for, then as it was left.

    The rules are loaded with the panel, for a fast start.
    """

    counted = Signal(object)  # how many findings are open; None while that is not known

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._is_wanted = shell.settings.layout("checks") == _OPEN
        self._is_made = self._is_sized = False

    @cached_property
    def _panel(self) -> ChecksPanel:
        from kyodo_desktop.ui.checks.panel import ChecksPanel

        self._is_made = True
        panel, window = ChecksPanel(self._window), self._window
        panel.hide()
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, panel)
        panel.shown_or_hidden.connect(self._watch.set_visible)
        panel.closed.connect(lambda: self._want(False))
        panel.jump_requested.connect(self._shell.tree.select)
        panel.remedy_requested.connect(self.remedy)
        panel.all_dues_requested.connect(self.apply_all_dues)
        panel.confirm_requested.connect(self.ask_to_confirm)
        panel.unconfirm_requested.connect(self.unconfirm)
        panel.rules_requested.connect(self.ask_for_rules)
        return panel

    @cached_property
    def _watch(self) -> ChecksWatch:
        from kyodo_desktop.ui.checks.watch import ChecksWatch

        watch = ChecksWatch(self)
        watch.found.connect(self._show)
        watch.outdated.connect(self._show_outdated)
        return watch

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"checks": lambda: self._want(not self._is_wanted)}

    def fit(self) -> None:
        """Keep the panel to its share of the window, whose size has changed."""
        if self._is_made and self._panel.isVisible():
            self._set_height(self._panel.height())

    def open(self) -> None:
        """Show the panel."""
        self._want(True)
        self._panel.raise_()

    def show_plan(self) -> None:
        """Check the plan that the window shows now, or none."""
        self.counted.emit(None)
        if self._is_made:
            self._panel.hide()
            self._watch.show_plan(None)
        self._want(self._is_wanted)

    def remember(self) -> None:
        """Keep for the next start whether the panel is open."""
        state = QByteArray(_OPEN if self._is_wanted else b"closed")
        self._shell.settings.set_layout("checks", state)

    @repeatable
    def remedy(self, finding: Finding) -> None:
        """Do what a finding suggests; to join two actions their texts are asked for first."""
        assert finding.remedy is not None, "the button is not there without a remedy"
        if finding.remedy.kind is RemedyKind.JOIN:
            self._join(finding.remedy)
            return
        from kyodo_desktop.services import checking

        with self._editing():
            checking.apply(self._workspace, finding.remedy)

    @repeatable
    def apply_all_dues(self, findings: Sequence[Finding]) -> None:
        """Take over all dates from the texts."""
        from kyodo_desktop.services import checking

        with self._editing():
            checking.apply_all_dues(self._workspace, findings)

    def ask_to_confirm(self, finding: Finding) -> None:
        """Ask for a note, and mark the finding as 確認済み."""
        from kyodo_desktop.ui.checks.dialogs import ConfirmDialog

        dialog = ConfirmDialog(finding, self._window)
        ask(dialog, lambda: self._confirm(finding, dialog.note))

    @repeatable
    def unconfirm(self, finding: Finding) -> None:
        """Let a finding be open again."""
        from kyodo_desktop.services import checking

        with self._editing():
            checking.unconfirm(self._workspace, finding)

    def ask_for_rules(self) -> None:
        """Let the user choose which rules the plan uses."""
        from kyodo_desktop.services import checking
        from kyodo_desktop.ui.checks.dialogs import RulesDialog

        dialog = RulesDialog(checking.rules_in_use(self._workspace.outline), self._window)
        ask(dialog, lambda: self._use_rules(dialog.chosen))

    def _join(self, remedy: Remedy) -> None:
        home = self._workspace.outline.home
        both = [home(each) for each in (int(remedy.value), remedy.target)]
        self._shell.tree.select_all(both)
        self._shell.actions_by_name["join"].trigger()

    @repeatable
    def _confirm(self, finding: Finding, note: str) -> None:
        from kyodo_desktop.services import checking

        with self._editing():
            checking.confirm(self._workspace, finding, note)

    @repeatable
    def _use_rules(self, rules: Sequence[str]) -> None:
        from kyodo_desktop.services import checking

        with self._editing():
            checking.use_rules(self._workspace, rules)

    def _want(self, is_wanted: bool) -> None:
        """Open or close the panel; the start page, without a plan, has none."""
        self._is_wanted = is_wanted
        self._shell.actions_by_name["checks"].setChecked(is_wanted)
        plan = self._shell.plan
        if plan is not None and is_wanted:
            self._watch.show_plan(plan.workspace)
            if self._panel.isHidden():
                self._panel.show()
                self._set_height(self._panel.height() if self._is_sized else _HEIGHT)
                self._is_sized = True
        elif self._is_made:
            self._panel.hide()

    def _set_height(self, wanted: int) -> None:
        height = min(wanted, int(_SHARE * self._window.height()))
        if self._window.dockWidgetArea(self._panel) == Qt.DockWidgetArea.BottomDockWidgetArea:
            self._window.resizeDocks([self._panel], [height], Qt.Orientation.Vertical)

    def _show(self, found: Sequence[Checked]) -> None:
        workspace = self._workspace
        may_edit, shown = not workspace.read_only_because, workspace.outline.round
        self._panel.show_findings(
            workspace.outline,
            found,
            may_edit=may_edit,
            may_confirm=may_edit and shown is not None and shown.closed_at is None,
        )
        self.counted.emit(self._panel.open_count)

    def _show_outdated(self) -> None:
        self.counted.emit(None)
        self._panel.show_progress()
