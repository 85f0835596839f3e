"""Of the daily copies ten stay, then one a week and one a month, within a limit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kyodo_desktop.store.backup import DailyCopy, outdated

FIRST = date(2024, 1, 1)


def kept_after(days, **options):
    """Make a copy each day, drop what may go each time, and return the days of the rest."""
    kept = []
    for number in range(days):
        day = FIRST + timedelta(number)
        kept.append(DailyCopy(Path(f"{day}"), day, (number, number), 100))
        gone = outdated(kept, **options)
        assert kept[-1] not in gone
        kept = [each for each in kept if each not in gone]
    return [each.day for each in kept]


def test_ten_days_then_the_last_of_eight_weeks_and_of_twenty_four_months():
    kept = kept_after(900)
    last = FIRST + timedelta(899)
    assert kept[-10:] == [last - timedelta(each) for each in range(9, -1, -1)]
    sundays = [each for each in kept[:-10] if each.isoweekday() == 7]
    ends = [each for each in kept[:-10] if (each + timedelta(1)).day == 1]
    assert sundays[-8:] == [sundays[-1] - timedelta(7 * each) for each in range(7, -1, -1)]
    assert len(ends) == 24
    assert set(kept[:-10]) == {*sundays, *ends}
    assert len(kept) <= 42


def test_over_the_limit_the_oldest_go_first_and_ten_days_stay():
    assert kept_after(400, limit=1500) == kept_after(400)[-15:]
    assert kept_after(400, limit=1500, others=300) == kept_after(400)[-12:]
    assert len(kept_after(40, limit=100)) == 10


def test_what_holds_more_is_newer_whatever_its_date_says():
    copies = [
        DailyCopy(Path(f"{number}"), FIRST + timedelta(number), (number, 0), 1)
        for number in range(10)
    ]
    wrong = DailyCopy(Path("2000"), date(2000, 1, 1), (10, 0), 1)
    future = DailyCopy(Path("2099"), date(2024, 1, 8), (-1, 0), 1)
    assert outdated([*copies, wrong, future]) == [copies[0], future]
