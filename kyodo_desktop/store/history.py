"""The permanent history: writes each step beside its changes, and reads steps back."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.store.states import UnfitStateError, read_change

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from kyodo_desktop.domain.changes import Row, RowChange

_KEY_BYTES = 8
_NOTHING = "{}"
_CHANGE = "table_name, row_id, action_id, before, after"
_DID_SOMETHING = f"coalesce(before, '') || coalesce(after, '') <> '{_NOTHING * 2}'"
_INSERT_OPERATION = (
    "INSERT INTO operation (at, author, label, reverses_id, commit_number, key) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_INSERT_CHANGE = f"INSERT INTO change (operation_id, {_CHANGE}) VALUES (?, ?, ?, ?, ?, ?)"
_OF_OPERATION = "SELECT 1 FROM change WHERE operation_id = operation.id"
_CAME_TO_SOMETHING = (
    f"(EXISTS ({_OF_OPERATION} AND {_DID_SOMETHING}) OR NOT EXISTS ({_OF_OPERATION}))"
)


class Founding(NamedTuple):
    """The first step of a plan's history; `at` is local time with its offset."""

    at: str
    author: str
    label: str


class Entry(NamedTuple):
    """One step of the history. An updated row holds only the columns which changed.

    Of one that is not whole some rows could not be read, and are left out.
    """

    id: int
    at: str
    author: str
    label: str
    reverses_id: int | None
    rows: tuple[RowChange, ...]
    is_whole: bool = True


def write_operation(
    connection: sqlite3.Connection,
    at: str,
    author: str,
    label: str,
    *,
    reverses_id: int | None = None,
    commit_number: int = 0,
    key: str = "",
) -> int:
    """Add a step, with a key that no other has, and return its id."""
    values = (at, author, label, reverses_id, commit_number, key or new_key())
    operation_id = connection.execute(_INSERT_OPERATION, values).lastrowid
    assert operation_id is not None
    return operation_id


def new_key() -> str:
    """Return a key that no other step has."""
    return secrets.token_hex(_KEY_BYTES)


def write_changes(
    connection: sqlite3.Connection, operation_id: int, rows: Iterable[RowChange]
) -> None:
    """Add what a step did to its rows."""
    connection.executemany(_INSERT_CHANGE, [_as_row(operation_id, row) for row in rows])


def rewrite_operation(
    connection: sqlite3.Connection,
    operation_id: int,
    commit_number: int,
    rows: Iterable[RowChange],
) -> None:
    """Write what a longer step did in the place of what its beginning had done.

    The step stays, also when it came to nothing, and so does each row that it once touched, as
    a change from nothing to nothing: whoever has read the beginning learns from it what to read
    again.
    """
    of_step = (operation_id,)
    touched = connection.execute(
        "SELECT table_name, row_id, action_id FROM change WHERE operation_id = ?", of_step
    ).fetchall()
    changes = [_as_row(operation_id, row) for row in rows]
    left = {(table, row_id) for _, table, row_id, *_ in changes}
    changes += [(operation_id, *row, _NOTHING, _NOTHING) for row in touched if row[:2] not in left]
    connection.execute("DELETE FROM change WHERE operation_id = ?", of_step)
    connection.executemany(_INSERT_CHANGE, changes)
    connection.execute(
        "UPDATE operation SET commit_number = ? WHERE id = ?", (commit_number, operation_id)
    )


def read_entries(
    connection: sqlite3.Connection,
    *,
    action_ids: Collection[int] | None,
    before: int | None,
    limit: int,
) -> list[Entry]:
    """Return steps, the newest first: of the whole plan or of some actions, older than `before`.

    For some actions only the rows that belong to them are in an entry. What came to nothing is
    left out; the step that founded the plan has no rows, but did something.
    """
    clauses, of_actions = [_CAME_TO_SOMETHING], ""
    if before is not None:
        clauses.append(f"id < {before:d}")
    if action_ids is not None:
        of_actions = f" AND action_id IN ({_listed(action_ids)})"
        clauses.append(
            f"id IN (SELECT operation_id FROM change WHERE {_DID_SOMETHING}{of_actions})"
        )
    operations = connection.execute(
        "SELECT id, at, author, label, reverses_id FROM operation "
        f"WHERE {' AND '.join(clauses)} ORDER BY id DESC LIMIT {limit:d}"
    ).fetchall()
    changes = connection.execute(
        f"SELECT operation_id, {_CHANGE} FROM change WHERE {_DID_SOMETHING}{of_actions} "
        f"AND operation_id IN ({_listed(each[0] for each in operations)}) ORDER BY id"
    )
    rows: defaultdict[int, list[RowChange]] = defaultdict(list)
    broken = set[int]()
    for operation_id, *change in changes:
        try:
            rows[operation_id].append(read_change(*change))
        except UnfitStateError:
            broken.add(operation_id)
    return [
        Entry._make((*step, tuple(rows[step[0]]), step[0] not in broken)) for step in operations
    ]


def read_entry(connection: sqlite3.Connection, operation_id: int) -> Entry | None:
    """Return one step with all its rows."""
    found = read_entries(connection, action_ids=None, before=operation_id + 1, limit=1)
    return found[0] if found and found[0].id == operation_id else None


def plan_key(connection: sqlite3.Connection) -> str:
    """Return the key of the step that founded the plan: the same in every copy of its file."""
    first = connection.execute("SELECT key FROM operation ORDER BY id LIMIT 1").fetchone()
    return str(first[0]) if first else ""


def read_rows(connection: sqlite3.Connection, table: str, row_id: int) -> list[RowChange]:
    """Return what was ever done to one row, the newest first, as far as it can be read."""
    changes = connection.execute(
        f"SELECT {_CHANGE} FROM change "
        f"WHERE table_name = ? AND row_id = ? AND {_DID_SOMETHING} ORDER BY id DESC",
        (table, row_id),
    )
    found = []
    for change in changes:
        with suppress(UnfitStateError):
            found.append(read_change(*change))
    return found


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(f"{each:d}" for each in ids)


def _as_row(operation_id: int, row: RowChange) -> tuple[Any, ...]:
    before, after = _json(row.before, row.touched), _json(row.after, row.touched)
    return operation_id, row.table, row.id, row.action_id, before, after


def _json(state: Row | None, columns: frozenset[str]) -> str | None:
    if state is None:
        return None
    kept = {name: value for name, value in state.items() if name in columns}
    return json.dumps(kept, ensure_ascii=False)
