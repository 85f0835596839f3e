"""Shows the ways to begin while a plan is empty, and the first steps until enough is in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from kyodo_desktop.domain import guide
from kyodo_desktop.ui.shell import Commands, Shell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.guide.choices import StartChoices
    from kyodo_desktop.ui.guide.page import GuidePage

_TABLES = ("term", "level", "heading", "placement", "action", "assignment", "round", "plan")


class GuideCommands(Commands):
    """Nothing of it is made while there is a plan that needs none."""

    sample_wanted = Signal()  # in another window

    def __init__(self, shell: Shell, rows: QWidget) -> None:
        super().__init__(shell)
        self._rows = rows  # what the ways to begin lie over
        self._of: OpenPlan | None = None
        self._were_wanted = False
        shell.side.set_steps(lambda: self.page, self._are_wanted)
        shell.follow(_TABLES, self._follow)

    @cached_property
    def page(self) -> GuidePage:
        """The page of the steps."""
        from kyodo_desktop.ui.guide.page import GuidePage

        page = GuidePage(self._fill)
        page.sample_wanted.connect(self.sample_wanted)
        page.end_wanted.connect(self.end)
        return page

    @cached_property
    def choices(self) -> StartChoices:
        """The ways to begin."""
        from kyodo_desktop.ui.guide.choices import StartChoices

        choices = StartChoices(self._rows)
        choices.heading_wanted.connect(self._add_heading)
        choices.paste_wanted.connect(lambda: self._run("paste"))
        choices.import_wanted.connect(lambda: self._run("import_table"))
        return choices

    def end(self) -> None:
        """Show no steps any more, in no plan."""
        self._shell.settings.is_guide_wanted = False
        self._show_in_side()

    def _are_wanted(self, outline: Outline) -> bool:
        return self._shell.settings.is_guide_wanted and guide.is_wanted(outline)

    def _follow(self, _changes: ChangeSet, _before: Outline | None) -> None:
        plan, is_other = self._shell.plan, self._shell.plan is not self._of
        self._of = plan
        outline = plan.workspace.outline if plan else None
        self._show_choices(outline, is_new=is_other)
        wanted = outline is not None and self._are_wanted(outline)
        if wanted and "page" in self.__dict__:
            self._fill()
        if wanted != self._were_wanted:
            self._were_wanted = wanted
            self._show_in_side()

    def _show_choices(self, outline: Outline | None, *, is_new: bool) -> None:
        if outline is None or not guide.is_empty(outline):
            if "choices" in self.__dict__:
                self.choices.hide()
            return
        self.choices.show_level(outline.levels[0].name, len(outline.terms))
        self.choices.fit()
        self.choices.show()
        if is_new:  # later, when the list has the focus
            QTimer.singleShot(0, self, self._take_focus)

    def _take_focus(self) -> None:
        if self.choices.isVisible() and self._rows.hasFocus():
            self.choices.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_in_side(self) -> None:
        """Let the side look again whether steps are wanted."""
        self._shell.side.set_steps(lambda: self.page, self._are_wanted)

    def _fill(self) -> None:
        if self._shell.plan is not None:
            self.page.steps.show_steps(guide.steps(self._workspace.outline))

    def _add_heading(self) -> None:
        self._choose_term()
        self._shell.actions_by_name["add_heading"].trigger()

    def _choose_term(self) -> None:
        tree, outline = self._shell.tree, self._workspace.outline
        if tree.current_node() is None or not tree.selected_nodes():
            tree.select(outline.roots[0])
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, name: str) -> None:
        self._choose_term()
        self._shell.actions_by_name[name].trigger()
