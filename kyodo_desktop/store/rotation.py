"""Which of the daily copies have had their time. No clock is asked: it may have been wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

DAYS_KEPT, WEEKS_KEPT, MONTHS_KEPT = 10, 8, 24
SIZE_LIMIT = 500 * 1024 * 1024
"""Bytes of all copies of a plan, beyond which the older ones of a week or a month go."""


class DailyCopy(NamedTuple):
    """A copy that was made at the first opening of a day; `age` grows with the plan's edits."""

    path: Path
    day: date
    age: tuple[int, int]
    size: int


def outdated(
    copies: Iterable[DailyCopy], others: int = 0, limit: int = SIZE_LIMIT
) -> list[DailyCopy]:
    """Return what may go: all but the last ten, and one a week, then one a month before them.

    `others` are the bytes of the copies of another kind, which stay. The last ten stay even
    where they alone are over the limit.
    """
    newest_first = sorted(copies, key=lambda each: (each.age, each.day, each.path), reverse=True)
    last, older = newest_first[:DAYS_KEPT], newest_first[DAYS_KEPT:]
    wanted = _last_of_each(newest_first, WEEKS_KEPT, lambda each: each.day.isocalendar()[:2])
    wanted |= _last_of_each(
        newest_first, MONTHS_KEPT, lambda each: (each.day.year, each.day.month)
    )
    sparse = [each for each in older if each.path in wanted]
    room = limit - others - sum(each.size for each in last)
    while sparse and sum(each.size for each in sparse) > room:
        sparse.pop()
    return [each for each in older if each not in sparse]


def _last_of_each(
    newest_first: Sequence[DailyCopy], count: int, period: Callable[[DailyCopy], Hashable]
) -> set[Path]:
    """Return the last copy of each of so many periods, beyond those that are kept as daily."""
    seen: set[Hashable] = set()
    kept: list[Path] = []
    for place, each in enumerate(newest_first):
        if period(each) in seen:
            continue
        seen.add(period(each))
        if place >= DAYS_KEPT and len(kept) < count:
            kept.append(each.path)
    return set(kept)
