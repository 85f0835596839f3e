"""The migrations make what the tables declare, down to the last CHECK."""

from __future__ import annotations

import ast
import re
import sqlite3
from contextlib import closing
from itertools import chain, pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Integer

from kyodo_desktop.domain.field_types import Storage
from kyodo_desktop.domain.tables import HISTORY, TABLES
from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.store import schema
from kyodo_desktop.store.engine import open_engine
from kyodo_desktop.store.schema import APPLICATION_ID, expected_schema, revisions
from kyodo_desktop.store.tables import RECORDED, SQLModel
from tests.schemas import made


def statements(path) -> dict[str, list[str]]:
    """Return the CREATE statements by name, each as its parts in alphabetical order."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT IN ('alembic_version', 'sqlite_sequence')"
        ).fetchall()
    return {name: sorted(parts(sql)) for name, sql in found}


def parts(sql: str) -> list[str]:
    """Split a statement at the commas and brackets of its own level, without its spacing."""
    sql, depth, found = re.sub(r"\s+", " ", sql.replace('"', "")), 0, [""]
    for character in sql:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth <= 1 and character in "(),":
            found.append("")
        else:
            found[-1] += character
    return [part.strip() for part in found if part.strip()]


def test_the_migrated_file_has_the_declared_tables(sample_file, tmp_path):
    declared = tmp_path / "declared.db"
    declared.touch()
    engine = open_engine(declared)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert statements(sample_file) == statements(declared)
    assert len(statements(declared)) > len(SQLModel.metadata.tables)


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # it is compared above
def test_alembic_finds_nothing_to_change(sample_file):
    engine = open_engine(sample_file)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_file_says_whose_it_is_and_of_which_revision(sample_file):
    with closing(sqlite3.connect(sample_file)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        known = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert known == [(revisions()[-1],)]


def test_the_revisions_are_told_from_the_names_of_the_scripts(tmp_path):
    versions = tmp_path / "versions"
    versions.mkdir()
    for name in ("0002_second.py", "0001_first.py", "notes.txt", "__init__.py"):
        (versions / name).touch()
    assert revisions(tmp_path) == ("0001", "0002")


def test_without_any_script_no_file_passes_for_a_newer_one(tmp_path):
    (tmp_path / "versions").mkdir()
    with pytest.raises(MissingPartError, match="versions"):
        revisions(tmp_path)


@pytest.mark.parametrize("revision", revisions())
def test_the_kept_schema_of_each_revision_is_what_the_scripts_make(revision):
    assert expected_schema(revision) == made(revision), "run: make schemas"


def test_the_columns_are_told_from_the_kept_schema_as_they_are_declared():
    declared = {
        name: {
            schema.SchemaColumn(
                column.name,
                isinstance(column.type, Integer),
                bool(column.nullable),
                column.primary_key or bool(column.foreign_keys),
            )
            for column in table.columns
        }
        for name, table in SQLModel.metadata.tables.items()
    }
    assert {name: set(columns) for name, columns in schema.tables().items()} == declared


def columns_of(revision):
    """Return the columns of a revision by their tables, each with what rows have by itself."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for each in expected_schema(revision):
            if each.kind == "table" and each.name in TABLES:
                connection.execute(each.sql)
        return {
            table: {
                name: ast.literal_eval(default or "None")
                for _, name, _, _, default, _ in connection.execute(f"PRAGMA table_info({table})")
            }
            for table in TABLES
        }


def test_a_column_that_came_later_says_what_earlier_exports_and_histories_mean():
    kept = [columns_of(each) for each in revisions()]
    later = {
        (table, name): str(default)
        for old, new in pairwise(kept)
        for table in TABLES
        for name, default in new[table].items()
        if old[table] and name not in old[table]
    }
    said = {
        (name, column.name): str(column.earlier)
        for name, table in TABLES.items()
        for column in table.columns
        if column.is_later
    }
    known = {(name, column.name) for name, table in TABLES.items() for column in table.columns}
    assert said == {place: default for place, default in later.items() if place in known}
    assert said


def test_the_rules_are_told_from_the_kept_schema_as_they_are_declared():
    assert {table: sorted(schema.checks(table)) for table in schema.tables()} == {
        name: sorted(
            str(rule.sqltext)
            for rule in chain(table.constraints, *(each.constraints for each in table.columns))
            if isinstance(rule, CheckConstraint)
        )
        for name, table in SQLModel.metadata.tables.items()
    }


def test_the_history_is_of_all_other_tables():
    assert schema.recorded_tables() == set(RECORDED)


def test_the_numbers_are_described_as_they_are_declared():
    for name, table in TABLES.items():
        declared = SQLModel.metadata.tables[name].columns
        for column in table.columns:
            is_number = isinstance(declared[column.name].type, Integer)
            assert (column.type.storage is Storage.NUMBER) == is_number, (name, column.name)


def test_the_values_of_a_table_are_named_like_its_columns():
    for table in TABLES.values():
        if table.kind is not None:
            assert {*table.kind._fields} == {"id", *(column.name for column in table.columns)}


def test_all_tables_but_that_of_the_windows_are_described():
    assert {*TABLES, "session"} == SQLModel.metadata.tables.keys()
    others = {name for name, table in TABLES.items() if table.kind is None}
    assert others == {*HISTORY}
