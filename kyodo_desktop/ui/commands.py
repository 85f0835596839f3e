"""What the groups of commands have in common: the window and its plan."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.ui.busy import busy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.main_window import MainWindow


class Commands(QObject):
    """A group of commands; `commands` of each group names what its actions call."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @property
    def _workspace(self) -> Workspace:
        plan = self._window.plan
        assert plan is not None, "the action is disabled without a plan"
        return plan.workspace

    @contextmanager
    def _told(self, doing: str = "") -> Iterator[None]:
        """Save the text being typed before an edit, and say why the edit was refused.

        `doing` says what is done where that may take long.
        """
        self._window.commit()
        try:
            with busy(self._window, doing):
                yield
        except PlanError as error:
            self._window.typing.note_failure()
            self._window.message_bar.tell(error.message)
