"""The permanent history: writes each step with its changes, reads and checks steps."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.changes import Row, RowChange
from kyodo_desktop.domain.field_types import LARGEST
from kyodo_desktop.domain.tables import TABLES as WORDS
from kyodo_desktop.store.schema import recorded_tables, tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping


_LONE = "\\ud"  # begins what may be half a character, which no file holds


class UnfitStateError(ValueError):
    """What the history keeps of a row is no row of its table, nor a part of one."""


def read_change(
    table: str, row_id: int, action_id: int | None, before: str | None, after: str | None
) -> RowChange:
    """Return a change as it stands in the history. Raises UnfitStateError."""
    is_whole = before is None or after is None
    change = RowChange(
        table,
        row_id,
        read_state(table, row_id, before, is_whole=is_whole),
        read_state(table, row_id, after, is_whole=is_whole),
        action_id,
    )
    if change.before is None and change.after is None:
        raise UnfitStateError(table)
    if not is_whole and (change.before or {}).keys() != (change.after or {}).keys():
        raise UnfitStateError(table)
    return change


def read_state(table: str, row_id: int, text: str | None, *, is_whole: bool) -> Row | None:
    """Return a row, or only the columns that are kept of it. Raises UnfitStateError.

    A whole row gets what it lacks because the column came later.
    """
    if text is None:
        return None
    state = _object(text)
    if table not in recorded_tables():
        raise UnfitStateError(table)
    kinds = _kinds(table)
    if not all(type(value) in kinds.get(name, ()) for name, value in state.items()):
        raise UnfitStateError(table)
    codes = _codes(table).items()
    if not all(state[name] in words for name, words in codes if state.get(name) is not None):
        raise UnfitStateError(table)
    if state.get("id", row_id) != row_id:
        raise UnfitStateError(table)
    if is_whole:
        state = {**later_columns(table), **state}
        if state.keys() != kinds.keys():
            raise UnfitStateError(table)
    return state


def _object(text: str) -> dict[str, Any]:
    try:
        state = json.loads(text)
        if _LONE in text.lower():
            json.dumps(state, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # UnicodeEncodeError is a ValueError
        raise UnfitStateError from error
    if not isinstance(state, dict) or any(map(_is_too_large, state.values())):
        raise UnfitStateError
    return state


def _is_too_large(value: object) -> bool:
    return isinstance(value, int) and not -1 <= value <= LARGEST


@cache
def _kinds(table: str) -> dict[str, tuple[type, ...]]:
    """Return the types of the values that each column holds; a bool is no number here."""
    return {
        column.name: (
            int if column.is_number else str,
            *((type(None),) if column.is_nullable else ()),
        )
        for column in tables()[table]
    }


@cache
def _codes(table: str) -> dict[str, Mapping[str, str]]:
    """Return the codes that columns may hold, of those which hold codes."""
    return {column.name: column.words for column in WORDS[table].columns if column.words}


@cache
def later_columns(table: str) -> Row:
    """Return what columns hold that a row had not when it was kept."""
    return {column.name: column.earlier for column in WORDS[table].columns if column.is_later}


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


class HistoryFilter(NamedTuple):
    """Which steps are asked for: those of the whole plan, or where `action_ids` are given of rows.

    Days are `YYYY-MM-DD`, both included; an empty one, and no author, is no limit.
    """

    action_ids: Collection[int] | None = None
    heading_ids: Collection[int] = ()
    term_ids: Collection[int] = ()
    since: str = ""
    until: str = ""
    author: str | None = None


EVERYTHING = HistoryFilter()
_FEW = 3  # actions whose steps are all looked up; of more, steps are tried from the newest on


def read_entries(
    connection: sqlite3.Connection,
    *,
    wanted: HistoryFilter = EVERYTHING,
    before: int | None,
    limit: int,
) -> list[Entry]:
    """Return steps, the newest first, older than `before`.

    For some rows only the changes that belong to them are in an entry. What came to nothing is
    left out; the step that founded the plan has no rows, but did something.
    """
    of_rows = _of_rows(wanted)
    clauses, values = _limits(wanted)
    if before is not None:
        clauses.append(f"id < {before:d}")
    if not of_rows:
        clauses.append(_CAME_TO_SOMETHING)
    elif len(wanted.action_ids or ()) <= _FEW:
        clauses.append(f"id IN (SELECT operation_id FROM change WHERE {_DID_SOMETHING}{of_rows})")
    else:
        clauses.append(f"EXISTS ({_OF_OPERATION} AND {_DID_SOMETHING}{of_rows})")
    operations = connection.execute(
        "SELECT id, at, author, label, reverses_id FROM operation "
        f"WHERE {' AND '.join(clauses)} ORDER BY id DESC LIMIT {limit:d}",
        values,
    ).fetchall()
    changes = connection.execute(
        f"SELECT operation_id, {_CHANGE} FROM change WHERE {_DID_SOMETHING}{of_rows} "
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


def _of_rows(wanted: HistoryFilter) -> str:
    """Return the condition on changes that are asked for; an empty text is all of them."""
    if wanted.action_ids is None:
        return ""
    headings = _listed(wanted.heading_ids)
    return (
        f" AND (action_id IN ({_listed(wanted.action_ids)})"
        f" OR table_name = 'heading' AND row_id IN ({headings})"
        f" OR table_name = 'term' AND row_id IN ({_listed(wanted.term_ids)})"
        " OR table_name = 'opinion' AND row_id IN"
        f" (SELECT id FROM opinion WHERE heading_id IN ({headings})))"
    )


def _limits(wanted: HistoryFilter) -> tuple[list[str], list[str]]:
    """Return the conditions on day and author, and the values for them."""
    limits = (
        ("substr(at, 1, 10) >= ?", wanted.since or None),
        ("substr(at, 1, 10) <= ?", wanted.until or None),
        ("author = ?", wanted.author),
    )
    given = [(clause, value) for clause, value in limits if value is not None]
    return [clause for clause, _ in given], [value for _, value in given]


def read_authors(connection: sqlite3.Connection, after: int) -> tuple[list[str], int]:
    """Return who changed something after a step, and the last step."""
    found = connection.execute("SELECT DISTINCT author FROM operation WHERE id > ?", (after,))
    (last,) = connection.execute("SELECT max(id) FROM operation").fetchone()
    return [author for (author,) in found], last or after


def read_reversed(connection: sqlite3.Connection, since: int) -> set[int]:
    """Return the steps from `since` on that are reversed, and stand so.

    Who undoes an undo brings the first step back.
    """
    found = set[int]()
    for step, reverses in connection.execute(
        "SELECT id, reverses_id FROM operation WHERE reverses_id >= ? ORDER BY id DESC", (since,)
    ):
        if step not in found:
            found.add(reverses)
    return found


def read_last_moments(connection: sqlite3.Connection) -> dict[int, str]:
    """Return when something was last done to each action."""
    rows = connection.execute(
        "SELECT last.action_id, operation.at FROM operation JOIN (SELECT action_id, "
        f"max(operation_id) AS id FROM change WHERE action_id IS NOT NULL AND {_DID_SOMETHING} "
        "GROUP BY action_id) AS last ON last.id = operation.id"
    )
    return dict(rows.fetchall())


def read_entry(connection: sqlite3.Connection, operation_id: int) -> Entry | None:
    """Return one step with all its rows."""
    found = read_entries(connection, before=operation_id + 1, limit=1)
    return found[0] if found and found[0].id == operation_id else None


class StepHead(NamedTuple):
    """One step of the history without its rows, and how many these are."""

    id: int
    at: str
    author: str
    label: str
    rows: int


def read_steps_after(
    connection: sqlite3.Connection, operation_id: int, *, limit: int
) -> list[StepHead]:
    """Return the steps that came after another one and did something, the newest first."""
    found = connection.execute(
        "SELECT id, at, author, label, "
        "(SELECT count(*) FROM change WHERE operation_id = operation.id) FROM operation "
        f"WHERE id > ? AND {_CAME_TO_SOMETHING} ORDER BY id DESC LIMIT ?",
        (operation_id, limit),
    )
    return list(map(StepHead._make, found))


def read_rows_of(
    connection: sqlite3.Connection, operation_ids: Collection[int]
) -> dict[int, list[RowChange]]:
    """Return what steps did to their rows, as far as it can be read."""
    changes = connection.execute(
        f"SELECT operation_id, {_CHANGE} FROM change WHERE {_DID_SOMETHING} "
        f"AND operation_id IN ({_listed(operation_ids)}) ORDER BY id"
    )
    rows: dict[int, list[RowChange]] = {}
    for operation_id, *change in changes:
        with suppress(UnfitStateError):
            rows.setdefault(operation_id, []).append(read_change(*change))
    return rows


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
