"""Fills a new file with many rows at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.tables import table_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def insert_values(connection: sqlite3.Connection, values: Iterable[tuple[Any, ...]]) -> None:
    """Add the values of `domain.plan` as rows of their tables, class after class.

    It goes round the recorder, which has nothing to record in a new file: 50,000 actions with
    all their lines take a second like this, and a minute as objects of a session.
    """
    by_kind: defaultdict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for value in values:
        by_kind[type(value)].append(value)
    for named, rows in by_kind.items():
        columns, places = ", ".join(named._fields), ", ".join("?" * len(named._fields))
        statement = f'INSERT INTO "{table_of(named)}" ({columns}) VALUES ({places})'
        connection.executemany(statement, rows)
