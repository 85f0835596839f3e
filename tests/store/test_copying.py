"""A copy is whole or it is not there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import StorageError
from kyodo_desktop.store.copying import copy, copy_bytes, swapped_in
from tests.disk import nearly_full_disk


def test_what_was_written_beside_replaces_the_target(tmp_path):
    target = tmp_path / "a.kyodo"
    target.write_bytes(b"old")
    with swapped_in(target) as beside:
        beside.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not replace a file that is read")
def test_who_reads_the_target_meanwhile_reads_the_old_one_whole(tmp_path):
    target = tmp_path / "a.kyodo"
    target.write_bytes(b"old")
    with target.open("rb") as reader:
        with swapped_in(target) as beside:
            beside.write_bytes(b"newer")
        assert reader.read() == b"old"


def test_a_failure_leaves_the_target_and_nothing_beside_it(tmp_path):
    target = tmp_path / "a.kyodo"
    target.write_bytes(b"old")
    with contextlib.suppress(KeyboardInterrupt), swapped_in(target) as beside:
        beside.write_bytes(b"new")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_told_with_the_way_out(sample_file, tmp_path):
    target = tmp_path / "copy.kyodo"
    with (
        nearly_full_disk(50_000),
        pytest.raises(StorageError, match=r"copy\.kyodo」に書き込めませんでした.*元のファイルは"),
    ):
        copy(sample_file, target)
    assert sorted(each.name for each in tmp_path.iterdir()) == [sample_file.name]


def test_a_target_in_a_missing_folder_is_told(sample_file, tmp_path):
    with pytest.raises(StorageError, match="空き容量と書き込みの権限"):
        copy(sample_file, tmp_path / "missing" / "copy.kyodo")


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
