"""A grid as a table is read: clean texts, and what merged cells share."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.grid import Grid

_MOST_OF_A_HEADING = 3  # cells
_WIDEST = 400  # columns; what lies beyond is no table


class SheetView:
    """The cells of a grid; rows and columns count from 1, as in Excel."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.sheet = grid.sheet
        self.rows = grid.rows

    @cached_property
    def height(self) -> int:
        """The last row with a text."""
        rows = self.rows
        return next((at for at in range(len(rows), 0, -1) if any(map(str.strip, rows[at - 1]))), 0)

    def filled(self, first: int, last: int) -> Sequence[int]:
        """Return those of the rows that have a text; a sheet may have a million without."""
        found = self._filled
        return found[bisect_left(found, first) : bisect_left(found, last + 1)]

    @cached_property
    def _filled(self) -> list[int]:
        return [
            row
            for row, cells in enumerate(self.rows, start=1)
            if cells and any(map(str.strip, cells[:_WIDEST]))
        ]

    def row(self, row: int) -> dict[int, str]:
        """Return the cells of a row that have a text, by column."""
        if not 0 < row <= len(self.rows):
            return {}
        return {
            column: text
            for column, cell in enumerate(self.rows[row - 1][:_WIDEST], start=1)
            if cell and (text := cell.strip())
        }

    def is_full(self, row: int) -> bool:
        """Tell whether a row surely has more cells than a heading in a row of its own."""
        cells = self.rows[row - 1]
        if row in self._spread_rows or len(cells) - cells.count("") <= _MOST_OF_A_HEADING:
            return False
        return not _has_blank(cells)

    @cached_property
    def _spread_rows(self) -> frozenset[int]:
        return frozenset(row for row, _ in self.across)

    def text(self, row: int, column: int) -> str:
        """Return the text of one cell."""
        return self.grid.text(row, column).strip()

    @cached_property
    def upright(self) -> dict[int, dict[int, int]]:
        """By column and row the row of the first cell, for areas merged over several rows.

        Empty rows are left out.
        Only the first column of such an area is asked for: its text stands there.
        """
        found: dict[int, dict[int, int]] = {}
        for area in self.grid.merges:
            if area.bottom > area.top and area.left <= _WIDEST:
                rows = found.setdefault(area.left, {})
                for row in self.filled(area.top, area.bottom):
                    rows.setdefault(row, area.top)
        return found

    @cached_property
    def across(self) -> dict[tuple[int, int], int]:
        """The last column of areas merged over several columns, by their first cell."""
        return {
            (area.top, area.left): min(area.right, _WIDEST)
            for area in self.grid.merges
            if area.right > area.left
        }

    def indent(self, row: int, column: int) -> int:
        """Return the steps of indentation: those of the cell and the spaces before its text."""
        text = self.grid.text(row, column)
        spaces = len(text) - len(text.lstrip(" 　\u00a0"))
        wide = text[:spaces].count("　")
        return self.grid.indents.get((row, column), 0) + wide + (spaces - wide + 1) // 2


def _has_blank(cells: tuple[str, ...]) -> bool:
    """Tell whether a cell holds nothing but white space."""
    return any(cell.isspace() for cell in cells)
