"""Takes a section from the plan's list, or the name of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.search import folded
from kyodo_desktop.services import sections
from kyodo_desktop.services.typing_journal import section_at
from kyodo_desktop.ui.dialogs.forms import ErrorLine
from kyodo_desktop.ui.editor.choice import Choice
from kyodo_desktop.ui.editor.editing import Unsaved
from kyodo_desktop.ui.editor.text_fields import LineField
from kyodo_desktop.ui.plain import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.plan import Section
    from kyodo_desktop.ui.editor.editing import Editing


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SectionPicker(QWidget):
    """A list to choose from and to type into.

    A name that is in the list is taken when Enter is pressed or the field is left. One that is
    not is asked about before it becomes a new section: it may be half of a name.
    """

    picked = Signal(int)

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.error = ErrorLine()
        self._editing = editing
        self._sections: dict[int, Section] = {}
        self._action_ids: tuple[int, ...] = ()
        self._new = QPushButton()
        self._new.setObjectName("new_section")
        self._new.setAutoDefault(False)
        self._new.setVisible(False)
        self._new.clicked.connect(self._add_new)
        self.field = LineField()
        self.field.returnPressed.connect(self._take_typed)
        self.field.textChanged.connect(self._withdraw)
        self._list, self._suggestions = _list_around(self.field)
        self._list.picked.connect(self._take_picked)
        self._list.installEventFilter(self)  # has the focus, and hands the keys to the field
        self._suggestions.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        column.addWidget(self.error)
        column.addWidget(self._new, alignment=Qt.AlignmentFlag.AlignLeft)
        editing.take_in(self)

    @property
    def entry(self) -> QWidget:
        """The part into which a name is typed."""
        return self._list

    def offer(self, offered: dict[int, Section], action_ids: Iterable[int]) -> None:
        """Offer these sections for actions."""
        self._action_ids = tuple(action_ids)
        if offered is self._sections:
            return
        self._sections = offered
        typed = self.field.text()
        self._list.offer([(section.id, section.name) for section in offered.values()])
        self._list.setCurrentIndex(-1)
        self.field.setText(typed)

    def commit(self) -> bool:
        """Give the section whose name is typed; False, and an offer, while there is none."""
        name = self.field.text().strip()
        section_id = self._known(name)
        if section_id is not None:
            self._take(section_id)
            return not self.field.text()
        if name:
            self.error.show_error(
                f"「{name}」は担当課の一覧にありません。新しく追加するか、消してください。"
            )
            self._new.setText(f"「{whole(name)}」を新しい担当課として追加（Enter）")
            self._new.setVisible(True)
            return False
        return True

    def unsaved(self) -> Unsaved | None:
        """Return the name that is typed and not taken yet."""
        name = self.field.text()
        if not name.strip():
            return None
        at = self._editing.typed_at()
        text = section_at(self._editing.outline, self._action_ids, name, at)
        return Unsaved(text, is_invalid=self._known(name.strip()) is None)

    def retype(self, name: str) -> None:
        """Put a name in the place of what is typed, and let the user go on with it."""
        self.field.retype(name)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and watched is self._list and event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.commit()
        elif event.type() == QEvent.Type.ShortcutOverride and self._is_for_window(event):
            event.ignore()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes_key(watched, event)
        return super().eventFilter(watched, event)

    def _is_for_window(self, event: QEvent) -> bool:
        """Tell an undo while nothing is typed: Qt would bring back what was taken before."""
        undo = QKeySequence.StandardKey.Undo
        return not self.field.text() and isinstance(event, QKeyEvent) and event.matches(undo)

    def _takes_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Do what a key asks for; False leaves it to Qt.

        Enter takes the chosen suggestion, else what is typed: Qt would do the one after the
        other.
        """
        if watched is self._suggestions:
            if event.key() in _ENTER:
                chosen = self._suggestions.currentIndex()
                if chosen.isValid():
                    self.field.setText(chosen.data())
                self._suggestions.hide()
                self._take_typed()
                return True
        elif event.key() == Qt.Key.Key_Escape and self.field.text():
            self._clear()
            return True
        return False

    def _known(self, name: str) -> int | None:
        typed = folded(name)
        known = (each.id for each in self._sections.values() if folded(each.name) == typed)
        return next(known, None) if typed else None

    def _take_typed(self) -> None:
        if self._new.isVisible():
            self._add_new()
        else:
            self.commit()

    def _take_picked(self, section_id: object) -> None:
        # Later, because the list is about to write the name into the field.
        QTimer.singleShot(0, self, self._clear)
        if isinstance(section_id, int):
            self.picked.emit(section_id)

    def _take(self, section_id: int) -> None:
        """Give a section; the name comes back where that could not be saved."""
        name, self._editing.refusal = self.field.text(), ""
        self._editing.saving.emit()
        self._clear()
        self.picked.emit(section_id)
        if self._editing.refusal:
            self.field.retype(name)
            self.error.show_error(self._editing.refusal)

    def _add_new(self) -> None:
        name = self.field.text().strip()
        if self._editing.do(sections.add_section, name):
            self._take(next(each.id for each in self._sections.values() if each.name == name))

    def _withdraw(self) -> None:
        """Take the offer back: it was for another name."""
        self.error.show_error("")
        self._new.setVisible(False)

    def _clear(self) -> None:
        self._list.setCurrentIndex(-1)
        self.field.clear()


def _list_around(field: QLineEdit) -> tuple[Choice, QAbstractItemView]:
    """Return the list that the field belongs to, and the view of what fits what is typed."""
    names = Choice()
    names.setObjectName("section_name")
    names.setAccessibleName("追加する担当課")
    names.setLineEdit(field)
    names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    names.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    names.setMinimumContentsLength(8)
    field.setPlaceholderText("担当課を選ぶか、名前を入力")
    completer = QCompleter(names.model(), names)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    names.setCompleter(completer)
    suggestions = QListView()
    completer.setPopup(suggestions)
    return names, suggestions
