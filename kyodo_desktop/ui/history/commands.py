"""The command of 履歴: show what was done, deleted items included."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.ui import shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.history.page import HistoryPage

NAME = "history"


class HistoryCommands(shell.Commands):
    """Keeps the tab showing the plan that is open."""

    export_wanted = Signal()

    def __init__(self, of_window: shell.Shell) -> None:
        super().__init__(of_window)
        self._is_made = False
        of_window.side.add_tab(NAME, "履歴", lambda: self.page)
        of_window.follow(TABLES, self._follow)

    @cached_property
    def page(self) -> HistoryPage:
        """The tab, made when it is first looked at."""
        from kyodo_desktop.ui.history.page import HistoryPage

        self._is_made = True
        page = HistoryPage(self._open_workspace)
        page.export_requested.connect(self.export_wanted)
        return page

    def commands(self) -> dict[str, Callable[[], None]]:
        return {NAME: self.open}

    def open(self) -> None:
        """Show the history."""
        self._shell.commit()
        self._shell.side.call_up(NAME)

    def _follow(self, changes: ChangeSet, _before: Outline | None) -> None:
        if not self._is_made:
            return
        if changes.whole:
            self.page.show_plan()
        elif self.page.isVisible():
            self.page.refresh()
