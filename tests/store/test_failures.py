"""SQLite's own failures become messages that say what was kept and the way out."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import (
    BusyError,
    DamagedFileError,
    OpeningError,
    ReadOnlyError,
    RefusedError,
    StorageError,
    UnreachableError,
)
from kyodo_desktop.store.engine import open_engine
from kyodo_desktop.store.failures import failure, translate_storage_errors

ADD = "INSERT INTO section (position, name) VALUES (?, hex(zeroblob(200000)) || ?)"


@pytest.fixture
def write(sample_file):
    """A function that sets the connection up and then writes to the file."""
    engine = open_engine(sample_file)

    def write(set_up="", statement=ADD, values=(1, "課")):
        with translate_storage_errors(), engine.connect() as connection:
            if set_up:
                connection.exec_driver_sql(set_up)
            connection.exec_driver_sql(statement, values)
            connection.commit()

    yield write
    engine.dispose()


def test_a_full_disk(write):
    with pytest.raises(
        StorageError, match=r"空きがないため、保存できませんでした.*不要なファイル"
    ):
        write("PRAGMA max_page_count = 1")


def test_a_file_that_another_program_locks(write, sample_file):
    write("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(
            BusyError, match=r"で使用中のため、保存できませんでした.*少し待ってから"
        ):
            write(values=(2, "別の課"))


def test_a_file_that_is_read_only(write):
    with pytest.raises(ReadOnlyError, match="読み取り専用のため保存できませんでした"):
        write("PRAGMA query_only = 1")


def test_a_rule_of_the_plan(write):
    with pytest.raises(RefusedError, match=r"計画の決まりに合わないため.*そのまま残っています"):
        write(values=(-1, "課"))


def test_any_other_failure_is_told_with_its_reason(write):
    with pytest.raises(
        StorageError, match=r"扱えないため（no such table: nowhere）、保存できませんでした"
    ):
        write(statement="DELETE FROM nowhere", values=())


def test_what_is_no_failure_of_the_database_passes():
    with pytest.raises(ZeroDivisionError), translate_storage_errors():
        _ = 1 / 0


KINDS = {
    "SQLITE_BUSY": BusyError,
    "SQLITE_BUSY_SNAPSHOT": BusyError,
    "SQLITE_LOCKED": BusyError,
    "SQLITE_IOERR_READ": UnreachableError,
    "SQLITE_IOERR_SHORT_READ": UnreachableError,
    "SQLITE_IOERR_LOCK": UnreachableError,
    "SQLITE_CANTOPEN": UnreachableError,
    "SQLITE_PROTOCOL": UnreachableError,
    "SQLITE_CORRUPT": DamagedFileError,
    "SQLITE_NOTADB": DamagedFileError,
    "SQLITE_READONLY_ROLLBACK": OpeningError,
    "SQLITE_TOOBIG": OpeningError,
    "SQLITE_INTERRUPT": OpeningError,
    "SQLITE_FULL": StorageError,
    "SQLITE_NOMEM": StorageError,
    "SQLITE_ERROR": StorageError,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_failed_read_is_told_by_its_code_and_only_a_contradiction_is_damage(name):
    error = sqlite3.OperationalError("any words")
    error.sqlite_errorcode = getattr(sqlite3, name)
    with (
        pytest.raises(KINDS[name], match="ファイル") as told,
        translate_storage_errors(reading=True),
    ):
        raise error
    assert isinstance(told.value, DamagedFileError) == (KINDS[name] is DamagedFileError)
    assert ("復元" in told.value.message) == (
        name in {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY_ROLLBACK"}
    )
    assert "変更していません" in failure(error, "計画.kyodo", reading=True).message
