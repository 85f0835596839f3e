"""Writes an ordered list of entries over the rows that are there, each keeping its identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import GoneError
from kyodo_desktop.store.fetching import fetch_where
from kyodo_desktop.store.names import UNIQUE_NAMES, give_up_names

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.vocabulary import NameEntry, StatusEntry

Values = dict[str, Any]


def left_out(
    known: Collection[int], entries: Sequence[StatusEntry] | Sequence[NameEntry]
) -> list[int]:
    """Return the ids of the rows that are no longer among the entries."""
    kept = {entry.id for entry in entries}
    return [row_id for row_id in known if row_id not in kept]


def write_entries(
    session: Session,
    kind: type[SQLModel],
    gone: Sequence[int],
    wanted: Sequence[tuple[int | None, Values]],
) -> None:
    """Delete the rows that are gone, and write the others in their order; without an id is new.

    What refers to a row that goes must have been taken care of.
    """
    for row in fetch_where(session, kind, id=gone):
        session.delete(row)
    session.flush()  # their names are free now
    ids = [row_id for row_id, _ in wanted if row_id is not None]
    rows = {row.id: row for row in fetch_where(session, kind, id=ids)}  # type: ignore[attr-defined]
    if len(rows) < len(ids):
        raise GoneError("直している間に、一部の項目が削除されました。変更は行いませんでした。")
    _free_names(session, kind, [(rows[row_id], values) for row_id, values in wanted if row_id])
    for position, (row_id, values) in enumerate(wanted):
        if row_id is None:
            session.add(kind(position=position, **values))
            continue
        for name, value in {**values, "position": position}.items():
            setattr(rows[row_id], name, value)


def _free_names(
    session: Session, kind: type[SQLModel], changes: Sequence[tuple[SQLModel, Values]]
) -> None:
    column = UNIQUE_NAMES.get(str(kind.__tablename__))
    if column is not None:
        renamed = [row for row, values in changes if getattr(row, column) != values[column]]
        give_up_names(session, renamed, column)
