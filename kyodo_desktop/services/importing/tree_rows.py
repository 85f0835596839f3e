"""Writes the chosen headings, actions and placements of a table into the plan."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from kyodo_desktop.services.importing.sibling_rows import SiblingRows
from kyodo_desktop.services.importing.update import UpdatePart
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store.tables import ActionRow, HeadingRow, PlacementRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading
    from kyodo_desktop.services.importing.comparison import Sides
    from kyodo_desktop.services.importing.update import Difference

    Path = tuple[tuple[str, str], ...]


class TreeRows:
    """`headings` are ids by path, `actions` by their place in the table, new ones as well."""

    def __init__(self, session: Session, sides: Sides, taken: Iterable[Difference]) -> None:
        self._session, self._sides = session, sides
        self._found = sides.found
        self.headings = dict(sides.pairs.headings)
        self.actions = dict(sides.pairs.actions)
        self._chosen: defaultdict[UpdatePart, list[Difference]] = defaultdict(list)
        for each in taken:
            self._chosen[each.part].append(each)
        self._siblings = SiblingRows(session, sides)

    def write(self) -> None:
        """Write all of it; the siblings of what came or went keep the numbers they show."""
        self._add_headings()
        self._add_actions()
        self._place()
        self._session.flush()
        renamed = self._chosen[UpdatePart.HEADING_NUMBER]
        self._siblings.arrange_headings(
            self.headings, {self._heading(each).own_path for each in renamed}
        )
        self._siblings.arrange_placements(
            self.headings, self.actions, {each.nth for each in self._chosen[UpdatePart.NUMBER]}
        )

    def _add_headings(self) -> None:
        """Add them level by level, because each refers to the one above."""
        new = [self._heading(each) for each in self._chosen[UpdatePart.HEADING]]
        for _, level in groupby(sorted(new, key=_depth), key=_depth):
            rows = {each.own_path: self._heading_row(each) for each in level}
            self._session.add_all(rows.values())
            self._session.flush()
            self.headings |= {path: row.id or 0 for path, row in rows.items()}
            self._siblings.headings += rows.values()
        for each in self._chosen[UpdatePart.HEADING_TITLE]:
            heading = self._heading(each)
            fetch(self._session, HeadingRow, self.headings[heading.own_path]).title = heading.title

    def _heading_row(self, found: FoundHeading) -> HeadingRow:
        parent_id = self.headings[found.path] if found.path else None
        term_id = self._sides.term_id
        return HeadingRow(term_id=term_id, parent_id=parent_id, position=0, title=found.title)

    def _add_actions(self) -> None:
        rows: dict[int, ActionRow] = {}
        for each in self._chosen[UpdatePart.ACTION]:
            found = self._action(each)
            rows[each.nth] = ActionRow(
                term_id=self._sides.term_id,
                title=found.title,
                description=found.description,
                start_fiscal_year=found.start_fiscal_year,
                due=found.due,
                note=found.note,
            )
        self._session.add_all(rows.values())
        self._session.flush()
        self.actions |= {index: row.id or 0 for index, row in rows.items()}

    def _place(self) -> None:
        """Put actions where they are at home first, then where they stand again."""
        for each in self._chosen[UpdatePart.PLACE]:
            self._move(self.actions[each.nth], self._action(each).path)
        for each in self._chosen[UpdatePart.ACTION]:
            self._add_placement(each.nth, self._action(each).path)
        self._session.flush()
        for each in self._chosen[UpdatePart.ACTION]:
            for again in self._action(each).relisted:
                if again.path in self.headings:
                    self._add_placement(each.nth, again.path)
        for each in self._chosen[UpdatePart.RELISTING]:
            relisted = self._action(each).relisted[int(each.which)]
            self._add_placement(each.nth, relisted.path)

    def _add_placement(self, index: int, path: Path) -> None:
        heading_id, action_id = self.headings[path], self.actions[index]
        row = PlacementRow(heading_id=heading_id, position=0, action_id=action_id)
        self._session.add(row)
        self._siblings.came[heading_id].append(row)

    def _move(self, action_id: int, path: Path) -> None:
        home = self._sides.outline.placed[action_id][0]
        row = fetch(self._session, PlacementRow, home)
        self._siblings.left[row.heading_id].add(home)
        row.heading_id = self.headings[path]
        self._siblings.came[row.heading_id].append(row)

    def _heading(self, chosen: Difference) -> FoundHeading:
        return self._found.headings[chosen.nth]

    def _action(self, chosen: Difference) -> FoundAction:
        return self._found.actions[chosen.nth]


def _depth(heading: FoundHeading) -> int:
    return len(heading.path)
