"""Reads from the history what leads from today's rows back to those of an earlier moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import errors, tables
from kyodo_desktop.domain.changes import Row, RowChange
from kyodo_desktop.store import history, reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping


KINDS: dict[str, type[Any]] = {
    name: table.kind for name, table in {**tables.OF_PLAN, **tables.OF_ROUND}.items()
}
_AT_ONCE = 500  # ids in a statement

_Key = tuple[str, int]

_LATER = """
SELECT table_name, row_id, before, after IS NULL FROM change
WHERE operation_id > :operation_id
AND coalesce(before, '') || coalesce(after, '') <> '{}{}' ORDER BY operation_id DESC, id DESC
"""
_LATER_OF_THE_PLAN = _LATER.replace(
    "ORDER", f"AND table_name NOT IN {tuple(tables.OF_ROUND)} ORDER"
)


def changes_since(
    connection: sqlite3.Connection, operation_id: int, *, of_rounds: bool = True
) -> tuple[RowChange, ...]:
    """Return what takes each row from its present state back to the one after that step.

    Without `of_rounds` what the rounds say is left out: each round carries forward
    everything, and whoever knows that the one of interest is the same need not read that.
    Raises RefusedError where the history cannot be read.
    """
    earlier = _earlier(connection, operation_id, _LATER if of_rounds else _LATER_OF_THE_PLAN)
    present = present_rows(connection, earlier)
    changes = [
        RowChange(*key, present.get(key), _completed(present.get(key), row))
        for key, row in earlier.items()
    ]
    for change in changes:
        if change.after is not None and not change.after.keys() >= _columns(change.table):
            raise unreadable()  # of a row that is gone only a part is known
    return tuple(change for change in changes if change.before != change.after)


def _columns(table: str) -> set[str]:
    return set(KINDS[table]._fields)


def _earlier(
    connection: sqlite3.Connection, operation_id: int, query: str
) -> dict[_Key, Row | None]:
    """Return what is known of each row that changed later: all of it, or some columns."""
    rows: dict[_Key, Row | None] = {}
    later = connection.execute(query, {"operation_id": operation_id})
    for table, row_id, before, is_whole in later:
        if table not in KINDS:
            continue
        key = table, row_id
        try:
            state = history.read_state(table, row_id, before, is_whole=bool(is_whole))
        except history.UnfitStateError as error:
            raise unreadable() from error
        rows[key] = None if state is None else {**(rows.get(key) or {}), **state}
    return rows


def present_rows(
    connection: sqlite3.Connection, wanted: Iterable[_Key], kinds: Mapping[str, type[Any]] = KINDS
) -> dict[_Key, Row]:
    """Return the rows as they are now, as far as they exist."""
    found: dict[_Key, Row] = {}
    wanted = list(wanted)
    for table, kind in kinds.items():
        ids = [str(row_id) for name, row_id in wanted if name == table]
        for start in range(0, len(ids), _AT_ONCE):
            chunk = ", ".join(ids[start : start + _AT_ONCE])
            for row in reading.read_all(connection, kind, f"WHERE id IN ({chunk})"):
                found[table, row.id] = row._asdict()
    return found


def _completed(present: Row | None, earlier: Row | None) -> Row | None:
    """Return the whole earlier row: what did not change since is as it is now.

    A row that was deleted since is whole already, for the history keeps all of it.
    """
    return None if earlier is None else {**(present or {}), **earlier}


def unreadable() -> errors.RefusedError:
    """Return the error for a history of which no earlier plan can be made."""
    return errors.RefusedError(
        "履歴の一部を読み取れないため、その時点の計画を組み立てられません。"
        "今の計画はそのままで、編集や書き出しはできます。"
    )


def closings_of(connection: sqlite3.Connection, round_id: int) -> list[int]:
    """Return the steps that closed a round, the last one last."""
    query = (
        "SELECT DISTINCT operation_id FROM change WHERE table_name = 'round' AND row_id = :id "
        "AND json_extract(after, '$.closed_at') IS NOT NULL ORDER BY operation_id"
    )
    return [step for (step,) in connection.execute(query, {"id": round_id})]


def opening_of(connection: sqlite3.Connection, round_id: int) -> int | None:
    """Return the step in which a round was opened; nothing where it came with a new file."""
    return _one(
        connection,
        "SELECT min(operation_id) FROM change "
        "WHERE table_name = 'round' AND row_id = :id AND before IS NULL",
        id=round_id,
    )


def step_before(connection: sqlite3.Connection, operation_id: int) -> int | None:
    """Return the step before a step; nothing before the first."""
    return _one(
        connection, "SELECT max(id) FROM operation WHERE id < :operation", operation=operation_id
    )


def last_step_until(connection: sqlite3.Connection, day: str) -> int | None:
    """Return the last step up to the end of a day."""
    return _one(
        connection, "SELECT max(id) FROM operation WHERE substr(at, 1, 10) <= :day", day=day
    )


def first_step(connection: sqlite3.Connection) -> int:
    """Return the oldest step, which founded the plan."""
    return _one(connection, "SELECT min(id) FROM operation") or 0


def last_step(connection: sqlite3.Connection) -> int:
    """Return the newest step; there is always the one that founded the plan."""
    return _one(connection, "SELECT max(id) FROM operation") or 0


def day_of(connection: sqlite3.Connection, operation_id: int) -> str:
    """Return the day (`YYYY-MM-DD`) of a step."""
    query = "SELECT substr(at, 1, 10) FROM operation WHERE id = :id"
    (day,) = connection.execute(query, {"id": operation_id}).fetchone()
    return str(day)


def _one(connection: sqlite3.Connection, query: str, **values: Any) -> int | None:
    row = connection.execute(query, values).fetchone()
    found: int | None = row[0] if row else None
    return found
