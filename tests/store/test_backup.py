"""Backups: one a day, the last ten days, and before each great change."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from kyodo_desktop.domain.errors import StorageError, StrangeFileError
from kyodo_desktop.store import backup
from kyodo_desktop.store.identity import identity_of
from kyodo_desktop.store.migrating import upgrade
from kyodo_desktop.store.restoring import restore
from tests.disk import nearly_full_disk
from tests.store.test_migrating import FOUNDING, OLD, create, fill

DAY = date(2026, 11, 23)


def names(file):
    return sorted(each.name for each in backup.folder_of(file).iterdir())


def edit(file):
    """Add a step to the plan's history."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE session SET commits = commits + 1")
        connection.execute(
            "INSERT INTO operation (at, author, label, key) VALUES ('2026-11-23', '', '編集', '')"
        )
        connection.commit()


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
    assert found[newer.name][2:6] == (newer.stat().st_size, 19, 32, 33)
    assert found[broken.name][3:6] == (-1, -1, -1)
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


def test_only_what_the_program_made_of_this_plan_is_ever_dropped(sample_file, tmp_path, clock):
    folder = backup.folder_of(sample_file)
    folder.mkdir()
    other = folder / "富里市_2000-01-02.kyodo"
    create(other, fill, FOUNDING, now=clock())
    (folder / "富里市_2000-01-01.kyodo").write_text("覚え書き")
    (folder / "庁議メモ_2024-01-01.docx").write_text("大事")
    (folder / "富里市_2000-01-03.docx").write_text("大事")
    shutil.copy(sample_file, folder / "清書_2000-01-04.kyodo")
    shutil.copy(sample_file, folder / "富里市_2000-01-05 提出.kyodo")
    before = set(names(sample_file))
    for number in range(12):
        backup.back_up_daily(sample_file, DAY + timedelta(number))
    assert before < set(names(sample_file))
    assert len(names(sample_file)) == len(before) + 10


@pytest.mark.parametrize("content", ["another plan", "no plan"])
def test_something_else_of_the_days_name_is_left_and_the_plan_is_copied(
    sample_file, clock, content
):
    backup.folder_of(sample_file).mkdir()
    taken = backup.folder_of(sample_file) / "富里市_2026-11-23.kyodo"
    taken.write_text("覚え書き")
    if content == "another plan":
        taken.unlink()
        create(taken, fill, FOUNDING, now=clock())
    before = taken.read_bytes()
    made = backup.back_up_daily(sample_file, DAY)
    assert made.name == "富里市_2026-11-23_2.kyodo"
    assert taken.read_bytes() == before
    assert backup.back_up_daily(sample_file, DAY) is None


def test_a_clock_that_was_wrong_once_neither_blocks_nor_drops_a_copy(sample_file):
    wrong = backup.back_up_daily(sample_file, date(2030, 1, 1))
    for number in range(12):
        edit(sample_file)
        made = backup.back_up_daily(sample_file, DAY + timedelta(number))
        assert made.exists()
    assert len(names(sample_file)) == 11
    assert wrong.exists()  # the last of January 2030
    edit(sample_file)
    early = backup.back_up_daily(sample_file, date(2000, 1, 1))
    assert early.exists()
    edit(sample_file)
    on_the_day = backup.back_up_daily(sample_file, date(2030, 1, 1))
    assert on_the_day.name == "富里市_2030-01-01_2.kyodo"
    assert backup.back_up_daily(sample_file, date(2030, 1, 1)) is None
    assert early.exists()


def test_copies_from_before_an_upgrade_are_known_as_the_same_plan(tmp_path):
    for old in OLD:
        file = tmp_path / old.name
        shutil.copy(old, file)
        before = identity_of(file)
        upgrade(file)
        assert identity_of(file) == before


def test_a_renamed_plan_finds_its_backups_and_says_from_which_name(sample_file, clock):
    backup.back_up_daily(sample_file, DAY)
    create(sample_file.with_name("別.kyodo"), fill, FOUNDING, now=clock())
    backup.back_up_daily(sample_file.with_name("別.kyodo"), DAY)
    renamed = sample_file.rename(sample_file.with_name("富里市 後期.kyodo"))
    backup.back_up_daily(renamed, DAY + timedelta(1))
    found = {each.path.name: each.former_name for each in backup.backups_of(renamed)}
    assert found == {"富里市_2026-11-23.kyodo": "富里市", "富里市 後期_2026-11-24.kyodo": ""}


def test_a_copy_of_another_plan_that_had_the_name_is_marked(sample_file, clock):
    backup.back_up_daily(sample_file, DAY)
    sample_file.unlink()
    create(sample_file, fill, FOUNDING, now=clock())
    assert [each.is_other for each in backup.backups_of(sample_file)] == [True]


def test_a_plan_without_a_history_is_copied_once_a_day_and_nothing_dropped(sample_file):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("DELETE FROM change")
        connection.execute("DELETE FROM operation")
        connection.commit()
    for number in range(12):
        assert backup.back_up_daily(sample_file, DAY + timedelta(number))
        assert backup.back_up_daily(sample_file, DAY + timedelta(number)) is None
    assert len(names(sample_file)) == 12


@pytest.mark.skipif(os.name == "nt", reason="Windows counts letters, not bytes")
def test_a_name_too_long_for_its_backups_is_told(sample_file):
    long = sample_file.rename(sample_file.with_name("あ" * 80 + ".kyodo"))
    with pytest.raises(StorageError, match=r"バックアップのフォルダー.*名前が長すぎる"):
        backup.back_up_daily(long, DAY)


def test_a_backup_that_holds_something_strange_is_listed_and_not_read(sample_file, clock):
    strange = backup.back_up_daily(sample_file, DAY)
    with closing(sqlite3.connect(strange)) as connection:
        connection.executescript(
            "ALTER TABLE heading RENAME TO h; CREATE VIEW heading AS WITH RECURSIVE "
            "n(id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id FROM n"
        )
    (found,) = backup.backups_of(sample_file)
    assert found[3:6] == (-1, -1, -1)
    with pytest.raises(StrangeFileError, match="新しいファイルに移す"):
        restore(sample_file, strange, clock())
