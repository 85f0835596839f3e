"""Divides the rows of a part among pages: where one ends, and what stands again on the next."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages.content import PageRow, RowRole
from kyodo_desktop.pages.laid import AIR
from kyodo_desktop.pages.measuring import Measured, Measuring, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTINUED = "（続き）"
_CUT_FROM = 0.1
"""A row that takes more of a page than this may be cut; lower ones go to the next page."""
_LEAST_LINES = 2  # of a cut row, on either side
_MOST_AGAIN = 0.2  # of a page, that a row may take which is repeated on the next one
_FULL_ENOUGH = 0.85
"""A page this full may end before a new heading, rather than within it."""


class PageRows(NamedTuple):
    """What stands again on a page and its own rows; `before` is the last row of the one before.

    A row that is cut is a piece on each of its pages.
    """

    again: list[Measured]
    rows: list[Measured]
    before: Measured | None


class Division:
    """Divides rows, of which the first, as many as `above`, stand above the first page alone.

    On all other pages rows of the height `repeated` stand above the others.
    """

    def __init__(
        self, rows: Sequence[Measured], measuring: Measuring, *, above: int, repeated: float
    ) -> None:
        self._rows, self._measuring = rows, measuring
        self._whole = measuring.setting.paper.height
        self._first, self._others = above, self._whole - repeated
        self._before: Measured | None = None  # the last row of the page before
        self._shown: list[Measured] = []  # what stands on a page again
        self._ends = [0.0, *accumulate(each.height for each in rows)]

    def pages(self) -> Iterator[PageRows]:
        """Yield the pages."""
        start, rest, room, seen = 0, None, self._whole, self._first
        again: list[Measured] = []
        while start < len(self._rows):
            while seen < start:
                again = self._above(again, seen)
                again += [self._rows[seen]] * self._may_stand_again(self._rows[seen])
                seen += 1
            self._shown = [self._continued(each) for each in self._above(again, start)]
            left = room - sum(each.height for each in self._shown)
            page, start, rest = self._page(start, rest, left)
            yield PageRows(self._shown, page, self._before)
            room = self._others
            self._before = page[-1]

    def _above(self, known: Sequence[Measured], place: int) -> list[Measured]:
        before = self._rows[place - 1].row if place else None
        return _above(known, self._rows[place].row, before)

    def _may_stand_again(self, measured: Measured) -> bool:
        return measured.row.repeats and measured.height <= self._whole * _MOST_AGAIN

    def _continued(self, measured: Measured) -> Measured:
        """Return a row as it stands again; the names of columns stay what they are."""
        row = measured.row
        if row.kind is RowRole.HEADER:
            return measured
        cells = list(row.cells)
        place = max((at for at, cell in enumerate(cells) if cell.repeats), default=0)
        cells[place] = cells[place]._replace(value=cells[place].text + CONTINUED)
        return self._measuring.measured(replace(row, cells=tuple(cells)))

    def _page(
        self, start: int, rest: Measured | None, room: float
    ) -> tuple[list[Measured], int, Measured | None]:
        """Return a page from a row on (of which only a rest may be left), and what is next."""
        rows = self._rows
        used = rest.height - rows[start].height if rest else 0.0
        stop = max(start + 1, bisect_right(self._ends, self._ends[start] + room - used) - 1)
        stop = next((each for each in range(start + 1, stop) if rows[each].row.begins_page), stop)
        page = [rest or rows[start], *rows[start + 1 : stop]]
        while len(page) > 1 and self._settled(page) > room:
            page.pop()
        stop = start + len(page)
        if len(page) == 1 and page[0].height > room:
            piece, remainder = self._cut(page[0], room)
            return [piece], start + (remainder is None), remainder
        if stop == len(rows) or rows[stop].row.begins_page:
            return page, stop, None
        left = room - self._settled(page)
        if self._may_be_cut(rows[stop], left):
            piece, remainder = self._cut(rows[stop], left)
            if remainder is not None and self._settled([*page, piece]) <= room:
                return [*page, piece], stop, remainder
        stop = self._better_end(start, stop, room)
        return page[: stop - start], stop, None

    def _may_be_cut(self, measured: Measured, left: float) -> bool:
        first = measured.first
        least = self._measuring.height(measured, first, first + _LEAST_LINES)
        is_high = measured.height > self._whole * _CUT_FROM
        return is_high and measured.row.height is None and left >= least

    def _cut(self, measured: Measured, room: float) -> tuple[Measured, Measured | None]:
        """Return as much of a row as there is room for, and the rest of it."""
        height, line_height = self._measuring.height, self._measuring.setting.line_height
        first, count = measured.first, measured.line_count
        line = max(line_height(each.look) for each in measured.row.cells)
        last = first + max(_LEAST_LINES, math.floor((room - AIR) / line))
        while last > first + _LEAST_LINES and height(measured, first, last) > room:
            last -= 1
        if count - last < _LEAST_LINES and last < count:
            last = max(first + 1, count - _LEAST_LINES)
        if last >= count:
            return measured, None
        piece = measured._replace(last=last, height=height(measured, first, last))
        rest = measured._replace(first=last, height=height(measured, last, None))
        return piece, rest

    def _better_end(self, start: int, stop: int, room: float) -> int:
        """Return an earlier end: headings stay with what follows, or open a page of their own."""
        enough = self._ends[start] + room * _FULL_ENOUGH
        for place in range(stop, start, -1):
            if self._ends[place] < enough:
                break
            if self._begins_group(place):
                stop = place
                break
        while stop > start + 1 and self._rows[stop - 1].row.joined:
            stop -= 1
        return stop

    def _begins_group(self, place: int) -> bool:
        """Tell whether a row stands under another outermost heading than the one before."""
        row, before = self._rows[place].row, self._rows[place - 1].row
        if row.kind in (RowRole.BAND, RowRole.CAPTION):
            return row.level <= 1 and not before.joined
        return next(iter(runs_of(row).values()), None) != next(
            iter(runs_of(before).values()), None
        )

    def _settled(self, page: Sequence[Measured]) -> float:
        """Return the height of rows that stand below those that stand there again."""
        shown = self._shown
        whole = sum(self._measuring.heights([*shown, *page], self._before, len(shown)))
        return whole - sum(each.height for each in shown)


_ENDS = {
    RowRole.SPACE: (RowRole.CAPTION, RowRole.HEADER, RowRole.BAND),
    RowRole.CAPTION: (RowRole.HEADER, RowRole.BAND),
    RowRole.TEXT: (RowRole.HEADER, RowRole.BAND),
    RowRole.HEADER: (RowRole.BAND,),
    RowRole.BAND: (),
}
"""What no longer stands above a row, and what is below it, when that row is of a kind."""


def _above(known: Sequence[Measured], row: PageRow, before: PageRow | None) -> list[Measured]:
    """Return those of the rows that may stand again which are above a row."""
    is_second = row.kind is RowRole.HEADER and before is not None and before.kind is row.kind
    if row.begins_page:
        return []
    if is_second or row.kind not in _ENDS:
        return list(known)

    def is_above(other: PageRow) -> bool:
        is_over = other.kind is row.kind and other.level >= row.level
        return other.kind not in _ENDS[row.kind] and not is_over

    return list(takewhile(lambda each: is_above(each.row), known))
