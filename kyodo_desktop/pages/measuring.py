"""How high rows are on columns of given widths: by their lines, and by the runs beside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages import text_metrics
from kyodo_desktop.pages.laid import AIR, em_within, whole_pixels
from kyodo_desktop.pages.looks import BODY, number_text
from kyodo_desktop.pages.title_lines import title_lines

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.pages.content import Cell, PageRow
    from kyodo_desktop.pages.laid import PaperSize
    from kyodo_desktop.pages.looks import Look
    from kyodo_desktop.pages.text_metrics import Metrics

_MOST_REPEATED = 8  # lines that a cell may have which is repeated on the next page


class Setting(NamedTuple):
    """What the heights of texts depend on: the paper, the size of letters in points, the font."""

    paper: PaperSize
    size: float
    metrics: Metrics
    looks: Mapping[str, Look]

    def lines(self, cell: Cell, width: float) -> tuple[str, ...]:
        """Return the lines of a cell in a width in points; a number is one, as it is formatted."""
        look = self.looks[cell.look]
        if isinstance(cell.value, int | float):
            return (number_text(cell.value, look.format),)
        room = em_within(width, self.size + look.size)
        lines_of = title_lines if look.is_title else text_metrics.lines_of
        return tuple(lines_of(cell.text, self.metrics.advances, room))

    def line_height(self, look: str) -> float:
        """Return the height of one line of a look."""
        return (self.size + self.looks[look].size) * self.metrics.line

    def height(self, look: str, lines: int) -> float:
        """Return the height of a row with so many lines of a look."""
        return whole_pixels(lines * self.line_height(look) + AIR)


class Measured(NamedTuple):
    """A row with the lines of its cells; of one that is cut, those from `first` to `last`.

    `place` is that among the part's `rows`, -1 for the others.
    """

    row: PageRow
    place: int
    lines: tuple[tuple[str, ...], ...]
    height: float
    first: int = 0
    last: int | None = None

    @property
    def line_count(self) -> int:
        """How many lines its own cells have."""
        cells = zip(self.row.cells, self.lines, strict=True)
        return max((len(lines) for cell, lines in cells if cell.run is None), default=1)


class Measuring:
    """Measures rows on columns of these widths in points; `control` counts them.

    `places` are those of the part's `rows` by their identity.
    """

    def __init__(
        self,
        setting: Setting,
        widths: Sequence[float],
        places: Mapping[int, int],
        control: JobControl,
    ) -> None:
        self.setting = setting
        self._edges = [0.0, *accumulate(widths)]
        self._places, self._control = places, control

    def width(self, column: int, columns: int) -> float:
        """Return the width of so many columns."""
        return self._edges[column + columns] - self._edges[column]

    def measured(self, row: PageRow) -> Measured:
        """Return a row with its lines and its height, all of it on one page."""
        self._control.advance()
        place = self._places.get(id(row), -1)
        found, column = [], 0
        for cell in row.cells:
            found.append(self.setting.lines(cell, self.width(column, cell.columns)))
            column += cell.columns
        if any(map(_repeats_too_much, row.cells, found)):
            row = replace(row, cells=tuple(map(_repeated_if_short, row.cells, found)))
        measured = Measured(row, place, tuple(found), 0.0)
        height = row.height
        if height is None:
            height = self.height(measured, 0, None)
        return measured._replace(height=whole_pixels(height))

    def height(self, measured: Measured, first: int, last: int | None) -> float:
        """Return what the lines of a row's own cells need, and those that it says again."""
        line_height = self.setting.line_height
        highest = line_height(_look(measured.row))
        for cell, lines in zip(measured.row.cells, measured.lines, strict=True):
            if cell.run is not None:
                continue
            goes_on = first > 0 and bool(cell.text)  # which takes a line to say
            shown = len(lines) + goes_on if cell.repeats else len(lines[first:last])
            highest = max(highest, shown * line_height(cell.look))
        return whole_pixels(highest + AIR)

    def heights(
        self, page: Sequence[Measured], before: Measured | None, again: int
    ) -> list[float]:
        """Return the heights of a page's rows as the runs beside them need it.

        The first of them, as many as `again`, stand there again; `before` is the last row of the
        page before.
        """
        heights = [each.height for each in page]
        for column, start, stop in runs(page):
            place = cell_at(page[start].row, column)
            look, lines = page[start].row.cells[place].look, len(page[start].lines[place])
            if start <= again and began_before(before, page[start], column):
                lines += 1  # by what says that it goes on
            lacking = self.setting.height(look, lines) - sum(heights[start:stop])
            if lacking > 0:
                more = whole_pixels(lacking / (stop - start))
                heights[start:stop] = [height + more for height in heights[start:stop]]
        return heights


def _repeats_too_much(cell: Cell, lines: Sequence[str]) -> bool:
    return cell.repeats and len(lines) > _MOST_REPEATED


def _repeated_if_short(cell: Cell, lines: Sequence[str]) -> Cell:
    return cell._replace(repeats=False) if _repeats_too_much(cell, lines) else cell


def _look(row: PageRow) -> str:
    """Return the look by which the least height of a row goes."""
    return row.cells[0].look if row.cells else BODY


def runs_of(row: PageRow) -> dict[int, Hashable]:
    """Return the runs that a row takes part in, by their columns."""
    found, column = {}, 0
    for cell in row.cells:
        if cell.run is not None:
            found[column] = cell.run
        column += cell.columns
    return found


def runs(page: Sequence[Measured]) -> list[tuple[int, int, int]]:
    """Return column, start and stop of each run on a page, the shortest first."""
    of_rows = [runs_of(each.row) for each in page]
    found = []
    for column in sorted({column for runs in of_rows for column in runs}):
        start = 0
        for run, rows in groupby(of_rows, key=lambda runs: runs.get(column)):
            stop = start + sum(1 for _ in rows)
            if run is not None:
                found.append((column, start, stop))
            start = stop
    return sorted(found, key=lambda each: each[2] - each[1])


def began_before(before: Measured | None, row: Measured, column: int) -> bool:
    """Tell whether a run was already on the page before."""
    if before is None:
        return False
    return runs_of(before.row).get(column) == runs_of(row.row).get(column)


def cell_at(row: PageRow, column: int) -> int:
    """Return the place of the cell that begins in a column."""
    starts = accumulate((cell.columns for cell in row.cells), initial=0)
    return list(starts).index(column)
