"""Makes the rows of headings and actions from what was found in a table."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.numbering import number
from kyodo_desktop.domain.plan import (
    Action,
    Assignment,
    Heading,
    Outlook,
    Placement,
    Progress,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading

    Path = tuple[tuple[str, str], ...]


class Target(NamedTuple):
    """Where the rows go. `numberings` are the styles of the levels down to the action.

    Rounds, statuses, directions and sections are ids by name, mark or label. `first_ids` are
    the first free ids by class; without one they begin with 1.
    """

    term_id: int
    numberings: tuple[str, ...]
    rounds: dict[str, int]
    statuses: dict[str, int]
    directions: dict[str, int]
    sections: dict[str, int]
    first_ids: dict[type[Any], int] = {}  # noqa: RUF012  a tuple's default, never changed


def contents(
    headings: Iterable[FoundHeading], actions: Iterable[FoundAction], target: Target
) -> Iterator[tuple[Any, ...]]:
    """Yield headings, actions, placements and what belongs to the actions, in this order.

    Printed numbers are kept only where they do not follow from the place.
    """
    maker, actions = Maker(target), list(actions)
    tree = _Headings(maker)
    for heading in headings:
        tree.id_of(heading.own_path)
    made = [maker.action(each) for each in actions]
    placed = _placements(maker, tree, actions, made)
    details = (
        maker.details(*each) for each in zip(actions, (row.id for row in made), strict=True)
    )
    return chain(tree.rows.values(), made, placed, chain.from_iterable(details))


def unusual(printed: str, numbering: str, place: int) -> str:
    """Return a printed number that does not follow from the place (from 0); else nothing."""
    return "" if printed == number(numbering, place + 1) else printed


class Sibling(NamedTuple):
    """An action under a heading, as the table has it: its place among the actions."""

    order: tuple[int, int, int]
    again: int
    nth: int
    number: str


def siblings(actions: Iterable[FoundAction]) -> dict[Path, list[Sibling]]:
    """Return what stands under each heading, in the order of the table, re-listings as well.

    `again` is 0 where an action is at home.
    """
    sheets: dict[str, int] = {}
    below: defaultdict[Path, list[Sibling]] = defaultdict(list)
    for index, found in enumerate(actions):
        home = (found.path, found.number, found.place)
        for again, (path, printed, place) in enumerate((home, *found.relisted)):
            order = (sheets.setdefault(place.sheet, len(sheets)), place.row, index)
            below[path].append(Sibling(order, again, index, printed))
    return {path: sorted(each) for path, each in below.items()}


class Maker:
    """Makes rows one by one, each with the next free id of its table."""

    def __init__(self, target: Target) -> None:
        self.target = target
        kinds = (Heading, Action, Placement, Assignment, Progress, Outlook)
        self.next_id = {kind: count(target.first_ids.get(kind, 1)) for kind in kinds}

    def action(self, found: FoundAction) -> Action:
        """Return the action itself."""
        return Action(
            id=next(self.next_id[Action]),
            term_id=self.target.term_id,
            title=found.title,
            description=found.description,
            start_fiscal_year=found.start_fiscal_year,
            due=found.due,
            note=found.note,
            continues_id=None,
        )

    def details(self, found: FoundAction, action_id: int) -> Iterator[tuple[Any, ...]]:
        """Yield its sections, lines and outlooks."""
        target = self.target
        roles = {target.sections[name]: Role.LEAD for name in found.sections}
        for name in found.related_sections:
            roles.setdefault(target.sections[name], Role.RELATED)
        for section_id, role in roles.items():
            yield Assignment(next(self.next_id[Assignment]), action_id, section_id, role.value)
        positions: defaultdict[str, Iterator[int]] = defaultdict(count)
        for line in found.lines:
            yield Progress(
                id=next(self.next_id[Progress]),
                round_id=target.rounds[line.round],
                action_id=action_id,
                position=next(positions[line.round]),
                status_id=target.statuses.get(line.status),
                text=line.text,
                section_id=target.sections.get(line.section),
            )
        for outlook in found.outlooks:
            yield Outlook(
                id=next(self.next_id[Outlook]),
                round_id=target.rounds[outlook.round],
                action_id=action_id,
                direction_id=target.directions.get(outlook.direction),
                text=outlook.text,
            )


class _Headings:
    """Makes headings from the top, for a term in which there is nothing yet."""

    def __init__(self, maker: Maker) -> None:
        self.rows: dict[Path, Heading] = {}
        self._maker = maker
        self._places: defaultdict[Path, Iterator[int]] = defaultdict(count)

    def id_of(self, path: Path) -> int:
        """Return the id of a heading, which is made with those above it where it is new."""
        if path not in self.rows:
            target, (printed, title) = self._maker.target, path[-1]
            parent_id = self.id_of(path[:-1]) if len(path) > 1 else None
            place = next(self._places[path[:-1]])
            shown = unusual(printed, target.numberings[len(path) - 1], place)
            row_id = next(self._maker.next_id[Heading])
            self.rows[path] = Heading(row_id, target.term_id, parent_id, place, title, shown)
        return self.rows[path].id


def _placements(
    maker: Maker, headings: _Headings, found: Iterable[FoundAction], made: Sequence[Action]
) -> list[Placement]:
    """Return the placements: homes first, wherever in the table the re-listings stand."""
    style = maker.target.numberings[-1]
    rows: list[tuple[int, int, int, int, str]] = []
    for path, below in siblings(found).items():
        heading_id = headings.id_of(path)
        for place, each in enumerate(below):
            shown = unusual(each.number, style, place)
            rows.append((each.again, heading_id, place, made[each.nth].id, shown))
    rows.sort(key=lambda each: each[0])
    next_id = maker.next_id[Placement]
    return [Placement(next(next_id), *row[1:]) for row in rows]
