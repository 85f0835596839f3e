"""Fills the page of 集計 for what is chosen, and remembers what was seen of a plan."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain import nodes, overview
from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.domain.terms import overdue_cutoff
from kyodo_desktop.services import overview as questions
from kyodo_desktop.ui import jobs
from kyodo_desktop.ui.shell import Commands, Shell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QScrollArea

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.overview.contents import Opening
    from kyodo_desktop.ui.overview.page import OverviewPage


class OverviewCommands(Commands):
    """Counts at once; the lists of a large plan follow while the user does nothing."""

    rows_requested = Signal(str, object)  # words for a frozenset of actions
    overdue_requested = Signal()
    round_requested = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._of: OpenPlan | None = None
        self._node: int | None = None
        self._counts: overview.OverviewCounts | None = None
        self._earlier: dict[int, dict[int, int | None]] = {}
        self._seen = questions.LastSeen()
        self._idle = jobs.IdleWork(self)
        shell.follow(TABLES, self._follow)

    @cached_property
    def page(self) -> OverviewPage:
        """The page, made when it is first shown."""
        from kyodo_desktop.ui.overview.page import OverviewPage

        page = OverviewPage(self.show_nodes)
        page.opened.connect(self.open)
        page.reminder_requested.connect(self._shell.actions_by_name["inquiry_states"].trigger)
        return page

    def show_nodes(self, chosen: Sequence[int]) -> None:
        """Show where a term or a heading stands; of nothing chosen the whole plan."""
        self._node = next((each for each in chosen if not nodes.is_placement(each)), None)
        self._show()

    def take(self, content: QScrollArea) -> None:
        """Show these fields at the end of the page."""
        self.page.fields.take(content)

    def unfold(self) -> None:
        """Bring the fields at the end of the page into sight."""
        self.page.fields.unfold()

    # Following the plan

    def _follow(self, changes: ChangeSet, _before: Outline | None) -> None:
        if self._shell.plan is not self._of:
            self._turn()
        elif self._of is not None:
            outline = self._of.workspace.outline
            if changes.rows and changes.operation_id:
                self._seen.own.add(changes.operation_id)
            if changes.whole:
                self._earlier.clear()
            if self._counts is not None:
                self._counts.move_on(outline, changes)
            if self._node is not None and not outline.exists(self._node):
                self._node = None
        if "page" in self.__dict__ and self.page.isVisible():
            self._show()
        else:
            self._idle.stop()  # it is filled anew when it is in front again

    def _turn(self) -> None:
        """Go on to another plan, or to none."""
        self._remember()
        self._idle.stop()
        self._of, self._node, self._counts = self._shell.plan, None, None
        self._earlier.clear()
        if self._of is not None:
            self._seen = self._last_seen(self._of)

    def _last_seen(self, plan: OpenPlan) -> questions.LastSeen:
        """Return what was the last step when the plan was left; else all that there is by now."""
        known = self._shell.settings.plan_memory(plan.path)
        step, newest = known.get("step"), questions.newest_step(plan.workspace)
        if known.get("key") != plan.workspace.plan_key or not isinstance(step, int):
            return questions.LastSeen(newest)
        return questions.LastSeen(min(step, newest), str(known.get("seen_at", "")))

    def _remember(self) -> None:
        """Keep what was seen, and what the start page tells of the plan without its file."""
        if self._of is None or self._of.is_backup:
            return
        workspace = self._of.workspace
        outline, settings = workspace.outline, self._shell.settings
        counts = self._counted().counts(None)
        shown = overview.groups(outline)
        settings.remember_plan(
            self._of.path,
            key=workspace.plan_key,
            step=questions.newest_step(workspace),
            seen_at=workspace.now().isoformat(timespec="seconds"),
            title=outline.plan.title,
            round=outline.round.name if outline.round else "",
            done=overview.done(shown, counts),
            total=overview.total(shown, counts),
            shares=[[each.kind, each.count(counts)] for each in shown if each.count(counts)],
        )
        settings.save()

    # Filling the page

    def _counted(self) -> overview.OverviewCounts:
        assert self._of is not None, "there is a plan to count"
        outline = self._of.workspace.outline
        # The list may ask for another node before the change that led there is told here.
        if self._counts is None or not self._counts.has_rows_of(outline):
            self._counts = overview.OverviewCounts(outline)
        return self._counts

    def _show(self) -> None:
        if self._shell.plan is not self._of:
            self._turn()
        self._idle.stop()
        if self._of is None:
            return
        from kyodo_desktop.ui.overview.filling import Filling

        filling = Filling(self.page, self._workspace, self._counted(), self._seen, self._earlier)
        steps = filling.fill(self._node)
        if filling.is_large:
            self._idle.begin(steps)
        else:
            for _ in steps:
                pass

    def open(self, opening: Opening) -> None:
        """Show in the list what a figure or a row stands for."""
        tree, outline = self._shell.tree, self._workspace.outline
        if opening.section_id is not None:
            tree.show_section(opening.section_id)
        elif opening.round_id is not None:
            self.round_requested.emit(opening.round_id)
        elif opening.is_overdue and opening.node in (None, *overview.roots_of(outline, None)):
            self.overdue_requested.emit()
        elif opening.is_limited:
            where = "" if opening.node is None else outline.label(opening.node)
            words = f"{where}　{opening.words}".strip()
            self.rows_requested.emit(words, frozenset(self._actions(opening)))
        elif opening.node is not None:
            tree.select(opening.node)
            tree.show_below(opening.node)

    def _actions(self, opening: Opening) -> Iterator[int]:
        """Yield the actions that a figure counts."""
        outline = self._workspace.outline
        below = self._counted().actions(opening.node)
        if opening.is_all:
            yield from below
            return
        if opening.is_overdue:
            month = overdue_cutoff(outline, f"{self._workspace.now():%Y-%m}")
            yield from (each.action_id for each in overview.overdue(outline, below, month))
            return
        for action_id in below:
            status = outline.status(action_id)
            if (None if status is None else status.id) in opening.status_ids:
                yield action_id
