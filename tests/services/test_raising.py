"""A window is asked to come up by the token that it holds a plan with."""

from __future__ import annotations

import platform
from threading import Thread

import pytest

from kyodo_desktop.services import files, raising
from tests.builders import opened


@pytest.fixture
def holder(plan, sample_file, clock):
    """Who has the plan open."""
    with pytest.raises(files.InUseError) as refused:
        opened(sample_file, clock)
    return refused.value.holder


def test_the_window_that_has_the_plan_hears_once(tmp_path, holder, plan):
    heard = []
    asking = Thread(target=lambda: heard.append(raising.raise_window(tmp_path, holder, 20)))
    asking.start()
    while not raising.is_asked_for(tmp_path, plan.token):
        assert asking.is_alive()
    asking.join()
    assert heard == [True]
    assert not raising.is_asked_for(tmp_path, plan.token)


def test_where_nobody_answers_no_note_is_left(tmp_path, holder):
    assert not raising.raise_window(tmp_path / "calls", holder, 0)
    assert list((tmp_path / "calls").iterdir()) == []


def test_a_window_of_another_computer_is_not_asked(tmp_path, holder):
    assert holder.machine == platform.node()
    for other in (None, holder._replace(machine="別のPC"), holder._replace(token="")):
        assert not raising.raise_window(tmp_path / "calls", other, 20)
    assert not (tmp_path / "calls").exists()


def test_a_folder_that_cannot_be_made_is_no_failure(tmp_path, holder):
    (tmp_path / "calls").touch()
    assert not raising.raise_window(tmp_path / "calls", holder, 20)
