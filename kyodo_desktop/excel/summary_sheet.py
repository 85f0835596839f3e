"""集計: how many actions stand where, as tables and as a native chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.counting import Counts, gross, net, percentages, placements_under
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.excel import layout, report_columns, report_heading, styles, text_metrics
from kyodo_desktop.excel.options import SUMMARY_SHEET, Contents, ReportOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.text import RichText
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.excel.workbook import SheetWriter, Value


Rule = Callable[[Outline, Iterable[int]], Counts]


class SummaryRow(NamedTuple):
    """Counts and shares by column; `apart` are the statuses outside the totals."""

    name: str
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    total: int
    apart: tuple[int, ...]


class Columns(NamedTuple):
    """The statuses in the totals (None is 未記入, where it occurs), and those outside."""

    counted: tuple[Status | None, ...]
    apart: tuple[Status, ...]


class SummaryTable(NamedTuple):
    """`overlap` is what the total has less than the rows together: actions listed twice."""

    rows: tuple[SummaryRow, ...]
    overlap: SummaryRow
    total: SummaryRow


def columns_of(outline: Outline, term: int) -> Columns:
    """Return the columns that the term's actions need."""
    found = gross(outline, placements_under(outline, term))
    counted: list[Status | None] = [each for each in outline.statuses.values() if each.counted]
    if found[None]:
        counted.append(None)
    apart = [each for each in outline.statuses.values() if not each.counted and found[each.id]]
    return Columns(tuple(counted), tuple(apart))


def summary_table(outline: Outline, term: int, columns: Columns, rule: Rule) -> SummaryTable:
    """Count each heading directly under the term, and the term itself."""
    rows = tuple(
        _row(outline.label(node), rule(outline, placements_under(outline, node)), columns)
        for node in outline.children.get(term, ())
    )
    total = _row("計", rule(outline, placements_under(outline, term)), columns)
    overlap = SummaryRow(
        "再掲の重複",
        _differences(total.counts, [row.counts for row in rows]),
        (),
        total.total - sum(row.total for row in rows),
        _differences(total.apart, [row.apart for row in rows]),
    )
    return SummaryTable(rows, overlap, total)


def _row(name: str, found: Counts, columns: Columns) -> SummaryRow:
    counts = tuple(found[None if each is None else each.id] for each in columns.counted)
    apart = tuple(found[each.id] for each in columns.apart)
    return SummaryRow(name, counts, tuple(percentages(counts)), sum(counts), apart)


def _differences(total: tuple[int, ...], rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(whole - sum(row[i] for row in rows) for i, whole in enumerate(total))


_POINTS_PER_CM = 72 / 2.54
_NAMES_COLUMN, _FIRST_COUNT_COLUMN = 1, 2


class ChartSeries(NamedTuple):
    """A status: its name and colour, and its count under each heading."""

    name: str
    colour: str
    counts: tuple[int, ...]


def add_chart(
    sheet: Worksheet,
    series: Sequence[ChartSeries],
    rows: tuple[int, int],
    anchor_row: int,
    size: tuple[float, float],
) -> None:
    """Draw the counts of a table, which has count and share by turns.

    `rows` are the first and last row of the headings, `size` is width and height in points.
    """
    from openpyxl.chart import BarChart, Reference, Series

    chart = BarChart(barDir="bar", grouping="stacked", overlap=100, gapWidth=45)
    for place, each in enumerate(series):
        column = _FIRST_COUNT_COLUMN + 2 * place
        bars = Series(Reference(sheet, column, rows[0], column, rows[1]), title=each.name)
        bars.graphicalProperties.solidFill = each.colour
        bars.graphicalProperties.line.solidFill = "FFFFFF"
        bars.dLbls = _labels(each)
        chart.append(bars)
    chart.set_categories(Reference(sheet, _NAMES_COLUMN, rows[0], _NAMES_COLUMN, rows[1]))
    chart.x_axis.scaling.orientation = "maxMin"  # the first heading on top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.crosses = "max"  # which puts the scale below
    chart.y_axis.majorGridlines = None
    chart.legend.position = "b"
    width, height = (points / _POINTS_PER_CM for points in size)
    chart.width, chart.height = width, height  # type: ignore[assignment]  # stubs: int
    sheet.add_chart(chart, f"A{anchor_row}")


def _labels(series: ChartSeries) -> DataLabelList:
    """Return labels with the counts, but for zeros, which have no bar to stand on."""
    from openpyxl.chart.label import DataLabel, DataLabelList

    hidden = [DataLabel(idx=i, **_parts(False)) for i, n in enumerate(series.counts) if not n]
    letters = _letters("FFFFFF" if _is_dark(series.colour) else styles.INK)
    return DataLabelList(dLbl=hidden, txPr=letters, **_parts(True))


def _parts(value: bool) -> dict[str, bool]:
    others = ("showSerName", "showCatName", "showLegendKey", "showPercent", "showBubbleSize")
    return {"showVal": value, **dict.fromkeys(others, False)}


def _letters(colour: str) -> RichText:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import (
        CharacterProperties,
        Paragraph,
        ParagraphProperties,
    )

    letters = CharacterProperties(sz=900, b=True, solidFill=colour)
    return RichText(p=[Paragraph(ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 150  # noqa: PLR2004  of 255


_GROSS = "掲載数（再掲を含む）"
_NET = "実行計画数（何か所に掲載されても1件）"
_OVERLAP_NOTE = (
    "「再掲の重複」は、2つ以上の欄に掲載された実行計画を、計では1件とするために差し引く数です。"
)
_SHARE_NOTE = (
    "割合（%）は最大剰余法によります。0.1未満を切り捨て、合計が100.0になるように、"
    "切り捨てた端数の大きいものから順に0.1ずつ加えます（同じときは左が先）。"
)
_NAME_EM, _COUNT_EM, _SHARE_EM = 17.0, 4.6, 5.4
_LEAST_COLUMNS = 8
_MOST_ON_ONE_PAGE = 12  # headings; a taller sheet shrunk to one page could not be read
_CHART_ROWS = 13


def write_summary(writer: SheetWriter, contents: Contents) -> None:
    """Write 掲載数, 実行計画数 and a chart for each term, a term a page."""
    outline, options = contents.outline, contents.options
    terms = report_heading.shown_terms(outline)
    sheet = writer.sheet
    layout.set_up(
        sheet,
        layout.PAGES[options.paper],
        report_heading.report_title(outline, SUMMARY_SHEET),
        contents.made_on,
    )
    if all(len(outline.children[term]) <= _MOST_ON_ONE_PAGE for term in terms):
        sheet.page_setup.fitToHeight = len(terms)
    sheet.sheet_view.showGridLines = False
    summary = _Summary(writer, outline, options, contents.book)
    summary.write_line(
        report_heading.report_title(outline, SUMMARY_SHEET),
        styles.TITLE,
        report_heading.TITLE_HEIGHT,
    )
    summary.write_line(report_heading.as_of(outline), styles.AS_OF)
    for term in terms:
        if term != terms[0]:
            writer.end_page()
        if len(terms) > 1:
            summary.write_line(report_heading.term_label(outline, term), styles.CAPTION)
        summary.write_term(term)
    sheet.print_area = f"A1:{writer.last_cell}"


class _Summary:
    def __init__(
        self, writer: SheetWriter, outline: Outline, options: ReportOptions, book: styles.StyleBook
    ) -> None:
        self._writer = writer
        self._outline = outline
        self._book = book
        self._size = layout.PAGES[options.paper].text
        self._metrics = text_metrics.metrics_of(options.font)
        self._line = layout.whole_pixels(self._metrics.line * self._size + 5)
        most = max(
            (columns_of(outline, term) for term in report_heading.shown_terms(outline)), key=_count
        )
        widths = [_NAME_EM, *[_COUNT_EM, _SHARE_EM] * len(most.counted), _COUNT_EM]
        widths += [_SHARE_EM] * (max(_count(most), _LEAST_COLUMNS) - len(widths))
        self._widths = [each * self._size for each in widths]
        layout.set_widths(writer.sheet, self._widths, options.font)

    def write_term(self, term: int) -> None:
        columns = columns_of(self._outline, term)
        table = summary_table(self._outline, term, columns, gross)
        rows = self._write_table(table, columns, _GROSS)
        self._write_table(summary_table(self._outline, term, columns, net), columns, _NET)
        self._write_note(_SHARE_NOTE)
        add_chart(
            self._writer.sheet,
            [
                ChartSeries(
                    report_columns.status_text(status),
                    styles.rgb(status.colour) if status else styles.LINE,
                    tuple(row.counts[place] for row in table.rows),
                )
                for place, status in enumerate(columns.counted)
            ],
            rows,
            self._writer.row_number + 1,
            (sum(self._widths), self._line * (_CHART_ROWS - 1)),
        )
        for _ in range(_CHART_ROWS):
            self.write_line("", styles.NOTE)

    def write_line(self, text: str, look: str, height: float | None = None) -> None:
        """Write one text across the whole width."""
        row = self._writer.row_number + 1
        self._writer.merge(row, 1, row, len(self._widths))
        self._write_cells([(text, look)] + [(None, look)] * (len(self._widths) - 1), height)

    def _write_note(self, text: str) -> None:
        room = sum(self._widths) * 0.95 / self._size
        lines = text_metrics.lines_of(text, self._metrics.advances, room)
        self.write_line(text, styles.NOTE, self._line * len(lines))

    def _write_table(self, table: SummaryTable, columns: Columns, caption: str) -> tuple[int, int]:
        """Write one table; return the first and the last row of its headings."""
        self.write_line(caption, styles.CAPTION, self._line * 1.4)
        self._write_header(columns)
        first_row = self._writer.row_number + 1
        for row in table.rows:
            self._write_row(row, styles.BODY, styles.COUNT, styles.SHARE)
        last_row = self._writer.row_number
        if overlaps := any((*table.overlap.counts, *table.overlap.apart)):
            look = styles.OVERLAP_COUNT
            self._write_row(table.overlap, styles.OVERLAP_NAME, look, look)
        self._write_row(table.total, styles.TOTAL_NAME, styles.TOTAL_COUNT, styles.TOTAL_SHARE)
        if overlaps:
            self._write_note(_OVERLAP_NOTE)
        return first_row, last_row

    def _write_header(self, columns: Columns) -> None:
        top = self._writer.row_number + 1
        upper: list[str | None] = [self._outline.levels[0].name]
        lower: list[str | None] = [None]
        for status in columns.counted:
            self._writer.merge(top, len(upper) + 1, top, len(upper) + 2)
            upper += [report_columns.status_text(status), None]
            lower += ["件数", "割合"]
        upper += ["計", *(f"集計外 {report_columns.status_text(each)}" for each in columns.apart)]
        lower += [None] * (len(upper) - len(lower))
        for column, (above, below) in enumerate(zip(upper, lower, strict=True), start=1):
            if above is not None and below is None:
                self._writer.merge(top, column, top + 1, column)
        height = self._line * 2 if columns.apart else None
        self._write_cells([(text, styles.HEADER) for text in upper], height)
        self._write_cells([(text, styles.HEADER) for text in lower])

    def _write_row(self, row: SummaryRow, name: str, count: str, share: str) -> None:
        cells: list[tuple[Value, str]] = [(row.name, name)]
        for number, part in zip(row.counts, row.shares or (None,) * len(row.counts), strict=True):
            cells += [(number, count), (part, share)]
        cells += [(row.total, count), *((number, count) for number in row.apart)]
        lines = text_metrics.lines_of(row.name, self._metrics.advances, _NAME_EM * 0.93)
        self._write_cells(cells, self._line * len(lines))

    def _write_cells(
        self, cells: Sequence[tuple[Value, str]], height: float | None = None
    ) -> None:
        """Write (value, look) from the left; the columns after them stay empty."""
        blank = len(self._widths) - len(cells)
        looks = [self._book.name(look, self._size) for _, look in cells]
        self._writer.row(
            [*(value for value, _ in cells), *[None] * blank],
            (*looks, *[None] * blank),
            height or self._line,
        )


def _count(columns: Columns) -> int:
    return 2 + 2 * len(columns.counted) + len(columns.apart)
