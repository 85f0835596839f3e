"""Writes what a table says of single actions: their fields, sections, and all of new ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.tables import table_of
from kyodo_desktop.services.importing.contents import Maker, Target
from kyodo_desktop.services.importing.new_file import sections_of
from kyodo_desktop.services.importing.update import UpdatePart
from kyodo_desktop.store.fetching import fetch_where
from kyodo_desktop.store.tables import RECORDED, ActionRow, AssignmentRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.importing.found_plan import FoundAction
    from kyodo_desktop.services.importing.comparison import Sides
    from kyodo_desktop.services.importing.names import NameIndex
    from kyodo_desktop.services.importing.update import Difference

_COLUMNS = {
    UpdatePart.TITLE: "title",
    UpdatePart.DESCRIPTION: "description",
    UpdatePart.START: "start_fiscal_year",
    UpdatePart.DUE: "due",
    UpdatePart.NOTE: "note",
}


class ActionRows:
    """Writes into the rows of actions and of their sections."""

    def __init__(self, session: Session, sides: Sides, names: NameIndex) -> None:
        self._session, self._sides, self._names = session, sides, names
        self._found = sides.found.actions

    def write(self, taken: Sequence[Difference], actions: Mapping[int, int]) -> None:
        """Write what was chosen; `actions` are the ids by their place in the table."""
        self._write_fields([each for each in taken if each.part in _COLUMNS], actions)
        for part, role in ((UpdatePart.LEAD, Role.LEAD), (UpdatePart.RELATED, Role.RELATED)):
            chosen = [each.nth for each in taken if each.part is part]
            self._assign({actions[index]: self._sections(index, role) for index in chosen}, role)
        self._add_details(
            {
                actions[each.nth]: self._found[each.nth]
                for each in taken
                if each.part is UpdatePart.ACTION
            }
        )

    def _write_fields(self, taken: Sequence[Difference], actions: Mapping[int, int]) -> None:
        ids = {actions[each.nth] for each in taken}
        rows = {row.id: row for row in fetch_where(self._session, ActionRow, id=ids)}
        for each in taken:
            column = _COLUMNS[each.part]
            setattr(rows[actions[each.nth]], column, getattr(self._found[each.nth], column))

    def _sections(self, index: int, role: Role) -> list[int]:
        found = self._found[index]
        leads = [self._names.section(name) for name in found.sections]
        if role is Role.LEAD:
            return [each for each in leads if each]
        related = [self._names.section(name) for name in found.related_sections]
        return [each for each in related if each and each not in leads]

    def _assign(self, wanted: Mapping[int, Sequence[int]], role: Role) -> None:
        """Let just these sections have the part in the actions."""
        rows: defaultdict[int, dict[int, AssignmentRow]] = defaultdict(dict)
        for row in fetch_where(self._session, AssignmentRow, action_id=wanted):
            rows[row.action_id][row.section_id] = row
        for action_id, section_ids in wanted.items():
            for section_id, row in rows[action_id].items():
                if row.role == role and section_id not in section_ids:
                    self._session.delete(row)
            for section_id in section_ids:
                key = {"action_id": action_id, "section_id": section_id}
                row = rows[action_id].get(section_id) or AssignmentRow(**key, role=role.value)
                row.role = role.value
                self._session.add(row)
        self._session.flush()

    def _add_details(self, new: Mapping[int, FoundAction]) -> None:
        """Add sections, lines and outlooks of new actions, as far as their rounds are open."""
        names = self._names
        for name in sections_of(new.values()):
            names.section(name)
        target = Target(
            self._sides.term_id,
            (),
            names.open_rounds,
            names.statuses,
            names.directions,
            names.sections,
        )
        maker, rows = Maker(target), list[Any]()
        for action_id, found in new.items():
            values: Iterable[Any] = maker.details(self._in_open_rounds(found), action_id)
            rows += [
                RECORDED[table_of(type(value))](**{**value._asdict(), "id": None})
                for value in values
            ]
        self._session.add_all(rows)

    def _in_open_rounds(self, found: FoundAction) -> FoundAction:
        known = self._names.open_rounds
        return found._replace(
            lines=tuple(each for each in found.lines if each.round in known),
            outlooks=tuple(each for each in found.outlooks if each.round in known),
        )
