"""Backups: one a day, the last ten days, and before each great change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from kyodo_desktop.domain.errors import (
    DamagedFileError,
    NotOursError,
    StorageError,
    StrangeFileError,
)
from kyodo_desktop.store import backup
from tests.disk import nearly_full_disk

DAY = date(2026, 11, 23)


def names(file):
    return sorted(each.name for each in backup.folder_of(file).iterdir())


def counts(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM action").fetchone()[0]


def test_the_first_backup_of_a_day_is_its_only_one(sample_file):
    made = backup.back_up_daily(sample_file, DAY)
    assert made is not None
    first = made.read_bytes()
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("INSERT INTO section (position, name) VALUES (1, '総務課')")
        connection.commit()
    assert backup.back_up_daily(sample_file, DAY) is None
    assert names(sample_file) == ["富里市_2026-11-23.kyodo"]
    assert made.read_bytes() == first


def test_the_last_ten_days_are_kept_and_what_preceded_great_changes(sample_file, clock):
    kept = backup.back_up_now(sample_file, "更新前0001", clock())
    for number in range(13):
        backup.back_up_daily(sample_file, DAY + timedelta(number))
    assert names(sample_file) == sorted(
        [kept.name, *(f"富里市_{DAY + timedelta(number)}.kyodo" for number in range(3, 13))]
    )


def test_an_old_backup_that_cannot_be_dropped_stops_nothing(sample_file):
    stuck = backup.folder_of(sample_file) / "富里市_2000-01-01.kyodo"
    stuck.mkdir(parents=True)
    for number in range(11):
        assert backup.back_up_daily(sample_file, DAY + timedelta(number))
    assert stuck.is_dir()


def test_backups_are_listed_newest_first_with_what_they_hold(sample_file, clock):
    backup.back_up_daily(sample_file, DAY)
    newer = backup.back_up_now(sample_file, "更新前0001", clock())
    broken = backup.folder_of(sample_file) / "富里市_2026-01-01.kyodo"
    broken.write_bytes(b"no database")
    found = {each.path.name: each for each in backup.backups_of(sample_file)}
    assert found[newer.name][2:] == (newer.stat().st_size, 19, 32, 33)
    assert found[broken.name][3:] == (-1, -1, -1)
    times = [each.made_at for each in backup.backups_of(sample_file)]
    assert times == sorted(times, reverse=True)
    assert all(each.tzinfo is not None for each in times)


def test_a_copy_that_a_crash_left_half_written_is_no_backup(sample_file):
    made = backup.back_up_daily(sample_file, DAY)
    made.with_name("~0123456789ab.kyodo").write_bytes(made.read_bytes()[:4096])
    assert [each.path for each in backup.backups_of(sample_file)] == [made]


def test_a_plan_without_backups_has_an_empty_list(sample_file):
    assert backup.backups_of(sample_file) == []


def test_a_full_disk_leaves_no_half_backup(sample_file):
    with nearly_full_disk(50_000), pytest.raises(StorageError, match="書き込めませんでした"):
        backup.back_up_daily(sample_file, DAY)
    assert names(sample_file) == []


def test_a_folder_that_cannot_be_made_is_told(sample_file):
    backup.folder_of(sample_file).write_text("in the way")
    with pytest.raises(StorageError, match="バックアップのフォルダー"):
        backup.back_up_daily(sample_file, DAY)


def test_restoring_keeps_the_present_file_aside(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    wanted = made.read_bytes()
    sample_file.write_bytes(b"damaged beyond repair")
    aside = backup.restore(sample_file, made, clock())
    assert aside.read_bytes() == b"damaged beyond repair"
    assert aside.name == "富里市_2026-11-23_180000_復元前.kyodo"
    assert sample_file.read_bytes() == wanted


def test_restoring_a_plan_that_was_lost_keeps_nothing_aside(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    sample_file.unlink()
    assert backup.restore(sample_file, made, clock()) is None
    assert counts(sample_file) == 32


@pytest.mark.parametrize(
    ("content", "error"), [(b"no database", NotOursError), (None, DamagedFileError)]
)
def test_a_damaged_backup_is_not_put_in_place(sample_file, clock, content, error):
    made, before = backup.back_up_daily(sample_file, DAY), sample_file.read_bytes()
    made.write_bytes(content or before[: len(before) // 2])
    with pytest.raises(error):
        backup.restore(sample_file, made, clock())
    assert sample_file.read_bytes() == before
    assert names(sample_file) == [made.name]


def test_an_edit_that_a_crash_cut_short_does_not_reach_into_the_restored_file(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    wanted = made.read_bytes()
    journal = sample_file.with_name(f"{sample_file.name}-journal")
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE action SET note = hex(randomblob(3000))")
        crashed, undone = sample_file.read_bytes(), journal.read_bytes()
    sample_file.write_bytes(b"x" * 100 + crashed[100:])
    journal.write_bytes(undone)
    aside = backup.restore(sample_file, made, clock())
    assert counts(sample_file) == 32
    assert sample_file.read_bytes() == wanted
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == undone


def test_two_restores_in_one_second_keep_two_files_aside(sample_file, clock):
    chosen = backup.back_up_daily(sample_file, DAY)
    first = backup.restore(sample_file, chosen, clock())
    second = backup.restore(sample_file, chosen, clock())
    assert first != second
    assert first.exists()
    assert second.exists()


def test_a_backup_that_holds_something_strange_is_listed_and_not_read(sample_file, clock):
    strange = backup.back_up_daily(sample_file, DAY)
    with closing(sqlite3.connect(strange)) as connection:
        connection.executescript(
            "ALTER TABLE heading RENAME TO h; CREATE VIEW heading AS WITH RECURSIVE "
            "n(id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id FROM n"
        )
    (found,) = backup.backups_of(sample_file)
    assert found[3:] == (-1, -1, -1)
    with pytest.raises(StrangeFileError, match="新しいファイルに移す"):
        backup.restore(sample_file, strange, clock())
