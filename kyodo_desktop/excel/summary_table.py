"""The numbers of 集計: 推進項目 × status, 延べ or 実質."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.counting import Counts, gross, percentages, placements_under
from kyodo_desktop.domain.outline import Outline

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import Status

Rule = Callable[[Outline, Iterable[int]], Counts]


class SummaryRow(NamedTuple):
    """Counts and shares by column; `apart` are the statuses outside the totals."""

    name: str
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    total: int
    apart: tuple[int, ...]


class Columns(NamedTuple):
    """The statuses in the totals (None is 未記入, where it occurs), and those outside."""

    counted: tuple[Status | None, ...]
    apart: tuple[Status, ...]


class SummaryTable(NamedTuple):
    """`overlap` is what the total has less than the rows together: actions listed twice."""

    rows: tuple[SummaryRow, ...]
    overlap: SummaryRow
    total: SummaryRow


def columns_of(outline: Outline, term: int) -> Columns:
    """Return the columns that the term's actions need."""
    found = gross(outline, placements_under(outline, term))
    counted: list[Status | None] = [each for each in outline.statuses.values() if each.counted]
    if found[None]:
        counted.append(None)
    apart = [each for each in outline.statuses.values() if not each.counted and found[each.id]]
    return Columns(tuple(counted), tuple(apart))


def summary_table(outline: Outline, term: int, columns: Columns, rule: Rule) -> SummaryTable:
    """Count each heading directly under the term, and the term itself."""
    rows = tuple(
        _row(outline.label(node), rule(outline, placements_under(outline, node)), columns)
        for node in outline.children.get(term, ())
    )
    total = _row("計", rule(outline, placements_under(outline, term)), columns)
    overlap = SummaryRow(
        "再掲の重複",
        _differences(total.counts, [row.counts for row in rows]),
        (),
        total.total - sum(row.total for row in rows),
        _differences(total.apart, [row.apart for row in rows]),
    )
    return SummaryTable(rows, overlap, total)


def _row(name: str, found: Counts, columns: Columns) -> SummaryRow:
    counts = tuple(found[None if each is None else each.id] for each in columns.counted)
    apart = tuple(found[each.id] for each in columns.apart)
    return SummaryRow(name, counts, tuple(percentages(counts)), sum(counts), apart)


def _differences(total: tuple[int, ...], rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(whole - sum(row[i] for row in rows) for i, whole in enumerate(total))
