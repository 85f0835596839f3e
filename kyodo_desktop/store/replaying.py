"""Writes recorded changes to their rows again: undo, redo, and taking back an old step."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import GoneError
from kyodo_desktop.store.fetching import fetch_where
from kyodo_desktop.store.names import UNIQUE_NAMES, give_up_names
from kyodo_desktop.store.tables import RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.changes import RowChange


def replay(session: Session, changes: Sequence[RowChange]) -> None:
    """Give each row the state that its change ends in.

    Deleted first and added last, so that a name or a place is free before it is taken.
    Raises GoneError when a row to change is no longer there.
    """
    loaded = rows_of(session, changes)
    for change in changes:
        if change.after is None:
            session.delete(_there(loaded, change))
    session.flush()
    updates = [each for each in changes if each.before is not None and each.after is not None]
    _free_names(session, loaded, updates)
    for change in updates:
        row, after = _there(loaded, change), change.after or {}
        for column in change.touched:
            setattr(row, column, after[column])
    session.flush()
    session.add_all(
        RECORDED[change.table](**change.after)
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
        for row in fetch_where(session, RECORDED[table], id=ids)
    }


def _free_names(
    session: Session, loaded: dict[tuple[str, int], SQLModel], updates: Sequence[RowChange]
) -> None:
    """Let each row that gets another name give up its own."""
    for table in {change.table for change in updates}:
        column = UNIQUE_NAMES.get(RECORDED[table])
        if column is not None:
            renamed = [
                _there(loaded, change)
                for change in updates
                if change.table == table and column in change.touched
            ]
            give_up_names(session, renamed, column)


def _there(loaded: dict[tuple[str, int], SQLModel], change: RowChange) -> SQLModel:
    row = loaded.get((change.table, change.id))
    if row is None:
        raise GoneError("この変更の対象は既に削除されているため、元に戻せません。")
    return row
