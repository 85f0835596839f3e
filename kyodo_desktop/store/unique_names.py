"""Lets rows exchange names of which no two may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session, SQLModel


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
