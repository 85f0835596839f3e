"""Whole tables as rows: reads them, also out of a strange file, and fills a new one."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.interchange.whole_plan import Misfit, Row
from kyodo_desktop.domain.tables import TABLES, table_of
from kyodo_desktop.store import history, inspection, schema
from kyodo_desktop.store.connection import connected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path


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


COLUMNS = {
    name: ("id", *(column.name for column in table.columns)) for name, table in TABLES.items()
}
_LAST_CLOSED = "UPDATE round SET closed_at = ? WHERE id = ?"


class RowRejectedError(Exception):
    """A row that breaks a rule of the tables."""

    def __init__(self, misfit: Misfit) -> None:
        super().__init__(str(misfit))
        self.misfit = misfit


def read_whole(
    connection: sqlite3.Connection, without: Collection[str] = ()
) -> dict[str, list[Row]]:
    """Return all rows of all tables, by id, but of those that are left out."""
    return {
        table: [
            dict(zip(columns, row, strict=True))
            for row in connection.execute(f'SELECT {_listed(columns)} FROM "{table}" ORDER BY id')
        ]
        for table, columns in COLUMNS.items()
        if table not in without
    }


def write_whole(connection: sqlite3.Connection, tables: dict[str, list[Row]]) -> None:
    """Fill the tables of a new file; every row has its id. Raises RowRejectedError.

    A round is closed when all that it says is in. The steps get keys of their own: what is made
    of an export is another plan than the one that it came from.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, columns in COLUMNS.items():
        rows = [tuple(row[column] for column in columns) for row in _opened(table, tables)]
        statement = f'INSERT INTO "{table}" ({_listed(columns)}) VALUES ({_marks(columns)})'
        _insert(connection, table, statement, rows)
    for row in tables["round"]:
        if row["closed_at"] is not None:
            try:
                connection.execute(_LAST_CLOSED, (row["closed_at"], row["id"]))
            except sqlite3.IntegrityError as error:
                index = tables["round"].index(row)
                raise RowRejectedError(_misfit("round", index, error)) from error
    _expect_references(connection, tables)
    _keep_used_ids(connection)
    connection.execute("UPDATE operation SET key = lower(hex(randomblob(8)))")


def _opened(table: str, tables: dict[str, list[Row]]) -> Iterator[Row]:
    """Yield the rows of a table; a round is open as yet."""
    for row in tables[table]:
        yield {**row, "closed_at": None} if table == "round" else row


def _insert(
    connection: sqlite3.Connection, table: str, statement: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    if not rows:
        return
    try:
        connection.executemany(statement, rows)
    except sqlite3.IntegrityError:
        connection.execute(f'DELETE FROM "{table}"')
        for index, row in enumerate(rows):  # once more, to learn which one it is
            try:
                connection.execute(statement, row)
            except sqlite3.IntegrityError as error:
                raise RowRejectedError(_misfit(table, index, error)) from error
        raise


def _misfit(table: str, index: int, error: sqlite3.IntegrityError) -> Misfit:
    """Tell the column and the rule from SQLite's words."""
    words = str(error)
    found = re.fullmatch(r"(\w+) constraint failed: (.*)", words)
    kind, what = found.groups() if found else ("", words)
    if kind == "UNIQUE":
        column = what.split(",")[-1].rpartition(".")[2].strip()
        return Misfit(table, index, column, "と同じものが、ほかの行にもあります。")
    if kind == "CHECK":
        column = what.removeprefix(f"ck_{table}_").removesuffix("_filled")
        return Misfit(table, index, column, "の値は使えません。")
    return Misfit(table, index, what.rpartition(".")[2], "の値がありません。")


def _expect_references(connection: sqlite3.Connection, tables: dict[str, list[Row]]) -> None:
    """Raise RowRejectedError for the first row that refers to one which is not there."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is None:
        return
    table, row_id, _, number = broken
    column = next(
        row[3]
        for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')
        if row[0] == number
    )
    index = next(place for place, row in enumerate(tables[table]) if row["id"] == row_id)
    raise RowRejectedError(Misfit(table, index, column, "が指す行がありません。"))


def _keep_used_ids(connection: sqlite3.Connection) -> None:
    """Let no id be used again which a row had that only the history still knows."""
    for table in COLUMNS:
        used = connection.execute(
            f'SELECT max(coalesce((SELECT max(id) FROM "{table}"), 0), coalesce('
            "(SELECT max(row_id) FROM change WHERE table_name = ?), 0))",
            (table,),
        ).fetchone()[0]
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, used))


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def read_known_rows(path: Path) -> dict[str, list[Row]]:
    """Return all rows of all known tables, by id; a column that came later has its default.

    Raises RefusedError where a table that every plan has is not there, and OpeningError.
    """
    try:
        with connected(path, unknown=True) as connection:
            tables = {
                each.name
                for each in schema.read_schema(connection)
                if each.kind == "table" and str(each.sql).upper().startswith("CREATE TABLE")
            }
            _expect_tables(path, tables)
            return {
                name: _rows(connection, name, columns) if name in tables else []
                for name, columns in COLUMNS.items()
            }
    except inspection.UNREADABLE as error:
        raise inspection.unreadable(path, error) from error


def _expect_tables(path: Path, tables: set[str]) -> None:
    for each in schema.expected_schema(schema.revisions()[0]):
        if each.kind == "table" and each.name in COLUMNS and each.name not in tables:
            raise RefusedError(
                f"「{path.name}」には、計画の内容を保存する{each.label}がないため、中身を移せません。"
                "ファイルは変更していません。バックアップがあれば、そこから復元してください。"
            )


def _rows(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> list[Row]:
    described = connection.execute(f'PRAGMA table_xinfo("{table}")').fetchall()
    there = [name for name in columns if (name, 0) in {(row[1], row[6]) for row in described}]
    if "id" not in there:
        return []
    listed = ", ".join(f'"{name}"' for name in there)
    found = connection.execute(f'SELECT {listed} FROM "{table}" NOT INDEXED')
    missing = {**dict.fromkeys(columns), **history.later_columns(table)}
    rows: list[Row] = [{**missing, **dict(zip(there, row, strict=True))} for row in found]
    return sorted(rows, key=lambda row: (type(row["id"]) is not int, row["id"]))
