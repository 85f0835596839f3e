"""進捗状況一覧: the published table, on pages that cut no row and no heading."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, zip_longest
from typing import TYPE_CHECKING

from kyodo_desktop.domain import paper
from kyodo_desktop.excel import report_columns, report_heading, styles
from kyodo_desktop.excel.layout import (
    PAGES,
    PIXEL,
    TALLEST_ROW,
    TableLayout,
    set_up,
    set_widths,
    table_layout,
    whole_pixels,
)
from kyodo_desktop.excel.options import PROGRESS_SHEET, Contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.excel import workbook


class RowStyles:
    """Makes the styles of each kind of row once: by its status, and whether it goes on."""

    def __init__(self, outline: Outline, layout: TableLayout, book: styles.StyleBook) -> None:
        self._outline = outline
        self._layout = layout
        self._book = book
        self._made: dict[tuple[str, bool, bool], workbook.Styles] = {}

    def of(self, row: TableRow) -> workbook.Styles:
        """Return the styles of the row's cells, those of the headings first."""
        key = (self._progress_look(row), row.begins, row.ends)
        if key not in self._made:
            self._made[key] = (*self._headings(), *self._columns(*key))
        return self._made[key]

    def _headings(self) -> list[str]:
        looks = [styles.TOP_HEADING, *[styles.HEADING] * (self._layout.headings - 1)]
        return [self._book.name(look, self._layout.size) for look in looks]

    def _columns(self, progress: str, begins: bool, ends: bool) -> list[str]:
        looks = {report_columns.NUMBER: styles.NUMBER, report_columns.PROGRESS: progress}
        return [
            self._book.name(
                looks.get(column, styles.BODY), self._layout.size, top=begins, bottom=ends
            )
            for column in self._layout.columns
        ]

    def _progress_look(self, row: TableRow) -> str:
        if row.status is not None:
            return styles.progress_look(row.status)
        if row.node is None:
            return styles.BODY
        action_id = self._outline.action_id_at(row.node)
        return styles.BODY if self._outline.lines.get(action_id) else styles.UNFILLED


_PIECE = 180.0
"""Points of one piece of an action that is too long for one row: small enough to fill pages."""

_PHRASE_ENDS = "\n。、）"


@dataclass(slots=True)
class TableRow:
    """One row of the table; `path` are the heading nodes above it, from the top.

    An action that is too long for a row goes on in further ones (`begins`, `ends`).
    """

    path: tuple[int, ...]
    node: int | None
    texts: tuple[str, ...]
    status: Status | None
    height: float
    begins: bool = True
    ends: bool = True


def rows_below(outline: Outline, layout: TableLayout, term: int) -> Iterator[TableRow]:
    """Yield the rows of a term; a heading without actions has an empty one."""
    for path, node in paper.rows_below(outline, term):
        if node is None:
            empty = ("",) * len(layout.columns)
            yield TableRow(path, None, empty, None, layout.tallest(empty))
            continue
        texts = tuple(column.text(outline, node) for column in layout.columns)
        status = outline.status(outline.action_id_at(node))
        row = TableRow(path, node, texts, status, layout.tallest(texts))
        if row.height <= TALLEST_ROW:
            yield row
        else:
            yield from _pieces(layout, row)


def groups(rows: list[TableRow], level: int) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each run of rows under the same heading of a level."""
    start = 0
    for _, run in groupby(rows, key=lambda row: row.path[: level + 1]):
        stop = start + sum(1 for _ in run)
        yield start, stop
        start = stop


def _pieces(layout: TableLayout, row: TableRow) -> Iterator[TableRow]:
    """Divide a row; each piece could also show the title again, at the top of a page."""
    room = layout.room_for_lines(_PIECE)
    columns = [
        list(_divided(layout, text, place, room))
        for place, text in enumerate(row.texts, start=layout.headings)
    ]
    pieces = list(zip_longest(*columns, fillvalue=""))
    guide = 0.0
    if report_columns.ACTION in layout.columns:
        place = layout.columns.index(report_columns.ACTION)
        title = layout.lines(row.texts[place] + report_columns.CONTINUED, layout.headings + place)
        guide = layout.height_of(min(room, len(title)))
    for count, texts in enumerate(pieces, start=1):
        height = max(guide, layout.tallest(texts))
        begins, ends = count == 1, count == len(pieces)
        yield replace(row, texts=texts, height=height, begins=begins, ends=ends)


def _divided(layout: TableLayout, text: str, column: int, room: int) -> Iterator[str]:
    """Yield parts of a text with at most so many lines, ending with a phrase if one is near."""
    while text:
        lines = layout.lines(text, column)
        part = "".join(lines[:room])
        if len(lines) > room:
            phrase = max(map(part.rfind, _PHRASE_ENDS)) + 1
            part = part[:phrase] if phrase > len(part) - 2 * len(lines[0]) else part
        yield part.removesuffix("\n")
        text = text[len(part) :]


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


_AS_OF_EM = 13.0
_HEADER_ROW = 3


def write_progress(writer: workbook.SheetWriter, contents: Contents) -> None:
    """Write the sheet; each page gets its own merged headings and ends between two rows."""
    outline, options = contents.outline, contents.options
    page, layout = PAGES[options.paper], table_layout(outline, options)
    sheet = writer.sheet
    set_up(sheet, page, report_heading.report_title(outline, PROGRESS_SHEET), contents.made_on)
    set_widths(sheet, layout.widths, options.font)
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    table = _Table(writer, outline, layout, contents.book)
    used = table.write_top()
    header = table.write_header()
    terms = report_heading.shown_terms(outline)
    for term in terms:
        if term != terms[0]:
            writer.end_page()
            used = 0.0
        if len(terms) > 1:
            used += table.write_term_name(term)
        table.write_term(term, page.height - header - used, page.height - header)
    sheet.print_area = f"A1:{writer.last_cell}"


class _Table:
    def __init__(
        self,
        writer: workbook.SheetWriter,
        outline: Outline,
        layout: TableLayout,
        book: styles.StyleBook,
    ) -> None:
        self._writer = writer
        self._outline = outline
        self._layout = layout
        self._book = book
        self._labels: dict[int, str] = {}
        self._row_styles = RowStyles(outline, layout, book)

    def write_top(self) -> float:
        """Write the rows above the header row; return their height."""
        count = len(self._layout.widths)
        title = report_heading.report_title(self._outline, PROGRESS_SHEET)
        self._write_across([(title, styles.TITLE, count)], report_heading.TITLE_HEIGHT)
        date, marks = report_heading.as_of(self._outline), report_heading.legend(self._outline)
        right = self._columns_for(_AS_OF_EM * self._layout.size) if date else 0
        left_width = sum(self._layout.widths[: count - right])
        height = self._layout.height_across(marks, left_width)
        parts = [(marks, styles.LEGEND, count - right), (date, styles.AS_OF, right)]
        self._write_across(parts, height)
        return report_heading.TITLE_HEIGHT + height

    def write_header(self) -> float:
        names = self._layout.names
        height = max(self._layout.height(name, i) for i, name in enumerate(names))
        self._writer.row(names, (self._style(styles.HEADER),) * len(names), height)
        return height

    def write_term_name(self, term: int) -> float:
        height = self._layout.height_of(1)
        parts = [
            (report_heading.term_label(self._outline, term), styles.TERM, len(self._layout.widths))
        ]
        self._write_across(parts, height)
        return height

    def write_term(self, term: int, first: float, others: float) -> None:
        rows = list(rows_below(self._outline, self._layout, term))
        pages = Paginator(rows, self._layout.headings, self._heading_height)
        before: TableRow | None = None
        for page in pages.pages(first, others):
            if before is not None:
                self._writer.end_page()
            self._write_page(page, before)
            before = page[-1]

    def _write_page(self, page: list[TableRow], before: TableRow | None) -> None:
        headings = [[""] * self._layout.headings for _ in page]
        for level in range(self._layout.headings):
            for start, stop in groups(page, level):
                path = page[start].path
                if level >= len(path):
                    continue
                goes_on = start == 0 and before is not None and _same(before.path, path, level)
                headings[start][level] = self._heading(path[level], goes_on=goes_on)
                top = self._writer.row_number + 1
                self._writer.merge(top + start, level + 1, top + stop - 1, level + 1)
        for place, row in enumerate(page):
            texts = row.texts if place or row.begins else self._guided(row)
            self._writer.row((*headings[place], *texts), self._row_styles.of(row), row.height)

    def _heading(self, node: int, *, goes_on: bool) -> str:
        if node not in self._labels:
            self._labels[node] = self._outline.label(node)
        return self._labels[node] + (report_columns.CONTINUED if goes_on else "")

    def _heading_height(self, node: int, level: int, goes_on: bool) -> float:
        return self._layout.height(self._heading(node, goes_on=goes_on), level)

    def _guided(self, row: TableRow) -> tuple[str, ...]:
        """Return the texts of a row that goes on at the top of a page, with its title."""
        assert row.node is not None
        texts = list(row.texts)
        for place, column in enumerate(self._layout.columns):
            if column in (report_columns.NUMBER, report_columns.ACTION) and not texts[place]:
                texts[place] = column.text(self._outline, row.node)
                texts[place] += report_columns.CONTINUED if column is report_columns.ACTION else ""
        return tuple(texts)

    def _style(self, look: str) -> str:
        return self._book.name(look, self._layout.size)

    def _columns_for(self, width: float) -> int:
        """Return how many columns from the right are at least that wide."""
        found, room = 0, 0.0
        while room < width and found < len(self._layout.widths) - 1:
            found += 1
            room += self._layout.widths[-found]
        return found

    def _write_across(self, parts: list[tuple[str, str, int]], height: float) -> None:
        """Write a row of merged cells, given as (text, look, number of columns)."""
        values: list[workbook.Value] = []
        looks: list[str] = []
        row = self._writer.row_number + 1
        for text, look, columns in parts:
            if columns:
                self._writer.merge(row, len(values) + 1, row, len(values) + columns)
                values += [text, *[None] * (columns - 1)]
                looks += [self._style(look)] * columns
        self._writer.row(values, tuple(looks), height)


def _same(one: tuple[int, ...], other: tuple[int, ...], level: int) -> bool:
    return one[: level + 1] == other[: level + 1]
