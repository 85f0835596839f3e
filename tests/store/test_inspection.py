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
    with pytest.raises(NewerFileError, match="新しい版で作られたファイルです"):
        inspected(sample_file)
