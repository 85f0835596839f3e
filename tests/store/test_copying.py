"""A copy is whole or it is not there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import (
    BusyError,
    DamagedFileError,
    StorageError,
    UnreachableError,
)
from kyodo_desktop.store.copying import atomic_write, copy, copy_bytes, expect_place
from tests.disk import nearly_full_disk, plain_user


def test_what_was_written_beside_replaces_the_target(tmp_path):
    target = tmp_path / "a.kyodo"
    target.write_bytes(b"old")
    with atomic_write(target) as beside:
        beside.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not replace a file that is read")
def test_who_reads_the_target_meanwhile_reads_the_old_one_whole(tmp_path):
    target = tmp_path / "a.kyodo"
    target.write_bytes(b"old")
    with target.open("rb") as reader:
        with atomic_write(target) as beside:
            beside.write_bytes(b"newer")
        assert reader.read() == b"old"


def test_a_failure_leaves_the_target_and_nothing_beside_it(tmp_path):
    target = tmp_path / "a.kyodo"
    target.write_bytes(b"old")
    with contextlib.suppress(KeyboardInterrupt), atomic_write(target) as beside:
        beside.write_bytes(b"new")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_told_with_the_way_out(sample_file, tmp_path):
    target = tmp_path / "copy.kyodo"
    with (
        nearly_full_disk(50_000),
        pytest.raises(StorageError, match=r"copy\.kyodo」に書き込めませんでした.*別の保存先"),
    ):
        copy(sample_file, target)
    assert sorted(each.name for each in tmp_path.iterdir()) == [sample_file.name]


def test_a_target_in_a_missing_folder_is_told(sample_file, tmp_path):
    with pytest.raises(
        UnreachableError, match=r"フォルダー「.*missing」がありません.*共有ドライブ"
    ):
        copy(sample_file, tmp_path / "missing" / "copy.kyodo")


def test_a_source_that_is_damaged_gone_or_in_use_is_told_by_its_own_name(
    sample_file, tmp_path, monkeypatch
):
    monkeypatch.setattr("kyodo_desktop.store.connection.PATIENCE", 0)
    damaged, target = tmp_path / "元.kyodo", tmp_path / "控え.kyodo"
    damaged.write_bytes(b"no database" * 100)
    with pytest.raises(DamagedFileError, match=r"「元\.kyodo」は壊れていて"):
        copy(damaged, target)
    damaged.unlink()
    with pytest.raises(UnreachableError, match=r"元\.kyodo」を読めませんでした"):
        copy(damaged, target)
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match=r"「富里市\.kyodo」がほかのプログラム"):
            copy(sample_file, target)
    assert list(tmp_path.iterdir()) == [sample_file]


def test_a_copy_of_a_file_in_wal_mode_is_not_in_it(sample_file, tmp_path):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        copy(sample_file, tmp_path / "copy.kyodo")
    with closing(sqlite3.connect(tmp_path / "copy.kyodo")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("あ" * 90 + ".kyodo", "名前が長すぎる"),
        ("あ" * 81 + "abc.kyodo", "名前が長すぎる"),  # its journal would have no name
        ("ない/計画.kyodo", "フォルダー「.*ない」がありません"),
        ("富里市.kyodo/計画.kyodo", "フォルダー「.*富里市.kyodo」がありません"),
        ("フォルダー", "という名前のフォルダーがある"),
    ],
)
def test_where_no_file_can_be_made_is_told_with_the_way_out(sample_file, tmp_path, name, told):
    (tmp_path / "フォルダー").mkdir()
    with pytest.raises(StorageError, match=rf"{told}.*(付けて|選んで)"):
        expect_place(tmp_path / name)
    expect_place(tmp_path / ("あ" * 80 + ".kyodo"))


def test_a_folder_that_may_not_be_written_to_is_told(sample_master):
    with tempfile.TemporaryDirectory() as folder:
        public = Path(folder)
        for mode, write in (
            (0o555, lambda target: copy(sample_master, target)),
            (0, expect_place),
        ):
            public.chmod(mode)
            with (
                plain_user(),
                pytest.raises(StorageError, match=r"書き込む権限がない.*別の保存先"),
            ):
                write(public / "計画.kyodo")
            public.chmod(0o777)


def test_a_copy_holds_what_was_committed_and_nothing_of_an_edit_under_way(sample_file, tmp_path):
    target = tmp_path / "copy.kyodo"
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("INSERT INTO section (position, name) VALUES (1, '総務課')")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO section (position, name) VALUES (2, '財政課')")
        copy(sample_file, target)
    with closing(sqlite3.connect(target)) as connection:
        names = connection.execute("SELECT name FROM section ORDER BY position").fetchall()
    assert names == [("市民活動推進課",), ("総務課",)]


def test_a_plan_that_was_left_half_written_is_mended_in_the_copy_only(sample_file, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    target, journal = folder / "a.kyodo", tmp_path / f"{sample_file.name}-journal"
    with sqlite3.connect(sample_file, isolation_level=None) as connection:
        (title,) = connection.execute("SELECT title FROM plan").fetchone()
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE plan SET title = 'half'")
        connection.execute("UPDATE action SET note = printf('%.9000c', 'x')")
        left = [(each, each.read_bytes()) for each in (sample_file, journal)]
        connection.execute("ROLLBACK")
    connection.close()
    for file, data in left:  # as after a power cut
        file.write_bytes(data)
    copy_bytes(sample_file, target)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT title FROM plan").fetchone() == (title,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [(each, each.read_bytes()) for each in (sample_file, journal)] == left
