"""Makes an outline of the rows of a plan, wherever they are from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.indexing import children_of, grouped
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.tables import OF_PLAN, Index

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
