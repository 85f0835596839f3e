"""A backup takes the place of the plan, which is kept, and of which others go on reading."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import pytest

from kyodo_desktop.domain.errors import (
    BusyError,
    DamagedFileError,
    NotOursError,
    StorageError,
)
from kyodo_desktop.store import backup, copying
from kyodo_desktop.store.inspection import inspected
from kyodo_desktop.store.restoring import restore
from kyodo_desktop.store.schema import revisions
from tests.disk import nearly_full_disk
from tests.store.test_migrating import OLD

DAY = date(2026, 11, 23)


def names(file):
    return sorted(each.name for each in backup.folder_of(file).iterdir())


def counts(file):
    return asked(file, "SELECT count(*) FROM action")[0]


def asked(file, question):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchone()


def content(file):
    """Return all rows but the one that counts commits."""
    with closing(sqlite3.connect(file)) as connection:
        return [each for each in connection.iterdump() if '"session"' not in each]


def test_restoring_keeps_the_present_file_aside(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    wanted = content(made)
    sample_file.write_bytes(b"damaged beyond repair")
    aside = restore(sample_file, made, clock())
    assert aside.read_bytes() == b"damaged beyond repair"
    assert aside.name == "富里市_2026-11-23_180000_復元前.kyodo"
    assert content(sample_file) == wanted


def test_restoring_a_plan_that_was_lost_keeps_nothing_aside(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    sample_file.unlink()
    assert restore(sample_file, made, clock()) is None
    assert counts(sample_file) == 32


@pytest.mark.parametrize(
    ("content", "error"), [(b"no database", NotOursError), (None, DamagedFileError)]
)
def test_a_damaged_backup_is_not_put_in_place(sample_file, clock, content, error):
    made, before = backup.back_up_daily(sample_file, DAY), sample_file.read_bytes()
    made.write_bytes(content or before[: len(before) // 2])
    with pytest.raises(error):
        restore(sample_file, made, clock())
    assert sample_file.read_bytes() == before
    assert names(sample_file) == [made.name]


def test_an_edit_that_a_crash_cut_short_does_not_reach_into_the_restored_file(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    wanted = content(made)
    journal = sample_file.with_name(f"{sample_file.name}-journal")
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE action SET note = hex(randomblob(3000))")
        crashed, undone = sample_file.read_bytes(), journal.read_bytes()
    sample_file.write_bytes(b"x" * 100 + crashed[100:])
    journal.write_bytes(undone)
    aside = restore(sample_file, made, clock())
    assert counts(sample_file) == 32
    assert content(sample_file) == wanted
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == undone


def test_two_restores_in_one_second_keep_two_files_aside(sample_file, clock):
    chosen = backup.back_up_daily(sample_file, DAY)
    first = restore(sample_file, chosen, clock())
    second = restore(sample_file, chosen, clock())
    assert first != second
    assert first.exists()
    assert second.exists()


def test_who_reads_the_plan_meanwhile_sees_the_restored_one_next(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    with closing(sqlite3.connect(sample_file)) as reader:
        reader.execute("UPDATE plan SET title = '後の題'")
        reader.commit()
        restore(sample_file, made, clock())
        assert reader.execute("SELECT title FROM plan").fetchone() != ("後の題",)


def test_a_plan_that_is_being_read_is_not_torn(sample_file, clock, monkeypatch):
    monkeypatch.setattr("kyodo_desktop.store.connection.PATIENCE", 0)
    made, before = backup.back_up_daily(sample_file, DAY), content(sample_file)
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as reader:
        reader.execute("UPDATE plan SET title = '後の題'")
        reader.execute("BEGIN")
        reader.execute("SELECT title FROM plan").fetchone()
        with pytest.raises(BusyError, match="使用中"):
            restore(sample_file, made, clock())
        assert reader.execute("SELECT title FROM plan").fetchone() == ("後の題",)
        reader.execute("COMMIT")
    assert content(sample_file) != before
    restore(sample_file, made, clock())
    assert content(sample_file) == before


def test_a_window_that_still_holds_what_was_replaced_is_overtaken(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    with sqlite3.connect(sample_file) as connection:
        connection.execute("UPDATE session SET holder = 'somebody', commits = 70")
    connection.close()
    restore(sample_file, made, clock())
    assert asked(sample_file, "SELECT holder, commits FROM session") == ("", 71)
    kept = backup.back_up_now(sample_file, "手動", clock())
    with sqlite3.connect(sample_file) as connection:
        connection.execute("UPDATE session SET commits = 5")
    connection.close()
    restore(sample_file, kept, clock())
    assert asked(sample_file, "SELECT holder, commits FROM session") == ("", 72)


@pytest.mark.parametrize("damage", [None, b"damaged"])
def test_nobody_edits_a_plan_that_was_restored_from_nothing(sample_file, clock, damage):
    with sqlite3.connect(sample_file) as connection:
        connection.execute("UPDATE session SET holder = 'somebody', commits = 70")
    connection.close()
    made = backup.back_up_daily(sample_file, DAY)
    sample_file.unlink()
    if damage:
        sample_file.write_bytes(damage)
    restore(sample_file, made, clock())
    assert asked(sample_file, "SELECT holder, commits FROM session") == ("", 71)


def test_half_an_edit_that_was_set_aside_does_not_reach_into_a_copy(sample_file, clock):
    made = backup.back_up_daily(sample_file, DAY)
    sample_file.unlink()
    sample_file.with_name("富里市.kyodo-journal").write_bytes(b"half")
    first = restore(sample_file, made, clock())
    assert first.name == "富里市_2026-11-23_180000_復元前.kyodo-journal"
    second = restore(sample_file, made, clock())
    assert second.name == "富里市_2026-11-23_180000_復元前_2.kyodo"
    assert first.read_bytes() == b"half"


def test_a_backup_of_an_older_version_is_brought_up_to_date(sample_file, clock, tmp_path):
    old = shutil.copy(OLD[0], tmp_path / "古い.kyodo")
    with sqlite3.connect(sample_file) as connection:
        connection.execute("UPDATE session SET commits = 70")
    connection.close()
    restore(sample_file, old, clock())
    assert inspected(sample_file) == revisions()[-1]
    assert asked(sample_file, "SELECT commits FROM session") == (71,)
    assert inspected(old) == revisions()[0]


@pytest.mark.parametrize("which", ["plan", "backup"])
def test_neither_the_plan_nor_its_backup_leaves_the_file_in_wal_mode(sample_file, clock, which):
    made = backup.back_up_daily(sample_file, DAY)
    with closing(sqlite3.connect(sample_file if which == "plan" else made)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        connection.execute("UPDATE plan SET ordinance = '条例'")
        connection.commit()
    restore(sample_file, made, clock())
    assert asked(sample_file, "PRAGMA journal_mode") == ("delete",)
    assert counts(sample_file) == 32


def test_a_disk_that_fills_up_in_the_midst_leaves_the_plan(sample_file, clock, monkeypatch):
    made = backup.back_up_daily(sample_file, DAY)
    with closing(sqlite3.connect(made)) as connection:  # it needs more room than the plan
        connection.execute("UPDATE action SET note = printf('%.20000c', 'x')")
        connection.commit()
    before = content(sample_file)
    real = copying.put_in

    def put_in(beside, target):
        with nearly_full_disk(target.stat().st_size + 100_000):
            real(beside, target)

    monkeypatch.setattr("kyodo_desktop.store.copying.put_in", put_in)
    with pytest.raises(StorageError, match=r"富里市.kyodo」に書き込めませんでした.*空き"):
        restore(sample_file, made, clock())
    assert content(sample_file) == before
    assert asked(sample_file, "PRAGMA integrity_check") == ("ok",)


KILLED = """
import os, sys
from pathlib import Path
from kyodo_desktop.store import connection

source, target = map(Path, sys.argv[1:])
def killed(*_): os._exit(9)
with connection.connected(source) as new, connection.connected(target, read_only=False) as live:
    live.execute("PRAGMA cache_size = 1")
    new.backup(live, pages=20, progress=killed)
"""


def test_a_program_that_is_killed_in_the_midst_leaves_the_plan(sample_file):
    made = backup.back_up_daily(sample_file, DAY)
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("UPDATE action SET note = printf('%.20000c', 'x')")
        connection.commit()
    before = content(sample_file)
    done = subprocess.run([sys.executable, "-c", KILLED, made, sample_file], check=False)
    assert done.returncode == 9
    assert sample_file.with_name(f"{sample_file.name}-journal").stat().st_size > 0
    assert content(sample_file) == before
