"""A grid as a table is read: clean texts, and what merged cells share."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.importing.grid import Grid

_MOST_OF_A_HEADING = 3  # cells
_WIDEST = 400  # columns; what lies beyond is no table


class SheetView:
    """The cells of a grid; rows and columns count from 1, as in Excel.

    Hidden rows and columns are empty unless they are asked for.
    """

    def __init__(self, grid: Grid, *, with_hidden: bool = False) -> None:
        self.grid = grid
        self.sheet = grid.sheet
        self.rows = grid.rows if with_hidden else _shown_rows(grid)
        self.left_out: frozenset[int] = frozenset()

    def window(self, first: int, last: int) -> SheetView:
        """Return the sheet with only these rows; they keep their places."""
        view = SheetView(self.grid)
        view.rows = tuple(
            cells if first <= row <= last else () for row, cells in enumerate(self.rows, start=1)
        )
        return view

    def without(self, rows: frozenset[int]) -> SheetView:
        """Return the sheet without rows, which are `left_out`; the others keep their places."""
        if not rows:
            return self
        view = SheetView(self.grid)
        view.left_out = rows
        view.rows = tuple(
            () if row in rows else cells for row, cells in enumerate(self.rows, start=1)
        )
        return view

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
        if not 0 < row <= len(self.rows):
            return ""
        cells = self.rows[row - 1]
        return cells[column - 1].strip() if 0 < column <= len(cells) else ""

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


def _shown_rows(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """Return the rows without what is hidden; a merged cell is shown where a part of it is."""
    if not grid.hidden_rows and not grid.hidden_columns:
        return grid.rows
    shown_through = {
        (area.top, area.left)
        for area in grid.merges
        if any(row not in grid.hidden_rows for row in range(area.top, area.bottom + 1))
        and any(column not in grid.hidden_columns for column in range(area.left, area.right + 1))
    }

    def cell(row: int, column: int, text: str) -> str:
        hidden = row in grid.hidden_rows or column in grid.hidden_columns
        return "" if hidden and (row, column) not in shown_through else text

    return tuple(
        tuple(cell(row, column, text) for column, text in enumerate(cells, start=1))
        if cells  # of a million rows that a sheet has, most are empty
        else ()
        for row, cells in enumerate(grid.rows, start=1)
    )


def hidden_texts(grid: Grid, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of what is hidden: once a row, once a column."""
    shown = _shown_rows(grid)
    told: set[int] = set()
    for row in range(first, min(last, len(grid.rows)) + 1):
        if grid.rows[row - 1] == shown[row - 1]:
            continue
        for column, text in enumerate(grid.rows[row - 1], start=1):
            if not text.strip() or shown[row - 1][column - 1] or column in told:
                continue
            if row in grid.hidden_rows:
                yield row, column, text
                break
            told.add(column)
            yield row, column, text


def _has_blank(cells: tuple[str, ...]) -> bool:
    """Tell whether a cell holds nothing but white space."""
    return any(cell.isspace() for cell in cells)
