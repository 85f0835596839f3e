"""The settings of the connection that keep a file safe."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import DamagedFileError, OpeningError
from kyodo_desktop.store.connection import (
    Database,
    connected,
    is_open_here,
    leave_wal,
    open_connection,
)
from kyodo_desktop.store.failures import translate_storage_errors


@pytest.fixture
def connect(tmp_path):
    """A function that opens a file of any name and lends a connection to it."""

    def connect(name="計画.db", **options):
        (tmp_path / name).touch()
        return closing(open_connection(tmp_path / name, **options))

    return connect


def test_a_committed_edit_survives_a_power_cut_and_no_wal_lies_on_the_share(connect):
    with connect() as connection:
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
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
        connection.execute(script)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO a VALUES (1, 2)")
    with connect(foreign_keys=False) as connection:
        connection.execute("INSERT INTO a VALUES (1, 2)")


def test_a_file_that_is_opened_for_reading_is_not_written(connect):
    with (
        connect(read_only=True) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("CREATE TABLE a (id)")


def test_a_file_is_open_here_from_the_first_question_until_it_is_closed(sample_file):
    database = Database(sample_file)
    assert not is_open_here(sample_file)
    with database.reading() as connection:
        connection.execute("SELECT * FROM plan").fetchone()
        assert is_open_here(sample_file)
    for _ in range(2):
        database.close()
        assert not is_open_here(sample_file)


def test_all_questions_of_a_reading_are_to_one_state_of_the_file(sample_file):
    count = "SELECT count(*) FROM section"
    with (
        closing(Database(sample_file)) as database,
        closing(sqlite3.connect(sample_file, timeout=0)) as other,
    ):
        with database.reading() as connection:
            (before,) = connection.execute(count).fetchone()
            other.execute("INSERT INTO section (position, name) VALUES (9, '新しい課')")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.commit()
            assert connection.execute(count).fetchone() == (before,)
        other.commit()
        with database.reading() as connection:
            assert connection.execute(count).fetchone() == (before + 1,)


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
        connection.execute("CREATE TABLE a (id)")
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_no_question_to_an_unknown_file_goes_on_without_end(sample_file):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n"
    with (
        pytest.raises(OpeningError, match="大きすぎるもの") as told,
        translate_storage_errors("計画.kyodo", reading=True),
        connected(sample_file, unknown=True) as connection,
    ):
        connection.execute(endless).fetchall()
    assert not isinstance(told.value, DamagedFileError)


def test_a_file_is_set_back_from_wal_unless_somebody_has_it(sample_file, monkeypatch):
    monkeypatch.setattr("kyodo_desktop.store.connection.PATIENCE", 0)
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
