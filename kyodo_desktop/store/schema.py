"""Which versions of the schema there are, and what the newest one's columns hold.

It is told from the files in `db/`, the names of its scripts and the schemas that these make:
Alembic and SQLAlchemy take longer to import than a whole start.
"""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.tables import HISTORY
from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.paths import bundled
from kyodo_desktop.store.connection import open_in_memory
from kyodo_desktop.store.expected import expected_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

APPLICATION_ID = 0x4B794F31
"""`PRAGMA application_id` of our files: "KyO1"."""

UNRECORDED = ("session", *HISTORY)
"""The tables of which the history keeps no rows: it is they."""

_NOT_OURS = ("alembic_version", "sqlite_sequence")
_MARKS = re.compile(r"'(?:[^']|'')*'|[()]")


class Column(NamedTuple):
    """A column of a table. `default` is what rows have that were there before it came."""

    name: str
    is_number: bool
    is_nullable: bool
    is_key: bool  # its own row's, or another's
    default: int | str | None


@cache
def revisions(scripts: Path | None = None) -> tuple[str, ...]:
    """Return the known revisions, the oldest first: `0001_first.py` is revision 0001.

    Raises MissingPartError where there is none: every file would pass for a newer one.
    """
    folder = (scripts or bundled("db")) / "versions"
    found = sorted(script.stem.partition("_")[0] for script in folder.glob("[0-9]*_*.py"))
    if not found:
        raise MissingPartError(folder)
    return tuple(found)


def is_old(revision: str, scripts: Path | None = None) -> bool:
    """Tell whether a file of this revision needs to be brought up to date."""
    return revision != revisions(scripts)[-1]


@cache
def tables() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of the newest schema by their tables. Raises MissingPartError."""
    statements = _statements()
    with closing(open_in_memory()) as connection:
        for sql in statements.values():
            connection.execute(sql)
        found = {}
        for table in statements:
            references = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            keys = {column for _, _, _, column, *_ in references}
            rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            found[table] = tuple(
                Column(name, kind == "INTEGER", not is_filled, bool(key or name in keys), default)
                for name, kind, is_filled, default, key in (
                    (*row[1:4], _value(row[2], row[4]), row[5]) for row in rows
                )
            )
    return found


@cache
def recorded_tables() -> frozenset[str]:
    """Return the tables of whose rows the history keeps what was done to them."""
    return frozenset(tables()).difference(UNRECORDED)


def checks(table: str) -> Iterator[str]:
    """Yield the rules that each row of a table keeps, as SQLite's CHECK takes them."""
    sql = _statements()[table]
    for found in re.finditer(r"\bCHECK \(", sql):
        depth = 1
        for mark in _MARKS.finditer(sql, found.end()):
            depth += {"(": 1, ")": -1}.get(mark[0], 0)
            if not depth:
                yield sql[found.end() : mark.start()]
                break


def _statements() -> dict[str, str]:
    """Return the statements that make the tables."""
    return {
        each.name: each.sql
        for each in expected_schema(revisions()[-1])
        if each.kind == "table" and each.sql and each.name not in _NOT_OURS
    }


def _value(kind: str, default: str | None) -> int | str | None:
    """Return what an expression of SQLite says, which is a text in quotes."""
    if default is None:
        return None
    text = default.removeprefix("'").removesuffix("'")
    return int(text) if kind == "INTEGER" else text
