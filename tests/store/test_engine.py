"""The settings of the connection that keep a file safe."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from kyodo_desktop.domain.errors import DamagedFileError, OpeningError
from kyodo_desktop.store.engine import connected, leave_wal, open_engine
from kyodo_desktop.store.failures import translate_errors


@pytest.fixture
def connect(tmp_path):
    """A function that opens a file of any name and lends a connection to it."""
    engines = []

    def connect(name="計画.db", **options):
        (tmp_path / name).touch()
        engines.append(open_engine(tmp_path / name, **options))
        return engines[-1].connect()

    yield connect
    for engine in engines:
        engine.dispose()


def test_a_committed_edit_survives_a_power_cut_and_no_wal_lies_on_the_share(connect):
    with connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "journal_mode", "foreign_keys", "query_only")
        }
    assert pragmas == {
        "synchronous": 2,
        "journal_mode": "delete",
        "foreign_keys": 1,
        "query_only": 0,
    }


def test_references_are_checked_unless_a_migration_runs(connect):
    script = "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES a)"
    with connect() as connection:
        connection.exec_driver_sql(script)
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql("INSERT INTO a VALUES (1, 2)")
        connection.rollback()
    with connect(foreign_keys=False) as connection:
        connection.exec_driver_sql(script)
        connection.exec_driver_sql("INSERT INTO a VALUES (1, 2)")


def test_a_file_that_is_opened_for_reading_is_not_written(connect):
    with connect(read_only=True) as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("CREATE TABLE a (id)")


def test_making_a_table_is_taken_back_with_its_transaction(connect):
    with connect() as connection:
        connection.execute(text("CREATE TABLE a (id)"))
        connection.rollback()
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0


NOT_ON_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="Windows has no ? in names")


@pytest.mark.parametrize(
    "name",
    [
        "100%.db",
        "a#b.db",
        pytest.param("a?b=c.db", marks=NOT_ON_WINDOWS),
        "a b\u3000計画.db",
        "a%20b.db",
        "a&b'c.db",
    ],
)
def test_any_name_of_a_file_is_taken_as_it_is(connect, tmp_path, name):
    with connect(name) as connection:
        connection.exec_driver_sql("CREATE TABLE a (id)")
        connection.commit()
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_no_question_to_an_unknown_file_goes_on_without_end(sample_file):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n"
    with (
        pytest.raises(OpeningError, match="大きすぎるもの") as told,
        translate_errors("計画.kyodo", reading=True),
        connected(sample_file, unknown=True) as connection,
    ):
        connection.execute(endless).fetchall()
    assert not isinstance(told.value, DamagedFileError)


def test_a_file_is_set_back_from_wal_unless_somebody_has_it(sample_file, monkeypatch):
    monkeypatch.setattr("kyodo_desktop.store.engine.PATIENCE", 0)
    with closing(sqlite3.connect(sample_file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE plan SET title = '題'")
        other.commit()
        with pytest.raises(sqlite3.OperationalError) as told:
            leave_wal(sample_file)
        assert told.value.sqlite_errorcode == sqlite3.SQLITE_BUSY
    for _ in range(2):
        leave_wal(sample_file)
    with closing(sqlite3.connect(sample_file)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert other.execute("SELECT title FROM plan").fetchone() == ("題",)
    assert list(sample_file.parent.iterdir()) == [sample_file]


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    missing = tmp_path / "よそへ移された.kyodo"
    with pytest.raises(sqlite3.OperationalError), connected(missing) as connection:
        connection.execute("SELECT 1")
    assert list(tmp_path.iterdir()) == []
