"""What all parts of the editor share: the plan that they change, and what could not be saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from kyodo_desktop.domain.errors import GoneError, PassingError, PlanError
from kyodo_desktop.ui.dialogs.forms import go_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.dialogs.forms import ErrorLine

    SaveText = Callable[[Workspace, int, str], None]


class Input(Protocol):
    """Something to type into, for what is shown now."""

    @property
    def field(self) -> QWidget:
        """What has the focus while it is typed into."""

    @property
    def error(self) -> ErrorLine:
        """Says why what is typed cannot be saved."""

    def commit(self) -> bool:
        """Save what is typed now; False, and an error, if it cannot be saved."""


class Editing(QObject):
    """Carries the edits of one open plan to the services and their refusals to the window.

    `inputs` are all that the editor has to type into: nothing else is shown in them before
    `commit` has saved what is typed. `drafts` holds texts that could not be saved and whose row
    was taken from under the field, by an edit from elsewhere.
    """

    failed = Signal(str)
    failed_for_now = Signal(str, object)  # and what tries again
    settled = Signal()  # nothing is wrong any more with what `failed` told of
    jump_requested = Signal(int)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.inputs: list[Input] = []
        self._has_failed = False
        self.drafts: dict[tuple[SaveText, int], str] = {}

    @property
    def outline(self) -> Outline:
        return self.workspace.outline

    @property
    def is_open(self) -> bool:
        """Tell whether the plan may be edited."""
        return not self.workspace.read_only_because

    @property
    def is_round_open(self) -> bool:
        """Tell whether the progress of the round that is shown may be edited."""
        shown = self.outline.round
        return self.is_open and shown is not None and shown.closed_at is None

    def do(self, edit: Callable[..., object], *arguments: object) -> bool:
        """Carry out a service; where it refuses, the window is told why."""
        try:
            edit(self.workspace, *arguments)
        except PassingError as error:
            self.failed_for_now.emit(error.message, partial(self.do, edit, *arguments))
            return False
        except PlanError as error:
            self.failed.emit(error.message)
            return False
        return True

    def take_in(self, each: Input) -> None:
        """Ask this one as well for what is typed."""
        self.inputs.append(each)
        each.error.changed.connect(self._look)

    def commit(self) -> bool:
        """Save all text that is being typed; False when some of it cannot be saved."""
        unsaved = [each for each in self.inputs if not each.commit()]
        for each in unsaved:
            if each.error.text():
                self._has_failed = True
                self.failed.emit(each.error.text())
        return self.save_drafts() and not unsaved

    def go_to_refused(self) -> bool:
        """Bring the focus to what could not be saved; False if there is nothing like that."""
        return _go_to(each.field for each in self.inputs if each.error.text())

    def go_to_first(self) -> bool:
        """Bring the focus to the first input that is shown; False if none is."""
        return _go_to(each.field for each in self.inputs if each.field.isVisible())

    def _look(self) -> None:
        if self._has_failed and not any(each.error.text() for each in self.inputs):
            self._has_failed = False
            self.settled.emit()

    def save_drafts(self) -> bool:
        """Try again to save the drafts and tell whether none is left; those of deleted rows go."""
        for (save, row_id), text in tuple(self.drafts.items()):
            try:
                save(self.workspace, row_id, text)
            except GoneError:
                pass
            except PlanError:
                continue
            self.drafts.pop((save, row_id), None)
        return not self.drafts


def _go_to(fields: Iterator[QWidget]) -> bool:
    first = next(fields, None)
    if first is not None:
        go_to(first)
    return first is not None
