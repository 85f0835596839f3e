"""Reads the whole plan from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.indexing import children_of, grouped
from kyodo_desktop.domain.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

Value = TypeVar("Value", bound=tuple[Any, ...])


def read_outline(connection: Connection, round_name: str | None = None) -> Outline:
    """Return the plan as of the named round, else of the newest one.

    An unknown name gives an outline without a round.
    """
    rounds = _by_id(connection, plan.Round, "ORDER BY fiscal_year, as_of, id")
    newest = [each for each in rounds.values() if round_name in (None, each.name)][-1:]
    shown = f"WHERE round_id = {newest[0].id if newest else 0}"
    headings = _by_id(connection, plan.Heading, "ORDER BY position, id")
    placements = _by_id(connection, plan.Placement, "ORDER BY position, id")
    return Outline(
        plan=next(read_all(connection, plan.Plan)),
        levels=tuple(read_all(connection, plan.Level, _PRINTED)),
        principles=_by_id(connection, plan.Principle, _PRINTED),
        actors=_by_id(connection, plan.Actor, _PRINTED),
        statuses=_by_id(connection, plan.Status, _PRINTED),
        directions=_by_id(connection, plan.Direction, _PRINTED),
        sections=_by_id(connection, plan.Section, _PRINTED),
        rounds=rounds,
        round=newest[0] if newest else None,
        terms=_by_id(connection, plan.Term, _PRINTED),
        headings=headings,
        actions=_by_id(connection, plan.Action, ""),
        placements=placements,
        lines=grouped(
            read_all(connection, plan.Progress, f"{shown} {_PRINTED}"), lambda row: row.action_id
        ),
        assignments=grouped(
            read_all(connection, plan.Assignment, "ORDER BY id"), lambda row: row.action_id
        ),
        outlooks={row.action_id: row for row in read_all(connection, plan.Outlook, shown)},
        children=children_of(headings.values(), placements.values()),
        placed={
            action_id: tuple(sorted(ids))
            for action_id, ids in grouped(
                placements, lambda each: placements[each].action_id
            ).items()
        },
    )


_PRINTED = "ORDER BY position, id"


def _by_id(connection: Connection, kind: type[Value], clause: str) -> dict[int, Value]:
    return {row[0]: row for row in read_all(connection, kind, clause)}


def read_all(connection: Connection, kind: type[Value], clause: str = "") -> Iterator[Value]:
    """Yield the table's rows as values: table and columns have the names of class and fields.

    The driver's own cursor: through SQLAlchemy the same rows take six times as long.
    """
    named: Any = kind
    query = f'SELECT {", ".join(named._fields)} FROM "{kind.__name__.lower()}" {clause}'
    driver = connection.connection.driver_connection
    assert driver is not None
    return map(named._make, driver.execute(query))
