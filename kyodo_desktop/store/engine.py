"""The connections to a plan's file, with the settings that keep it safe.

No other module opens one.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, contextmanager
from enum import Enum, auto
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import ExceptionContext

PATIENCE = 5.0
"""Seconds to wait for a file that another program has, where nobody sits before a window."""

_PRIMARY = 0xFF  # of an extended code

_LONGEST = 32 * 1024 * 1024
"""Bytes of a text, a row or a statement; what is longer in a strange file is not even read."""

_LONGEST_UNKNOWN = 2 * 1024 * 1024
"""The same while nobody knows what is in a file: a window can still show a text of this size."""

_LONGEST_STATEMENT = 1024 * 1024
_STEPS_AT_LEAST, _STEPS_PER_BYTE = 5_000_000, 10
"""How long all questions may take, in steps of SQLite's machine: 0.1 s, and by the file's size.

The checks of a plan of 100,000 actions take half a step a byte.
"""
_STEPS_AT_ONCE = 100_000


def open_engine(
    path: Path, *, read_only: bool = False, foreign_keys: bool = True, wait: float = PATIENCE
) -> Engine:
    """Return an engine on the file; it holds one connection until it is disposed.

    Rollback journal, never WAL: the file may lie on a shared drive. FULL: what was
    committed survives a power cut. The path is given as it is, not as a `file:` address,
    which would break on `#`, `%` and network names. `wait` is in seconds.

    One thread at a time uses it; that it may be another one is for letting go of a file whose
    drive no longer answers, which can take minutes.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        connect_args={"timeout": wait, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute("PRAGMA synchronous = FULL")
        _restrict(connection, read_only=read_only)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer asks for the file before it does anything, not at its first change.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def take_back(context: ExceptionContext) -> None:
        """SQLite keeps a transaction whose COMMIT failed; SQLAlchemy takes it for ended."""
        if context.statement is None and context.connection is not None:
            driver: Any = context.connection.connection.driver_connection
            driver.rollback()

    return engine


@contextmanager
def connected(
    path: Path, *, read_only: bool = True, wait: float = PATIENCE, unknown: bool = False
) -> Iterator[sqlite3.Connection]:
    """Lend a connection of the driver's own to a file, for a question or a copy.

    Of a file that is `unknown` no text of more than two megabytes is read, and no question
    goes on without end: SQLite then says TOOBIG or INTERRUPT.
    """
    with closing(sqlite3.connect(path, timeout=wait)) as connection:
        _restrict(connection, read_only=read_only)
        if unknown:
            _limit(connection, path.stat().st_size)
        yield connection


class ReadOnly(Enum):
    """What may not be written to."""

    FILE = auto()
    FOLDER = auto()


def read_only_part(path: Path) -> ReadOnly | None:
    """Return what keeps SQLite from writing to a file that is there; the file stays as it is.

    Plain Python must not open a plan: closing it again would take SQLite's own locks away. A
    file that is busy, or on a full disk, may be written to later.
    """
    try:
        with connected(path, read_only=False, wait=0) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code == sqlite3.SQLITE_READONLY_DIRECTORY:
            return ReadOnly.FOLDER
        if code & _PRIMARY == sqlite3.SQLITE_READONLY:
            return ReadOnly.FILE
    return None


def _limit(connection: sqlite3.Connection, size: int) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_UNKNOWN)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_STATEMENT)
    most = (_STEPS_AT_LEAST + _STEPS_PER_BYTE * size) // _STEPS_AT_ONCE
    turns = count()
    connection.set_progress_handler(lambda: next(turns) > most, _STEPS_AT_ONCE)


def _restrict(connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Set what holds for every connection.

    `trusted_schema` cannot be off: SQLite takes `json_valid`, which our own CHECKs ask, for
    unsafe. That a schema is ours is made sure of before anything in it runs: see `expected`.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA query_only = {int(read_only)}")
