"""Rows with long texts, told in several: first what is short, then each long text in full width.

Beside each other, two texts take the height of the longer one and only their part of the width.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from kyodo_desktop.pages import looks
from kyodo_desktop.pages.content import Cell, PageRow, RowRole
from kyodo_desktop.pages.laid import em_within
from kyodo_desktop.pages.widths import line_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.pages.content import Part
    from kyodo_desktop.pages.text_metrics import LengthsOf

_BELOW = "（下に記載）"
_LABEL_EM = 4.4
_FROM_LINES = 8
"""Rows that are lower than this stay as they are."""
_SHORT_LINES = 2
"""A text that is no higher than this stays in its row."""
_WORTH = 0.8
"""Of its height, that a row may have when it is told in several."""


_LONG = 300
"""Letters of a text that may want the whole width."""


def are_better_stacked(texts: Sequence[str]) -> bool:
    """Tell whether texts are lower below each other in full width than beside each other."""
    longest = max(map(len, texts))
    return longest > _LONG and sum(map(len, texts)) < longest * len(texts) * _WORTH


def with_names(part: Part, rows: Iterable[PageRow]) -> Iterator[tuple[PageRow, Sequence[str]]]:
    """Yield rows of a part with the names that its columns have there.

    A header over fewer cells names none of them; before all headers they have no names.
    """
    names: Sequence[str] = [""] * len(part.widths)
    for place, row in enumerate((*part.header, *rows)):
        if row.kind is RowRole.HEADER and len(row.cells) == len(part.widths):
            names = [cell.text for cell in row.cells]
        if place >= len(part.header):
            yield row, names


class Stacking:
    """Knows for given widths of columns in points which rows are better told in several."""

    def __init__(
        self, part: Part, widths: Sequence[float], lengths_of: LengthsOf, size: float
    ) -> None:
        self._part, self._widths, self._lengths_of, self._size = part, widths, lengths_of, size

    def rows(self, rows: Iterable[PageRow]) -> Iterator[PageRow]:
        """Yield rows of the part, with several in the place of each that is lower so."""
        for row, names in with_names(self._part, rows):
            if self.is_better(row):
                yield from self._several(row, names)
            else:
                yield row

    def is_better(self, row: PageRow) -> bool:
        """Tell whether a row is high, and lower in several."""
        if not any(cell.flows for cell in row.cells):
            return False
        heights = self._heights(row)
        highest = max(heights)
        if highest < _FROM_LINES:
            return False
        below = _long_ones(row, heights)
        short = [height for place, height in enumerate(heights) if place not in below]
        begin, label = self._places(row)
        whole = sum(self._widths[begin + label :])
        long = sum(self._lines(row.cells[place], whole) for place in below)
        return max(short, default=1) + long < highest * _WORTH

    def _several(self, row: PageRow, names: Sequence[str]) -> Iterator[PageRow]:
        """Yield the rows that tell one; all but the first say whose they are."""
        begin, label = self._places(row)
        beside, below = row.cells[:begin], _long_ones(row, self._heights(row))
        yield replace(
            row,
            cells=tuple(
                Cell(_BELOW, looks.UNFILLED) if place in below else cell
                for place, cell in enumerate(row.cells)
            ),
            joined=bool(below),
        )
        whose = row.cells[begin].text
        rest = len(row.cells) - begin - label
        for place in below:
            heading = Cell(f"{whose}\n{names[place]}", looks.LABEL, label, repeats=True)
            yield PageRow((*beside, heading, row.cells[place]._replace(columns=rest)))

    def _heights(self, row: PageRow) -> list[int]:
        """Return the lines of the cells where they are."""
        return [
            self._lines(cell, width) if cell.run is None else 1
            for cell, width in zip(row.cells, self._widths, strict=True)
        ]

    def _places(self, row: PageRow) -> tuple[int, int]:
        """Return the first column behind the merged headings, and over how many labels go."""
        begin = next(place for place, cell in enumerate(row.cells) if cell.run is None)
        ends = list(accumulate(self._widths[begin:]))
        least = _LABEL_EM * self._size
        return begin, next(place for place, end in enumerate(ends, 1) if end >= least)

    def _lines(self, cell: Cell, width: float) -> int:
        return line_count(self._lengths_of(cell.text), em_within(width, self._size))


def _long_ones(row: PageRow, heights: Sequence[int]) -> list[int]:
    """Return the columns of the texts that are long where they are, which is so many lines."""
    return [
        place
        for place, (cell, height) in enumerate(zip(row.cells, heights, strict=True))
        if cell.flows and height > _SHORT_LINES
    ]
