"""Which files are ours and whole is found out without writing to them."""

from __future__ import annotations

import os
import re
import sqlite3
import zipfile
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import (
    DamagedFileError,
    MissingFileError,
    NewerFileError,
    NotOursError,
    OpeningError,
    StrangeFileError,
)
from kyodo_desktop.store.inspection import inspected
from kyodo_desktop.store.schema import revisions
from tests.disk import kept_from_others


def make_zip(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")


def make_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cards (id)")
        connection.commit()


NOT_OURS = {
    "a text": (
        lambda path: path.write_text("富里市\n" * 100),
        "計画のファイル（.kyodo）ではありま",
    ),
    "nothing": (lambda path: path.touch(), "中身が空です"),
    "a zip or xlsx": (make_zip, "ExcelやZIPのファイル"),
    "another database": (make_database, "別のプログラムのデータベース"),
    "a folder": (lambda path: path.mkdir(), "はフォルダーです"),
    "a bare header": (lambda path: path.write_bytes(b"SQLite format 3\0"), "ではありません"),
}


def test_a_plan_is_of_the_newest_revision_and_stays_byte_for_byte(sample_file):
    before = sample_file.read_bytes()
    assert inspected(sample_file) == revisions()[-1]
    assert sample_file.read_bytes() == before
    assert list(sample_file.parent.iterdir()) == [sample_file]


@pytest.mark.parametrize("kind", NOT_OURS)
def test_what_is_not_ours_is_told_by_its_kind(tmp_path, kind):
    path = tmp_path / "計画.kyodo"
    make, words = NOT_OURS[kind]
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(NotOursError, match=f"「計画.kyodo」.*{words}"):
        inspected(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_file_and_a_missing_folder_are_told_apart(tmp_path):
    with pytest.raises(
        MissingFileError, match=re.escape(f"「a.kyodo」が「{tmp_path}」にありません")
    ):
        inspected(tmp_path / "a.kyodo")
    with pytest.raises(MissingFileError, match=r"missing」が見つかりません。共有ドライブ"):
        inspected(tmp_path / "missing" / "a.kyodo")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_program_keeps_to_itself_is_told(sample_file):
    with kept_from_others(sample_file), pytest.raises(MissingFileError, match="使用中"):
        inspected(sample_file)
    inspected(sample_file)


@pytest.mark.skipif(os.name == "nt", reason="Windows says of such a file that it is missing")
def test_a_name_too_long_for_the_system_is_told(tmp_path):
    with pytest.raises(MissingFileError, match="読めませんでした"):
        inspected(tmp_path / ("a" * 300))


@pytest.mark.parametrize(
    "script",
    [
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "DELETE FROM heading",
        "PRAGMA ignore_check_constraints = 1; UPDATE action SET title = ''",
    ],
)
def test_a_file_that_breaks_its_own_rules_is_damaged(sample_file, script):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.executescript(script)
    with pytest.raises(DamagedFileError, match=r"壊れていて.*バックアップから復元"):
        inspected(sample_file)


def test_a_newer_file_is_told_apart_from_a_damaged_one(sample_file):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(NewerFileError, match="新しいバージョンで作られたファイルです"):
        inspected(sample_file)


STRANGE = {
    "a trigger": (
        "CREATE TRIGGER t AFTER UPDATE ON progress BEGIN DELETE FROM action; END",
        "トリガー「t」がある",
    ),
    "a view": ("CREATE VIEW v AS SELECT 1", "ビュー「v」がある"),
    "a table": ("CREATE TABLE t (x)", "表「t」がある"),
    "a virtual table": ("CREATE VIRTUAL TABLE t USING fts5(x)", "仮想表「t」がある"),
    "an index": ("CREATE INDEX i ON action (title)", "索引「i」がある"),
    "a column": ("ALTER TABLE action ADD COLUMN x", "表「action」が、.*違う"),
    "no index": ("DROP INDEX ix_change_row", "索引「ix_change_row」がない"),
    "no trigger": ("DROP TRIGGER round_update_closed", "トリガー「round_update_closed」がない"),
    "a view instead of a table": (
        "ALTER TABLE heading RENAME TO h; CREATE VIEW heading AS WITH RECURSIVE "
        "n(id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id FROM n",
        "「.*」(がある|が、.*違う)",
    ),
    "another revision": ("UPDATE alembic_version SET version_num = '../\u202e'", "バージョン番号"),
    "an older revision": (
        "UPDATE alembic_version SET version_num = '0003'",
        "表「operation」が、.*違う",
    ),
    "a write-ahead log": ("PRAGMA journal_mode = WAL", "WAL"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_this_program_did_not_make_is_named_before_anything_is_read(sample_file, kind):
    script, words = STRANGE[kind]
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.executescript(script)
    before = sample_file.read_bytes()
    with pytest.raises(StrangeFileError, match=f"{words}.*変更していません.*新しいファイルに移す"):
        inspected(sample_file)
    assert sample_file.read_bytes() == before
    assert list(sample_file.parent.iterdir()) == [sample_file]


@pytest.mark.parametrize(
    "script",
    [
        "ANALYZE",
        "VACUUM",
        "PRAGMA user_version = 7",
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_master SET sql = replace(sql, 'TABLE action ', 'TABLE \"action\"\n ')",
    ],
)
def test_what_other_tools_do_to_a_file_without_changing_what_it_means_is_no_matter(
    sample_file, script
):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.executescript(script)
    assert inspected(sample_file) == revisions()[-1]


UNSOUND = {
    "a circle of headings": (
        "UPDATE heading SET parent_id = CASE id WHEN 1 THEN 2 ELSE 1 END WHERE id < 3",
        "見出し.*上の見出しキー",
    ),
    "a circle of joined actions": (
        "INSERT INTO joining (action_id, into_id) VALUES (1, 2), (2, 1)",
        "まとめ.*まとめ先キー",
    ),
    "a text for a number": ("UPDATE placement SET position = 'x'", "掲載.*順番"),
    "bytes for a text": ("UPDATE action SET description = x'ff'", "実行計画.*内容"),
    "an endless number": ("UPDATE level SET position = 9e999", "階層.*順番"),
    "a negative id": ("UPDATE actor SET id = -id", "主体.*キー"),
    "an id that no tree can hold": (
        "INSERT INTO section VALUES (9223372036854775807, 0, '課')",
        "担当課.*キー",
    ),
    "the year 0": ("UPDATE round SET as_of = '0000-01-01'", "調査.*時点"),
    "a step at a mere time": ("UPDATE operation SET at = '12:00'", "操作.*日時"),
    "no session": ("DELETE FROM session", "編集の控え"),
    "no level": ("DELETE FROM level", "階層"),
    "used numbers": ("UPDATE sqlite_sequence SET seq = 9223372036854775807", "番号の控え"),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_rows_that_cannot_be_a_plan_are_named(sample_file, kind):
    script, words = UNSOUND[kind]
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.executescript(script)
    before = sample_file.read_bytes()
    with pytest.raises(DamagedFileError, match=f"食い違っていて.*{words}.*バックアップから復元"):
        inspected(sample_file)
    assert sample_file.read_bytes() == before


def test_a_text_that_no_window_could_show_is_refused_and_not_called_damage(sample_file):
    with closing(sqlite3.connect(sample_file)) as connection, connection:
        connection.execute("UPDATE action SET note = printf('%.*c', 3000000, 'x')")
    with pytest.raises(OpeningError, match="大きすぎるもの") as told:
        inspected(sample_file)
    assert not isinstance(told.value, DamagedFileError)
