"""Hands over to one action what belongs to another one with which it was joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.action_fields import Scope, columns
from kyodo_desktop.domain.assigning import united
from kyodo_desktop.domain.nodes import heading_node, placement_node
from kyodo_desktop.services.details import write_parts
from kyodo_desktop.services.rows import place_all
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline


def merge_actions(
    session: Session, outline: Outline, kept_id: int, gone_id: int, leads: Collection[int]
) -> None:
    """Let the kept action have all that the other one has, once; closed rounds stay as they are.

    The chosen `leads` lead it; without them see `united`.
    In the round that is shown the other one's lines and outlook go: the kept action has
    been given its texts.
    """
    _unite_placements(session, outline, kept_id, gone_id)
    assigned = [outline.assignments.get(each, ()) for each in (kept_id, gone_id)]
    write_parts(session, {kept_id: united(assigned, leads), gone_id: {}})
    _unite_links(session, tables.ActionActorRow, "actor_id", kept_id, gone_id)
    _unite_links(session, tables.ActionPrincipleRow, "principle_id", kept_id, gone_id)
    _unite_prerequisites(session, kept_id, gone_id)
    _unite_terms(session, kept_id, gone_id)
    _unite_lines(session, outline, kept_id, gone_id)
    _unite_outlooks(session, outline, kept_id, gone_id)
    session.add(tables.JoiningRow(action_id=gone_id, into_id=kept_id))


def _unite_placements(session: Session, outline: Outline, kept_id: int, gone_id: int) -> None:
    """Drop the second placement under a heading where both stand."""
    headings = {
        row.heading_id for row in fetch_where(session, tables.PlacementRow, action_id=[kept_id])
    }
    for row in fetch_where(session, tables.PlacementRow, action_id=[gone_id]):
        if row.heading_id not in headings:
            row.action_id = kept_id
            continue
        assert row.id is not None
        node, beside = placement_node(row.id), outline.children[heading_node(row.heading_id)]
        session.delete(row)
        place_all(session, [each for each in beside if each != node])


def _unite_links(session: Session, table: Any, column: str, kept_id: int, gone_id: int) -> None:
    known = {getattr(row, column) for row in fetch_where(session, table, action_id=[kept_id])}
    for row in fetch_where(session, table, action_id=[gone_id]):
        if getattr(row, column) in known:
            session.delete(row)
        else:
            row.action_id = kept_id


def _unite_prerequisites(session: Session, kept_id: int, gone_id: int) -> None:
    """Unite who waits for whom; nothing waits for itself, or twice for the same."""
    both = [kept_id, gone_id]
    rows = {
        row.id: row
        for column in ("action_id", "required_id")
        for row in fetch_where(session, tables.PrerequisiteRow, **{column: both})
    }
    known: set[tuple[int, int]] = set()
    for row in sorted(rows.values(), key=lambda row: gone_id in (row.action_id, row.required_id)):
        pair = (
            kept_id if row.action_id == gone_id else row.action_id,
            kept_id if row.required_id == gone_id else row.required_id,
        )
        if pair[0] == pair[1] or pair in known:
            session.delete(row)
        else:
            row.action_id, row.required_id = pair
        known.add(pair)


def _unite_terms(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the kept action continue what the two continue, and be continued by the same."""
    [kept] = fetch_where(session, tables.ActionRow, id=[kept_id])
    [gone] = fetch_where(session, tables.ActionRow, id=[gone_id])
    kept.continues_id = kept.continues_id or gone.continues_id
    for later in fetch_where(session, tables.ActionRow, continues_id=[gone_id]):
        later.continues_id = kept_id
    for row in fetch_where(session, tables.SuccessionRow, action_id=[gone_id]):
        row.action_id = kept_id
    for row in fetch_where(session, tables.SuccessionRow, successor_id=[gone_id]):
        row.successor_id = kept_id


def _unite_lines(session: Session, outline: Outline, kept_id: int, gone_id: int) -> None:
    """Add the lines behind the kept action's own, in each open round but the one shown."""
    places: dict[int, int] = {}
    for row in fetch_where(session, tables.ProgressRow, action_id=[kept_id]):
        places[row.round_id] = max(places.get(row.round_id, 0), row.position + 1)
    rows = fetch_where(session, tables.ProgressRow, action_id=[gone_id])
    for row in sorted(rows, key=lambda row: row.position):
        if _is_shown(outline, row.round_id):
            session.delete(row)
        elif _is_open(outline, row.round_id):
            row.action_id, row.position = kept_id, places.get(row.round_id, 0)
            places[row.round_id] = row.position + 1


def _unite_outlooks(session: Session, outline: Outline, kept_id: int, gone_id: int) -> None:
    """Give the outlooks of the other open rounds to the kept action, behind its own words."""
    known = {
        row.round_id: row for row in fetch_where(session, tables.OutlookRow, action_id=[kept_id])
    }
    for row in fetch_where(session, tables.OutlookRow, action_id=[gone_id]):
        if not _is_open(outline, row.round_id):
            continue
        if _is_shown(outline, row.round_id):
            session.delete(row)
        elif row.round_id not in known:
            row.action_id = kept_id
        else:
            kept = known[row.round_id]
            _unite_values(kept, row)
            session.delete(row)


def _unite_values(kept: tables.OutlookRow, gone: tables.OutlookRow) -> None:
    """Add the texts of one outlook to those of the other; what was chosen there stays."""
    for column in columns(Scope.ROUND):
        values = [getattr(row, column.name) for row in (kept, gone)]
        said = list(dict.fromkeys(each for each in values if each != column.type.empty))
        if said:
            value = "\n".join(said) if column.type.is_running_text else said[0]
            setattr(kept, column.name, value)


def _is_open(outline: Outline, round_id: int) -> bool:
    return outline.rounds[round_id].closed_at is None


def _is_shown(outline: Outline, round_id: int) -> bool:
    return outline.round is not None and outline.round.id == round_id
