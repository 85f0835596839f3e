"""A long work counts what it does at one place, which ends it when nobody waits any longer."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.domain.job_control import JobControl


@pytest.fixture
def heard():
    return []


@pytest.fixture
def control(heard):
    return JobControl(lambda done, total: heard.append((done, total)))


@pytest.mark.parametrize(("total", "amount"), [(7, 1), (1_800, 1), (10_000_000, 8_192), (5, 9)])
def test_the_reports_rise_evenly_to_the_end(control, heard, total, amount):
    control.begin(total)
    for _ in range(0, total, amount):
        control.advance(amount)
    assert heard[0] == (0, total)
    assert heard[-1] == (total, total)
    assert heard == sorted(heard)
    assert min(total // amount, 100) <= len(heard) <= 210


def test_more_than_was_thought_is_all_and_less_is_told_in_the_end(control, heard):
    control.begin(10)
    control.advance(99)
    assert heard[-1] == (10, 10)
    control.begin(10)
    control.finish()
    assert heard[-2:] == [(0, 10), (10, 10)]


def test_work_that_is_not_waited_for_ends_wherever_it_counts(control, heard):
    control.advance()
    assert heard == []
    control.cancel()
    assert control.is_cancelled
    for count in (control.check, control.advance, control.finish):
        with pytest.raises(CancelledError, match="取りやめました"):
            count()
    with pytest.raises(CancelledError):
        control.begin(3)
    with pytest.raises(CancelledError):
        control.report(1, 2)
    assert heard == []


def test_nobody_needs_to_listen():
    control = JobControl()
    control.begin(2)
    control.advance()
    control.finish()
