"""Adds what a table names and the plan does not have yet: statuses, directions, rounds."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from kyodo_desktop.services.importing.update import UpdatePart
from kyodo_desktop.services.rounds import RoundInput, checked
from kyodo_desktop.services.vocabularies import status_values
from kyodo_desktop.store.tables import DirectionRow, RoundRow, SectionRow, StatusRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.services.importing.comparison import Sides
    from kyodo_desktop.services.importing.update import Difference


class NameIndex:
    """Ids by the words of the table, and by those of the plan.

    `open_rounds` are those that may be written to, `new_rounds` those that came just now.
    """

    def __init__(self, session: Session, sides: Sides) -> None:
        self._session, self._sides = session, sides
        outline, known = sides.outline, sides.known
        self.statuses = {each.mark: each.id for each in outline.statuses.values()} | known.statuses
        self.directions = {
            each.label: each.id for each in outline.directions.values()
        } | known.directions
        self.sections = {each.name: each.id for each in outline.sections.values()} | known.sections
        self.open_rounds = {
            name: row
            for name, row in known.rounds.items()
            if outline.rounds[row].closed_at is None
        }
        self.new_rounds: dict[str, int] = {}
        self._status_places = count(len(outline.statuses))
        self._direction_places = count(len(outline.directions))
        self._section_places = count(len(outline.sections))

    def add(self, taken: Iterable[Difference]) -> None:
        """Add what was chosen of statuses, directions and rounds."""
        outline, found = self._sides.outline, self._sides.found
        for each in taken:
            if each.part is UpdatePart.STATUS:
                status, place = found.statuses[each.nth], next(self._status_places)
                values = status_values(status)
                self.statuses[status.mark] = self._added(StatusRow(position=place, **values))
            elif each.part is UpdatePart.DIRECTION:
                label, place = found.directions[each.nth], next(self._direction_places)
                self.directions[label] = self._added(DirectionRow(position=place, label=label))
            elif each.part is UpdatePart.ROUND:
                asked = checked(outline, RoundInput(*found.rounds[each.nth]))
                self.new_rounds[asked.name] = self._added(RoundRow(**asked._asdict()))
        self.open_rounds |= self.new_rounds

    def section(self, name: str) -> int | None:
        """Return the id of a section, which is added where it is new."""
        if name and name not in self.sections:
            row = SectionRow(position=next(self._section_places), name=name)
            self.sections[name] = self._added(row)
        return self.sections.get(name)

    def _added(self, row: SQLModel) -> int:
        self._session.add(row)
        self._session.flush()
        added: int = row.id  # type: ignore[attr-defined]
        return added
