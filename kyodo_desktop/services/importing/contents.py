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
    from collections.abc import Iterable, Iterator
    from typing import Any

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading
    from kyodo_desktop.domain.importing.grid import Place

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
    tree = Tree(target)
    for heading in headings:
        tree.heading_id(heading.own_path)
    for action in actions:
        tree.add(action)
    return chain(tree.headings.values(), tree.actions, tree.placements(), tree.details)


def unusual(printed: str, numbering: str, place: int) -> str:
    """Return a printed number that does not follow from the place (from 0); else nothing."""
    return "" if printed == number(numbering, place + 1) else printed


class Maker:
    """Makes rows one by one, each with the next free id of its table."""

    def __init__(self, target: Target) -> None:
        self.target = target
        kinds = (Heading, Action, Placement, Assignment, Progress, Outlook)
        self.next_id = {kind: count(target.first_ids.get(kind, 1)) for kind in kinds}

    def action(self, found: FoundAction) -> Action:
        """Return the action itself."""
        return Action(
            next(self.next_id[Action]),
            self.target.term_id,
            found.title,
            found.description,
            found.start_fiscal_year,
            found.due,
            found.note,
            None,
        )

    def details(self, found: FoundAction, action_id: int) -> Iterator[tuple[Any, ...]]:
        """Yield its sections, lines and outlooks."""
        target = self.target
        for role, names in (
            (Role.LEAD, found.sections),
            (Role.RELATED, found.related_sections),
        ):
            for name in names:
                row_id, section_id = next(self.next_id[Assignment]), target.sections[name]
                yield Assignment(row_id, action_id, section_id, role.value)
        positions: defaultdict[str, Iterator[int]] = defaultdict(count)
        for line in found.lines:
            yield Progress(
                next(self.next_id[Progress]),
                target.rounds[line.round],
                action_id,
                next(positions[line.round]),
                target.statuses.get(line.status),
                line.text,
                target.sections.get(line.section),
            )
        for outlook in found.outlooks:
            yield Outlook(
                next(self.next_id[Outlook]),
                target.rounds[outlook.round],
                action_id,
                target.directions.get(outlook.direction),
                outlook.text,
            )


class Tree:
    """Gathers a whole tree from the top, for a term in which there is nothing yet."""

    def __init__(self, target: Target) -> None:
        self.headings: dict[Path, Heading] = {}
        self.actions: list[Action] = []
        self.details: list[tuple[Any, ...]] = []
        self._maker = Maker(target)
        self._sheets: dict[str, int] = {}
        self._below: defaultdict[int, list[_Placed]] = defaultdict(list)
        self._subheadings: defaultdict[Path, Iterator[int]] = defaultdict(count)

    def heading_id(self, path: Path) -> int:
        """Return the id of a heading, which is made with those above it where it is new."""
        if path not in self.headings:
            target, (printed, title) = self._maker.target, path[-1]
            parent_id = self.heading_id(path[:-1]) if len(path) > 1 else None
            place = next(self._subheadings[path[:-1]])
            shown = unusual(printed, target.numberings[len(path) - 1], place)
            row_id = next(self._maker.next_id[Heading])
            self.headings[path] = Heading(row_id, target.term_id, parent_id, place, title, shown)
        return self.headings[path].id

    def add(self, found: FoundAction) -> None:
        """Add an action where it is at home and wherever it stands again."""
        action = self._maker.action(found)
        self.actions.append(action)
        self.details.extend(self._maker.details(found, action.id))
        home = (found.path, found.number, found.place)
        for again, (path, printed, place) in enumerate((home, *found.relisted)):
            order = (*self._order(place), len(self.actions))
            placed = _Placed(order, action.id, printed, bool(again))
            self._below[self.heading_id(path)].append(placed)

    def placements(self) -> list[Placement]:
        """Return the placements in the order of the table, homes before re-listings.

        The first of an action is its home, wherever in the table the others stand.
        """
        style = self._maker.target.numberings[-1]
        homes: list[tuple[int, int, int, str]] = []
        others: list[tuple[int, int, int, str]] = []
        for heading_id, placed in self._below.items():
            for place, each in enumerate(sorted(placed)):
                row = (heading_id, place, each.action_id, unusual(each.number, style, place))
                (others if each.again else homes).append(row)
        next_id = self._maker.next_id[Placement]
        return [Placement(next(next_id), *row) for row in chain(homes, others)]

    def _order(self, place: Place) -> tuple[int, int]:
        return self._sheets.setdefault(place.sheet, len(self._sheets)), place.row


class _Placed(NamedTuple):
    order: tuple[int, int, int]
    action_id: int
    number: str
    again: bool
