"""Divides a report among lines and pages; nobody does it again when the pages are drawn.

Heights are in points and rounded up to the pixels in which Excel keeps them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.pages import text_metrics
from kyodo_desktop.pages.content import PageOf, is_runs, sliced
from kyodo_desktop.pages.dividing import CONTINUED, Division
from kyodo_desktop.pages.fitting import fitted
from kyodo_desktop.pages.footers import footers
from kyodo_desktop.pages.laid import (
    PAPERS,
    PIXEL,
    LaidCell,
    LaidPage,
    LaidPart,
    LaidReport,
    LaidRow,
    whole_pixels,
)
from kyodo_desktop.pages.measuring import (
    Measured,
    Measuring,
    Setting,
    began_before,
    cell_at,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kyodo_desktop.pages.content import Cell, Part, Report, Value
    from kyodo_desktop.pages.options import Paper

_TALLEST = 400.0  # Excel's rows end at 409.5
_SMALLER = (0.0, 0.5, 1.0, 1.5, 2.0)  # points less, with which a part may fit on its page


def lay_out(
    report: Report, paper: Paper, font: str, control: JobControl | None = None
) -> LaidReport:
    """Return the pages of a report; `control` counts rows. Raises CancelledError."""
    control = control or JobControl()
    control.begin(sum(len(part.rows) for part in report.parts))
    size, metrics = PAPERS[paper], text_metrics.metrics_of(font)
    parts: list[LaidPart] = []
    first = 1
    for part in report.parts:
        laid = _laid_out(part, Setting(size, size.text, metrics, report.looks), first, control)
        parts.append(laid)
        first += len(laid.pages)
    begins = {part.name: part.pages[0].number for part in parts}
    return LaidReport(
        report=report,
        paper=size,
        font=font,
        metrics=metrics,
        parts=tuple(_with_numbers(part, begins) for part in parts),
        footers=tuple(footers(report, parts, size, metrics)),
    )


def _laid_out(part: Part, setting: Setting, first: int, control: JobControl) -> LaidPart:
    steps = _SMALLER if part.fits_one_page else _SMALLER[:1]
    tries = (
        _laid(part, setting._replace(size=setting.size - step), first, control) for step in steps
    )
    whole = found = next(tries)
    if part.fits_one_page and len(whole.pages) > 1:
        found = next((each for each in tries if len(each.pages) == 1), whole)
    if part.shorter is not None and len(found.pages) > 1:
        return _laid_out(part.shorter, setting, first, control)
    return found


def _laid(part: Part, setting: Setting, first: int, control: JobControl) -> LaidPart:
    """Return a part in letters of one size; its first page has that number."""
    places = {id(row): place for place, row in enumerate(part.rows)}
    lengths_of = text_metrics.measured_once(setting.metrics.advances)
    whole, widths = fitted(part, lengths_of, size=setting.size, width=setting.paper.width)
    measuring = Measuring(setting, widths, places, control)
    header = [measuring.measured(row) for row in whole.header]
    top = [measuring.measured(row) for row in whole.top]
    rows = [*top, *header, *_without_high_runs(map(measuring.measured, whole.rows), measuring)]
    _spread(rows, setting.paper.height)
    above, repeated = len(top) + len(header), sum(each.height for each in header)
    pages: list[LaidPage] = []
    laid_header = tuple(_laid_rows(measuring, header, None, 0))
    begin, count = 0, 0
    for again, page, before in Division(rows, measuring, above=above, repeated=repeated).pages():
        laid_rows = tuple(_laid_rows(measuring, [*again, *page], before, len(again)))
        pages.append(LaidPage(first + len(pages), laid_header if begin else (), laid_rows))
        if header and not begin and any(each is header[0] for each in page):
            above_it = takewhile(lambda each: each is not header[0], page)
            begin = count + 1 + sum(1 for each in above_it for _ in _low(each))
        count += len(laid_rows)
    return LaidPart(
        name=part.name,
        title=part.title,
        widths=tuple(widths),
        size=setting.size,
        pages=tuple(pages),
        header=(begin, begin + len(header) - 1) if begin else None,
        has_filter=part.has_filter and whole is part,
    )


def _without_high_runs(found: Iterable[Measured], measuring: Measuring) -> list[Measured]:
    """Return rows whose runs have no text that is higher than a row can be.

    Such a text is of the first row alone, where it can be cut; below it there is an empty cell.
    """
    rows = list(found)
    for column, start, stop in runs(rows):
        first, at = rows[start], cell_at(rows[start].row, column)
        cell = first.row.cells[at]
        if measuring.setting.height(cell.look, len(first.lines[at])) <= _TALLEST:
            continue
        for place in range(start, stop):
            row, at = rows[place].row, cell_at(rows[place].row, column)
            below = cell._replace(value="", run=(cell.run, "below"))
            own = below if place > start else cell._replace(run=None, is_raised=True)
            cells = (*row.cells[:at], own, *row.cells[at + 1 :])
            measured = measuring.measured(replace(row, cells=cells))
            rows[place] = measured._replace(place=rows[place].place)
    return rows


def _spread(rows: list[Measured], room: float) -> None:
    """Share out what the rows leave of a page among those that take it."""
    springs = [place for place, each in enumerate(rows) if each.row.spreads]
    left = room - sum(each.height for each in rows)
    share = whole_pixels(left / len(springs) - PIXEL) if springs else 0.0
    for place in springs if share > 0 else ():
        rows[place] = rows[place]._replace(height=min(rows[place].height + share, _TALLEST))


# Rows and cells of a page


class _Cover(NamedTuple):
    """Over how many rows of a page a run goes, and whether it began on the page before."""

    rows: int
    goes_on: bool


def _laid_rows(
    measuring: Measuring, page: Sequence[Measured], before: Measured | None, again: int
) -> Iterator[LaidRow]:
    """Yield the rows of a page, of which the first, as many as `again`, stand there again."""
    low = [each for measured in page for each in _low(measured)]
    rows = [measured for measured, _ in low]
    heights = measuring.heights(rows, before, again)
    covers: dict[tuple[int, int], _Cover] = {}
    for column, start, stop in runs(rows):
        goes_on = start <= again and began_before(before, rows[start], column)
        covers[start, column] = _Cover(stop - start, goes_on)
    for place, (measured, count) in enumerate(low):
        mine = {column: each for (row, column), each in covers.items() if row == place}
        yield _laid_row(measuring, measured, count, mine)._replace(height=heights[place])


def _low(measured: Measured) -> Iterator[tuple[Measured, int]]:
    """Yield the rows over which one goes that is higher than Excel's rows can be.

    The first has its cells, over as many rows as stand beside it.
    """
    count = 1
    if measured.row.height is None:
        count = math.ceil(measured.height / _TALLEST)
    share = whole_pixels(measured.height / count)
    yield measured._replace(height=measured.height - share * (count - 1)), count
    for _ in range(count - 1):
        yield measured._replace(height=share), 0


def _laid_row(
    measuring: Measuring, measured: Measured, count: int, covers: Mapping[int, _Cover]
) -> LaidRow:
    """Return a row whose own cells go over so many; without any if they are above.

    `covers` has the runs that begin in it, by their columns.
    """
    cells: list[LaidCell] = []
    row, column = measured.row, 0
    for cell, lines in zip(row.cells, measured.lines, strict=True):
        if cell.run is None and count:
            own = _own(measuring, cell, lines, column, measured)
            cells.append(own._replace(rows=count))
        elif column in covers:
            rows, goes_on = covers[column]
            laid = _whole(measuring, cell, lines, column, goes_on=goes_on)
            cells.append(laid._replace(rows=rows))
        column += cell.columns
    return LaidRow(
        kind=row.kind,
        height=measured.height,
        cells=tuple(cells),
        level=row.level,
        chart=row.chart,
        place=measured.place,
    )


def _own(
    measuring: Measuring, cell: Cell, lines: tuple[str, ...], column: int, measured: Measured
) -> LaidCell:
    """Return a cell that belongs to its row alone, as much of it as the piece shows."""
    first, last = measured.first, measured.last
    if first == 0 and last is None:
        return _whole(measuring, cell, lines, column, goes_on=False)
    if cell.repeats:
        laid = _whole(measuring, cell, lines, column, goes_on=first > 0)
    else:
        laid = LaidCell(
            value=_part_of(cell, lines, first, last),
            look=cell.look,
            column=column,
            columns=cell.columns,
            rows=1,
            lines=lines[first:last],
        )
    return laid._replace(is_piece=True)


def _whole(
    measuring: Measuring, cell: Cell, lines: tuple[str, ...], column: int, *, goes_on: bool
) -> LaidCell:
    if goes_on and isinstance(cell.value, str) and cell.value:
        cell = cell._replace(value=cell.value + CONTINUED)
        lines = measuring.setting.lines(cell, measuring.width(column, cell.columns))
    laid = LaidCell(cell.value, cell.look, column, cell.columns, rows=1, lines=lines)
    return laid._replace(is_piece=True) if cell.is_raised else laid


def _part_of(cell: Cell, lines: tuple[str, ...], first: int, last: int | None) -> Value:
    """Return some lines of a cell; a line end behind them would be an empty line."""
    start = sum(map(len, lines[:first]))
    stop = start + sum(map(len, lines[first:last]))
    if cell.text[start:stop].endswith("\n"):
        stop -= 1
    if isinstance(cell.value, str):
        return cell.value[start:stop]
    if is_runs(cell.value):
        return sliced(cell.value, start, stop)
    return cell.value if first == 0 else None


# Numbers of pages


def _with_numbers(part: LaidPart, begins: Mapping[str, int]) -> LaidPart:
    """Put the numbers of pages in their places."""
    if not any(isinstance(cell.value, PageOf) for cell in _cells(part)):
        return part
    pages = tuple(
        page._replace(rows=tuple(_numbered(row, begins) for row in page.rows))
        for page in part.pages
    )
    return part._replace(pages=pages)


def _cells(part: LaidPart) -> Iterator[LaidCell]:
    return (cell for page in part.pages for row in page.rows for cell in row.cells)


def _numbered(row: LaidRow, begins: Mapping[str, int]) -> LaidRow:
    cells = []
    for cell in row.cells:
        if isinstance(cell.value, PageOf):
            number = begins[cell.value.part]
            cells.append(cell._replace(value=number, lines=(str(number),)))
        else:
            cells.append(cell)
    return row._replace(cells=tuple(cells))
