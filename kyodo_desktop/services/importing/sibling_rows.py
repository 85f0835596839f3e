"""Gives siblings their places and numbers when a table brought new ones among them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from kyodo_desktop.domain.nodes import (
    NodeKind,
    heading_node,
    kind_of,
    placement_node,
    row_id,
    term_node,
)
from kyodo_desktop.services.importing.arranging import Present, Wanted, arranged
from kyodo_desktop.services.importing.contents import siblings
from kyodo_desktop.services.importing.pairing import shown_numbers
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store.tables import HeadingRow, PlacementRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.importing.found_plan import FoundHeading
    from kyodo_desktop.domain.plan import Heading, Placement
    from kyodo_desktop.services.importing.comparison import Sides

    Path = tuple[tuple[str, str], ...]

Row = TypeVar("Row", HeadingRow, PlacementRow)


class SiblingRows:
    """`came` are the placements that came to a heading, `left` the ids of those that left one.

    `headings` are the new ones.
    """

    def __init__(self, session: Session, sides: Sides) -> None:
        self.headings: list[HeadingRow] = []
        self.came: defaultdict[int, list[PlacementRow]] = defaultdict(list)
        self.left: defaultdict[int, set[int]] = defaultdict(set)
        self._session, self._outline, self._found = session, sides.outline, sides.found
        self._term_id = sides.term_id
        self._shown = shown_numbers(sides.outline)

    def arrange_headings(self, ids: Mapping[Path, int], renumbered: Collection[Path]) -> None:
        """Arrange the headings above which, or above whose siblings, something changed."""
        new: defaultdict[int | None, dict[int, HeadingRow]] = defaultdict(dict)
        for each in self.headings:
            new[each.parent_id][each.id or 0] = each
        touched = {ids[path[:-1]] if path[:-1] else None for path in renumbered} | new.keys()
        levels = self._outline.levels
        below: defaultdict[Path, list[FoundHeading]] = defaultdict(list)
        for found in self._found.headings:
            below[found.path].append(found)
        for above, table in below.items():
            parent_id = ids.get(above) if above else None
            if (above and parent_id is None) or parent_id not in touched:
                continue
            present = [
                Present(each, self._outline.headings[each].number, self._shown[heading_node(each)])
                for each in self._below(parent_id, NodeKind.HEADING)
            ]
            wanted = [
                Wanted(
                    row,
                    found.number if row in new[parent_id] or found.own_path in renumbered else "",
                    row in new[parent_id],
                )
                for found in table
                if (row := ids.get(found.own_path, 0))
            ]
            order = arranged(present, wanted, levels[len(above)].numbering)
            self._write(HeadingRow, order, self._outline.headings, new[parent_id])

    def arrange_placements(
        self, ids: Mapping[Path, int], actions: Mapping[int, int], renumbered: Collection[int]
    ) -> None:
        """Arrange the placements under each heading where something came, left or changed."""
        paths = {heading_id: path for path, heading_id in ids.items()}
        table = siblings(self._found.actions)
        numbered = {ids[self._found.actions[index].path] for index in renumbered}
        for heading_id in self.came.keys() | self.left.keys() | numbered:
            new = {row.id or 0: row for row in self.came[heading_id]}
            present = [
                Present(
                    each, self._outline.placements[each].number, self._shown[placement_node(each)]
                )
                for each in self._below(heading_id, NodeKind.PLACEMENT)
                if each not in self.left[heading_id]
            ]
            here = {self._outline.placements[each.id].action_id: each.id for each in present}
            here |= {row.action_id: place for place, row in new.items()}
            wanted = [
                Wanted(
                    row,
                    each.number if row in new or each.nth in renumbered else "",
                    row in new,
                )
                for each in table.get(paths.get(heading_id, ()), ())
                if (row := here.get(actions.get(each.nth, 0), 0))
            ]
            order = arranged(present, wanted, self._outline.levels[-1].numbering)
            self._write(PlacementRow, order, self._outline.placements, new)

    def _below(self, heading_id: int | None, kind: NodeKind) -> list[int]:
        above = term_node(self._term_id) if heading_id is None else heading_node(heading_id)
        return [
            row_id(each) for each in self._outline.children.get(above, ()) if kind_of(each) is kind
        ]

    def _write(
        self,
        kind: type[Row],
        order: Sequence[tuple[int, str]],
        known: Mapping[int, Heading] | Mapping[int, Placement],
        new: Mapping[int, Row],
    ) -> None:
        """Write places and numbers, where they differ from what is kept."""
        for position, (each, number) in enumerate(order):
            if each in new:
                row = new[each]
            elif (known[each].position, known[each].number) == (position, number):
                continue
            else:
                row = fetch(self._session, kind, each)
            row.position, row.number = position, number
