"""SQLAlchemy on a connection of ours, for what edits: it is loaded when something does.

This is the one door to it. A thread may load it while the window imports what edits; only
one that waits here for the other is sure to get whole modules, since those of SQLAlchemy import
each other in circles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import sqlite as _dialect  # noqa: F401  not by who connects first
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, select

from kyodo_desktop.store.connection import open_connection, open_in_memory
from kyodo_desktop.store.tables import rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import ExceptionContext

__all__ = ["Session", "col", "select"]


def prepare() -> None:
    """Do what the first edit would have to wait for; any thread may."""
    assert rows.RECORDED, "the classes are there before they are put in relation"
    configure_mappers()
    engine = engine_on(open_in_memory)
    with engine.connect():
        pass  # now the dialect is loaded, and knows its SQLite
    engine.dispose()


def open_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Return an engine on the file; it holds one connection until it is disposed."""
    return engine_on(lambda: open_connection(path, foreign_keys=foreign_keys))


def engine_on(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """Return an engine that asks for its one connection when it first needs it."""
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer asks for the file before it does anything, not at its first change.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def roll_back(context: ExceptionContext) -> None:
        """SQLite keeps a transaction whose COMMIT failed; SQLAlchemy takes it for ended."""
        if context.statement is None and context.connection is not None:
            driver: Any = context.connection.connection.driver_connection
            driver.rollback()

    return engine


def writing_session(engine: Engine) -> Session:
    """Return a session that asks for the file before it does anything."""
    return Session(engine.execution_options(writes=True))


def driver_of(session: Session) -> sqlite3.Connection:
    """Return the connection that a session works on, in its transaction."""
    driver: Any = session.connection().connection.driver_connection
    return driver  # type: ignore[no-any-return]
