"""One window at a time writes; the lock goes with its process, however that ends."""

from __future__ import annotations

import os
from pathlib import PureWindowsPath

import pytest
from filelock import FileLock

from kyodo_desktop.store.lock import SILENT_AFTER, Claim, Holder, PlanLock, _without_prefix

HERE = Holder("市民 花子", "PC-01", "令和8年11月23日 18:00", "a1")
THERE = Holder("別の 太郎", "PC-02", "いま", "b2")


class Seconds:
    """A clock that counts seconds, and stands until a test moves it."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def file(tmp_path):
    return tmp_path / "計画.kyodo"


@pytest.fixture
def note(file):
    return file.with_name(f"{file.name}.who")


@pytest.fixture
def crashed(file):
    """What a window on another computer left behind that went without a word."""
    lock = PlanLock(file)
    assert lock.acquire(THERE) is Claim.OURS
    lock._unlock()  # as the system does when a process ends
    return lock


@pytest.fixture
def no_locks(monkeypatch):
    """A drive on which every lock says yes."""
    monkeypatch.setattr(
        FileLock,
        "_acquire",
        lambda lock: setattr(lock._context, "lock_file_fd", os.open(os.devnull, os.O_RDONLY)),
    )
    monkeypatch.setattr(
        FileLock, "_release", lambda lock: setattr(lock._context, "lock_file_fd", None)
    )


def test_the_second_is_refused_and_told_who_holds_it(file):
    first, second = PlanLock(file), PlanLock(file)
    assert first.acquire(HERE) is Claim.OURS
    assert second.acquire(THERE) is Claim.HELD
    assert second.holder() == HERE
    first.release()
    assert second.acquire(THERE) is Claim.OURS
    second.release()


def test_only_the_lock_file_stays(file, tmp_path):
    lock = PlanLock(file)
    lock.acquire(HERE)
    lock.release()
    assert [each.name for each in tmp_path.iterdir()] == ["計画.kyodo.lock"]


def test_the_refused_one_takes_nothing_away_from_the_holder(file):
    first, second = PlanLock(file), PlanLock(file)
    first.acquire(HERE)
    second.acquire(THERE)
    second.release()
    assert PlanLock(file).acquire(THERE) is Claim.HELD
    assert second.holder() == HERE
    first.release()


def test_who_lost_the_right_without_knowing_takes_nothing_from_the_next_one(file, note):
    first, second = PlanLock(file), PlanLock(file)
    first.acquire(HERE)
    first._unlock()  # as a network drop does
    assert second.acquire(HERE._replace(token="c3")) is Claim.OURS
    first.release()
    assert second.holder().token == "c3"
    assert PlanLock(file).acquire(THERE) is Claim.HELD
    second.release()
    assert not note.exists()


@pytest.mark.parametrize("text", [b"", b"{", b'["a"]', b"\xff\xfe", b"null", b"[1, 2, 3, 4]"])
def test_a_note_that_cannot_be_read_names_nobody_and_locks_out_nobody_for_long(file, note, text):
    note.write_bytes(text)
    seconds = Seconds()
    lock = PlanLock(file, clock=seconds)
    assert lock.holder() is None
    assert lock.acquire(HERE) is Claim.UNSURE
    seconds.now += SILENT_AFTER
    assert lock.acquire(HERE) is Claim.OURS
    assert lock.holder() == HERE
    lock.release()


@pytest.mark.parametrize(
    "left",
    ['["別の 太郎", "PC-02", "きのう"]', '["別の 太郎", "PC-01", "きのう", "b2", 3]'],
    ids=["version 0.3", "same computer"],
)
def test_what_a_crash_left_behind_does_not_lock_where_it_is_known_to_be_over(file, note, left):
    note.write_text(left, encoding="utf-8")
    lock = PlanLock(file)
    assert lock.acquire(HERE) is Claim.OURS
    assert lock.holder() == HERE
    lock.release()


def test_what_another_computer_left_behind_gives_way_when_it_stays_silent(file, crashed):
    seconds = Seconds()
    lock = PlanLock(file, clock=seconds)
    for _ in range(3):
        assert lock.acquire(HERE) is Claim.UNSURE
        assert lock.holder() == THERE
        seconds.now += SILENT_AFTER / 3
    assert lock.acquire(HERE) is Claim.OURS
    assert not crashed.beat()  # it wakes, and finds another one
    lock.release()


def test_whoever_gives_a_sign_of_life_keeps_the_right_also_where_locks_always_say_yes(
    file, no_locks
):
    writer, seconds = PlanLock(file), Seconds()
    assert writer.acquire(THERE) is Claim.OURS
    other = PlanLock(file, clock=seconds)
    assert other.acquire(HERE) is Claim.UNSURE
    seconds.now += SILENT_AFTER - 1
    assert writer.beat()
    assert other.acquire(HERE) is Claim.HELD
    seconds.now += SILENT_AFTER - 1
    assert not other.is_free(HERE)
    assert writer.beat()
    writer.release()
    assert other.is_free(HERE)


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_in_the_place_of_the_note_is_not_followed(file, note, tmp_path):
    secret = tmp_path / "大事.txt"
    secret.write_text("そのまま", encoding="utf-8")
    note.symlink_to(secret)
    lock = PlanLock(file)
    assert lock.acquire(HERE) is Claim.OURS
    assert lock.holder() is None
    lock.beat()
    lock.release()
    assert secret.read_text(encoding="utf-8") == "そのまま"
    assert note.is_symlink()


def test_a_note_that_cannot_be_written_or_removed_is_logged_and_the_right_is_given_back(
    file, note, caplog
):
    note.mkdir()
    lock = PlanLock(file)
    assert lock.acquire(HERE) is Claim.OURS
    lock.release()
    assert PlanLock(file).acquire(THERE) is Claim.OURS
    assert note.is_dir()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("\\\\?\\C:\\計画\\a.kyodo", "C:\\計画\\a.kyodo"),
        ("\\\\?\\UNC\\server\\共有\\a.kyodo", "\\\\server\\共有\\a.kyodo"),
        ("\\\\server\\共有\\a.kyodo", "\\\\server\\共有\\a.kyodo"),
    ],
)
def test_a_long_name_of_windows_is_given_to_sqlite_without_its_prefix(given, expected):
    assert str(_without_prefix(PureWindowsPath(given))) == expected
