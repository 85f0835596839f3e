"""A plan is made where something lies already, and copied: what was there is never lost."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import StorageError
from kyodo_desktop.services.files import InUseError, back_up_now, backups_of, restore
from kyodo_desktop.services.interchange import create_from_export, whole_plan
from kyodo_desktop.services.new_plan import create_plan, default_plan, save_copy
from kyodo_desktop.services.sample import create_sample
from kyodo_desktop.store import backup
from kyodo_desktop.store.inspection import inspected
from tests.builders import Clock, opened
from tests.disk import plain_user

WHO = {"author": "花子", "now": Clock()()}
NEW = default_plan(Clock()().date(), "新しい計画")


def title_of(file):
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT title FROM plan").fetchone()[0]


def cut_short(file):
    """Leave the file as a power cut in the midst of an edit does; return the two files."""
    journal = file.with_name(f"{file.name}-journal")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE plan SET title = '途中'")
        connection.execute("UPDATE action SET note = hex(randomblob(3000))")
        left = file.read_bytes(), journal.read_bytes()
    for path, content in zip((file, journal), left, strict=True):
        path.write_bytes(content)
    return file, journal


def make_new(path, source):
    return create_plan(path, NEW, **WHO)


def make_sample(path, source):
    return create_sample(path, "tomisato_2015", **WHO)


def make_from_export(path, source):
    return create_from_export(whole_plan(source), path, **WHO)


def make_copy(path, source):
    return save_copy(source, path, **WHO)


WAYS = (make_new, make_sample, make_from_export, make_copy)


def lock_of(file):
    return file.with_name(f"{file.name}.lock")


@pytest.mark.parametrize("way", WAYS)
def test_a_plan_that_is_there_is_set_aside_with_what_is_half_written(
    way, sample_master, sample_file
):
    before = title_of(sample_file)
    content = [each.read_bytes() for each in cut_short(sample_file)]
    aside = way(sample_file, sample_master)
    journal = aside.with_name(f"{aside.name}-journal")
    assert aside.name == "富里市_2026-11-23_180000_置換前.kyodo"
    assert [each.read_bytes() for each in (aside, journal)] == content
    assert title_of(aside) == before
    assert title_of(sample_file) == (NEW.title if way is make_new else before)
    assert sorted(sample_file.parent.iterdir()) == [
        sample_file,
        lock_of(sample_file),
        aside.parent,
    ]


@pytest.mark.parametrize("way", WAYS)
def test_half_an_edit_of_a_plan_that_is_gone_does_not_reach_into_the_new_one(
    way, sample_master, sample_file
):
    _, journal = cut_short(sample_file)
    undone = journal.read_bytes()
    sample_file.unlink()
    aside = way(sample_file, sample_master)
    assert aside.read_bytes() == undone
    assert not journal.exists()
    assert title_of(sample_file) == (NEW.title if way is make_new else title_of(sample_master))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("content", [b"", "メモ".encode(), b"PK\3\4", b"SQLite format 3\0" * 9])
def test_a_file_that_is_no_plan_is_left_alone(way, sample_master, tmp_path, content):
    file = tmp_path / "会議.kyodo"
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"「会議\.kyodo」.*計画ではないファイル.*別の名前"):
        way(file, sample_master)
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("way", WAYS)
def test_a_plan_that_another_window_has_is_left_alone(way, sample_master, plan):
    before = title_of(plan.path)
    with pytest.raises(InUseError, match="市民 花子さん"):
        way(plan.path, sample_master)
    assert title_of(plan.path) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["計" * 100 + ".kyodo", "ない/計画.kyodo"])
def test_a_place_where_nothing_can_be_made_is_told(way, sample_master, tmp_path, name):
    with pytest.raises(StorageError, match="書き込めませんでした"):
        way(tmp_path / name, sample_master)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("way", [make_new, make_copy])
@pytest.mark.parametrize("mode", [0o555, 0])
def test_a_folder_that_may_not_be_written_to_is_told(way, mode, sample_master):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(mode)
        with plain_user(), pytest.raises(StorageError, match=r"計画\.kyodo」に書き込めません"):
            way(Path(folder, "計画.kyodo"), sample_master)
        Path(folder).chmod(0o777)
        assert list(Path(folder).iterdir()) == []


def test_a_window_that_holds_what_was_replaced_is_overtaken(sample_file):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("UPDATE session SET holder = 'x', commits = 70")
        connection.commit()
    create_plan(sample_file, NEW, **WHO)
    with closing(sqlite3.connect(sample_file)) as connection:
        asked = connection.execute("SELECT holder, commits FROM session").fetchone()
    assert asked == ("", 71)


def test_a_copy_is_made_while_the_plan_is_open_and_never_of_the_plan_onto_itself(
    plan, tmp_path, clock
):
    target = tmp_path / "控え.kyodo"
    assert save_copy(plan.path, target, **WHO) is None
    opened(target, clock).close()
    with pytest.raises(StorageError, match="現在開いている計画そのもの"):
        save_copy(plan.path, tmp_path / "." / plan.path.name, **WHO)


def test_a_copy_of_an_older_version_is_saved_over_a_plan(sample_file, tmp_path):
    old = Path(__file__).parents[1] / "fixtures" / "old_databases" / "0001.kyodo"
    assert save_copy(old, sample_file, **WHO).exists()
    assert inspected(sample_file) == "0001"


def test_a_copy_made_now_is_listed_and_never_dropped(plan, clock):
    made = [back_up_now(plan.path, clock()) for _ in range(2)]
    assert [each.name for each in made] == [
        "富里市_2026-11-23_180000_手動.kyodo",
        "富里市_2026-11-23_180000_手動_2.kyodo",
    ]
    assert set(made) < {each.path for each in backups_of(plan.path)}


def test_a_plan_that_was_lost_with_its_folder_of_backups_is_restored(sample_file, clock):
    opened(sample_file, clock).close()
    [made] = backups_of(sample_file)
    sample_file.unlink()
    assert restore(sample_file, made.path, clock()) is None
    assert sorted(sample_file.parent.iterdir()) == [
        sample_file,
        lock_of(sample_file),
        backup.folder_of(sample_file),
    ]
