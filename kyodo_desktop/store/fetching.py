"""Fetches rows in a session, and lets rows exchange names of which no two may be alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session, SQLModel


Row = TypeVar("Row", bound="SQLModel")

_AT_ONCE = 500  # SQLite takes a limited number of parameters in a statement


def fetch_where(session: Session, kind: type[Row], **among: Iterable[Any]) -> list[Row]:
    """Return the rows, by id, whose column holds one of the values; one column can be named."""
    from kyodo_desktop.store.engine import col, select

    ((column, wanted),) = among.items()
    values, key, found = list(wanted), col(getattr(kind, column)), list[Row]()
    for start in range(0, len(values), _AT_ONCE):
        chunk = values[start : start + _AT_ONCE]
        found.extend(session.exec(select(kind).where(key.in_(chunk)).order_by("id")))
    return found


def values(row: SQLModel) -> dict[str, Any]:
    """Return a row's values by column, in the order of the table."""
    return {name: getattr(row, name) for name in type(row).model_fields}


UNIQUE_NAMES = {
    "status": "mark",
    "direction": "label",
    "section": "name",
    "round": "name",
    "revision": "name",
}
"""The text by which no two rows of a table may agree."""


def release_unique_names(session: Session, rows: Sequence[SQLModel], column: str) -> None:
    """Free the names of rows that are about to get others.

    SQLite compares after each row, not at the end of a statement: ✓ and ◇ can change places
    only by way of names which nobody has.
    """
    if len(rows) > 1:
        for row in rows:
            setattr(row, column, f"（入替え中 {row.id}）")  # type: ignore[attr-defined]
        session.flush()
