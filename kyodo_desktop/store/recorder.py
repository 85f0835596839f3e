"""Watches a session and tells what each of its edits did to the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect
from sqlmodel import Session, SQLModel

from kyodo_desktop.domain import changes, texts
from kyodo_desktop.store import fetching, schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def record_changes(session: Session) -> list[changes.RowChange]:
    """Return a list that grows with every recorded row the session inserts, updates or deletes.

    Only changes made through mapped objects are seen: a bulk `update()` or `delete()`
    statement goes round this, so services do not use them.
    """
    recorded: list[changes.RowChange] = []

    def before_flush(flushed: Session, _context: object, _instances: object) -> None:
        for row in _of_interest(flushed.dirty):
            _keep_what_was_only_shown(row)

    def after_flush(flushed: Session, _context: object) -> None:
        recorded.extend(
            _change(row, None, fetching.values(row)) for row in _of_interest(flushed.new)
        )
        recorded.extend(
            _change(row, before, after)
            for row in _of_interest(flushed.dirty)
            if (before := _values_before(row)) != (after := fetching.values(row))
        )
        recorded.extend(
            _change(row, _values_before(row), None) for row in _of_interest(flushed.deleted)
        )

    event.listen(session, "before_flush", before_flush)
    event.listen(session, "after_flush", after_flush)
    return recorded


def _of_interest(rows: Iterable[object]) -> Iterator[SQLModel]:
    return (
        row
        for row in rows
        if isinstance(row, SQLModel) and row.__tablename__ in schema.recorded_tables()
    )


def _values_before(row: SQLModel) -> dict[str, Any]:
    state = inspect(row)
    assert state is not None
    return {**fetching.values(row), **state.committed_state}


def _keep_what_was_only_shown(row: SQLModel) -> None:
    """Leave a text as it was where it comes back as it is shown, with its signs: no edit."""
    state = inspect(row)
    assert state is not None
    for name, before in dict(state.committed_state).items():
        if isinstance(before, str) and before != getattr(row, name) == texts.with_signs(before):
            setattr(row, name, before)


def _change(
    row: SQLModel, before: changes.Row | None, after: changes.Row | None
) -> changes.RowChange:
    newest = after or before or {}
    table = str(row.__tablename__)
    action_id = newest["id"] if table == "action" else newest.get("action_id")
    return changes.RowChange(table, newest["id"], before, after, action_id)
