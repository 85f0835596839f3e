"""Saves text while it is typed, so that none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence

from kyodo_desktop.domain.errors import (
    GoneError,
    InvalidInputError,
    PlanError,
    ReadOnlyError,
    StorageError,
)
from kyodo_desktop.ui.dialogs.forms import ErrorLine
from kyodo_desktop.ui.editor.editing import Unsaved
from kyodo_desktop.ui.editor.text_fields import LineField, TextField

if TYPE_CHECKING:
    from kyodo_desktop.ui.editor.editing import Editing, SaveText

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
        self, field: TextField, editing: Editing, save: SaveText, *, quiet: bool = False
    ) -> None:
        super().__init__(field)
        self.field = field
        self.error = ErrorLine()
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
        if isinstance(field, LineField):
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
        except GoneError as error:
            place = self._editing.text_at(self._save_text, self._row_id, text).place
            self._editing.lost.add(place)
            self._editing.failed.emit(error.message)
        except PlanError as error:
            self._is_invalid = isinstance(error, InvalidInputError)
            is_half = while_typing and self._quiet and self._is_invalid
            self._refused = text
            self.error.show_error("" if is_half else error.message)
            if isinstance(error, StorageError | ReadOnlyError):
                self.error.show_error(f"{error.message}{_BY_ITSELF}")
                self._timer.start()
            return False
        finally:
            self._saving = False
        self._settled, self._newer = text, None
        self.error.show_error("")
        return True
