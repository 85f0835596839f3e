"""Divides a report among lines and pages; nobody does it again when the pages are drawn.

Heights are in points and rounded up to the pixels in which Excel keeps them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate, groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import fiscal_year
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.pages import text_metrics
from kyodo_desktop.pages.content import (
    Cell,
    PageOf,
    PageRow,
    Part,
    Report,
    RowRole,
    Value,
    is_runs,
    sliced,
)
from kyodo_desktop.pages.fitting import fitted
from kyodo_desktop.pages.laid import (
    AIR,
    FOOTER_SIZE,
    MILLIMETRE,
    PADDING,
    PIXEL,
    SAFE_WIDTH,
    SIDE,
    Footer,
    LaidCell,
    LaidPage,
    LaidPart,
    LaidReport,
    LaidRow,
    PaperSize,
    whole_pixels,
)
from kyodo_desktop.pages.looks import BODY, number_text
from kyodo_desktop.pages.options import Paper
from kyodo_desktop.pages.title_lines import title_lines

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kyodo_desktop.pages.looks import Look
    from kyodo_desktop.pages.text_metrics import Metrics

PAPERS = {
    Paper.A4_LANDSCAPE: PaperSize(9, 297, 210, 9.0),
    Paper.A3_LANDSCAPE: PaperSize(8, 420, 297, 10.5),
    Paper.A4_PORTRAIT: PaperSize(9, 210, 297, 9.0),
}
CONTINUED = "（続き）"
_TALLEST = 400.0  # Excel's rows end at 409.5
_CUT_FROM = 0.1
"""A row that takes more of a page than this may be cut; lower ones go to the next page."""
_LEAST_LINES = 2  # of a cut row, on either side
_MOST_REPEATED = 8  # lines that a cell may have which is repeated on the next page
_MOST_AGAIN = 0.2  # of a page, that a row may take which is repeated on the next one
_FULL_ENOUGH = 0.85
"""A page this full may end before a new heading, rather than within it."""
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
        footers=tuple(_footers(report, parts, size, metrics)),
    )


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
        room = (width - PADDING) * SAFE_WIDTH / (self.size + look.size)
        lines_of = title_lines if look.is_title else text_metrics.lines_of
        return tuple(lines_of(cell.text, self.metrics.advances, room))

    def line_height(self, look: str) -> float:
        """Return the height of one line of a look."""
        return (self.size + self.looks[look].size) * self.metrics.line

    def height(self, look: str, lines: int) -> float:
        """Return the height of a row with so many lines of a look."""
        return whole_pixels(lines * self.line_height(look) + AIR)


def _laid_out(part: Part, setting: Setting, first: int, control: JobControl) -> LaidPart:
    steps = _SMALLER if part.fits_one_page else _SMALLER[:1]
    tries = (
        _Part(part, setting._replace(size=setting.size - step), control).laid(first)
        for step in steps
    )
    whole = found = next(tries)
    if part.fits_one_page and len(whole.pages) > 1:
        found = next((each for each in tries if len(each.pages) == 1), whole)
    if part.shorter is not None and len(found.pages) > 1:
        return _laid_out(part.shorter, setting, first, control)
    return found


class _Measured(NamedTuple):
    """A row with the lines of its cells; of one that is cut, those from `first` to `last`."""

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


class _Part:
    """A part while it is divided."""

    def __init__(self, part: Part, setting: Setting, control: JobControl) -> None:
        self._part, self._setting, self._control = part, setting, control
        self._places = {id(row): place for place, row in enumerate(part.rows)}
        self._before: _Measured | None = None  # the last row of the page before
        self._shown: list[_Measured] = []  # what stands on a page again
        lengths_of = text_metrics.measured_once(setting.metrics.advances)
        self._part, self._widths = fitted(
            part, lengths_of, size=setting.size, width=setting.paper.width
        )
        self._is_stacked = self._part is not part
        part = self._part
        self._edges = [0.0, *accumulate(self._widths)]
        self._header = [self._measured(row) for row in part.header]
        top = [self._measured(row) for row in part.top]
        self._rows = [*top, *self._header, *map(self._measured, part.rows)]
        self._spread()
        self._ends = [0.0, *accumulate(each.height for each in self._rows)]

    def _spread(self) -> None:
        """Share out what the rows leave of a page among those that take it."""
        springs = [place for place, each in enumerate(self._rows) if each.row.spreads]
        left = self._setting.paper.height - sum(each.height for each in self._rows)
        share = whole_pixels(left / len(springs) - PIXEL) if springs else 0.0
        for place in springs if share > 0 else ():
            height = min(self._rows[place].height + share, _TALLEST)
            self._rows[place] = self._rows[place]._replace(height=height)

    def laid(self, first: int) -> LaidPart:
        """Return the pages, of which the first has that number."""
        part = self._part
        header = list(self._laid_rows(self._header, None, 0))
        pages: list[LaidPage] = []
        for again, page in self._pages():
            rows = tuple(self._laid_rows([*again, *page], self._before, len(again)))
            repeated = tuple(header) if pages else ()
            pages.append(LaidPage(first + len(pages), repeated, rows))
        begin = len(part.top) + 1
        return LaidPart(
            name=part.name,
            title=part.title,
            widths=tuple(self._widths),
            size=self._setting.size,
            pages=tuple(pages),
            header=(begin, begin + len(header) - 1) if header else None,
            has_filter=part.has_filter and not self._is_stacked,
        )

    # Measuring

    def _measured(self, row: PageRow) -> _Measured:
        self._control.advance()
        place = self._places.get(id(row), -1)
        found, column = [], 0
        for cell in row.cells:
            found.append(self._setting.lines(cell, self._width(column, cell.columns)))
            column += cell.columns
        if any(map(_repeats_too_much, row.cells, found)):
            row = replace(row, cells=tuple(map(_repeated_if_short, row.cells, found)))
        measured = _Measured(row, place, tuple(found), 0.0)
        height = row.height
        if height is None:
            height = self._height(measured, 0, None)
        return measured._replace(height=whole_pixels(height))

    def _height(self, measured: _Measured, first: int, last: int | None) -> float:
        """Return what the lines of a row's own cells need, and those that it says again."""
        line_height = self._setting.line_height
        highest = line_height(_look(measured.row))
        for cell, lines in zip(measured.row.cells, measured.lines, strict=True):
            if cell.run is not None:
                continue
            goes_on = first > 0 and bool(cell.text)  # which takes a line to say
            shown = len(lines) + goes_on if cell.repeats else len(lines[first:last])
            highest = max(highest, shown * line_height(cell.look))
        return whole_pixels(highest + AIR)

    # Dividing

    def _pages(self) -> Iterator[tuple[list[_Measured], list[_Measured]]]:
        """Yield what stands again on each page, and its rows.

        A row that is cut is a piece on each of its pages.
        """
        whole = self._setting.paper.height
        others = whole - sum(each.height for each in self._header)
        start, rest, room, seen = 0, None, whole, len(self._part.top) + len(self._header)
        again: list[_Measured] = []
        self._before = None
        while start < len(self._rows):
            while seen < start:
                again = self._above(again, seen)
                again += [self._rows[seen]] * self._may_stand_again(self._rows[seen])
                seen += 1
            self._shown = [self._continued(each) for each in self._above(again, start)]
            left = room - sum(each.height for each in self._shown)
            page, start, rest = self._page(start, rest, left)
            yield self._shown, page
            room = others
            self._before = page[-1]

    def _above(self, known: Sequence[_Measured], place: int) -> list[_Measured]:
        before = self._rows[place - 1].row if place else None
        return _above(known, self._rows[place].row, before)

    def _may_stand_again(self, measured: _Measured) -> bool:
        most = self._setting.paper.height * _MOST_AGAIN
        return measured.row.repeats and measured.height <= most

    def _continued(self, measured: _Measured) -> _Measured:
        """Return a row as it stands again; the names of columns stay what they are."""
        row = measured.row
        if row.kind is RowRole.HEADER:
            return measured
        cells = list(row.cells)
        place = max((at for at, cell in enumerate(cells) if cell.repeats), default=0)
        cells[place] = cells[place]._replace(value=cells[place].text + CONTINUED)
        return self._measured(replace(row, cells=tuple(cells)))

    def _page(
        self, start: int, rest: _Measured | None, room: float
    ) -> tuple[list[_Measured], int, _Measured | None]:
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

    def _may_be_cut(self, measured: _Measured, left: float) -> bool:
        least = self._height(measured, measured.first, measured.first + _LEAST_LINES)
        is_high = measured.height > self._setting.paper.height * _CUT_FROM
        return is_high and measured.row.height is None and left >= least

    def _cut(self, measured: _Measured, room: float) -> tuple[_Measured, _Measured | None]:
        """Return as much of a row as there is room for, and the rest of it."""
        first, count = measured.first, measured.line_count
        line = max(map(self._setting.line_height, (each.look for each in measured.row.cells)))
        last = first + max(_LEAST_LINES, math.floor((room - AIR) / line))
        while last > first + _LEAST_LINES and self._height(measured, first, last) > room:
            last -= 1
        if count - last < _LEAST_LINES and last < count:
            last = max(first + 1, count - _LEAST_LINES)
        if last >= count:
            return measured, None
        piece = measured._replace(last=last, height=self._height(measured, first, last))
        rest = measured._replace(first=last, height=self._height(measured, last, None))
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
        return next(iter(_runs_of(row).values()), None) != next(
            iter(_runs_of(before).values()), None
        )

    def _settled(self, page: Sequence[_Measured]) -> float:
        """Return the height of rows that stand below those that stand there again."""
        shown = self._shown
        whole = sum(self._heights([*shown, *page], self._before, len(shown)))
        return whole - sum(each.height for each in shown)

    def _heights(
        self, page: Sequence[_Measured], before: _Measured | None, again: int
    ) -> list[float]:
        """Return the heights of a page's rows as the runs beside them need it.

        The first of them, as many as `again`, stand there again.
        """
        heights = [each.height for each in page]
        for column, start, stop in _runs(page):
            place = _cell_at(page[start].row, column)
            look, lines = page[start].row.cells[place].look, len(page[start].lines[place])
            if start <= again and _goes_on(before, page[start], column):
                lines += 1  # by what says that it goes on
            lacking = self._setting.height(look, lines) - sum(heights[start:stop])
            if lacking > 0:
                more = whole_pixels(lacking / (stop - start))
                heights[start:stop] = [height + more for height in heights[start:stop]]
        return heights

    # Laying out

    def _laid_rows(
        self, page: Sequence[_Measured], before: _Measured | None, again: int
    ) -> Iterator[LaidRow]:
        low = [each for measured in page for each in _low(measured)]
        rows = [measured for measured, _ in low]
        heights = self._heights(rows, before, again)
        covers: dict[tuple[int, int], _Cover] = {}
        for column, start, stop in _runs(rows):
            goes_on = start <= again and _goes_on(before, rows[start], column)
            covers[start, column] = _Cover(stop - start, goes_on)
        for place, (measured, count) in enumerate(low):
            mine = {column: each for (row, column), each in covers.items() if row == place}
            yield self._laid_row(measured, count, mine)._replace(height=heights[place])

    def _laid_row(self, measured: _Measured, count: int, covers: Mapping[int, _Cover]) -> LaidRow:
        """Return a row whose own cells go over so many; without any if they are above.

        `covers` has the runs that begin in it, by their columns.
        """
        cells: list[LaidCell] = []
        row, column = measured.row, 0
        for cell, lines in zip(row.cells, measured.lines, strict=True):
            if cell.run is None and count:
                own = self._own(cell, lines, column, measured)
                cells.append(own._replace(rows=count))
            elif column in covers:
                rows, goes_on = covers[column]
                laid = self._whole(cell, lines, column, goes_on=goes_on)
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
        self,
        cell: Cell,
        lines: tuple[str, ...],
        column: int,
        measured: _Measured,
    ) -> LaidCell:
        """Return a cell that belongs to its row alone, as much of it as the piece shows."""
        first, last = measured.first, measured.last
        if first == 0 and last is None:
            return self._whole(cell, lines, column, goes_on=False)
        if cell.repeats:
            laid = self._whole(cell, lines, column, goes_on=first > 0)
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
        self, cell: Cell, lines: tuple[str, ...], column: int, *, goes_on: bool
    ) -> LaidCell:
        if goes_on and isinstance(cell.value, str) and cell.value:
            cell = cell._replace(value=cell.value + CONTINUED)
            lines = self._setting.lines(cell, self._width(column, cell.columns))
        laid = LaidCell(cell.value, cell.look, column, cell.columns, rows=1, lines=lines)
        return laid._replace(is_piece=True) if cell.is_raised else laid

    def _width(self, column: int, columns: int) -> float:
        return self._edges[column + columns] - self._edges[column]


class _Cover(NamedTuple):
    """Over how many rows of a page a run goes, and whether it began on the page before."""

    rows: int
    goes_on: bool


def _low(measured: _Measured) -> Iterator[tuple[_Measured, int]]:
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


_ENDS = {
    RowRole.SPACE: (RowRole.CAPTION, RowRole.HEADER, RowRole.BAND),
    RowRole.CAPTION: (RowRole.HEADER, RowRole.BAND),
    RowRole.TEXT: (RowRole.HEADER, RowRole.BAND),
    RowRole.HEADER: (RowRole.BAND,),
    RowRole.BAND: (),
}
"""What no longer stands above a row, and what is below it, when that row is of a kind."""


def _above(known: Sequence[_Measured], row: PageRow, before: PageRow | None) -> list[_Measured]:
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


def _repeats_too_much(cell: Cell, lines: Sequence[str]) -> bool:
    return cell.repeats and len(lines) > _MOST_REPEATED


def _repeated_if_short(cell: Cell, lines: Sequence[str]) -> Cell:
    return cell._replace(repeats=False) if _repeats_too_much(cell, lines) else cell


def _look(row: PageRow) -> str:
    """Return the look by which the least height of a row goes."""
    return row.cells[0].look if row.cells else BODY


def _runs_of(row: PageRow) -> dict[int, Hashable]:
    """Return the runs that a row takes part in, by their columns."""
    found, column = {}, 0
    for cell in row.cells:
        if cell.run is not None:
            found[column] = cell.run
        column += cell.columns
    return found


def _runs(page: Sequence[_Measured]) -> list[tuple[int, int, int]]:
    """Return column, start and stop of each run on a page, the shortest first."""
    of_rows = [_runs_of(each.row) for each in page]
    found = []
    for column in sorted({column for runs in of_rows for column in runs}):
        start = 0
        for run, rows in groupby(of_rows, key=lambda runs: runs.get(column)):
            stop = start + sum(1 for _ in rows)
            if run is not None:
                found.append((column, start, stop))
            start = stop
    return sorted(found, key=lambda each: each[2] - each[1])


def _goes_on(before: _Measured | None, row: _Measured, column: int) -> bool:
    """Tell whether a run was already on the page before."""
    if before is None:
        return False
    return _runs_of(before.row).get(column) == _runs_of(row.row).get(column)


def _cell_at(row: PageRow, column: int) -> int:
    """Return the place of the cell that begins in a column."""
    starts = accumulate((cell.columns for cell in row.cells), initial=0)
    return list(starts).index(column)


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


_CENTRE = 90.0  # points that a page's number may take
_GAP = 12.0
_MARK = "…"


def _footers(
    report: Report, parts: Sequence[LaidPart], paper: PaperSize, metrics: Metrics
) -> Iterator[Footer]:
    """Yield the footer of each page, cut by measure so that its parts stand apart."""
    made_on = f"{fiscal_year.day_label(report.made_on[:10])}作成"
    count = sum(len(part.pages) for part in parts)
    for part in parts:
        found = footer(report.title, made_on, paper, metrics, name=part.title)
        for page in part.pages:
            yield found._replace(centre=f"{page.number} / {count}")


def footer(left: str, right: str, paper: PaperSize, metrics: Metrics, *, name: str = "") -> Footer:
    """Return two texts with room for a page's number between them, cut by measure.

    A `name` behind the left one is whole as long as it fits.
    """
    room = ((paper.across - 2 * SIDE) * MILLIMETRE - _CENTRE) / 2 - _GAP
    whole = _fitted(f"{left} {name}", room, metrics)
    if name and whole.endswith(_MARK):
        before = room - sum(metrics.advances[each] * FOOTER_SIZE for each in f" {name}")
        title = _fitted(left, before, metrics)
        whole = _fitted(name if title == _MARK else f"{title} {name}", room, metrics)
    return Footer(whole, "", _fitted(right, room, metrics))


def _fitted(text: str, room: float, metrics: Metrics) -> str:
    """Return a text on one line, shortened where it is wider than the room in points."""
    line = " ".join(text.split())
    ends = list(accumulate(metrics.advances[each] * FOOTER_SIZE for each in line))
    if not ends or ends[-1] <= room:
        return line
    mark = metrics.advances[_MARK] * FOOTER_SIZE
    return line[: bisect_right(ends, room - mark)].rstrip() + _MARK
