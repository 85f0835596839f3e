"""How much of the paper's width each column of 進捗状況一覧 would like, and what it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import heading_node, placement_node
from kyodo_desktop.excel.options import ReportColumn
from kyodo_desktop.excel.wording import CELL_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline

_LOOKED_AT = 400  # texts of a column; more would not change the widths
_ON_ONE_LINE = 0.9  # of the texts, where there is room


class Wish(NamedTuple):
    """Widths in em: the least that looks well, and the one at which most texts fit a line."""

    least: float
    best: float


_TOP_HEADING, _HEADING = Wish(6.2, 10), Wish(7, 14)
_LIMITS = {
    ReportColumn.NUMBER: Wish(2.8, 5),
    ReportColumn.ACTION: Wish(9, 20),
    ReportColumn.PROGRESS: Wish(13, 36),
    ReportColumn.OUTLOOK: Wish(7, 24),
    ReportColumn.SECTION: Wish(7.1, 14),
    ReportColumn.DUE: Wish(6.2, 6.8),
}


def heading_wishes(outline: Outline, advances: Mapping[str, float]) -> list[Wish]:
    """Return the wish of the column of each heading level."""
    texts: list[list[str]] = [[] for _ in outline.levels[:-1]]
    for heading_id in _some(outline.headings):
        node = heading_node(heading_id)
        texts[min(outline.depth(node), len(texts) - 1)].append(outline.label(node))
    return [
        _wish(column, advances, _HEADING if level else _TOP_HEADING)
        for level, column in enumerate(texts)
    ]


def column_wish(outline: Outline, advances: Mapping[str, float], column: ReportColumn) -> Wish:
    """Return the wish of a column of the actions."""
    texts = [
        CELL_TEXTS[column](outline, placement_node(each), outline.placements[each].action_id)
        for each in _some(outline.placements)
    ]
    return _wish((column.label, *texts), advances, _LIMITS[column])


def divided(width: float, wishes: Sequence[Wish]) -> list[float]:
    """Share out a width so that all columns come equally near to what they wish."""
    least, best = sum(each.least for each in wishes), sum(each.best for each in wishes)
    if best <= width:
        return [each.best * width / best for each in wishes]
    if least >= width:
        return [each.least * width / least for each in wishes]
    part = (width - least) / (best - least)
    return [each.least + (each.best - each.least) * part for each in wishes]


def _wish(texts: Iterable[str], advances: Mapping[str, float], limits: Wish) -> Wish:
    widths = sorted(
        sum(map(advances.__getitem__, line)) for text in texts for line in text.split("\n")
    )
    best = widths[int((len(widths) - 1) * _ON_ONE_LINE)] + 0.1 if widths else 0.0
    return Wish(limits.least, min(max(best, limits.least), limits.best))


def _some(ids: Iterable[int]) -> list[int]:
    """Return some of the ids from all over the plan, always the same ones."""
    every = list(ids)
    return every[:: 1 + len(every) // _LOOKED_AT]
