"""The commands of 紙面: to show it in the place of the list, and back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal

from kyodo_desktop.domain import search
from kyodo_desktop.ui.shell import Commands, Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain import action_fields
    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.inputs import Unsaved
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.paper.page import PaperPage
    from kyodo_desktop.ui.tree.pane import TreePane

TABLES = (
    *("plan", "level", "status", "direction", "section", "round", "term"),
    *("heading", "action", "placement", "progress", "outlook"),
)
"""What stands in 紙面."""


class PaperCommands(Commands):
    """Brings 紙面 to the front; it is made when that is wanted first."""

    wanted = Signal(object)  # the page, or None for the list
    context_menu_requested = Signal(QPoint)
    saving = Signal()

    def __init__(self, shell: Shell, tree: TreePane) -> None:
        super().__init__(shell)
        self._tree = tree
        self._made: PaperPage | None = None
        tree.selection_changed.connect(self._follow_choice)
        tree.part_changed.connect(self._follow_part)
        shell.follow(TABLES, self._follow)

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "show_list": self.show_list,
            "show_paper": self.show_paper,
        }

    @cached_property
    def page(self) -> PaperPage:
        """The page, which shows nothing before it is in sight."""
        from kyodo_desktop.ui.paper.page import PaperPage

        page = self._made = PaperPage()
        page.chosen.connect(self._tree.select_all)
        page.status_requested.connect(self._tree.status_requested)
        page.view.shift_requested.connect(self._tree.shift_requested)
        page.view.delete_requested.connect(self._tree.delete_requested)
        page.view.copy_requested.connect(self._tree.copy_requested)
        page.failed.connect(self._shell.toast.show_error)
        page.failed_for_now.connect(self._shell.toast.show_error)
        page.saving.connect(self.saving)
        page.context_menu_requested.connect(self.context_menu_requested)
        page.show_plan(self._workspace, self._tree.part, self._words())
        return page

    @property
    def is_shown(self) -> bool:
        """Whether 紙面 is in front."""
        return self._made is not None and self._made.isVisible()

    @property
    def has_refused(self) -> bool:
        """Whether a text in a cell could not be saved."""
        return self._made is not None and self._made.has_refused

    def commit(self) -> bool:
        """Save what is typed into a cell; False when it cannot be saved."""
        return self._made is None or self._made.commit()

    def unsaved(self) -> list[Unsaved]:
        """Return what is typed into a cell and not saved."""
        return [] if self._made is None else self._made.unsaved()

    def edit_name(self, node: int) -> None:
        """Let a name be typed in its cell."""
        self.page.edit_name(node)

    def current_field(self) -> action_fields.Field[Any] | None:
        """Return what the current cell is about."""
        return self.page.current_field()

    def show_list(self) -> None:
        """Show the list with the editor beside it."""
        self.wanted.emit(None)

    def show_paper(self) -> None:
        """Show 紙面 with what is chosen in the list."""
        self.wanted.emit(self.page)
        self.page.choose(self._tree.selected_nodes())
        self.page.setFocus()

    def _follow(self, changes: ChangeSet, _before: Outline | None) -> None:
        if self._made is None:
            return
        plan = self._shell.plan
        if plan is None:
            self.wanted.emit(None)
        if plan is None or changes.whole:
            workspace = plan.workspace if plan else None
            self._made.show_plan(workspace, self._tree.part, self._words())
        else:
            self._made.follow(changes, self._tree.part)

    def _follow_part(self) -> None:
        if self._made is not None:
            self._made.show_part(self._tree.part, self._words())

    def _words(self) -> tuple[str, ...]:
        """Return what is searched for, to be marked where it stands."""
        return tuple(search.words_of(self._tree.query.text))

    def _follow_choice(self, chosen: list[int]) -> None:
        if self._made is not None and self.is_shown:
            self._made.choose(chosen)
