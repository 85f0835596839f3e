"""A plan is opened safely: by one window for writing, and never changed by the opening."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from kyodo_desktop.domain.errors import OpeningError, ReadOnlyError, StorageError
from kyodo_desktop.paths import bundled
from kyodo_desktop.services import files
from kyodo_desktop.services.files import InUseError, backups_of, restore
from kyodo_desktop.store.inspection import inspected
from kyodo_desktop.store.schema import revisions
from tests import edits
from tests.builders import opened
from tests.disk import nearly_full_disk

HOLDING = """
import sys
from datetime import datetime
from pathlib import Path
from kyodo_desktop.services.files import open_plan
now = datetime(2026, 4, 1, 9, 5)
plan = open_plan(Path(sys.argv[1]), author=lambda: "別の 太郎", now=lambda: now)
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """A program whose `db` folder has one more revision."""
    shutil.copytree(bundled("db"), tmp_path / "program" / "db")
    newest = revisions()[-1]
    script = f'revision = "9999"\ndown_revision = "{newest}"\n\n\ndef upgrade():\n    pass\n'
    (tmp_path / "program" / "db" / "versions" / "9999_next.py").write_text(script)
    schemas = tmp_path / "program" / "db" / "schemas"
    shutil.copy(schemas / f"{newest}.json", schemas / "9999.json")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "program"), raising=False)
    revisions.cache_clear()
    yield
    revisions.cache_clear()


def edit(plan, text="メモ"):
    edits.set_note(plan.workspace, 1, text)


def test_the_file_is_edited_and_then_let_go_without_a_trace(sample_file, clock):
    plan = opened(sample_file, clock)
    assert (plan.notices, plan.workspace.read_only_because) == ((), "")
    edit(plan)
    plan.close()
    assert {each.name for each in sample_file.parent.iterdir()} == {
        sample_file.name,
        "富里市_バックアップ",
        "富里市.kyodo.lock",
    }


def test_a_second_window_is_told_who_writes_and_may_read(plan, sample_file, clock):
    with pytest.raises(
        InUseError, match=r"市民 花子さん（.+）が令和8年11月23日 18:00から"
    ) as told:
        opened(sample_file, clock, author="別の 太郎")
    assert told.value.holder.who == "市民 花子"
    edit(plan)
    reader = opened(sample_file, clock, read_only=True)
    assert reader.workspace.outline.actions[1].note == "メモ"
    with pytest.raises(ReadOnlyError, match="別のウィンドウで編集中"):
        edit(reader, "書けない")
    reader.close()
    edit(plan, "まだ書ける")


def test_a_copy_is_opened_and_brought_up_to_date_and_the_old_plan_is_only_read(
    sample_file, clock, tmp_path, next_version
):
    folder, before = tmp_path / "copies", sample_file.read_bytes()
    folder.mkdir()
    beside = sorted(tmp_path.iterdir())
    copied = files.open_copy(sample_file, folder, author=lambda: "", now=clock)
    assert inspected(copied.path) == "9999"
    assert copied.path.parent == folder
    copied.close()
    assert sample_file.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == beside


def test_another_process_holds_the_plan_until_it_ends(sample_file, clock):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, sample_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(InUseError, match=r"別の 太郎さん（.+）が令和8年4月1日 09:05から"):
            opened(sample_file, clock)
        with pytest.raises(InUseError):
            restore(sample_file, backups_of(sample_file)[0].path, clock())
        other.kill()
    opened(sample_file, clock).close()


def test_the_first_opening_of_a_day_makes_a_backup(sample_file, clock):
    for _ in range(2):
        opened(sample_file, clock).close()
    assert [each.path.name for each in backups_of(sample_file)] == ["富里市_2026-11-23.kyodo"]
    clock.time += timedelta(days=1)
    opened(sample_file, clock, read_only=True).close()
    assert len(backups_of(sample_file)) == 1
    opened(sample_file, clock).close()
    assert len(backups_of(sample_file)) == 2


def test_a_backup_that_fails_is_told_and_the_plan_is_open(sample_file, clock):
    with nearly_full_disk(50_000):
        plan = opened(sample_file, clock)
    assert "今日のバックアップを作成できませんでした" in plan.notices[0]
    edit(plan)
    plan.close()


def test_a_disk_without_any_room_is_told_at_the_first_edit_and_the_next_one_works(
    sample_file, clock
):
    before = sample_file.read_bytes()
    with nearly_full_disk(0):
        plan = opened(sample_file, clock)
        with pytest.raises(StorageError, match="空きがあるか"):
            edit(plan)
    assert sample_file.read_bytes() == before
    assert not sample_file.with_name(f"{sample_file.name}.who").exists()
    plan.workspace.out_of_reach = ""
    edit(plan)
    plan.close()


@pytest.mark.usefixtures("next_version")
def test_an_older_file_is_backed_up_and_brought_up_to_date(sample_file, clock):
    old = inspected(sample_file)
    opened(sample_file, clock).close()
    assert inspected(sample_file) == "9999"
    kept = next(each for each in backups_of(sample_file) if f"更新前{old}" in each.path.name)
    assert inspected(kept.path) == old
    assert kept.actions == 32


@pytest.mark.usefixtures("next_version")
def test_an_older_file_that_may_not_be_written_is_not_opened(sample_file, clock):
    before = sample_file.read_bytes()
    with pytest.raises(OpeningError, match=r"古いバージョンで.*ファイルで.*コピーして開いて"):
        opened(sample_file, clock, read_only=True)
    with nearly_full_disk(50_000), pytest.raises(StorageError):
        opened(sample_file, clock)
    assert sample_file.read_bytes() == before
    assert not sample_file.with_name(f"{sample_file.name}.who").exists()


def test_a_plan_is_restored_and_the_present_one_kept_aside(sample_file, clock):
    plan = opened(sample_file, clock)
    edit(plan)
    with pytest.raises(InUseError):
        restore(sample_file, backups_of(sample_file)[0].path, clock())
    plan.close()
    aside = restore(sample_file, backups_of(sample_file)[0].path, clock())
    for path, note in ((sample_file, ""), (aside, "メモ")):
        plan = files.open_plan(path, author=str, now=clock, read_only=True)
        assert plan.workspace.outline.actions[1].note == note
        plan.close()
