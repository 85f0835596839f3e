"""Plans that somebody made with a database tool to do harm, or by mistake, as SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from random import Random
from typing import TYPE_CHECKING

from kyodo_desktop.store.tables import TABLES
from tests.hostile import without_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDLESS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id FROM n)"
HEAVY = "length(hex(zeroblob(9999999)))"
_WRITABLE = "PRAGMA writable_schema = ON;"
_UNCHECKED = "PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = OFF;"


def _in_master(change: str) -> str:
    return f"{_WRITABLE} UPDATE sqlite_master SET {change}"


STRANGE = {
    **{
        f"a trigger on {table}": f"CREATE TRIGGER evil AFTER {verb} ON {table} "
        "BEGIN DELETE FROM action; END"
        for table, verb in zip(TABLES, ("UPDATE", "INSERT", "DELETE") * 20, strict=False)
    },
    "a trigger without end": f"CREATE TRIGGER evil AFTER UPDATE ON action BEGIN {ENDLESS} "
    "SELECT count(*) FROM n; END".replace("WITH", "SELECT count(*) FROM (WITH").replace(
        "SELECT count(*) FROM n; END", "SELECT id FROM n); END"
    ),
    "a trigger with the name of one of ours": "DROP TRIGGER round_delete_closed; "
    "CREATE TRIGGER round_delete_closed BEFORE DELETE ON round BEGIN DELETE FROM action; END",
    "a view": "CREATE VIEW evil AS SELECT * FROM action",
    "a view without end": f"CREATE VIEW evil AS {ENDLESS} SELECT id FROM n",
    "a view that asks itself": "CREATE VIEW evil AS SELECT * FROM evil",
    "a view of the name of the schema": _WRITABLE
    + f"INSERT INTO sqlite_master VALUES ('view', 'sqlite_schema', 'sqlite_schema', 0, "
    f"'CREATE VIEW sqlite_schema AS {ENDLESS} SELECT id FROM n')",
    **{
        f"a view in the place of {table}": f"DROP TABLE {table}; CREATE VIEW {table} AS "
        f"{ENDLESS} SELECT id, id AS position, id AS name FROM n"
        for table in ("muted_rule", "import_mapping", "alembic_version", "level")
    },
    "a generated column": f"ALTER TABLE action ADD COLUMN evil AS ({HEAVY})",
    "a check": "ALTER TABLE action ADD COLUMN evil DEFAULT 1 "
    "CHECK (randomblob(99999999) IS NOT NULL OR evil)",
    "a check in the place of ours": _in_master(
        "sql = replace(sql, 'CHECK (length(trim(title)) > 0)', "
        f"'CHECK ({HEAVY} > 0)') WHERE name = 'action'"
    ),
    "a default": f"ALTER TABLE action ADD COLUMN evil DEFAULT ({HEAVY})".replace(
        f"({HEAVY})", "'x'"
    ),
    "a virtual table of words": "CREATE VIRTUAL TABLE evil USING fts5(x)",
    "a virtual table of places": "CREATE VIRTUAL TABLE evil USING rtree(id, a, b)",
    "a virtual table that is not known": _WRITABLE + "INSERT INTO sqlite_master VALUES "
    "('table', 'evil', 'evil', 0, 'CREATE VIRTUAL TABLE evil USING nowhere(x)')",
    "an index": "CREATE INDEX evil ON action (title)",
    "an index of an expression": "CREATE INDEX evil ON action (abs(id))",
    "an index of a part": "CREATE INDEX evil ON action (id) WHERE length(title) > 1",
    "a table": "CREATE TABLE evil (x)",
    "a table with a name that turns the line": 'CREATE TABLE "\u202eevil\n" (x)',
    "a table with a long name": f'CREATE TABLE "{"あ" * 9999}" (x)',
    "a table of statistics that is none": _WRITABLE
    + "INSERT INTO sqlite_master VALUES ('view', 'sqlite_stat1', 'sqlite_stat1', 0, "
    "'CREATE VIEW sqlite_stat1 AS SELECT 1 AS tbl, 2 AS idx, 3 AS stat')",
    "a column": "ALTER TABLE section ADD COLUMN evil",
    "a column of another type": _in_master(
        "sql = replace(sql, 'title VARCHAR NOT NULL', 'title BLOB') WHERE name = 'action'"
    ),
    "no rule": _in_master(
        "sql = replace(sql, 'CHECK (position >= 0)', 'CHECK (1)') WHERE name = 'section'"
    ),
    "no index": "DROP INDEX ix_change_row",
    "no trigger": "DROP TRIGGER progress_update_closed",
    "a write-ahead log": "PRAGMA journal_mode = WAL",
    "a revision of another program": "UPDATE alembic_version SET version_num = 'ab12cd34ef56'",
    "a revision that leads elsewhere": "UPDATE alembic_version SET version_num = '../0001\u202e'",
    "a revision that is a number": "UPDATE alembic_version SET version_num = 4",
    "a revision that is older": "UPDATE alembic_version SET version_num = '0002'",
    "a long revision": "UPDATE alembic_version SET version_num = hex(zeroblob(99999))",
    "garbage in the schema": _WRITABLE + "INSERT INTO sqlite_master VALUES (1, 2, 3, 4, x'ff')",
    "a statement that is none": _in_master("sql = 'CREATE NOTHING' WHERE name = 'muted_rule'"),
    "a statement with a comment": _in_master(
        "sql = sql || ' -- evil' WHERE name = 'ix_change_row'"
    ),
    "the same root twice": _in_master("rootpage = 2 WHERE name IN ('actor', 'section')"),
    "no root": _in_master("rootpage = 0 WHERE name = 'actor'"),
    "a root far away": _in_master("rootpage = 99999 WHERE name = 'actor'"),
}
"""Schemas that this program did not make: refused as strange, or as broken where they are."""

UNSOUND = {
    "no revision": "DELETE FROM alembic_version",
    "two revisions": "INSERT INTO alembic_version VALUES ('0003')",
    "no plan": "DELETE FROM plan",
    "two plans": "INSERT INTO plan SELECT 2, title, '', '', '', 2011, 2020 FROM plan",
    "no terms": "DELETE FROM placement; DELETE FROM heading; DELETE FROM action; DELETE FROM term",
    "no history": "DELETE FROM revision; DELETE FROM change; DELETE FROM operation",
    "10,000 levels": "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
    "INSERT INTO level (position, name, numbering) SELECT i, 'x', '' FROM n",
    "10,000 headings one under the other": "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 10000) INSERT INTO heading SELECT 1000 + i, 1, CASE i WHEN 1 THEN NULL ELSE "
    "999 + i END, 0, 'x', '' FROM n",
    "a circle of headings": "UPDATE heading SET parent_id = CASE id WHEN 1 THEN 2 ELSE 1 END "
    "WHERE id < 3",
    "a circle of joined actions": "DELETE FROM joining; INSERT INTO joining (action_id, into_id) "
    "VALUES (1, 2), (2, 1)",
    "a heading of nobody": "UPDATE heading SET parent_id = 999 WHERE id = 2",
    "a text for a number": "UPDATE placement SET position = 'x'",
    "a fraction for a number": "UPDATE level SET position = 0.5",
    "bytes for a text": "UPDATE action SET description = x'00ff'",
    "bytes for a title": "UPDATE action SET title = CAST(title AS BLOB)",
    "bytes for a number": "UPDATE progress SET position = x'01'",
    "no number at all": "UPDATE section SET position = 9e999",
    "a negative id": "UPDATE actor SET id = -id",
    "the id 0": "UPDATE actor SET id = 0 WHERE id = 1",
    "the largest id": "INSERT INTO section VALUES (9223372036854775807, 0, '課')",
    "an id too large for a tree": "INSERT INTO section VALUES (9007199254740993, 0, '課')",
    "a negative position": "UPDATE section SET position = -1",
    "the year 0": "UPDATE round SET as_of = '0000-01-01'",
    "a month of the year 0": "UPDATE action SET due = '0000-01'",
    "a day before the year 0": "UPDATE round SET as_of = '-0001-01-01'",
    "a day that is none": "UPDATE round SET as_of = '2015-02-30'",
    "a year that is none": "UPDATE action SET start_fiscal_year = 99999",
    "a kind that is none": "UPDATE status SET kind = 'evil'",
    "a part that is none": "UPDATE assignment SET role = 'evil'",
    "an empty title": "UPDATE action SET title = ''",
    "a title of a megabyte": "UPDATE action SET title = printf('%.*c', 1000000, 'x') WHERE id = 1",
    "used numbers": "UPDATE sqlite_sequence SET seq = 9223372036854775807",
    "used numbers that are none": "UPDATE sqlite_sequence SET seq = 'x'",
    "no session": "DELETE FROM session",
    "a time that is none": "UPDATE operation SET at = 'x'",
    "the time of now": "UPDATE operation SET at = 'now'",
    "steps at strange times": "UPDATE operation SET at = '12:00'",
    "steps of the year 0": "UPDATE operation SET at = '0000-01-01 00:00'",
    "a closed round at a strange time": "UPDATE round SET closed_at = '12:00'",
    "no JSON in the history": "UPDATE change SET after = '{'",
}
"""Rows that contradict themselves: refused as damaged."""

TOO_MUCH = {
    "a title of 3 MB": "UPDATE plan SET title = printf('%.*c', 3000000, 'x')",
    "a title of 30 MB": "UPDATE plan SET title = printf('%.*c', 30000000, 'x')",
    "a note of 30 MB": "UPDATE action SET note = printf('%.*c', 30000000, 'x') WHERE id = 1",
    "a history of 30 MB": "INSERT INTO change SELECT NULL, 1, 'action', 1, 1, NULL, "
    "'{\"note\": \"' || printf('%.*c', 30000000, 'x') || '\"}'",
}
"""More than a plan says: refused, but not as damaged."""

HARMLESS = {
    "statistics": "ANALYZE",
    "statistics that are none": "ANALYZE; UPDATE sqlite_stat1 SET stat = 'x', idx = 'evil'",
    "another user version": "PRAGMA user_version = 99",
    "pages of 512 bytes": "PRAGMA page_size = 512; VACUUM",
    "pages of 64 KiB": "PRAGMA page_size = 65536; VACUUM",
    "pages that move": "PRAGMA auto_vacuum = FULL; VACUUM",
    "a note of a megabyte": "UPDATE action SET note = printf('%.*c', 1000000, 'x') WHERE id = 1",
    "a title of 20 KB": "UPDATE action SET title = printf('%.*c', 20000, 'x') WHERE id = 1",
    "a circle of prerequisites": "DELETE FROM prerequisite; INSERT INTO prerequisite "
    "(action_id, required_id) VALUES (1, 2), (2, 3), (3, 1)",
    "a circle of successors": "DELETE FROM succession; INSERT INTO succession "
    "(action_id, successor_id, choice) VALUES (1, 2, 'continue'), (2, 1, 'merge')",
    "an action that succeeds itself": "DELETE FROM succession; INSERT INTO succession "
    "(action_id, successor_id, choice) VALUES (1, 1, 'continue')",
    "a circle of actions that go on": "UPDATE action SET continues_id = 3 - id WHERE id < 3",
    "a circle of terms that go on": "UPDATE term SET continues_id = 3 - id WHERE id < 3",
    "placements in another term": "UPDATE action SET term_id = 2 WHERE id < 9",
    "actions that stand nowhere": "DELETE FROM placement",
    "an action that is joined and stands": "DELETE FROM joining; "
    "INSERT INTO joining (action_id, into_id) VALUES (1, 2)",
    "lines without a word": "UPDATE progress SET text = '', status_id = NULL",
    "texts with what nobody sees": "UPDATE action SET title = title || char(0, 8238, 65534)",
    "a history of nothing": "UPDATE change SET before = '[]', after = '[]'",
    "a history of other columns": "UPDATE change SET before = NULL, after = '{\"x\": 1}'",
    "a history of other tables": "UPDATE change SET table_name = 'evil'",
    "a history of other rows": "UPDATE change SET row_id = 999",
    "a history of numbers": "UPDATE change SET after = '{\"title\": 1}' WHERE after NOT NULL",
    "a history of large numbers": "UPDATE change SET "
    "after = '{\"term_id\": 99999999999999999999}' WHERE after NOT NULL",
    "a history of depths": "UPDATE change SET after = "
    f"'{{\"note\": {'[' * 900}{']' * 900}}}' WHERE after NOT NULL",
    "steps that take themselves back": "UPDATE operation SET reverses_id = id",
    "an inquiry at a strange time": "INSERT INTO inquiry (round_id, section_id, sent_at, "
    "answer_file, answer_hash) VALUES (1, 1, 'x', '', '')",
    "a mapping that is none": "INSERT INTO import_mapping (name, body) VALUES ('x', '1')",
    "a check of a rule that is none": "INSERT INTO muted_rule (rule) VALUES ('x')",
    "a reason for nothing": "INSERT INTO revision (name, decided_on, reason, operation_id) "
    "VALUES ('x', '0001-01-01', '', 1); INSERT INTO revision_reason "
    "(revision_id, table_name, row_id, text) VALUES (1, 'action', 999, '')",
    "a numbering that is none": "UPDATE level SET numbering = '\u202e'",
}
"""What opens well, whatever is done with it then."""


def strange_plan(script: str, plan: Path, path: Path) -> Path:
    """Make a copy of a plan and run the script on it, which changes the schema."""
    path.write_bytes(plan.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_UNCHECKED + script)
    return path


def plan_with_rows(script: str, plan: Path, path: Path) -> Path:
    """Make a copy of a plan and run the script on its rows, those of closed rounds too."""
    path.write_bytes(plan.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_UNCHECKED)
        with without_triggers(connection):
            connection.executescript(script)
    return path


_ANY = (
    None, 0, 1, 2, 3, 7, -1, 2**31, 2**53, 2**53 + 1, 2**63 - 1, 0.5, float("inf"), "", "x",
    "あ" * 99_999, "\0", "\u202e", "0000-01-01", "2015-13-01", "2015-10-31", "9999-12-31",
    "2016-03", "2015-10-31T09:00:00+09:00", "done", "lead", "drop", "heading", "[]", "{}",
    '{"title": "x"}', '{"id": 1, "position": -1}', '{"parent_id": 2}', "null", "1e999", b"",
    b"\xff",
)  # fmt: skip


def plan_with_any_value(plan: Path, path: Path, seed: int) -> Path:
    """Make a copy of a plan and put one to three odd values into its rows."""
    random = Random(seed)
    path.write_bytes(plan.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_UNCHECKED)
        with without_triggers(connection):
            for _ in range(random.choice((1, 1, 2, 3))):
                table = random.choice(list(TABLES))
                column = random.choice(list(TABLES[table].columns.keys()))
                ids = [row[0] for row in connection.execute(f'SELECT id FROM "{table}"')]
                with suppress(sqlite3.Error):  # NOT NULL and UNIQUE hold all the same
                    connection.execute(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?',
                        (random.choice(_ANY), random.choice(ids)),
                    )
    return path


def in_utf_16(plan: Path, path: Path) -> Path:
    """Make a copy whose texts are in UTF-16, which SQLite can but no program of ours chooses."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(plan)) as old, closing(sqlite3.connect(path)) as new, new:
        new.execute("PRAGMA encoding = 'UTF-16be'")
        (application,) = old.execute("PRAGMA application_id").fetchone()
        new.execute(f"PRAGMA application_id = {application}")
        for line in _lines(old):
            new.execute(line)
    return path


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    return (
        line for line in connection.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;")
    )
