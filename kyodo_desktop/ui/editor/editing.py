"""What all parts of the editor share: the plan that they change, and text saved while typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence

from kyodo_desktop.domain import errors
from kyodo_desktop.domain.inputs import TypedText, Unsaved
from kyodo_desktop.services.typing_journal import text_at
from kyodo_desktop.ui.widgets import forms, inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

    SaveText = Callable[[Workspace, int, str], None]


class Input(Protocol):
    """Something to type into, for what is shown now."""

    @property
    def field(self) -> QWidget:
        """What has the focus while it is typed into."""

    @property
    def error(self) -> forms.ErrorLine:
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
    step_requested = Signal(int)  # to the next action, or with -1 to the one before
    done = Signal(str)  # what an edit of many actions did
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
        except errors.PassingError as error:
            self.refusal = error.message
            self.failed_for_now.emit(error.message, partial(self.do, edit, *arguments))
            return False
        except errors.PlanError as error:
            self.refusal = error.message
            self.failed.emit(error.message)
            return False
        return True

    def take_in(self, each: Input) -> None:
        """Ask this one as well for what is typed."""
        self.inputs.append(each)
        each.error.changed.connect(self._look)

    def forget_inputs(self, page: QWidget) -> None:
        """Ask nothing any more of the inputs of a page that goes."""
        self.inputs = [each for each in self.inputs if not page.isAncestorOf(each.field)]

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
        return text_at(self.outline, save, row, text, self.typed_at(), before=before)

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
            except errors.GoneError:
                self.lost.add(self.text_at(save, row_id, text).place)
            except errors.PlanError:
                continue
            self.drafts.pop((save, row_id), None)
        return not self.drafts


def _go_to(fields: Iterator[QWidget]) -> bool:
    first = next(fields, None)
    if first is not None:
        forms.go_to(first)
    return first is not None


SAVE_AFTER = 800  # milliseconds after a keystroke
_BOTH = (
    "入力中に、別のウィンドウがこの欄を「{}」に変更しました。入力した文で置き換えるときは"
    "そのまま続けて入力し、やめるときは Ctrl+Z で戻してください。"
)
_BY_ITSELF = "（この欄の文は残っています。保存できるようになりしだい、自動で保存します。）"
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_REDO = (
    QKeyCombination(_CTRL, Qt.Key.Key_Y),
    QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_Z),
)


class LiveText(QObject):
    """Keeps a field and one text of the plan in step.

    What is typed is saved within a second, and at once when the focus leaves. Text that
    cannot be saved stays in the field (or in `editing.drafts`, when the field goes on to
    another row), `error` says why until it is changed, and what is typed next is tried again.
    What the user has typed and not yet saved is never overwritten by a newer text of the plan,
    nor the other way round: both are shown, and what is typed next decides. Where the file
    cannot be written to just now it is tried again every second.

    With `quiet` a text that does not fit is not remarked on before the focus leaves: half a
    date is no date.
    """

    def __init__(
        self, field: inputs.TextField, editing: Editing, save: SaveText, *, quiet: bool = False
    ) -> None:
        super().__init__(field)
        self.field = field
        self.error = forms.ErrorLine()
        self._editing = editing
        self._save_text = save
        self._quiet = quiet
        self._row_id = 0
        self._value = ""  # the text of the plan
        self._settled = ""  # the text of the field when the two were last in step
        self._refused = ""  # the text that the error is about
        self._newer: str | None = None  # what another window made of the plan's text meanwhile
        self._is_invalid = False
        self._saving = self._composing = False
        editing.take_in(self)
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._timer.timeout.connect(lambda: self._save(while_typing=True))
        field.textChanged.connect(self._on_typed)
        field.installEventFilter(self)
        if isinstance(field, inputs.LineField):
            field.returnPressed.connect(self.commit)

    def show_text(self, row_id: int, text: str) -> None:
        """Show the text of a row as it is in the plan now."""
        if row_id != self._row_id:
            self._go_on_to(row_id, text)
        elif text != self._value:
            self._value = text
            if self._saving:
                pass
            elif self._is_unsaved():
                if not self._editing.is_open:  # else it was changed here
                    self._show_both(text)
            else:
                self._put(text)
        self._take_draft()

    def commit(self) -> bool:
        """Save what is typed now and end the step of typing; False if it cannot be saved."""
        was_typed = self.field.can_undo()
        if not self._save():
            return False
        self._put(self._value)
        if was_typed:
            self._editing.workspace.end_typing()
        return True

    def unsaved(self) -> Unsaved | None:
        """Return what is typed and not saved; what is still composed is not typed yet."""
        if not self._row_id or not self._is_unsaved():
            return None
        text = self._editing.text_at(
            self._save_text, self._row_id, self.field.typed(), self._value
        )
        return Unsaved(text, is_invalid=self._is_invalid and text.text == self._refused)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.commit()
        elif isinstance(event, QKeyEvent) and self._take_step(event):
            return True
        return super().eventFilter(watched, event)

    def _take_step(self, event: QKeyEvent) -> bool:
        """Take the keys of undo and redo: for the field, or where it has no step for the window.

        Each system has a redo of its own among Qt's keys; here both are redo on every one.
        """
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if event.keyCombination() in _REDO or event.matches(QKeySequence.StandardKey.Redo):
            is_ours, step = self.field.can_redo(), self.field.redo
        elif event.matches(QKeySequence.StandardKey.Undo):
            is_ours, step = self.field.can_undo(), self.field.undo
        else:
            return False
        event.setAccepted(is_ours)
        if is_ours and event.type() == QEvent.Type.KeyPress:
            step()
        return True

    def _on_typed(self) -> None:
        if self.field.typed() != self._refused:
            self.error.show_error("")
        if not self._is_unsaved():
            self._timer.stop()
            self.error.show_error("")
            if self._newer is not None:  # not now: the field is at work
                QTimer.singleShot(0, self, self._show_newer)
        elif not self._timer.isActive():
            self._timer.start()

    def _show_both(self, text: str) -> None:
        """Leave what is typed in the field, and say what stands in the plan by now."""
        self._newer, self._refused = text, self.field.typed()
        self.error.show_error(_BOTH.format(text or "（空）"))

    def _show_newer(self) -> None:
        if not self._is_unsaved():
            self._put(self._value)

    def _is_unsaved(self) -> bool:
        return self.field.typed() != self._settled

    def _put(self, text: str) -> None:
        self.field.put(text)
        self._settled, self._newer = self.field.typed(), None
        self._timer.stop()

    def _go_on_to(self, row_id: int, text: str) -> None:
        drafts = self._editing.drafts
        if self._is_unsaved():
            drafts[self._save_text, self._row_id] = self.field.typed()
        self.error.show_error("")
        self._row_id, self._value = row_id, text
        self._put(text)
        self.field.to_start()

    def _take_draft(self) -> None:
        draft = self._editing.drafts.pop((self._save_text, self._row_id), None)
        if draft is not None:
            self.field.retype(draft)
            QTimer.singleShot(0, self, self._save)  # not now: an edit may be under way

    def _save(self, *, while_typing: bool = False) -> bool:
        """Save what is typed; what the input method still composes is not typed yet."""
        self._timer.stop()
        if not self._is_unsaved():
            return True
        if self._composing:
            self._timer.start()
            return False
        text = self.field.typed()
        if self._newer is not None and text == self._refused:
            return False
        self._editing.saving.emit()
        self._saving = True
        try:
            self._save_text(self._editing.workspace, self._row_id, text)
        except errors.GoneError as error:
            place = self._editing.text_at(self._save_text, self._row_id, text).place
            self._editing.lost.add(place)
            self._editing.failed.emit(error.message)
        except errors.PlanError as error:
            self._is_invalid = isinstance(error, errors.InvalidInputError)
            is_half = while_typing and self._quiet and self._is_invalid
            self._refused = text
            self.error.show_error("" if is_half else error.message)
            if isinstance(error, errors.StorageError | errors.ReadOnlyError):
                self.error.show_error(f"{error.message}{_BY_ITSELF}")
                self._timer.start()
            return False
        finally:
            self._saving = False
        self._settled, self._newer = text, None
        self.error.show_error("")
        return True
