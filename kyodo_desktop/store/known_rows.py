"""Reads the tables that this program knows out of a file in which there may be anything.

Only columns of tables are read, in the order in which they lie in the file: no view, no index,
no generated column, so that nothing runs which the file brings along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.store.connection import connected
from kyodo_desktop.store.expected import expected_schema, read_schema
from kyodo_desktop.store.inspection import UNREADABLE, unreadable
from kyodo_desktop.store.schema import revisions
from kyodo_desktop.store.states import later_columns
from kyodo_desktop.store.whole_rows import COLUMNS

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from kyodo_desktop.domain.interchange.whole_plan import Row


def read_known_rows(path: Path) -> dict[str, list[Row]]:
    """Return all rows of all known tables, by id; a column that came later has its default.

    Raises RefusedError where a table that every plan has is not there, and OpeningError.
    """
    try:
        with connected(path, unknown=True) as connection:
            tables = {
                each.name
                for each in read_schema(connection)
                if each.kind == "table" and str(each.sql).upper().startswith("CREATE TABLE")
            }
            _expect_tables(path, tables)
            return {
                name: _rows(connection, name, columns) if name in tables else []
                for name, columns in COLUMNS.items()
            }
    except UNREADABLE as error:
        raise unreadable(path, error) from error


def _expect_tables(path: Path, tables: set[str]) -> None:
    for each in expected_schema(revisions()[0]):
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
    later = {name: value for name, value in later_columns(table).items() if name in columns}
    rows: list[Row] = [{**later, **dict(zip(there, row, strict=True))} for row in found]
    return sorted(rows, key=lambda row: (type(row["id"]) is not int, row["id"]))
