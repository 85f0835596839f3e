"""Looks a few times a second at whatever is typed into, and hands what is new to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kyodo_desktop.services.typing_journal import TypingJournal, open_journal
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.typed.dialog_inputs import DialogInputs
from kyodo_desktop.ui.widgets.plain import MessageBox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kyodo_desktop.domain.inputs import Unsaved
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.editor.pane import EditorPane
    from kyodo_desktop.ui.shell import Shell

SCAN_EVERY = 250  # milliseconds
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)


class TypingWatch(QObject):
    """Keeps the journal of the window's plan in step with what is typed and not saved.

    No field knows of it: it asks the editor, others that may have unsaved text, and each
    dialog. It looks while something that can be typed into has the focus or a dialog is open,
    so a keystroke costs nothing and a window that nobody types into does nothing.
    """

    back_wanted = Signal()  # to what could not be saved, to be mended

    def __init__(
        self,
        shell: Shell,
        editor: EditorPane,
        others: Sequence[Callable[[], Iterable[Unsaved]]],
    ) -> None:
        super().__init__(shell.frame)
        self._shell, self._window, self._editor, self._others = shell, shell.frame, editor, others
        self.journal: TypingJournal | None = None
        self._dialogs: dict[QDialog, DialogInputs] = {}
        self._discarded: set[str] = set()
        self._timer = QTimer(self, interval=SCAN_EVERY)
        self._timer.timeout.connect(self.scan)
        editor.saving.connect(self.scan)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def follow(self, plan: OpenPlan | None) -> None:
        """Keep what is typed for a plan from now on, or what is typed without one."""
        self.close()
        workspace, path = (plan.workspace, plan.path) if plan else (None, None)
        author = self._shell.settings.display_name
        self.journal = open_journal(workspace, path, author)

    def close(self) -> None:
        """Keep no more for the plan; what is not saved by now is offered another time."""
        if self.journal is not None:
            self.scan()
            self.journal.close()
        self.journal = None
        self._discarded.clear()

    @Slot()
    def scan(self) -> None:
        """Hand over what is typed and not saved, and let go of what is."""
        journal = self.journal
        if journal is None:
            return
        self._find_dialogs()
        found = {each.text.place: each.text for each in self._unsaved()}
        kept = set(self._editor.lost())
        for each in self._dialogs.values():
            kept |= each.lost()
        for place in journal.texts.keys() - found.keys() - kept:
            journal.settle(place)
        for place, text in found.items():
            if place in self._discarded:
                journal.settle(place)
            else:
                journal.put(text)
        self._go_on(
            is_needed=bool(self._dialogs) or _can_be_typed_into(QApplication.focusWidget())
        )

    @property
    def loses(self) -> bool:
        """Tell whether a text that does not fit its field goes when the window is closed."""
        return any(each.is_invalid for each in self._in_window())

    @property
    def keeps(self) -> bool:
        """Tell whether the journal keeps what could not be saved beyond the window."""
        is_possible = self.journal is not None and not self.journal.is_failing
        return is_possible and any(not each.is_invalid for each in self._in_window())

    def ask_to_discard(self, go_on: Callable[[], object]) -> None:
        """Say that some text cannot be saved as it is, and go on without it if that is meant."""
        from kyodo_desktop.ui.files.dialogs import UnsavedDialog

        def discard() -> None:
            self._discard()
            go_on()

        dialog = UnsavedDialog(
            self._shell.toast.text, self._window, is_lost=self.loses, is_kept=self.keeps
        )
        dialog.rejected.connect(self.back_wanted)
        ask(dialog, discard)

    def _discard(self) -> None:
        """Let go of what does not fit its field: the user knows, and closes without it."""
        invalid = (each.text.place for each in self._in_window() if each.is_invalid)
        self._discarded.update(invalid)
        self.scan()

    def _unsaved(self) -> Iterator[Unsaved]:
        yield from self._in_window()
        at = self._shell.now().isoformat(timespec="seconds")
        for each in self._dialogs.values():
            yield from each.unsaved(at)

    def _in_window(self) -> Iterator[Unsaved]:
        """Yield what is typed into the window itself."""
        yield from self._editor.unsaved()
        for unsaved in self._others:
            yield from unsaved()

    # Dialogs

    def _find_dialogs(self) -> None:
        for dialog in QApplication.topLevelWidgets():
            if not isinstance(dialog, QDialog) or dialog in self._dialogs:
                continue
            if dialog.isVisible() and self._is_work(dialog):
                self._dialogs[dialog] = DialogInputs(dialog)
                dialog.finished.connect(self._end, Qt.ConnectionType.UniqueConnection)
        for dialog, inputs in tuple(self._dialogs.items()):
            if not inputs.is_there:
                del self._dialogs[dialog]

    def _is_work(self, dialog: QDialog) -> bool:
        """Tell whether a dialog of this window asks for more than a yes or a file."""
        if isinstance(dialog, QFileDialog | MessageBox) or hasattr(dialog, "offers_typed_texts"):
            return False
        return _is_above(self._window, dialog)

    @Slot(int)
    def _end(self, _result: int) -> None:
        """Let go of what a dialog was given: it was left, or is done with what it asked for."""
        dialog = self.sender()
        assert isinstance(dialog, QDialog)
        if self._dialogs.pop(dialog, None) is not None:
            self.scan()

    # When to look

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or self.journal is None or not _is_above(self._window, now):
            return
        is_needed = _can_be_typed_into(now) or isinstance(now.window(), QDialog)
        if is_needed or self.journal.texts:
            self.scan()
        if is_needed:
            self._go_on(is_needed=True)

    def _go_on(self, *, is_needed: bool) -> None:
        if not is_needed:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()


def _can_be_typed_into(widget: QWidget | None) -> bool:
    return isinstance(widget, _TYPED_INTO)


def _is_above(window: QWidget, widget: QWidget) -> bool:
    """Tell whether a widget belongs to a window, or to a dialog of it."""
    above: QWidget | None = widget
    while above is not None and above is not window:
        above = above.parentWidget()
    return above is window
