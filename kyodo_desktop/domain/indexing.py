"""The derived indexes of an outline: who stands under whom, and what belongs to an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple, TypeVar

from kyodo_desktop.domain.nodes import heading_node, placement_node, term_node
from kyodo_desktop.domain.plan import Heading, Placement

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


def children_of(headings: Iterable[Heading], placements: Iterable[Placement]) -> Groups[int]:
    """Return the nodes under each node; both come sorted by position.

    Actions stand before sub-headings, as they do in print.
    """
    found: defaultdict[int, list[int]] = defaultdict(list)
    for placement in placements:
        found[heading_node(placement.heading_id)].append(placement_node(placement.id))
    for heading in headings:
        found[above(heading)].append(heading_node(heading.id))
    return {node: tuple(children) for node, children in found.items()}


def above(row: Heading | Placement) -> int:
    """Return the node under which a heading or a placement stands."""
    if isinstance(row, Placement):
        return heading_node(row.heading_id)
    return term_node(row.term_id) if row.parent_id is None else heading_node(row.parent_id)
