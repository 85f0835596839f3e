"""進捗状況一覧: the published table, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel import styles
from kyodo_desktop.excel.column_widths import set_widths
from kyodo_desktop.excel.options import PROGRESS_SHEET
from kyodo_desktop.excel.pagination import Paginator
from kyodo_desktop.excel.paper import PAGES, set_up
from kyodo_desktop.excel.report_columns import ACTION, CONTINUED, NUMBER
from kyodo_desktop.excel.report_heading import (
    TITLE_HEIGHT,
    as_of,
    legend,
    report_title,
    shown_terms,
    term_label,
)
from kyodo_desktop.excel.row_styles import RowStyles
from kyodo_desktop.excel.table_layout import TableLayout, table_layout
from kyodo_desktop.excel.table_rows import TableRow, groups, rows_below

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.workbook import SheetWriter, Value

_AS_OF_EM = 13.0
_HEADER_ROW = 3


def write_progress(writer: SheetWriter, contents: Contents) -> None:
    """Write the sheet; each page gets its own merged headings and ends between two rows."""
    outline, options = contents.outline, contents.options
    page, layout = PAGES[options.paper], table_layout(outline, options)
    sheet = writer.sheet
    set_up(sheet, page, report_title(outline, PROGRESS_SHEET), contents.made_on)
    set_widths(sheet, layout.widths, options.font)
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    table = _Table(writer, outline, layout, contents.book)
    used = table.write_top()
    header = table.write_header()
    terms = shown_terms(outline)
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
        self, writer: SheetWriter, outline: Outline, layout: TableLayout, book: StyleBook
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
        title = report_title(self._outline, PROGRESS_SHEET)
        self._write_across([(title, styles.TITLE, count)], TITLE_HEIGHT)
        date, marks = as_of(self._outline), legend(self._outline)
        right = self._columns_for(_AS_OF_EM * self._layout.size) if date else 0
        left_width = sum(self._layout.widths[: count - right])
        height = self._layout.height_across(marks, left_width)
        parts = [(marks, styles.LEGEND, count - right), (date, styles.AS_OF, right)]
        self._write_across(parts, height)
        return TITLE_HEIGHT + height

    def write_header(self) -> float:
        names = self._layout.names
        height = max(self._layout.height(name, i) for i, name in enumerate(names))
        self._writer.row(names, (self._style(styles.HEADER),) * len(names), height)
        return height

    def write_term_name(self, term: int) -> float:
        height = self._layout.height_of(1)
        parts = [(term_label(self._outline, term), styles.TERM, len(self._layout.widths))]
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
        return self._labels[node] + (CONTINUED if goes_on else "")

    def _heading_height(self, node: int, level: int, goes_on: bool) -> float:
        return self._layout.height(self._heading(node, goes_on=goes_on), level)

    def _guided(self, row: TableRow) -> tuple[str, ...]:
        """Return the texts of a row that goes on at the top of a page, with its title."""
        assert row.node is not None
        texts = list(row.texts)
        for place, column in enumerate(self._layout.columns):
            if column in (NUMBER, ACTION) and not texts[place]:
                texts[place] = column.text(self._outline, row.node)
                texts[place] += CONTINUED if column is ACTION else ""
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
        values: list[Value] = []
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
