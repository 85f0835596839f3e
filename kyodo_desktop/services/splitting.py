"""Gives one placement of an action an action of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline


def split_placement(
    session: Session, outline: Outline, placement_id: int, action_id: int, revived_id: int | None
) -> None:
    """Let the placement show the revived action, or a copy; it starts out saying the same."""
    own_id = _copy(session, outline, action_id) if revived_id is None else revived_id
    for joining in fetch_where(session, tables.JoiningRow, action_id=[own_id]):
        session.delete(joining)
    fetch(session, tables.PlacementRow, placement_id).action_id = own_id
    for table, values in (
        (tables.AssignmentRow, outline.assignments.get(action_id, ())),
        (tables.ActionActorRow, outline.action_actors.get(action_id, ())),
        (tables.ActionPrincipleRow, outline.action_principles.get(action_id, ())),
        (tables.PrerequisiteRow, outline.prerequisites.get(action_id, ())),
    ):
        _copy_rows(session, table, values, own_id)
    if outline.round is not None and outline.round.closed_at is None:
        if own_id not in outline.lines:
            _copy_rows(session, tables.ProgressRow, outline.lines.get(action_id, ()), own_id)
        outlook = outline.outlooks.get(action_id)
        if outlook is not None and own_id not in outline.outlooks:
            _copy_rows(session, tables.OutlookRow, [outlook], own_id)


def _copy(session: Session, outline: Outline, action_id: int) -> int:
    row = tables.ActionRow(**{**outline.actions[action_id]._asdict(), "id": None})
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _copy_rows(
    session: Session, table: type[SQLModel], values: Iterable[Any], action_id: int
) -> None:
    for each in values:
        session.add(table(**{**each._asdict(), "id": None, "action_id": action_id}))
