"""A closed round is read-only for every program that opens the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.store.round_triggers import GUARDED, REFUSAL

PUT = {
    "progress": "INSERT INTO progress (round_id, action_id, position, text) VALUES (1, 1, 9, '')",
    "outlook": "INSERT INTO outlook (round_id, action_id, text) VALUES (1, 1, '続ける')",
    "opinion": "INSERT INTO opinion (round_id, text) VALUES (1, '良い')",
    "confirmation": "INSERT INTO confirmation (round_id, rule, subject, note)"
    " VALUES (1, 'overdue', '1', '')",
}
CLOSE = "UPDATE round SET closed_at = '2016-03-31T17:00:00+09:00'"


@pytest.fixture
def raw(sample_file):
    """A bare connection to the sample's file, with a row of every kind in its round."""
    with closing(sqlite3.connect(sample_file)) as connection:
        for statement in PUT.values():
            connection.execute(statement)
        yield connection


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(
    "statement",
    [
        lambda table: PUT[table].replace("(1, 1", "(1, 2").replace("'良い'", "'悪い'"),
        lambda table: f"UPDATE {table} SET round_id = round_id",
        lambda table: f"DELETE FROM {table}",
    ],
    ids=["insert", "update", "delete"],
)
def test_what_a_closed_round_says_stays(raw, table, statement):
    raw.execute(CLOSE)
    with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
        raw.execute(statement(table))


@pytest.mark.parametrize(
    "change", ["name = '別の調査'", "as_of = '2015-11-01'", "fiscal_year = 1999"]
)
def test_a_closed_round_stays_itself(raw, change):
    raw.execute(CLOSE)
    with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
        raw.execute(f"UPDATE round SET {change}")
    with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
        raw.execute("DELETE FROM round")


def test_a_round_that_is_open_again_can_be_changed(raw):
    raw.execute(CLOSE)
    raw.execute("UPDATE round SET closed_at = NULL")
    for table in GUARDED:
        raw.execute(f"DELETE FROM {table}")
    raw.execute("UPDATE round SET name = '別の調査'")


def test_nothing_moves_from_or_into_a_closed_round(raw):
    raw.execute("INSERT INTO round (name, fiscal_year, as_of) VALUES ('次', 2016, '2016-10-31')")
    raw.execute(f"{CLOSE} WHERE id = 1")
    for change in ("SET round_id = 2", "SET round_id = 1"):
        with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
            raw.execute(f"UPDATE progress {change}")
