"""SQLite's own failures become messages that say what was kept and the way out."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import ReadOnlyError, RefusedError, StorageError
from kyodo_desktop.store.engine import open_engine
from kyodo_desktop.store.failures import told

ADD = "INSERT INTO section (position, name) VALUES (?, hex(zeroblob(200000)) || ?)"


@pytest.fixture
def write(sample_file):
    """A function that sets the connection up and then writes to the file."""
    engine = open_engine(sample_file)

    def write(set_up="", statement=ADD, values=(1, "課")):
        with told(), engine.connect() as connection:
            if set_up:
                connection.exec_driver_sql(set_up)
            connection.exec_driver_sql(statement, values)
            connection.commit()

    yield write
    engine.dispose()


def test_a_full_disk(write):
    with pytest.raises(StorageError, match=r"空きがないため保存できませんでした.*不要なファイル"):
        write("PRAGMA max_page_count = 1")


def test_a_file_that_another_program_locks(write, sample_file):
    write("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match=r"他のプログラムで使用中.*少し待ってから"):
            write(values=(2, "別の課"))


def test_a_file_that_is_read_only(write):
    with pytest.raises(ReadOnlyError, match="読み取り専用のため保存できませんでした"):
        write("PRAGMA query_only = 1")


def test_a_rule_of_the_plan(write):
    with pytest.raises(RefusedError, match=r"計画の決まりに合わないため.*そのまま残っています"):
        write(values=(-1, "課"))


def test_any_other_failure_is_told_with_its_reason(write):
    with pytest.raises(StorageError, match=r"書き込めませんでした（no such table: nowhere）"):
        write(statement="DELETE FROM nowhere", values=())


def test_what_is_no_failure_of_the_database_passes():
    with pytest.raises(ZeroDivisionError), told():
        _ = 1 / 0
