"""Makes the schema of a new file and brings that of an old one up to date, with Alembic."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_desktop.paths import bundled
from kyodo_desktop.store import copying, failures, history, replacing, schema, soundness
from kyodo_desktop.store.connection import connected
from kyodo_desktop.store.engine import Session, driver_of, open_engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Engine


def create(
    path: Path,
    fill: Callable[[Session], None],
    founding: history.Founding | None = None,
    *,
    now: datetime,
) -> Path | None:
    """Make a plan's file, or replace the one that is there, and return where that was kept.

    `fill` adds the rows of the new plan, `founding` is the first step of its history; without
    it the history is among the rows. Whoever calls it holds the right to write. Raises
    StorageError, and RefusedError for rows that break a rule of the tables.
    """
    with (
        failures.translate_storage_errors(path.name),
        replacing.replaced(path, now) as replacement,
    ):
        replacement.beside.write_bytes(_empty_file())
        engine = open_engine(replacement.beside)
        try:
            with Session(engine) as session:
                fill(session)
                if founding is not None:
                    history.write_operation(driver_of(session), *founding)
                session.commit()
        finally:
            engine.dispose()
    return replacement.aside


def upgrade(path: Path, scripts: Path | None = None) -> None:
    """Bring the file to the newest schema.

    It works on a copy with foreign keys off, because recreating a table would otherwise delete
    the rows that refer to it; a copy in which a reference broke is thrown away, and so is one
    whose rows are not sound. Whoever reads the file meanwhile goes on reading it. Raises
    PlanError: StorageError where the copy cannot be written, DamagedFileError for one that is
    thrown away.
    """
    with failures.translate_storage_errors(path.name), copying.temporary_beside(path) as beside:
        copying.copy_pages(path, beside)
        engine = open_engine(beside, foreign_keys=False)
        try:
            _run_scripts(engine, scripts or bundled("db"))
        finally:
            engine.dispose()
        with connected(beside, unknown=True) as connection:
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise failures.damage(path.name)
            if scripts is None:
                soundness.expect_sound(connection, path.name)
        copying.put_in(beside, path)


@cache
def _empty_file() -> bytes:
    """Return the file of a plan without rows, which takes Alembic a tenth of a second."""
    engine = open_engine(Path(":memory:"), foreign_keys=False)
    try:
        _run_scripts(engine, bundled("db"))
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            return driver.serialize()
    finally:
        engine.dispose()


def _run_scripts(engine: Engine, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts.as_posix().replace("%", "%%"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
