"""What a feature may ask of the window that it is part of, and what all its commands share.

No feature is imported here: the window knows the features, they know only this.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject

from kyodo_desktop.domain.changes import ChangeSet
from kyodo_desktop.domain.errors import PassingError, PlanError
from kyodo_desktop.ui import jobs, messages
from kyodo_desktop.ui.widgets import forms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QWidget

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.settings import Settings

    Listener = Callable[[ChangeSet, Outline | None], None]


class PlanTree(Protocol):
    """The tree as features use it: what is chosen in it, and the way to something else."""

    def select(self, node: int) -> None:
        """Choose a node and show it."""

    def select_all(self, nodes: Sequence[int]) -> None:
        """Choose nodes and show the first of them."""

    def show_below(self, node: int) -> None:
        """Bring the rows below a node into sight, as many as there is room for."""

    def show_section(self, section_id: int) -> None:
        """Show the actions of a section, and nothing else."""

    def current_node(self) -> int | None:
        """Return the node with the focus of the tree."""

    def selected_nodes(self) -> list[int]:
        """Return the chosen nodes in printed order."""

    def selected_action_ids(self) -> list[int]:
        """Return the chosen actions, those below chosen headings included."""


class SideTabs(Protocol):
    """The right side as features use it: each may have a tab there."""

    def set_overview(self, make: Callable[[], QWidget]) -> None:
        """Let the first tab show another page than the editor for what is no action."""

    def set_steps(
        self, make: Callable[[], QWidget], are_wanted: Callable[[Outline], bool]
    ) -> None:
        """Let the first tab show the first steps while a plan asks for them."""

    @property
    def tab(self) -> str:
        """The name of the tab in front."""

    def add_tab(self, name: str, label: str, make: Callable[[], QWidget | None]) -> None:
        """Offer a page, made when it is first shown.

        Where it has `show_nodes`, it gets what is chosen while it is in front.
        """

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""

    def call_up(self, name: str) -> None:
        """Bring a tab to the front, and the focus into it."""

    def set_count(self, name: str, count: int | None) -> None:
        """Show how many there are under a tab; None while that is not known."""


class PlanState(NamedTuple):
    """How the plan stands, in short; `hint` is the whole sentence.

    `button` says what can be done about it, and `do` does it.
    """

    text: str
    button: str = ""
    do: Callable[[], None] | None = None
    hint: str = ""
    sign: str = "saved"
    is_bold: bool = False


class PlanStrip(Protocol):
    """Where is said how the plan stands as long as it does."""

    def set_state(self, state: PlanState) -> None:
        """Say so."""


class PlanFiles(Protocol):
    """The way to another plan; one is open at a time."""

    @property
    def folder(self) -> Path:
        """Where to look for plans first."""

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a plan instead of the present one; say why where that cannot be."""

    def release(self) -> None:
        """Let go of the plan and show the start page."""

    def release_file(self, path: Path) -> None:
        """Let go of the plan if it is the one of this file, which is about to be replaced."""


class Shell(Protocol):
    """The window as features use it."""

    @property
    def frame(self) -> QMainWindow:
        """The window itself: dialogs belong to it."""

    @property
    def plan(self) -> OpenPlan | None:
        """The plan that is open."""

    @property
    def settings(self) -> Settings:
        """What the program remembers from one start to the next."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""

    @property
    def tree(self) -> PlanTree:
        """Where the plan is shown."""

    @property
    def side(self) -> SideTabs:
        """The pages beside the tree."""

    @property
    def files(self) -> PlanFiles:
        """The way to another plan."""

    @property
    def toast(self) -> messages.Toast:
        """Where is said what was done or not done."""

    @property
    def strip(self) -> PlanStrip:
        """Where is said how the plan stands."""

    @property
    def actions_by_name(self) -> Mapping[str, QAction]:
        """The commands as menus and toolbar show them."""

    def show_plan(self, plan: OpenPlan | None) -> None:
        """Show an open plan, or the start page without one."""

    def commit(self) -> bool:
        """Save the text that is being typed; False when some of it cannot be saved."""

    def show_refusal(self, error: PlanError, again: Callable[[], None] | None) -> None:
        """Say why an edit was refused; `again` tries once more."""

    def follow(self, tables: Collection[str], listener: Listener) -> None:
        """Call the listener after each change of one of these tables of the plan.

        It gets the changes and the outline before them. A change that is `whole` concerns
        everybody: another round is shown, another plan, or none.
        """


class ChangeRouter:
    """Hands each change of the plan that is shown to those whom it concerns."""

    def __init__(self) -> None:
        self._listeners: list[tuple[frozenset[str], Listener]] = []
        self._outline: Outline | None = None  # before the change that comes next

    def follow(self, tables: Collection[str], listener: Listener) -> None:
        """Call the listener after each change of one of these tables; see `Shell.follow`."""
        self._listeners.append((frozenset(tables), listener))

    def show_plan(self, outline: Outline | None) -> None:
        """Let everybody know that another plan is shown, or none."""
        self.dispatch(outline, ChangeSet("", (), whole=True))

    def dispatch(self, outline: Outline | None, changes: ChangeSet) -> None:
        """Call those who follow what has changed, when the outline is the one after it."""
        before, self._outline = self._outline, outline
        changed = {row.table for row in changes.rows}
        for tables, listener in self._listeners:
            if changes.whole or not tables.isdisjoint(changed):
                listener(changes, before)


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
        if self._shell.plan is None:
            return
        self._again = partial(run, self, *arguments, **named)
        command(self, *arguments, **named)

    return run


def _is_next(workspace: Workspace, step: ChangeSet | None) -> bool:
    return step is not None and workspace.next_undo is step


class Commands(QObject):
    """A group of commands; `commands` of each group names what its actions call."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.frame)
        self._shell = shell
        self._window = shell.frame  # what dialogs belong to
        self._again: Callable[[], None] | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what the actions of the group call, by their names."""
        return {}

    @property
    def _plan(self) -> OpenPlan:
        plan = self._shell.plan
        assert plan is not None, "the action is disabled without a plan"
        return plan

    @property
    def _workspace(self) -> Workspace:
        return self._plan.workspace

    def _open_workspace(self) -> Workspace | None:
        """Return that of the plan that is open."""
        return self._shell.plan.workspace if self._shell.plan else None

    @contextmanager
    def _editing(self, doing: str = "") -> Iterator[None]:
        """Save the text being typed before an edit, and say why the edit was refused.

        `doing` says what is done where that may take long. The command that edits must be
        `repeatable`: what is offered after a passing refusal is the command that was so last.
        """
        try:
            with self._asked_edit(doing):
                yield
        except PlanError as error:
            again = self._again if isinstance(error, PassingError) else None
            self._shell.show_refusal(error, again)

    @contextmanager
    def _asked_edit(self, doing: str = "") -> Iterator[None]:
        """Save the text being typed before an edit that a dialog asks for.

        Why it was refused is said by the dialog, which stays: see `asking.ask`.
        """
        self._shell.commit()
        with messages.busy(self._window, doing):
            yield

    def show_step(self, text: str) -> None:
        """Say what the last step did, with the way back as long as it is the last one.

        For what one could miss: much at once, or away. A refused edit has been told already.
        """
        workspace = self._workspace
        step = workspace.next_undo

        def holds() -> bool:
            plan = self._shell.plan
            return plan is not None and plan.workspace is workspace and _is_next(workspace, step)

        undo = self._shell.actions_by_name["undo"].trigger
        self._shell.toast.show_info(text, messages.MessageOffer(messages.UNDO, undo, holds))

    def _opener(self) -> Callable[[], OpenPlan]:
        """Return what opens the plan for reading, as of the round that is shown; in a thread."""
        from kyodo_desktop.services.files import open_plan

        shown = self._workspace.outline.round
        author, now = self._shell.settings.display_name, self._shell.now
        return partial(
            open_plan,
            self._plan.path,
            author=lambda: author,
            now=now,
            read_only=True,
            round_name=shown.name if shown is not None else None,
        )

    def _run_job(
        self,
        work: Callable[[JobControl], Any],
        doing: str,
        succeeded: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        above: QWidget | None = None,
    ) -> None:
        """Do long work in a thread, with a dialog that can cancel it `above` what asked for it.

        A dialog that stays waits for the end of it; nobody hears of it when that is gone.
        """
        asker = above if isinstance(above, forms.StayingDialog) else None
        job = jobs.Job(work, asker or self._window)
        if asker is not None:
            asker.waits = True
            for ended in (job.succeeded, job.failed):
                ended.connect(lambda _result: setattr(asker, "waits", False))
        job.succeeded.connect(succeeded)
        job.failed.connect(failed)
        jobs.ProgressDialog(job, doing, above or self._window).start()
