"""Takes a section from the plan's list, or the name of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.search import folded
from kyodo_desktop.services import sections
from kyodo_desktop.ui.editor.choice import Choice

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import Section
    from kyodo_desktop.ui.editor.editing import Editing


class SectionPicker(QWidget):
    """A list to choose from and to type into.

    A name that is not in the list is asked about before it becomes a new section: it may
    be half of a name.
    """

    picked = Signal(int)

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._sections: dict[int, Section] = {}
        self._new = QPushButton()
        self._new.setObjectName("new_section")
        self._new.setAutoDefault(False)
        self._new.setVisible(False)
        self._new.clicked.connect(self._add_new)
        self._field = QLineEdit()
        self._field.returnPressed.connect(self._take_typed)
        self._field.textChanged.connect(lambda: self._new.setVisible(False))
        self._list = _list_around(self._field)
        self._list.picked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        column.addWidget(self._new, alignment=Qt.AlignmentFlag.AlignLeft)

    @property
    def entry(self) -> QWidget:
        """The part into which a name is typed."""
        return self._list

    def offer(self, offered: dict[int, Section]) -> None:
        """Offer these sections."""
        if offered is self._sections:
            return
        self._sections = offered
        typed = self._field.text()
        self._list.offer([(section.id, section.name) for section in offered.values()])
        self._list.setCurrentIndex(-1)
        self._field.setText(typed)

    def _take(self, section_id: object) -> None:
        # Later, because the list is about to write the name into the field.
        QTimer.singleShot(0, self, self._clear)
        if isinstance(section_id, int):
            self.picked.emit(section_id)

    def _take_typed(self) -> None:
        typed = folded(self._field.text().strip())
        if not typed:
            return
        known = [each.id for each in self._sections.values() if folded(each.name) == typed]
        if known:
            self._take(known[0])
        elif self._new.isVisible():
            self._add_new()
        else:
            name = self._field.text().strip()
            self._new.setText(f"「{name}」を新しい担当課として追加（Enter）")
            self._new.setVisible(True)

    def _add_new(self) -> None:
        name = self._field.text().strip()
        if self._editing.do(sections.add_section, name):
            self._take(next(each.id for each in self._sections.values() if each.name == name))

    def _clear(self) -> None:
        self._list.setCurrentIndex(-1)
        self._field.clear()


def _list_around(field: QLineEdit) -> Choice:
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
    return names
