"""Compares the schema of a file with the one that its revision has, as `db/schemas` keeps it.

What a schema says runs when the file is only read: the expression of a CHECK or of an index, a
view in the place of a table. So nothing else is read before the schema is known to be ours.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

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


class Difference(NamedTuple):
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


def difference(found: Iterable[SchemaObject], revision: str) -> Difference | None:
    """Return the first difference to the schema of a known revision; nothing where all agrees.

    Spacing, and quotes around the name that a statement creates, make no difference.
    """
    expected, seen = _expected(revision), set[tuple[str, str]]()
    for each in found:
        key = each.kind, each.name
        ours = expected.get(key)
        if key in seen or not (_agree(each, ours) if ours else _is_of_analyze(each)):
            return Difference(each, ours)
        seen.add(key)
    return next(
        (Difference(None, each) for key, each in expected.items() if key not in seen), None
    )


def is_expected(each: SchemaObject, revision: str) -> bool:
    """Tell whether a file of this revision has exactly this object."""
    ours = _expected(revision).get((each.kind, each.name))
    return ours is not None and _agree(each, ours)


@cache
def _expected(revision: str) -> dict[tuple[str, str], SchemaObject]:
    file = bundled("db", "schemas", f"{revision}.json")
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MissingPartError(file) from error
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
