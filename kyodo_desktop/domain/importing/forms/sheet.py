"""A sheet as a form is read: boxes of one or more cells, and what stands beside and above them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import CellPlace

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_MOST_ROWS, _MOST_BOXES = 20_000, 20_000
_MOST_CELLS = 400_000  # that merged areas may cover


class Box(NamedTuple):
    """A cell or a merged area. Where a part of a cell is meant, `start` is where it begins."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    start: int = 0
    end: int | None = None

    @property
    def at(self) -> tuple[int, int]:
        """Row and column of its first cell."""
        return self.top, self.left


class FormSpan(NamedTuple):
    """The rows of one form; `head_last` is the last row of a head that several forms share.

    `over` are the rows of the headings that stand above some of the forms, `others` those of the
    head that are such headings of others.
    """

    sheet: int
    first: int
    last: int
    head_last: int = 0
    over: tuple[int, ...] = ()
    others: tuple[int, ...] = ()


class FormSheet:
    """The boxes of one sheet."""

    def __init__(self, view: SheetView, place: int) -> None:
        self.view, self.place = view, place
        self.is_too_large = view.height > _MOST_ROWS
        self.boxes: list[Box] = []
        self._covering: dict[tuple[int, int], Box] = {}
        self._tops: list[int] = []
        self._blanks: set[tuple[int, int]] = set()
        self._below: dict[tuple[int, int], Box] = {}
        self._above: dict[tuple[int, int], Box] = {}
        self._runs: dict[int, int] = {}
        self.width = 0
        if not self.is_too_large:
            self._take(view)

    def _take(self, view: SheetView) -> None:
        height = view.height
        areas = {(each.top, each.left): each for each in view.grid.merges if each.top <= height}
        covered = 0
        width = 0
        for row in view.filled(1, height):
            for column, text in view.row(row).items():
                area = areas.pop((row, column), None)
                bottom = min(area.bottom, height) if area else row
                right = min(area.right, column + 200) if area else column
                box = Box(row, column, bottom, right, text)
                self.boxes.append(box)
                self._tops.append(row)
                width = max(width, right)
                covered += (bottom - row + 1) * (right - column + 1)
                self._cover(box)
                if covered > _MOST_CELLS or len(self.boxes) > _MOST_BOXES:
                    self.is_too_large = True
                    return
        self.width = width
        self._blanks |= {(each.top, each.left) for each in areas.values() if each.left <= width}
        self._find_above()

    def _find_above(self) -> None:
        last: dict[int, Box] = {}
        filled: set[int] = set()
        for box in self.boxes:
            if box.left in last:
                over = last[box.left]
                self._above[box.at] = over
                self._below.setdefault(over.at, box)
            last.update((column, box) for column in range(box.left, box.right + 1))
            filled.update(range(box.top, box.bottom + 1))
        for row in sorted(filled):
            self._runs[row] = self._runs.get(row - 1, row)

    def _cover(self, box: Box) -> None:
        for row in range(box.top, box.bottom + 1):
            for column in range(box.left, box.right + 1):
                self._covering.setdefault((row, column), box)

    def at(self, row: int, column: int) -> Box | None:
        """Return the box that covers a cell, if one with a text does."""
        return self._covering.get((row, column))

    def is_blank_area(self, row: int, column: int) -> bool:
        """Tell whether an empty merged area begins here: a field that nobody filled."""
        return (row, column) in self._blanks

    def left_of(self, box: Box) -> Box | None:
        """Return the nearest box to the left in its first row."""
        for column in range(box.left - 1, 0, -1):
            found = self.at(box.top, column)
            if found is not None:
                return found
        return None

    def right_of(self, box: Box) -> Box | None:
        """Return the nearest box to the right in its first row."""
        for column in range(box.right + 1, self.width + 1):
            found = self.at(box.top, column)
            if found is not None:
                return found
        return None

    def above(self, box: Box) -> Box | None:
        """Return the nearest box above its first column, if no row without texts is between."""
        found = self._above.get(box.at)
        run = self._runs.get(box.top, box.top)
        return found if found is not None and found.bottom >= run else None

    def below(self, box: Box) -> Box | None:
        """Return the first box below, at most one row without a text of its columns between."""
        found = self._below.get(box.at)
        return found if found is not None and found.top <= box.bottom + 2 else None

    def box_place(self, box: Box) -> CellPlace:
        """Return where the box is."""
        return CellPlace(self.view.sheet, box.top, box.left)

    def row(self, row: int) -> list[Box]:
        """Return the boxes that begin in a row."""
        first = bisect_left(self._tops, row)
        return self.boxes[first : bisect_left(self._tops, row + 1)]

    def within(self, rows: FormSpan) -> list[Box]:
        """Return the boxes of a form, with those of the head it shares and its headings."""
        head = self.boxes[: bisect_left(self._tops, rows.head_last + 1)]
        head = [box for box in head if box.top not in rows.others]
        head += [box for row in rows.over if row > rows.head_last for box in self.row(row)]
        first = bisect_left(self._tops, max(rows.first, rows.head_last + 1))
        return head + self.boxes[first : bisect_left(self._tops, rows.last + 1)]
