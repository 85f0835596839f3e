"""The permanent history: writes each step beside its changes, and reads steps back."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from kyodo_desktop.store.states import UnfitStateError, read_change
from kyodo_desktop.store.tables import TABLES, ChangeRow, OperationRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kyodo_desktop.domain.changes import Row, RowChange

_OPERATION = TABLES[str(OperationRow.__tablename__)]
_CHANGE = TABLES[str(ChangeRow.__tablename__)]
_KEY_BYTES = 8
_NOTHING = "{}"
_OF_OPERATION = _CHANGE.c.operation_id == _OPERATION.c.id
_DID_SOMETHING = func.coalesce(_CHANGE.c.before, "") + func.coalesce(_CHANGE.c.after, "") != (
    _NOTHING * 2
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
    connection: Connection,
    at: str,
    author: str,
    label: str,
    reverses_id: int | None = None,
    commit_number: int = 0,
    key: str = "",
) -> int:
    """Add a step, with a key that no other has, and return its id."""
    done = connection.execute(
        insert(_OPERATION).values(
            at=at,
            author=author,
            label=label,
            reverses_id=reverses_id,
            commit_number=commit_number,
            key=key or new_key(),
        )
    )
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def new_key() -> str:
    """Return a key that no other step has."""
    return secrets.token_hex(_KEY_BYTES)


def write_changes(connection: Connection, operation_id: int, rows: Iterable[RowChange]) -> None:
    """Add what a step did to its rows."""
    connection.execute(insert(_CHANGE), [_as_row(operation_id, row) for row in rows])


def rewrite_operation(
    connection: Connection, operation_id: int, commit_number: int, rows: Iterable[RowChange]
) -> None:
    """Write what a longer step did in the place of what its beginning had done.

    The step stays, also when it came to nothing, and so does each row that it once touched, as
    a change from nothing to nothing: whoever has read the beginning learns from it what to read
    again.
    """
    of_step = _CHANGE.c.operation_id == operation_id
    keys = select(_CHANGE.c.table_name, _CHANGE.c.row_id, _CHANGE.c.action_id).where(of_step)
    touched = [tuple(row) for row in connection.execute(keys)]
    changes = [_as_row(operation_id, row) for row in rows]
    left = {(each["table_name"], each["row_id"]) for each in changes}
    changes += [
        {
            "operation_id": operation_id,
            "table_name": table,
            "row_id": row_id,
            "action_id": action_id,
            "before": _NOTHING,
            "after": _NOTHING,
        }
        for table, row_id, action_id in touched
        if (table, row_id) not in left
    ]
    connection.execute(delete(_CHANGE).where(of_step))
    connection.execute(insert(_CHANGE), changes)
    written = update(_OPERATION).where(_OPERATION.c.id == operation_id)
    connection.execute(written.values(commit_number=commit_number))


def read_entries(
    connection: Connection,
    *,
    action_ids: Collection[int] | None,
    before: int | None,
    limit: int,
) -> list[Entry]:
    """Return steps, the newest first: of the whole plan or of some actions, older than `before`.

    For some actions only the rows that belong to them are in an entry. What came to nothing is
    left out; the step that founded the plan has no rows, but did something.
    """
    came_to_something = exists().where(_OF_OPERATION, _DID_SOMETHING)
    query = select(_OPERATION).order_by(_OPERATION.c.id.desc()).limit(limit)
    query = query.where(came_to_something | ~exists().where(_OF_OPERATION))
    changes = select(_CHANGE).where(_DID_SOMETHING).order_by(_CHANGE.c.id)
    if before is not None:
        query = query.where(_OPERATION.c.id < before)
    if action_ids is not None:
        changes = changes.where(_CHANGE.c.action_id.in_(action_ids))
        of_actions = select(_CHANGE.c.operation_id).where(
            _CHANGE.c.action_id.in_(action_ids), _DID_SOMETHING
        )
        query = query.where(_OPERATION.c.id.in_(of_actions))
    operations = connection.execute(query).all()
    ids = [each.id for each in operations]
    rows: defaultdict[int, list[RowChange]] = defaultdict(list)
    broken = set[int]()
    for change in connection.execute(changes.where(_CHANGE.c.operation_id.in_(ids))):
        try:
            rows[change.operation_id].append(_as_change(change))
        except UnfitStateError:
            broken.add(change.operation_id)
    return [
        Entry(
            each.id,
            each.at,
            each.author,
            each.label,
            each.reverses_id,
            tuple(rows[each.id]),
            each.id not in broken,
        )
        for each in operations
    ]


def read_entry(connection: Connection, operation_id: int) -> Entry | None:
    """Return one step with all its rows."""
    found = read_entries(connection, action_ids=None, before=operation_id + 1, limit=1)
    return found[0] if found and found[0].id == operation_id else None


def plan_key(connection: Connection) -> str:
    """Return the key of the step that founded the plan: the same in every copy of its file."""
    first = connection.exec_driver_sql("SELECT key FROM operation ORDER BY id LIMIT 1")
    return first.scalar() or ""


def read_rows(connection: Connection, table: str, row_id: int) -> list[RowChange]:
    """Return what was ever done to one row, the newest first, as far as it can be read."""
    of_row = (_CHANGE.c.table_name == table) & (_CHANGE.c.row_id == row_id)
    changes = select(_CHANGE).where(of_row, _DID_SOMETHING).order_by(_CHANGE.c.id.desc())
    found = []
    for change in connection.execute(changes):
        with suppress(UnfitStateError):
            found.append(_as_change(change))
    return found


def _as_row(operation_id: int, row: RowChange) -> dict[str, Any]:
    columns = row.touched
    return {
        "operation_id": operation_id,
        "table_name": row.table,
        "row_id": row.id,
        "action_id": row.action_id,
        "before": _json(row.before, columns),
        "after": _json(row.after, columns),
    }


def _json(state: Row | None, columns: frozenset[str]) -> str | None:
    if state is None:
        return None
    kept = {name: value for name, value in state.items() if name in columns}
    return json.dumps(kept, ensure_ascii=False)


def _as_change(row: Any) -> RowChange:
    return read_change(row.table_name, row.row_id, row.action_id, row.before, row.after)
