"""Tells whether everything in an outline refers to something that is there.

The database sees to it for the plan of today. One of an earlier moment is put together from the
history, which nothing holds together but the program that wrote it.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kyodo_desktop.domain.outline import Outline

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
