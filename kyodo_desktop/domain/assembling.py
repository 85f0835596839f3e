"""Makes an outline of the rows of a plan, wherever they are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.indexing import children_of, grouped
from kyodo_desktop.domain.outline import Outline

Tables = Mapping[type[Any], Sequence[Any]]

_PRINTED, _ID = ("position", "id"), ("id",)
TABLES: dict[type[Any], tuple[str, ...]] = {
    plan.Plan: _ID,
    plan.Level: _PRINTED,
    plan.Principle: _PRINTED,
    plan.Actor: _PRINTED,
    plan.Status: _PRINTED,
    plan.Direction: _PRINTED,
    plan.Section: _PRINTED,
    plan.Round: ("fiscal_year", "as_of", "id"),
    plan.Term: _PRINTED,
    plan.Heading: _PRINTED,
    plan.Action: _ID,
    plan.Placement: _PRINTED,
    plan.Assignment: _ID,
    plan.Prerequisite: _ID,
    plan.ActionActor: _ID,
    plan.ActionPrinciple: _ID,
    plan.Joining: _ID,
    plan.Succession: _ID,
    plan.Revision: ("decided_on", "id"),
    plan.RevisionReason: _ID,
    plan.MutedRule: _ID,
}
"""The tables of the plan itself and the columns by which their rows are in order."""


def assembled(tables: Tables) -> Outline:
    """Return the plan without a round; the rows of each table are in their order."""
    headings, placements = tables[plan.Heading], tables[plan.Placement]
    by_id = {kind: {row.id: row for row in rows} for kind, rows in tables.items()}
    return Outline(
        plan=tables[plan.Plan][0],
        levels=tuple(tables[plan.Level]),
        principles=by_id[plan.Principle],
        actors=by_id[plan.Actor],
        statuses=by_id[plan.Status],
        directions=by_id[plan.Direction],
        sections=by_id[plan.Section],
        rounds=by_id[plan.Round],
        round=None,
        terms=by_id[plan.Term],
        headings=by_id[plan.Heading],
        actions=by_id[plan.Action],
        placements=by_id[plan.Placement],
        lines={},
        assignments=_by_action(tables, plan.Assignment),
        outlooks={},
        children=children_of(headings, placements),
        placed={
            action_id: tuple(sorted(each.id for each in places))
            for action_id, places in _by_action(tables, plan.Placement).items()
        },
        prerequisites=_by_action(tables, plan.Prerequisite),
        action_actors=_by_action(tables, plan.ActionActor),
        action_principles=_by_action(tables, plan.ActionPrinciple),
        joinings={row.action_id: row for row in tables[plan.Joining]},
        successions={row.action_id: row for row in tables[plan.Succession]},
        revisions=by_id[plan.Revision],
        revision_reasons=by_id[plan.RevisionReason],
        muted_rules=by_id[plan.MutedRule],
    )


def _by_action(tables: Tables, kind: type[Any]) -> dict[int, tuple[Any, ...]]:
    return grouped(tables[kind], lambda row: row.action_id)
