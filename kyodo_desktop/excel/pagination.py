"""Puts the rows of 進捗状況一覧 on pages, so that no row and no heading is cut."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from kyodo_desktop.excel.paper import PIXEL, TALLEST_ROW, whole_pixels
from kyodo_desktop.excel.table_rows import TableRow, groups

_FULL_ENOUGH = 0.85
"""A page this full may end before a new heading, rather than within it."""

_INEXACT = 0.04  # of a page, that a printer may have more than was reckoned

Needs = Callable[[int, int, bool], float]
"""The height of a heading's text: (node, level, goes on from the page before) → points."""


class Paginator:
    """Fills pages one after the other; all heights are in points."""

    def __init__(self, rows: list[TableRow], levels: int, needs: Needs) -> None:
        self._rows = rows
        self._levels = levels
        self._needs = needs
        self._ends = list(accumulate(row.height for row in rows))

    def pages(self, first: float, others: float) -> Iterator[list[TableRow]]:
        """Yield the rows of each page, whose height is that of the first or the others.

        Rows are raised where the headings beside them need more room than they give.
        """
        start, room = 0, first
        while start < len(self._rows):
            stop = self._stop(start, room)
            page = self._rows[start:stop]
            for row, height in zip(page, self._stretched(start, stop, room), strict=True):
                row.height = height
            yield page
            start, room = stop, others

    def _stop(self, start: int, room: float) -> int:
        """Return where the page must end; a row taller than a page still has one."""
        used = self._ends[start - 1] if start else 0.0
        stop = max(start + 1, bisect_right(self._ends, used + room))
        while stop > start + 1 and sum(self._settled(start, stop)) > room:
            stop -= 1
        if stop == len(self._rows):
            return stop
        return self._before_heading(start, stop, used + room * _FULL_ENOUGH)

    def _before_heading(self, start: int, stop: int, enough: float) -> int:
        """Return the last place before a new heading that leaves the page full enough."""
        for level in range(self._levels):
            for place in range(stop, start, -1):
                if self._ends[place - 1] < enough:
                    break
                if self._path(place, level) != self._path(place - 1, level):
                    return place
        return stop

    def _path(self, place: int, level: int) -> tuple[int, ...]:
        return self._rows[place].path[: level + 1]

    def _stretched(self, start: int, stop: int, room: float) -> list[float]:
        """Return the heights of a page's rows, which fill it where the next row could follow.

        Excel may ignore page breaks in a sheet that is fitted to the paper's width; on a full
        page it breaks in the same place by itself.
        """
        heights = self._settled(start, stop)
        left = room - sum(heights)
        if stop < len(self._rows) and left + room * _INEXACT >= self._rows[stop].height:
            more = math.floor(left / len(heights) / PIXEL) * PIXEL
            heights = [min(TALLEST_ROW, height + max(0.0, more)) for height in heights]
        return heights

    def _settled(self, start: int, stop: int) -> list[float]:
        """Return the heights of the rows on one page, innermost headings first."""
        page = self._rows[start:stop]
        heights = [row.height for row in page]
        for level in reversed(range(self._levels)):
            for first, last in groups(page, level):
                if level >= len(page[first].path):
                    continue
                goes_on = first == 0 < start and self._path(start, level) == self._path(
                    start - 1, level
                )
                needed = self._needs(page[first].path[level], level, goes_on)
                lacking = needed - sum(heights[first:last])
                if lacking > 0:
                    raised = lacking / (last - first)
                    heights[first:last] = [
                        min(TALLEST_ROW, whole_pixels(height + raised))
                        for height in heights[first:last]
                    ]
        return heights
