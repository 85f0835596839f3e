"""SQLAlchemy works on the connection that is there, in transactions that are ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kyodo_desktop.store.connection import Database
from kyodo_desktop.store.engine import driver_of, engine_on, open_engine, writing_session


def test_making_a_table_is_taken_back_with_its_transaction(sample_file):
    engine = open_engine(sample_file)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE a (id)"))
        connection.rollback()
        found = connection.execute(text("SELECT * FROM sqlite_master WHERE name = 'a'"))
        assert found.all() == []
    engine.dispose()


def test_a_session_that_writes_asks_for_the_file_before_it_does_anything(sample_file):
    with (
        closing(Database(sample_file)) as database,
        closing(sqlite3.connect(sample_file, timeout=0, isolation_level=None)) as other,
    ):
        engine = engine_on(lambda: database.connection)
        with writing_session(engine) as session:
            assert driver_of(session) is database.connection
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_after_a_commit_that_failed_the_connection_can_be_read_and_written(sample_file):
    with closing(Database(sample_file)) as database:
        engine = engine_on(lambda: database.connection)
        with writing_session(engine) as session:
            driver_of(session).execute("PRAGMA defer_foreign_keys = ON")
            driver_of(session).execute("UPDATE placement SET action_id = 999 WHERE id = 1")
            with pytest.raises(IntegrityError):
                session.commit()
        with database.reading() as connection:
            row = connection.execute("SELECT action_id FROM placement WHERE id = 1").fetchone()
        assert row != (999,)
        with writing_session(engine) as session:
            driver_of(session).execute("UPDATE plan SET title = '題'")
            session.commit()
        with database.reading() as connection:
            assert connection.execute("SELECT title FROM plan").fetchone() == ("題",)
