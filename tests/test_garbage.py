"""The collector rests as long as anybody needs it to, and no longer."""

from __future__ import annotations

import gc

import pytest

from kyodo_desktop.garbage import gc_paused, pause_gc, resume_gc


@pytest.fixture(autouse=True)
def _collector():
    assert gc.isenabled()
    yield
    gc.enable()


def test_the_last_of_the_holders_turns_it_on():
    for holder in ("one", "other", "one"):
        pause_gc(holder)
    resume_gc("one")
    assert not gc.isenabled()
    resume_gc("nobody that held it")
    assert not gc.isenabled()
    resume_gc("other")
    assert gc.isenabled()


def test_a_pause_ends_with_its_block_also_by_an_error():
    with gc_paused(), gc_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), gc_paused():
        raise ValueError("x")
    assert gc.isenabled()


def test_a_block_leaves_it_off_where_others_want_it_off():
    with gc_paused():
        pause_gc("other")
    assert not gc.isenabled()
    resume_gc("other")
    gc.disable()
    with gc_paused():
        pass
    assert not gc.isenabled()
