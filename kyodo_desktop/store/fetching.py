"""Rows as objects of a session: many fetched at once, and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound="SQLModel")

_AT_ONCE = 500  # SQLite takes a limited number of parameters in a statement


def fetch_where(session: Session, kind: type[Row], **among: Iterable[Any]) -> list[Row]:
    """Return the rows, by id, whose column holds one of the values; one column can be named."""
    from sqlmodel import col, select

    ((column, wanted),) = among.items()
    values, key, found = list(wanted), col(getattr(kind, column)), list[Row]()
    for start in range(0, len(values), _AT_ONCE):
        chunk = values[start : start + _AT_ONCE]
        found.extend(session.exec(select(kind).where(key.in_(chunk)).order_by("id")))
    return found


def values(row: SQLModel) -> dict[str, Any]:
    """Return a row's values by column, in the order of the table."""
    return {name: getattr(row, name) for name in type(row).model_fields}
