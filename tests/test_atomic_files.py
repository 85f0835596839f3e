"""A file is replaced whole; what a killed program left goes with the next, and nothing else."""

from __future__ import annotations

import codecs
import os
import time
from contextlib import suppress

import pytest

from kyodo_desktop.atomic_files import ONLY_MINE, atomic_write, remove_leftovers

DAY = 24 * 60 * 60
NAME = "~0123456789ab.kyodo"


BEGINS = {
    ".kyodo": b"SQLite format 3\0",
    ".kyodo-journal": bytes(16),
    ".xlsx": b"PK",
    ".pdf": b"%PDF",
    ".html": b"<!DOCTYPE html>\n",
    ".csv": codecs.BOM_UTF8,
    ".txt": codecs.BOM_UTF8,
}


def make(file, age):
    file.write_bytes(BEGINS.get(file.suffix, b"left"))
    os.utime(file, (time.time() - age,) * 2)
    return file


@pytest.mark.parametrize(
    "name",
    [
        *(NAME, f"{NAME}-journal", "~0123456789ab.xlsx", "~0123456789ab.pdf"),
        *("~計画-0123456789ab.kyodo", "~計画-0123456789ab.kyodo-journal"),
        *(f"~報告書-0123456789ab{ending}" for ending in (".pdf", ".html", ".csv", ".txt")),
    ],
)
def test_what_is_older_than_a_day_goes(tmp_path, name):
    left, present = make(tmp_path / name, 2 * DAY), make(tmp_path / "計画.kyodo", 0)
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [present]
    assert not left.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("~0123456789.kyodo", "~0123456789AB.kyodo", "~$報告書.xlsx", f"{NAME}.bak", f"x{NAME}"),
        *("~0123456789ab.docx", "~報告書-0123456789.pdf", "報告書-0123456789ab.pdf"),
    ],
)
def test_another_name_stays(tmp_path, name):
    files = [make(tmp_path / name, 9 * DAY), make(tmp_path / "計画.kyodo", 0)]
    remove_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(files)


@pytest.mark.parametrize("suffix", BEGINS)
def test_somebodys_own_file_of_such_a_name_stays(tmp_path, suffix):
    own = make(tmp_path / f"~0123456789ab{suffix}", 0)
    own.write_text("覚え書き", encoding="utf-8")
    os.utime(own, (time.time() - 9 * DAY,) * 2)
    make(tmp_path / "計画.kyodo", 0)
    remove_leftovers(tmp_path)
    assert own.read_text(encoding="utf-8") == "覚え書き"


def test_what_may_be_being_written_stays(tmp_path):
    left, present = make(tmp_path / NAME, DAY / 2), make(tmp_path / "計画.kyodo", 0)
    remove_leftovers(tmp_path)
    assert left.exists()
    os.utime(present, (time.time() + 900 * DAY,) * 2)  # by a clock that is wrong
    remove_leftovers(tmp_path)
    assert left.exists()
    make(left, 2 * DAY)
    os.utime(present, (time.time() - 2 * DAY,) * 2)  # the clock of the drive is behind
    remove_leftovers(tmp_path)
    assert left.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_or_a_folder_stays(tmp_path):
    target, present = make(tmp_path / "大事.kyodo", 9 * DAY), make(tmp_path / "計画.kyodo", 0)
    (tmp_path / NAME).symlink_to(target)
    os.utime(tmp_path / NAME, (0, 0), follow_symlinks=False)
    (tmp_path / "~aaaaaaaaaaaa.kyodo").mkdir()
    os.utime(tmp_path / "~aaaaaaaaaaaa.kyodo", (0, 0))
    before = sorted(tmp_path.iterdir())
    remove_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    assert present.exists()


def test_a_folder_that_is_not_there_is_no_failure(tmp_path):
    remove_leftovers(tmp_path / "ない")
    remove_leftovers(tmp_path / ("長" * 200))


def test_a_file_takes_the_place_of_another_when_all_went_well(tmp_path):
    target = tmp_path / "計画.kyodo"
    target.write_text("old", encoding="utf-8")
    with atomic_write(target) as beside:
        assert (beside.parent, beside.suffix, beside.read_bytes()) == (tmp_path, ".kyodo", b"")
        beside.write_text("new", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "old"
    assert target.read_text(encoding="utf-8") == "new"
    with suppress(KeyboardInterrupt), atomic_write(target) as beside:
        beside.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert target.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_program_would_leave_says_whose_it_is(tmp_path):
    for name in ("報告書.pdf", f"{'長' * 80}.pdf", "報告.1.xlsx"):
        with atomic_write(tmp_path / name) as beside:
            assert beside.name.startswith(f"~{name.rpartition('.')[0][:24]}-")
            make(beside, 2 * DAY)
            make(tmp_path / "計画.kyodo", 0)
            remove_leftovers(tmp_path)
            assert not beside.exists()
            beside.touch()
    deep = tmp_path / ("深" * 60)
    deep.mkdir()
    with atomic_write(deep / f"{'長' * 80}.pdf") as beside:
        assert len(str(beside)) <= max(200, len(str(deep)) + 18)


def test_who_looks_after_what_is_left_names_the_file_beside(tmp_path):
    target, named = tmp_path / "a.jsonl", tmp_path / "a.new"
    named.write_text("of a killed program", encoding="utf-8")
    with atomic_write(target, beside=named) as beside:
        assert beside == named
        beside.write_text("new", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "new"
    assert not named.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows other permissions")
def test_a_new_file_can_be_for_oneself(tmp_path):
    with atomic_write(tmp_path / "a", mode=ONLY_MINE) as beside:
        assert beside.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows knows other permissions")
def test_a_file_for_oneself_is_so_whoever_might_read_what_was_there(tmp_path):
    target, named = tmp_path / "a", tmp_path / "a.new"
    for left in (target, named):
        left.write_text("old", encoding="utf-8")
        left.chmod(0o644)
    with atomic_write(target, beside=named, mode=ONLY_MINE) as beside:
        assert beside.stat().st_mode & 0o777 == 0o600
        beside.write_text("new", encoding="utf-8")
    assert target.stat().st_mode & 0o777 == 0o600
