"""年度別推移: how many actions stood where in each round, and how many more than in the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import overview
from kyodo_desktop.domain.report_summary import APART

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.overview import Group
    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.domain.reporting import RoundTotals


class YearRow(NamedTuple):
    """What one round counted in a term: all 実行計画, then those of each group.

    `changes` are nothing in the first round of a term: other actions stood in the one before.
    """

    round: Round
    term: str
    counts: tuple[int, ...]
    changes: tuple[int | None, ...]


class YearTable(NamedTuple):
    """`groups` are those that occur in some round; the last may be what does not count."""

    groups: tuple[Group, ...]
    rows: tuple[YearRow, ...]


def year_table(outline: Outline, years: Sequence[RoundTotals]) -> YearTable:
    """Put the rounds below each other; statuses that are gone since count where they did."""
    groups = [each for each in _groups(outline, years) if _occurs(each, years) or each.kind]
    rows: list[YearRow] = []
    last: dict[str, tuple[int, ...]] = {}
    for each in years:
        counts = (each.counts.total(), *(group.count(each.counts) for group in groups))
        before = last.get(each.term)
        changes: tuple[int | None, ...] = (None,) * len(counts)
        if before is not None:
            changes = tuple(now - then for now, then in zip(counts, before, strict=True))
        last[each.term] = counts
        rows.append(YearRow(each.round, each.term, counts, changes))
    return YearTable(tuple(groups), tuple(rows))


def _groups(outline: Outline, years: Iterable[RoundTotals]) -> list[Group]:
    known = dict(outline.statuses)
    for each in years:
        used = (status for status in each.statuses.values() if each.counts[status.id])
        known = {status.id: status for status in used} | known
    found = overview.groups(replace(outline, statuses=known))
    apart = frozenset(each.id for each in known.values() if not each.counted)
    return [*found, overview.Group(APART, None, apart, None)]


def _occurs(group: Group, years: Iterable[RoundTotals]) -> bool:
    return any(group.count(each.counts) for each in years)
