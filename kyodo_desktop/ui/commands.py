"""What the groups of commands have in common: the window and its plan."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject

from kyodo_desktop.domain.errors import PassingError, PlanError
from kyodo_desktop.ui.busy import busy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.main_window import MainWindow


Group = TypeVar("Group", bound="Commands")
Arguments = ParamSpec("Arguments")


def repeatable(
    command: Callable[Concatenate[Group, Arguments], None],
) -> Callable[Concatenate[Group, Arguments], None]:
    """Let what a command asks of the plan be tried again, where the file was busy or away.

    A click by key comes 100 ms later: by then the plan may have been closed.
    """

    @wraps(command)
    def run(self: Group, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> None:
        if self._window.plan is None:
            return
        self._again = partial(run, self, *arguments, **named)
        command(self, *arguments, **named)

    return run


class Commands(QObject):
    """A group of commands; `commands` of each group names what its actions call."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._again: Callable[[], None] | None = None

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
            again = self._again if isinstance(error, PassingError) else None
            self._window.message_bar.tell(error.message, again)
