"""Writes recorded changes to their rows again: undo, redo, and taking back an old step."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.changes import Row, RowChange, field_names
from kyodo_desktop.domain.errors import ConflictError
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session, SQLModel


_KEPT = "今の内容はそのままです。"


def replay(session: Session, changes: Sequence[RowChange]) -> None:
    """Give each row the state that its change ends in.

    Deleted first and added last, so that a name or a place is free before it is taken.
    Raises ConflictError where a row is not as the change begins: somebody changed it since,
    here or in another window.
    """
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
    for change in updates:
        row, after = loaded[change.table, change.id], change.after or {}
        for column in change.touched:
            setattr(row, column, after[column])
    session.flush()
    session.add_all(
        tables.RECORDED[change.table](**change.after)
        for change in changes
        if change.before is None and change.after is not None
    )
    session.flush()


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
    expected = {name: change.before[name] for name in change.touched}
    now = {name: present[name] for name in expected}
    if now != expected:
        since = field_names(RowChange(change.table, change.id, expected, now))
        raise ConflictError(
            f"この変更のあとで{'、'.join(since) or '同じ項目'}がさらに変更されています。"
            f"{_KEPT}新しい変更から順に元に戻してください。"
        )
