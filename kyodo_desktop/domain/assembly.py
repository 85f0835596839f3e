"""Makes an outline of the rows of a plan, with its indexes, and finds what is missing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kyodo_desktop.domain import nodes, plan
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.tables import OF_PLAN, Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Member = TypeVar("Member", bound=Hashable)
Groups = dict[int, tuple[Member, ...]]


class Move(NamedTuple):
    """A member leaves one group for another; None is outside the plan."""

    group_before: int | None
    before: Any
    group_after: int | None
    after: Any


def regrouped(
    groups: Groups[Member], moves: Iterable[Move], order: Callable[[Member], Any]
) -> Groups[Member]:
    """Return the groups after the moves, each in order; a group left empty is dropped."""
    touched: dict[int, set[Member]] = {}
    for move in moves:
        if move.group_before is not None:
            _open(touched, groups, move.group_before).discard(move.before)
        if move.group_after is not None:
            _open(touched, groups, move.group_after).add(move.after)
    newer = dict(groups)
    for group, members in touched.items():
        if members:
            newer[group] = tuple(sorted(members, key=order))
        else:
            newer.pop(group, None)
    return newer


def _open(touched: dict[int, set[Member]], groups: Groups[Member], group: int) -> set[Member]:
    if group not in touched:
        touched[group] = set(groups.get(group, ()))
    return touched[group]


def grouped(members: Iterable[Member], group_of: Callable[[Member], int]) -> Groups[Member]:
    """Return the members by group, in the order in which they come."""
    found: dict[int, tuple[Member, ...]] = {}
    for member in members:
        group = group_of(member)
        earlier = found.get(group)
        found[group] = (member,) if earlier is None else (*earlier, member)
    return found


def children_of(
    headings: Iterable[plan.Heading], placements: Iterable[plan.Placement]
) -> Groups[int]:
    """Return the nodes under each node; both come sorted by position.

    Actions stand before sub-headings, as they do in print.
    """
    found: defaultdict[int, list[int]] = defaultdict(list)
    for placement in placements:
        found[nodes.heading_node(placement.heading_id)].append(nodes.placement_node(placement.id))
    for heading in headings:
        found[above(heading)].append(nodes.heading_node(heading.id))
    return {node: tuple(children) for node, children in found.items()}


def above(row: plan.Heading | plan.Placement) -> int:
    """Return the node under which a heading or a placement stands."""
    if isinstance(row, plan.Placement):
        return nodes.heading_node(row.heading_id)
    return (
        nodes.term_node(row.term_id)
        if row.parent_id is None
        else nodes.heading_node(row.parent_id)
    )


Tables = Mapping[type[Any], Sequence[Any]]


def assembled(tables: Tables) -> Outline:
    """Return the plan without a round; the rows of each table are in their order."""
    headings, placements = tables[plan.Heading], tables[plan.Placement]
    kept: dict[str, Any] = {
        table.field: _INDEXED[table.indexed_by](tables[table.kind]) for table in OF_PLAN.values()
    }
    return Outline(
        **kept,
        round=None,
        lines={},
        outlooks={},
        children=children_of(headings, placements),
        placed={
            action_id: tuple(sorted(each.id for each in places))
            for action_id, places in _by_action(placements).items()
        },
    )


def _by_id(rows: Sequence[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}


def _by_action(rows: Sequence[Any]) -> dict[int, tuple[Any, ...]]:
    return grouped(rows, lambda row: row.action_id)


_INDEXED: dict[Index, Callable[[Sequence[Any]], Any]] = {
    Index.ONLY: itemgetter(0),
    Index.LISTED: tuple,
    Index.ID: _by_id,
    Index.ID_UNORDERED: _by_id,
    Index.ACTION: _by_action,
    Index.ONE_AN_ACTION: lambda rows: {row.action_id: row for row in rows},
}


_DEEPEST = 64  # headings one under the other; a plan has five levels


def is_consistent(outline: Outline) -> bool:
    """Tell whether every row that another one names is in the outline, and no circle is."""
    named = all(set(ids) - {None} <= table.keys() for table, ids in _references(outline))
    return named and bool(outline.levels) and _ends_at_a_term(outline)


def _references(outline: Outline) -> Iterator[tuple[Mapping[int, Any], Iterable[int | None]]]:
    """Yield the tables, and the ids by which rows of other tables name theirs."""
    lines = list(chain.from_iterable(outline.lines.values()))
    headings, actions = outline.headings.values(), outline.actions.values()
    placements, outlooks = outline.placements.values(), outline.outlooks.values()
    yield outline.terms, map(attrgetter("term_id"), chain(headings, actions))
    yield outline.headings, map(attrgetter("parent_id"), headings)
    yield outline.headings, map(attrgetter("heading_id"), placements)
    yield outline.headings, outline.opinions
    yield outline.actions, map(attrgetter("action_id"), placements)
    yield outline.actions, chain(outline.lines, outline.outlooks)
    yield outline.actions, _each(outline.prerequisites, "required_id")
    yield outline.actions, map(attrgetter("into_id"), outline.joinings.values())
    yield outline.actions, map(attrgetter("successor_id"), outline.successions.values())
    yield outline.statuses, map(attrgetter("status_id"), lines)
    yield outline.sections, map(attrgetter("section_id"), lines)
    yield outline.sections, _each(outline.assignments, "section_id")
    yield outline.directions, map(attrgetter("direction_id"), outlooks)
    yield outline.actors, _each(outline.action_actors, "actor_id")
    yield outline.principles, _each(outline.action_principles, "principle_id")


def _each(groups: Mapping[int, Iterable[Any]], column: str) -> Iterator[Any]:
    return map(attrgetter(column), chain.from_iterable(groups.values()))


def _ends_at_a_term(outline: Outline) -> bool:
    """Tell whether the way up from each heading comes to an end."""
    safe: set[int | None] = {None}
    for heading in outline.headings.values():
        here, way = heading.parent_id, [heading.id]
        while here is not None and here not in safe and len(way) <= _DEEPEST:
            way.append(here)
            here = outline.headings[here].parent_id
        if len(way) > _DEEPEST:
            return False
        safe.update(way)
    return True
