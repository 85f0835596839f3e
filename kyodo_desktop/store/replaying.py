"""Writes recorded changes to their rows again: undo, redo, and taking back an old step."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.changes import Row, RowChange, field_names
from kyodo_desktop.domain.errors import ConflictError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from sqlmodel import Session, SQLModel


_KEPT = "今の内容はそのままです。"


def replay(
    session: Session, changes: Sequence[RowChange], control: JobControl | None = None
) -> None:
    """Give each row the state that its change ends in, and count the rows.

    Deleted first and added last, so that a name or a place is free before it is taken.
    Raises ConflictError where a row is not as the change begins: somebody changed it since,
    here or in another window; and CancelledError.
    """
    control = control or JobControl()
    loaded = rows_of(session, changes)
    for change in changes:
        row = loaded.get((change.table, change.id))
        _expect_untouched(change, None if row is None else fetching.values(row))
    for change in changes:
        if change.after is None:
            session.delete(loaded[change.table, change.id])
    session.flush()
    updates = [each for each in changes if each.before is not None and each.after is not None]
    _free_names(session, loaded, updates)
    for part in _parts(updates):
        for change in part:
            row, after = loaded[change.table, change.id], change.after or {}
            for column in change.touched:
                setattr(row, column, after[column])
        session.flush()
        control.advance(len(part))
    new = [each for each in changes if each.before is None and each.after is not None]
    for part in _parts(new):
        session.add_all(tables.RECORDED[each.table](**(each.after or {})) for each in part)
        session.flush()
        control.advance(len(part))


_AT_ONCE = 500  # rows; between them the work can be cancelled


def _parts(changes: Sequence[RowChange]) -> Iterator[Sequence[RowChange]]:
    for start in range(0, len(changes), _AT_ONCE):
        yield changes[start : start + _AT_ONCE]


def read_free_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the first id of each table that no row has, nor ever had."""
    used = connection.execute("SELECT name, seq FROM sqlite_sequence")
    return {str(name): int(last) + 1 for name, last in used}


def rows_of(session: Session, changes: Iterable[RowChange]) -> dict[tuple[str, int], SQLModel]:
    """Return the present rows of the changes, as far as they exist."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for change in changes:
        wanted[change.table].append(change.id)
    return {
        (table, row.id): row  # type: ignore[attr-defined]
        for table, ids in wanted.items()
        for row in fetching.fetch_where(session, tables.RECORDED[table], id=ids)
    }


def _free_names(
    session: Session, loaded: dict[tuple[str, int], SQLModel], updates: Sequence[RowChange]
) -> None:
    """Let each row that gets another name give up its own."""
    for table in {change.table for change in updates}:
        column = fetching.UNIQUE_NAMES.get(table)
        if column is not None:
            renamed = [
                loaded[change.table, change.id]
                for change in updates
                if change.table == table and column in change.touched
            ]
            fetching.release_unique_names(session, renamed, column)


def _expect_untouched(change: RowChange, present: Row | None) -> None:
    """Raise ConflictError unless the row still is as the change expects to find it."""
    if change.before is None or present is None:
        if change.before is None and present is None:
            return
        state = "削除されています" if present is None else "既に元に戻されています"
        raise ConflictError(f"この変更のあとで、対象の項目が{state}。{_KEPT}")
    expected = {name: _shown(change.before[name]) for name in change.touched}
    now = {name: _shown(present[name]) for name in expected}
    if now != expected:
        since = field_names(RowChange(change.table, change.id, expected, now))
        raise ConflictError(
            f"この変更のあとで{'、'.join(since) or '同じ項目'}がさらに変更されています。"
            f"{_KEPT}新しい変更から順に元に戻してください。"
        )


def _shown(value: Any) -> Any:
    """Return a value as a plan shows it: whoever knows a row from there knows no other text."""
    return with_signs(value) if isinstance(value, str) else value
