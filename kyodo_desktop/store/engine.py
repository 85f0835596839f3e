"""The connection to a plan's file, with the settings that keep it safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import ExceptionContext

_BUSY_SECONDS = 5.0


def open_engine(path: Path, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    """Return an engine on the file; it holds one connection until it is disposed.

    Rollback journal, never WAL: the file may lie on a shared drive. FULL: what was
    committed survives a power cut. The path is given as it is, not as a `file:` address,
    which would break on `#`, `%` and network names.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": True},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA query_only = {int(read_only)}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "handle_error")
    def take_back(context: ExceptionContext) -> None:
        """SQLite keeps a transaction whose COMMIT failed; SQLAlchemy takes it for ended."""
        if context.statement is None and context.connection is not None:
            driver: Any = context.connection.connection.driver_connection
            driver.rollback()

    return engine
