"""The connections to a plan's file, with the settings that keep it safe.

No other module opens one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import ExceptionContext

PATIENCE = 5.0
"""Seconds to wait for a file that another program has, where nobody sits before a window."""

_LONGEST = 32 * 1024 * 1024
"""Bytes of a text, a row or a statement; what is longer in a strange file is not even read."""


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
    path: Path, *, read_only: bool = True, wait: float = PATIENCE
) -> Iterator[sqlite3.Connection]:
    """Lend a connection of the driver's own to a file, for a question or a copy."""
    with closing(sqlite3.connect(path, timeout=wait)) as connection:
        _restrict(connection, read_only=read_only)
        yield connection


def leave_wal(path: Path, *, wait: float = PATIENCE) -> None:
    """Set a file back to the rollback journal: WAL keeps parts of it in memory of one computer.

    Another program may have changed it. Raises the errors of SQLite, and OperationalError
    where somebody who has the file open stands in the way.
    """
    with connected(path, read_only=False, wait=wait) as connection:
        use_rollback_journal(connection)


def use_rollback_journal(connection: sqlite3.Connection) -> None:
    """Do the same through a connection that is there."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            error = sqlite3.OperationalError("the file stays in WAL mode")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error


def _restrict(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.execute(f"PRAGMA query_only = {int(read_only)}")
