"""A start that takes long is told by the system itself, a short one is not."""

from __future__ import annotations

from threading import Event

import pytest

from kyodo_desktop.splash import Splash

PATIENCE = 30  # seconds


@pytest.fixture
def came():
    return Event()


@pytest.fixture
def went():
    return Event()


@pytest.fixture
def show(came, went):
    """Show the text until the end, as the system would."""

    def show(text, ended):
        assert text
        came.set()
        assert ended.wait(PATIENCE)
        went.set()

    return show


def test_a_long_start_is_told_until_it_ends(show, came, went):
    with Splash(show, patience=0) as splash:
        assert came.wait(PATIENCE)
        assert splash.is_late
        assert not went.is_set()
    assert went.wait(PATIENCE)


def test_a_short_start_is_not(show, came):
    with Splash(show, patience=PATIENCE) as splash:
        assert not splash.is_late
    assert not came.wait(0.05)


def test_a_start_that_fails_leaves_nothing_on_the_screen(show, came, went):
    def fail():
        with Splash(show, patience=0):
            assert came.wait(PATIENCE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert went.wait(PATIENCE)


def test_the_start_goes_on_where_the_system_shows_nothing():
    ended = Event()

    def refuse(_text, _ended):
        ended.set()
        raise OSError

    with Splash(refuse, patience=0):
        assert ended.wait(PATIENCE)
