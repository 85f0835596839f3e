"""What a plan says comes out of a file that nobody should open, and nothing else does."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import DamagedFileError, NotOursError, RefusedError
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.interchange import copy_contents, whole_plan
from tests.builders import opened
from tests.store.test_migrating import OLD

ENDLESS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id FROM n"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "移した計画.kyodo"


def salvage(path, target, clock):
    before = path.read_bytes()
    try:
        copy_contents(path, target, author="市民 花子", now=clock())
    finally:
        assert path.read_bytes() == before


STRANGE = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON action BEGIN DELETE FROM action; END",
    "a view": f"CREATE VIEW v AS {ENDLESS}",
    "a table and its index": "CREATE TABLE t (x); CREATE INDEX i ON t (abs(x))",
    "a column": "ALTER TABLE action ADD COLUMN x DEFAULT (1)",
    "a generated column": "ALTER TABLE action ADD COLUMN x AS (abs(-9223372036854775807 - 1))",
    "a write-ahead log": "PRAGMA journal_mode = WAL",
    "a strange revision": "UPDATE alembic_version SET version_num = 'x'",
    "no revision": "DROP TABLE alembic_version",
    "no trigger": "DROP TRIGGER round_update_closed",
}


@pytest.mark.parametrize("kind", STRANGE)
def test_rows_and_history_move_into_a_clean_file(sample_file, target, clock, kind):
    wanted = whole_plan(sample_file)
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.executescript(STRANGE[kind])
    salvage(sample_file, target, clock)
    assert whole_plan(target) == wanted
    opened(target, clock).close()


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_a_strange_file_of_an_earlier_version_moves_into_one_of_this(old, tmp_path, target, clock):
    file, twin = (shutil.copy(old, tmp_path / name) for name in ("a.kyodo", "b.kyodo"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE t (x)")
    salvage(file, target, clock)
    with closing(opened(target, clock)) as moved, closing(opened(twin, clock)) as upgraded:
        assert dump(moved.workspace) == dump(upgraded.workspace)


REFUSED = {
    "a row that is none": (
        "PRAGMA ignore_check_constraints = 1; UPDATE action SET title = '' WHERE id = 3",
        "実行計画.*3件目.*の値は使えません",
    ),
    "a wrong value": (
        "UPDATE level SET position = 'x' WHERE id = 1",
        "階層.*1件目.*「順番」は整数",
    ),
    "a circle": ("INSERT INTO joining (action_id, into_id) VALUES (1, 2), (2, 1)", "まとめ"),
    "a view in the place of a table": (
        f"DROP TABLE placement; CREATE VIEW placement AS {ENDLESS}",
        "表「placement」がない",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_does_not_fit_is_named_and_no_file_is_made(sample_file, target, clock, kind):
    script, words = REFUSED[kind]
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.executescript(script)
    with pytest.raises(RefusedError, match=words):
        salvage(sample_file, target, clock)
    assert not target.exists()


def test_a_file_of_another_kind_and_half_a_file_are_told(sample_file, target, clock, tmp_path):
    other = tmp_path / "メモ.kyodo"
    other.write_text("メモ", encoding="utf-8")
    with pytest.raises(NotOursError):
        salvage(other, target, clock)
    sample_file.write_bytes(sample_file.read_bytes()[:50_000])
    with pytest.raises(DamagedFileError):
        salvage(sample_file, target, clock)
    with pytest.raises(RefusedError, match="別の名前"):
        salvage(sample_file, sample_file, clock)


def test_the_command_line_moves_the_contents_too(sample_file, target, command):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute(STRANGE["a trigger"])
    assert "中身だけを新しいファイルに移す" in command("dump", sample_file)[2]
    made = f"「{target}」を作りました（見出し19件、実行計画32件）。\n"
    assert command("salvage", sample_file, target) == (0, made, "")
    assert command("dump", target)[0] == 0
    assert "既にあります" in command("salvage", sample_file, target)[2]
