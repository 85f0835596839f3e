"""Every rule that the database holds refuses a row that breaks it, whoever writes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import chain

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint

from kyodo_desktop.store.tables import SQLModel

TABLES = SQLModel.metadata.tables
YEARS = {"first_fiscal_year": 2011, "last_fiscal_year": 2020}
# A row of each table that fits into the sample plan.
ROWS = {
    "plan": {
        "id": 1,
        "title": "計画",
        "ordinance": "",
        "definition": "",
        "policy": "",
        **YEARS,
        "contact_section": "",
        "contact_person": "",
        "contact_telephone": "",
        "municipality": "",
    },
    "level": {"position": 3, "name": "事業", "numbering": ""},
    "principle": {"position": 5, "number": "⑥", "text": "継続"},
    "actor": {"position": 5, "name": "学校"},
    "term": {"id": 900, "position": 2, "name": "延長期", **YEARS, "continues_id": 2},
    "heading": {
        "id": 900,
        "term_id": 1,
        "parent_id": 1,
        "position": 9,
        "title": "拠",
        "number": "",
    },
    "action": {
        "id": 900,
        "term_id": 1,
        "title": "花壇",
        "description": "",
        "start_fiscal_year": 2015,
        "due": "2016-03",
        "note": "",
        "continues_id": 1,
    },
    "placement": {"heading_id": 1, "position": 9, "action_id": 1, "number": ""},
    "section": {"position": 9, "name": "総務課"},
    "assignment": {"action_id": 1, "section_id": 1, "role": "lead"},
    "prerequisite": {"action_id": 1, "required_id": 2},
    "action_actor": {"action_id": 1, "actor_id": 1},
    "action_principle": {"action_id": 1, "principle_id": 1},
    "status": {
        "position": 9,
        "mark": "×",
        "label": "",
        "definition": "",
        "kind": "stopped",
        "colour": "#00ff7f",
        "counted": 0,
    },
    "direction": {"position": 9, "label": "見直し"},
    "round": {
        "name": "平成28年度",
        "fiscal_year": 2016,
        "as_of": "2016-10-31",
        "closed_at": "2017-03-31T17:00:00+09:00",
    },
    "progress": {
        "round_id": 1,
        "action_id": 1,
        "position": 9,
        "status_id": 1,
        "text": "",
        "section_id": 1,
        "carried": 1,
    },
    "outlook": {"round_id": 1, "action_id": 1, "direction_id": 1, "text": "", "carried": 0},
    "opinion": {"round_id": 1, "heading_id": None, "text": "", "response": ""},
    "inquiry": {
        "round_id": 1,
        "section_id": 1,
        "sent_at": "2016-10-01T09:00:00+09:00",
        "answered_at": None,
        "answer_file": "",
        "answer_hash": "",
        "due_on": "2016-10-31",
        "accepted_at": None,
        "covering": "",
        "answered_by": "",
        "extension": "",
        "manager_confirmed": "",
        "answer_saved_at": "",
        "taken_cells": "",
        "addressee": "section",
    },
    "import_mapping": {"name": "進捗管理表.xlsx", "body": "{}"},
    "report_choice": {"name": "公開用", "body": "{}"},
    "confirmation": {"round_id": 1, "rule": "overdue", "subject": "1", "note": ""},
    "muted_rule": {"rule": "overdue"},
    "joining": {"action_id": 1, "into_id": 2},
    "succession": {"action_id": 1, "successor_id": 2, "choice": "continue"},
    "revision": {
        "name": "中間見直し",
        "decided_on": "2016-10-01",
        "reason": "",
        "operation_id": 1,
    },
    "revision_reason": {"revision_id": 1, "table_name": "action", "row_id": 1, "text": ""},
    "operation": {
        "at": "2016-10-01T09:00:00+09:00",
        "author": "市民 花子",
        "label": "変更",
        "reverses_id": 1,
        "commit_number": 7,
        "key": "0123456789abcdef",
    },
    "session": {"id": 1, "holder": "", "commits": 0},
    "change": {
        "operation_id": 1,
        "table_name": "action",
        "row_id": 1,
        "action_id": 1,
        "before": None,
        "after": "{}",
    },
}
# What breaks each CHECK; those of every position and every name are added below.
BREAKS = {
    "ck_plan_only": {"id": 2},
    "ck_plan_years": {"last_fiscal_year": 2010},
    "ck_term_years": {"first_fiscal_year": 1867},
    "ck_term_continues": {"continues_id": 900},
    "ck_heading_parent": {"parent_id": 900},
    "ck_action_continues": {"continues_id": 900},
    "ck_action_start": {"start_fiscal_year": 27},
    "ck_action_due": {"due": "平成28年3月"},
    "ck_assignment_role": {"role": "boss"},
    "ck_prerequisite_itself": {"required_id": 1},
    "ck_status_kind": {"kind": "finished"},
    "ck_status_colour": {"colour": "red"},
    "ck_status_counted": {"counted": 2},
    "ck_round_year": {"fiscal_year": 2201},
    "ck_round_as_of": {"as_of": "2016-02-30"},
    "ck_round_closed_at": {"closed_at": "きのう"},
    "ck_progress_carried": {"carried": 2},
    "ck_outlook_carried": {"carried": -1},
    "ck_inquiry_due_on": {"due_on": "10月31日"},
    "ck_inquiry_accepted_at": {"accepted_at": "きのう"},
    "ck_inquiry_addressee": {"addressee": "mayor"},
    "ck_import_mapping_body": {"body": "{"},
    "ck_report_choice_body": {"body": "{"},
    "ck_joining_itself": {"into_id": 1},
    "ck_succession_choice": {"choice": "keep"},
    "ck_succession_successor": {"successor_id": None},
    "ck_revision_decided_on": {"decided_on": "平成28年"},
    "ck_revision_reason_table_name": {"table_name": "term"},
    "ck_operation_at": {"at": "きのう"},
    "ck_session_one": {"id": 2},
    "ck_session_commits": {"commits": -1},
    "ck_change_state": {"after": None},
    "ck_change_json": {"after": "{"},
}
CHECKS = {
    str(rule.name): name
    for name, table in TABLES.items()
    for rule in (*table.constraints, *chain(*(column.constraints for column in table.columns)))
    if isinstance(rule, CheckConstraint)
}
for check, table_name in CHECKS.items():
    if check == f"ck_{table_name}_position":
        BREAKS[check] = {"position": -1}
    elif check.endswith("_filled"):
        column = check.removeprefix(f"ck_{table_name}_").removesuffix("_filled")
        BREAKS[check] = {column: " "}
REFERENCES = sorted(
    (name, key.column_keys[0]) for name in TABLES for key in TABLES[name].foreign_key_constraints
)


@pytest.fixture
def raw(sample_file):
    """A bare connection to the sample's file, in a transaction that is never committed."""
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        connection.execute("DELETE FROM plan")
        connection.execute("DELETE FROM session")
        connection.execute(
            "INSERT INTO revision (id, name, decided_on, reason, operation_id)"
            " VALUES (1, '見直し', '2015-10-01', '', 1)"
        )
        yield connection


def put(raw, table, **changed):
    row = {**ROWS[table], **changed}
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    raw.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', tuple(row.values()))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_keeps_all_rules_is_taken(raw, table):
    put(raw, table)
    assert set(ROWS[table]) | {"id"} == set(TABLES[table].columns.keys())


def test_every_check_is_tried():
    assert set(BREAKS) == set(CHECKS)


@pytest.mark.parametrize("rule", sorted(BREAKS))
def test_a_check_refuses(raw, rule):
    with pytest.raises(sqlite3.IntegrityError, match=rf"^CHECK constraint failed: {rule}$"):
        put(raw, CHECKS[rule], **BREAKS[rule])


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_a_reference_to_nothing_is_refused(raw, table, column):
    with pytest.raises(sqlite3.IntegrityError, match=r"^FOREIGN KEY constraint failed$"):
        put(raw, table, **{column: 99_999})


def test_a_heading_stands_in_the_term_of_the_heading_above(raw):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        put(raw, "heading", term_id=2)


@pytest.mark.parametrize("table", ["term", "heading", "action", "section", "status", "round"])
def test_what_something_refers_to_is_not_deleted(raw, table):
    put(raw, "progress")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        raw.execute(f'DELETE FROM "{table}" WHERE id = 1')


@pytest.mark.parametrize(
    "table",
    [
        name
        for name, table in TABLES.items()
        if name == "opinion"
        or any(isinstance(each, UniqueConstraint) for each in table.constraints)
    ],
)
def test_the_same_is_not_stored_twice(raw, table):
    put(raw, table)
    with pytest.raises(sqlite3.IntegrityError, match=r"^UNIQUE constraint failed"):
        put(raw, table)


def test_the_id_of_a_deleted_row_is_not_used_again(raw):
    put(raw, "action")
    raw.execute("DELETE FROM action WHERE id = 900")
    put(raw, "action", id=None)
    assert raw.execute("SELECT max(id) FROM action").fetchone() == (901,)
