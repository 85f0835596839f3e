"""Widths of the columns of a table, and how high a text stands in them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.options import ReportColumn, ReportOptions
from kyodo_desktop.excel.paper import PAGES, whole_pixels
from kyodo_desktop.excel.text_metrics import Metrics, lines_of, metrics_of
from kyodo_desktop.excel.width_wishes import Wish, column_wish, divided, heading_wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline

_PADDING = 4.5  # points that Excel keeps free at the two sides of a cell
_AIR = 5.0  # points above and below a text together
_SAFE = 0.97  # a printer's letters are a little wider than the font's


class TableLayout(NamedTuple):
    """The columns from left to right, widths in points; the headings' columns come first."""

    headings: int
    columns: tuple[ReportColumn, ...]
    names: tuple[str, ...]
    widths: tuple[float, ...]
    size: float
    metrics: Metrics

    @property
    def line(self) -> float:
        """The height of one line in points."""
        return self.metrics.line * self.size

    def lines(self, text: str, column: int) -> list[str]:
        """Return the lines of a text in a column (counted from 0)."""
        return self.lines_across(text, self.widths[column])

    def lines_across(self, text: str, width: float) -> list[str]:
        """Return the lines of a text in a cell of that width in points."""
        room = (width - _PADDING) * _SAFE / self.size
        return lines_of(text, self.metrics.advances, room)

    def height(self, text: str, column: int) -> float:
        """Return the height of a text in a column."""
        return self.height_of(len(self.lines(text, column)))

    def height_of(self, lines: int) -> float:
        """Return the height of a row with so many lines."""
        return whole_pixels(lines * self.line + _AIR)

    def tallest(self, texts: Sequence[str]) -> float:
        """Return the height of a row with these texts in the columns after the headings."""
        columns = enumerate(texts, start=self.headings)
        most = max((len(self.lines(text, column)) for column, text in columns), default=1)
        return self.height_of(most)

    def height_across(self, text: str, width: float) -> float:
        """Return the height of a text in a cell of that width in points."""
        return self.height_of(len(self.lines_across(text, width)))

    def room_for_lines(self, height: float) -> int:
        """Return how many lines a row of that height can show, at least one."""
        return max(1, math.floor((height - _AIR) / self.line))


def list_layout(shares: Sequence[float], options: ReportOptions) -> TableLayout:
    """Divide the paper's width in these proportions."""
    page = PAGES[options.paper]
    return TableLayout(
        headings=0,
        columns=(),
        names=(),
        widths=tuple(share * page.width / sum(shares) for share in shares),
        size=page.text,
        metrics=metrics_of(options.font),
    )


def table_layout(outline: Outline, options: ReportOptions) -> TableLayout:
    """Divide the paper's width among the columns that were chosen, by what they hold."""
    page, metrics = PAGES[options.paper], metrics_of(options.font)
    columns = tuple(column for column in ReportColumn if column in options.columns)
    levels = [level.name for level in outline.levels[:-1]]
    wishes = [
        *heading_wishes(outline, metrics.advances),
        *(column_wish(outline, metrics.advances, column) for column in columns),
    ]
    layout = layout_of(wishes, page.width, page.text, metrics)
    return layout._replace(
        headings=len(levels),
        columns=columns,
        names=(*levels, *(column.label for column in columns)),
    )


def layout_of(wishes: Sequence[Wish], width: float, size: float, metrics: Metrics) -> TableLayout:
    """Divide a width in points among columns by what they wish, for a text of that size."""
    shares = divided((width - len(wishes) * _PADDING) * _SAFE / size, wishes)
    return TableLayout(
        headings=0,
        columns=(),
        names=(),
        widths=tuple(share * size / _SAFE + _PADDING for share in shares),
        size=size,
        metrics=metrics,
    )
