"""What the schema of a file should be, revision by revision, as db/schemas keeps it."""

from __future__ import annotations

import json
import re
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop import parts, paths
from kyodo_desktop.domain.tables import HISTORY
from kyodo_desktop.store.connection import open_in_memory

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


_ANALYZED = {
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What ANALYZE adds, by any tool: figures for the choice of an index."""

_WORDS = {"table": "表", "index": "索引", "trigger": "トリガー", "view": "ビュー"}
_SHOWN = 60  # characters of a name


class SchemaObject(NamedTuple):
    """A row of `sqlite_master`; an index that SQLite makes by itself has no statement."""

    kind: str
    name: str
    table: str
    sql: str | None

    @property
    def label(self) -> str:
        """What to call it: トリガー「x」."""
        is_virtual = isinstance(self.sql, str) and self.sql.upper().startswith("CREATE VIRTUAL")
        word = "仮想表" if is_virtual else _WORDS.get(self.kind, "定義")
        name = str(self.name)
        return f"{word}「{name if len(name) <= _SHOWN else f'{name[:_SHOWN]}…'}」"


class SchemaDifference(NamedTuple):
    """What is not as it should be, and how: `found` or `expected` is missing, or they differ."""

    found: SchemaObject | None
    expected: SchemaObject | None


def read_schema(connection: sqlite3.Connection) -> list[SchemaObject]:
    """Return what a file consists of.

    Asked by its old name: `sqlite_schema` could be the name of a view that somebody put there.
    """
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return [SchemaObject(*row) for row in rows]


def expected_schema(revision: str) -> list[SchemaObject]:
    """Return what a file of a known revision consists of. Raises MissingPartError."""
    return list(_expected(revision).values())


def difference(found: Iterable[SchemaObject], revision: str) -> SchemaDifference | None:
    """Return the first difference to the schema of a known revision; nothing where all agrees.

    Spacing, and quotes around the name that a statement creates, make no difference.
    """
    expected, seen = _expected(revision), set[tuple[str, str]]()
    for each in found:
        key = each.kind, each.name
        ours = expected.get(key)
        if key in seen or not (_agree(each, ours) if ours else _is_of_analyze(each)):
            return SchemaDifference(each, ours)
        seen.add(key)
    return next(
        (SchemaDifference(None, each) for key, each in expected.items() if key not in seen), None
    )


def is_expected(each: SchemaObject, revision: str) -> bool:
    """Tell whether a file of this revision has exactly this object."""
    ours = _expected(revision).get((each.kind, each.name))
    return ours is not None and _agree(each, ours)


@cache
def _expected(revision: str) -> dict[tuple[str, str], SchemaObject]:
    file = paths.bundled("db", "schemas", f"{revision}.json")
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise parts.MissingPartError(file) from error
    return {(row[0], row[1]): SchemaObject(*row) for row in rows}


def _agree(found: SchemaObject, ours: SchemaObject) -> bool:
    if found == ours:
        return True
    return found.table == ours.table and _plain(found.sql) == _plain(ours.sql)


def _is_of_analyze(each: SchemaObject) -> bool:
    sql = _ANALYZED.get(each.name)
    return sql is not None and each == SchemaObject("table", each.name, each.name, sql)


def _plain(sql: object) -> object:
    if not isinstance(sql, str):
        return sql
    spaced = re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql.strip()))
    return re.sub(r'^(CREATE (?:UNIQUE )?\w+ )"(\w+)"', r"\1\2", spaced)


APPLICATION_ID = 0x4B794F31
"""`PRAGMA application_id` of our files: "KyO1"."""

UNRECORDED = ("session", *HISTORY)
"""The tables of which the history keeps no rows: it is they."""

_NOT_OURS = ("alembic_version", "sqlite_sequence")
_MARKS = re.compile(r"'(?:[^']|'')*'|[()]")


class SchemaColumn(NamedTuple):
    """A column of a table."""

    name: str
    is_number: bool
    is_nullable: bool
    is_key: bool  # its own row's, or another's


@cache
def revisions(scripts: Path | None = None) -> tuple[str, ...]:
    """Return the known revisions, the oldest first: `0001_first.py` is revision 0001.

    Raises MissingPartError where there is none: every file would pass for a newer one.
    """
    folder = (scripts or paths.bundled("db")) / "versions"
    found = sorted(script.stem.partition("_")[0] for script in folder.glob("[0-9]*_*.py"))
    if not found:
        raise parts.MissingPartError(folder)
    return tuple(found)


def is_old(revision: str, scripts: Path | None = None) -> bool:
    """Tell whether a file of this revision needs to be brought up to date."""
    return revision != revisions(scripts)[-1]


@cache
def tables() -> Mapping[str, tuple[SchemaColumn, ...]]:
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
                SchemaColumn(name, kind == "INTEGER", not is_filled, bool(key or name in keys))
                for _, name, kind, is_filled, _, key in rows
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
