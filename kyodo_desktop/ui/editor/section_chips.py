"""The sections (担当課) of one action, with the part that each has in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details
from kyodo_desktop.ui.editor.form_page import follow_in_tab_order
from kyodo_desktop.ui.editor.section_picker import SectionPicker
from kyodo_desktop.ui.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from kyodo_desktop.domain.plan import Assignment
    from kyodo_desktop.ui.editor.editing import Editing


class SectionChips(QWidget):
    """A chip for each section, whose menu changes its part, and an entry to add one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("section_chips")
        self._editing = editing
        self._action_id = 0
        self._shown: Sequence[tuple[str, Assignment]] = ()
        self._chips: list[Chip] = []
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        self._picker = SectionPicker(editing)
        self.entry = self._picker.entry
        self._picker.picked.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        column.addWidget(self._picker)
        self._make_chips(1)

    def show_sections(self, action_id: int, assigned: Sequence[Assignment]) -> None:
        """Show the sections of an action, the leading ones first."""
        outline = self._editing.outline
        self._action_id = action_id
        self._picker.offer(outline.sections)
        self._picker.setEnabled(self._editing.is_open)
        ordered = sorted(assigned, key=lambda each: each.role != Role.LEAD)
        shown = [(outline.sections[each.section_id].name, each) for each in ordered]
        if shown != self._shown:
            self._shown = shown
            self._show_chips()

    def _show_chips(self) -> None:
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self._make_chips(len(self._shown))
        for place, chip in enumerate(self._chips):
            if place < len(self._shown):
                chip.stand_for(*self._shown[place])
            chip.setEnabled(self._editing.is_open)
            chip.setVisible(place < len(self._shown))
        self._row.setVisible(bool(self._shown))
        if had_focus and not any(chip.hasFocus() for chip in self._chips):
            (self._chips[0] if self._shown else self.entry).setFocus()

    def _make_chips(self, count: int) -> None:
        while len(self._chips) < count:
            chip = Chip()
            chip.given.connect(self._give)
            chip.removed.connect(self._remove)
            self._flow.addWidget(chip)
            if self._chips:
                follow_in_tab_order(self._chips[-1], [chip])
            self._chips.append(chip)

    def _add(self, section_id: int) -> None:
        """Add a section: the first one leads, the next ones help."""
        if any(each.section_id == section_id for _, each in self._shown):
            return
        has_lead = any(each.role == Role.LEAD for _, each in self._shown)
        self._give(section_id, Role.RELATED if has_lead else Role.LEAD)

    def _give(self, section_id: int, role: Role) -> None:
        self._editing.do(details.assign, [self._action_id], section_id, role)

    def _remove(self, section_id: int) -> None:
        self._editing.do(details.unassign, [self._action_id], section_id)


class Chip(QPushButton):
    """One section. Its menu, or the Delete key, takes it away."""

    given = Signal(int, object)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._section_id = 0
        self.setAutoDefault(False)
        menu = QMenu(self)
        self._roles = {role: menu.addAction(f"{role.label}にする") for role in Role}
        for role, give in self._roles.items():
            give.triggered.connect(lambda _, role=role: self.given.emit(self._section_id, role))
        menu.addSeparator()
        menu.addAction("外す（Delete）").triggered.connect(self._remove)
        self.setMenu(menu)

    def stand_for(self, name: str, assignment: Assignment) -> None:
        """Show this section and its part."""
        present = Role(assignment.role)
        self._section_id = assignment.section_id
        self.setObjectName(f"section_{assignment.section_id}")
        self.setText(f"{name}（{present.label}）")
        for role, give in self._roles.items():
            give.setEnabled(role is not present)

    def _remove(self) -> None:
        self.removed.emit(self._section_id)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)
