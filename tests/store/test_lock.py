"""One window at a time writes; the lock goes with its process, however that ends."""

from __future__ import annotations

import pytest

from kyodo_desktop.store.lock import Holder, PlanLock

HOLDER = Holder("市民 花子", "PC-01", "令和8年11月23日 18:00")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "計画.kyodo"


def test_the_second_is_refused_and_told_who_holds_it(file):
    first, second = PlanLock(file), PlanLock(file)
    assert first.acquire(HOLDER)
    assert not second.acquire(Holder("別の人", "PC-02", "いま"))
    assert second.holder() == HOLDER
    first.release()
    assert second.acquire(HOLDER)
    second.release()


def test_nothing_is_left_behind(file, tmp_path):
    lock = PlanLock(file)
    lock.acquire(HOLDER)
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_the_refused_one_takes_nothing_away_from_the_holder(file):
    first, second = PlanLock(file), PlanLock(file)
    first.acquire(HOLDER)
    second.acquire(HOLDER)
    second.release()
    assert not PlanLock(file).acquire(HOLDER)
    assert second.holder() == HOLDER
    first.release()


@pytest.mark.parametrize("note", [b"", b"{", b'["a"]', b"\xff\xfe", b"null"])
def test_a_note_that_cannot_be_read_names_nobody(file, note):
    file.with_name(f"{file.name}.who").write_bytes(note)
    assert PlanLock(file).holder() is None


def test_files_left_by_a_crash_do_not_lock(file):
    for ending in (".lock", ".who"):
        file.with_name(file.name + ending).write_text("[]")
    lock = PlanLock(file)
    assert lock.acquire(HOLDER)
    assert lock.holder() == HOLDER
    lock.release()
