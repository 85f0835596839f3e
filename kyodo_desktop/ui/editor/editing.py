"""What all parts of the editor share: the plan that they change, and what could not be saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal

from kyodo_desktop.domain.errors import GoneError, PassingError, PlanError
from kyodo_desktop.services.typing_journal import text_at
from kyodo_desktop.ui.dialogs.forms import go_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.typing_journal import TypedText
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.dialogs.forms import ErrorLine

    SaveText = Callable[[Workspace, int, str], None]


class Unsaved(NamedTuple):
    """A text that the plan does not have yet; one that is refused as it stands is invalid."""

    text: TypedText
    is_invalid: bool


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

    def unsaved(self) -> Unsaved | None:
        """Return what is typed now and not saved, if something is."""


class Editing(QObject):
    """Carries the edits of one open plan to the services and their refusals to the window.

    `inputs` are all that the editor has to type into: nothing else is shown in them before
    `commit` has saved what is typed. `drafts` holds texts that could not be saved and whose row
    was taken from under the field, by an edit from elsewhere. `lost` are the places (see
    `TypedText`) of texts that no field shows any more, because their row is gone. `refusal` is
    why `do` was refused the last time, if it was.
    """

    failed = Signal(str)
    failed_for_now = Signal(str, object)  # and what tries again
    settled = Signal()  # nothing is wrong any more with what `failed` told of
    jump_requested = Signal(int)
    saving = Signal()  # a text is about to be saved, which may take long

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.inputs: list[Input] = []
        self._has_failed = False
        self.drafts: dict[tuple[SaveText, int], str] = {}
        self.lost: set[str] = set()
        self.refusal = ""

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
        self.refusal = ""
        try:
            edit(self.workspace, *arguments)
        except PassingError as error:
            self.refusal = error.message
            self.failed_for_now.emit(error.message, partial(self.do, edit, *arguments))
            return False
        except PlanError as error:
            self.refusal = error.message
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

    def unsaved(self) -> list[Unsaved]:
        """Return all that is typed and not saved."""
        typed = [found for each in self.inputs if (found := each.unsaved())]
        drafts = (self.text_at(save, row, text) for (save, row), text in self.drafts.items())
        return [*typed, *(Unsaved(each, is_invalid=False) for each in drafts)]

    def text_at(self, save: SaveText, row: int, text: str, before: str | None = None) -> TypedText:
        """Return a text with the place where it is typed."""
        return text_at(self.outline, save, row, text, self.typed_at(), before)

    def typed_at(self) -> str:
        """Return the time of what is typed now."""
        return self.workspace.now().isoformat(timespec="seconds")

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
                self.lost.add(self.text_at(save, row_id, text).place)
            except PlanError:
                continue
            self.drafts.pop((save, row_id), None)
        return not self.drafts


def _go_to(fields: Iterator[QWidget]) -> bool:
    first = next(fields, None)
    if first is not None:
        go_to(first)
    return first is not None
