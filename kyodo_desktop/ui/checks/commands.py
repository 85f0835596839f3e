"""The commands of 点検: show what was found, and do what is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.checks.context import Finding, Remedy, RemedyKind
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.checks.watch import ChecksWatch
from kyodo_desktop.ui.shell import Commands, Shell, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.services.checking import Checked
    from kyodo_desktop.ui.checks.page import ChecksPage

NAME = "checks"


class CheckCommands(Commands):
    """Counts the findings of the plan that is open, and shows them when they are asked for."""

    found = Signal(list)  # all findings of the plan as it is

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: Sequence[Checked] | None = None
        self._nodes: list[int] = []
        self._is_made = False
        shell.side.add_tab(NAME, "点検", lambda: self.page)
        self._watch = ChecksWatch(self)
        self._watch.found.connect(self._show)
        self._watch.outdated.connect(self._show_outdated)

    @cached_property
    def page(self) -> ChecksPage:
        """The tab, made when it is first looked at."""
        from kyodo_desktop.ui.checks.page import ChecksPage

        self._is_made = True
        page = ChecksPage()
        page.shown_or_hidden.connect(lambda: self._watch.set_looked_at(page.isVisible()))
        page.jump_requested.connect(self._shell.tree.select)
        page.remedy_requested.connect(self.remedy)
        page.all_dues_requested.connect(self.apply_all_dues)
        page.confirm_requested.connect(self.ask_to_confirm)
        page.unconfirm_requested.connect(self.unconfirm)
        page.rules_requested.connect(self.ask_for_rules)
        if self._found is not None:
            self._fill(page, self._found)
        return page

    def commands(self) -> dict[str, Callable[[], None]]:
        return {NAME: self.open}

    def open(self) -> None:
        """Show the findings."""
        self._shell.side.call_up(NAME)

    def show_plan(self) -> None:
        """Check the plan that the window shows now, or none."""
        workspace = self._open_workspace()
        if self._watch.show_plan(workspace):
            self._found = None
            self._shell.side.set_count(NAME, None)
            if self._is_made:
                self.page.clear()
        elif self._found is not None:
            self._show(self._found)  # what may be edited is another now

    def show_nodes(self, nodes: Sequence[int]) -> None:
        """Count the findings of what is chosen."""
        self._nodes = list(nodes)
        self._count_of_choice()

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

    def _confirm(self, finding: Finding, note: str) -> None:
        from kyodo_desktop.services import checking

        with self._asked_edit():
            checking.confirm(self._workspace, finding, note)

    def _use_rules(self, rules: Sequence[str]) -> None:
        from kyodo_desktop.services import checking

        with self._asked_edit():
            checking.use_rules(self._workspace, rules)

    def _show(self, found: Sequence[Checked]) -> None:
        self._found = found
        if self._is_made:
            self._fill(self.page, found)
        self.found.emit(found)
        self._count_of_choice()

    def _fill(self, page: ChecksPage, found: Sequence[Checked]) -> None:
        workspace = self._workspace
        may_edit, shown = not workspace.read_only_because, workspace.outline.round
        page.show_findings(
            workspace.outline,
            found,
            may_edit=may_edit,
            may_confirm=may_edit and shown is not None and shown.closed_at is None,
        )

    def _show_outdated(self) -> None:
        if self._is_made:
            self.page.show_progress()

    def _count_of_choice(self) -> None:
        """Count those of what is chosen; after an edit as they were, until they are known anew."""
        if self._found is None or self._shell.plan is None:
            return
        outline = self._workspace.outline
        chosen = set(self._nodes or outline.roots)
        topmost = [each for each in chosen if chosen.isdisjoint(outline.ancestors(each))]
        self._shell.side.set_count(NAME, sum(self._watch.counts[each] for each in topmost))
