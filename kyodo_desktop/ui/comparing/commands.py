"""The commands that hold two states of the plan against each other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.comparing.comparison_page import ComparisonPage

NAME = "comparison"


class ComparingCommands(shell.Commands):
    """前回との比較, 見直し, 新旧対照表."""

    before_after_export_wanted = Signal(object, object)  # a BeforeAfterTable, and its dialog
    before_after_print_wanted = Signal(object, object)
    comparison_print_wanted = Signal(object)  # a Comparison

    def __init__(self, of_window: shell.Shell) -> None:
        super().__init__(of_window)
        self._is_made = False
        of_window.side.add_tab(NAME, "比較", lambda: self.page)
        of_window.follow(TABLES, self._follow)

    @cached_property
    def page(self) -> ComparisonPage:
        """The tab of two rounds, made when it is first looked at."""
        from kyodo_desktop.ui.comparing.comparison_page import ComparisonPage

        self._is_made = True
        page = ComparisonPage(self._open_workspace)
        page.node_requested.connect(self._go_to)
        page.print_wanted.connect(self.comparison_print_wanted)
        return page

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "compare": self.show_comparison,
            "revisions": self.show_revisions,
            "before_after": self.show_before_after,
        }

    def show_comparison(self) -> None:
        """Show what became of the plan between two rounds."""
        self._shell.commit()
        self._shell.side.call_up(NAME)

    def _follow(self, changes: ChangeSet, _before: Outline | None) -> None:
        if not self._is_made:
            return
        if changes.whole or any(row.table == "round" for row in changes.rows):
            self.page.show_plan()
        else:
            self.page.follow()

    def show_revisions(self) -> None:
        """Show the list of revisions, which is edited at once."""
        from kyodo_desktop.ui.comparing.revisions_dialog import RevisionsDialog

        self._shell.commit()
        dialog = RevisionsDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self.before_after_export_wanted)
        dialog.print_wanted.connect(self.before_after_print_wanted)
        asking.ask(dialog)

    def show_before_after(self) -> None:
        """Show what the plan said and what it says."""
        from kyodo_desktop.ui.comparing.before_after_dialog import BeforeAfterDialog

        self._shell.commit()
        dialog = BeforeAfterDialog(self._workspace, self._window)
        dialog.export_wanted.connect(self.before_after_export_wanted)
        dialog.print_wanted.connect(self.before_after_print_wanted)
        asking.ask(dialog)

    def _go_to(self, node: int) -> None:
        """Show an item in the tree; what came from an earlier plan may be gone by now."""
        if self._workspace.outline.exists(node):
            self._shell.tree.select(node)
