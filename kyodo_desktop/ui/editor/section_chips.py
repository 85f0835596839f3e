"""The sections (担当課) of one action, with the part that each has in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyodo_desktop.domain.assigning import Giving
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details
from kyodo_desktop.ui.editor.section_chip import ChipRow
from kyodo_desktop.ui.editor.section_picker import SectionPicker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import Assignment
    from kyodo_desktop.ui.editor.editing import Editing
    from kyodo_desktop.ui.editor.section_chip import Way

_LEAD, _LEAD_TOO = (Role.LEAD, Giving.HAND_OVER), (Role.LEAD, Giving.ADD)
_HELP = (Role.RELATED, Giving.HAND_OVER)


class SectionChips(QWidget):
    """A chip for each section, whose menu changes its part, and an entry to add one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("section_chips")
        self._editing = editing
        self._action_id = 0
        self._shown: Sequence[tuple[str, Assignment]] = ()
        self._picker = SectionPicker(editing)
        self.entry = self._picker.entry
        self._picker.picked.connect(self._add)
        self._row = ChipRow((_LEAD, _LEAD_TOO, _HELP), self.entry)
        self._row.given.connect(self._give)
        self._row.removed.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        column.addWidget(self._picker)

    def show_sections(self, action_id: int, assigned: Sequence[Assignment]) -> None:
        """Show the sections of an action, the leading ones first."""
        outline = self._editing.outline
        self._action_id = action_id
        self._picker.offer(outline.sections, [action_id])
        self._picker.setEnabled(self._editing.is_open)
        ordered = sorted(assigned, key=lambda each: each.role != Role.LEAD)
        shown = [(outline.sections[each.section_id].name, each) for each in ordered]
        if shown != self._shown:
            self._shown = shown
            self._show_chips()
        self._row.setEnabled(self._editing.is_open)

    def _show_chips(self) -> None:
        leads = sum(each.role == Role.LEAD for _, each in self._shown)
        chips = self._row.show_chips(len(self._shown))
        for chip, (name, each) in zip(chips, self._shown, strict=True):
            role = Role(each.role)
            chip.setObjectName(f"section_{each.section_id}")
            chip.stand_for(each.section_id, role, f"{name}（{role.label}）", _offers(role, leads))

    def _add(self, section_id: int) -> None:
        """Add a section: the first one leads, the next ones help."""
        present = [name for name, each in self._shown if each.section_id == section_id]
        if present:
            self._editing.failed.emit(f"「{present[0]}」は、すでに担当課に入っています。")
            return
        has_lead = any(each.role == Role.LEAD for _, each in self._shown)
        self._give(section_id, _HELP if has_lead else _LEAD)

    def _give(self, section_id: int, way: Way) -> None:
        self._editing.do(details.assign, [self._action_id], section_id, *way)

    def _remove(self, section_id: int) -> None:
        self._editing.do(details.unassign, [self._action_id], section_id)


def _offers(role: Role, leads: int) -> dict[Way, str]:
    """Return what is offered to a section with this part, where so many lead."""
    if role is Role.LEAD:
        alone = {_LEAD: "この課だけを主担当にする"} if leads > 1 else {}
        return {**alone, _HELP: "関係課にする"}
    beside = {_LEAD_TOO: "主担当に加える（2課以上が主担当）"} if leads else {}
    return {_LEAD: "主担当にする", **beside}
