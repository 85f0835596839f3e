"""Draws a report as a workbook: a sheet a part, a page where a page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.excel import cell_text, layout, styles
from kyodo_desktop.excel.workbook import MOST_PAGES, SheetWriter, new_workbook, save
from kyodo_desktop.pages import export_file
from kyodo_desktop.pages.content import is_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.excel.workbook import Value
    from kyodo_desktop.pages.content import Chart
    from kyodo_desktop.pages.laid import LaidCell, LaidPart, LaidReport, LaidRow


class ReportResult(NamedTuple):
    """Where the workbook is, and each place where it shows something else than the plan.

    It has as many `sheets`: a part of very many pages takes several.
    """

    path: Path
    sheets: int
    replaced: tuple[cell_text.Replacement, ...]


def write_workbook(
    laid: LaidReport, path: Path, control: JobControl | None = None
) -> ReportResult:
    """Write the pages to a file, whole or not at all.

    `control` counts rows. Raises ExportError and CancelledError.
    """
    control = control or JobControl()
    control.begin(laid.row_count)
    report = laid.report
    with export_file.atomic_export(path) as beside:
        workbook = new_workbook(laid.font, report.made_on)
        workbook.properties.title = report.title
        workbook.properties.subject = report.subject
        workbook.properties.creator = report.author
        book = styles.StyleBook(workbook, laid.font, report.looks)
        writers = []
        for part in laid.parts:
            for name, sheet in _sheets(part):
                writer = SheetWriter(workbook.create_sheet(name), control)
                _SheetDrawer(writer, laid, sheet, book).draw()
                writer.finish()
                writers.append(writer)
        control.finish()
        save(workbook, writers, beside)
    replaced = (each for writer in writers for each in writer.replacements)
    return ReportResult(path, len(writers), tuple(replaced))


def _sheets(part: LaidPart) -> Iterator[tuple[str, LaidPart]]:
    """Yield the part with the name of its sheet, or as much of it as each of several can hold."""
    yield part.name, part._replace(pages=part.pages[:MOST_PAGES])
    for start in range(MOST_PAGES, len(part.pages), MOST_PAGES):
        first, *others = part.pages[start : start + MOST_PAGES]
        whole = first._replace(header=(), rows=(*first.header, *first.rows))
        yield (
            f"{part.name}（{start // MOST_PAGES + 1}）",
            part._replace(
                pages=(whole, *others),
                header=(1, len(first.header)) if first.header else None,
            ),
        )


class _SheetDrawer:
    def __init__(
        self, writer: SheetWriter, laid: LaidReport, part: LaidPart, book: styles.StyleBook
    ) -> None:
        self._writer, self._laid, self._part, self._book = writer, laid, part, book
        self._styles: dict[tuple[str, bool], str] = {}
        self._rows: dict[int, int] = {}  # of the sheet, by their places in the part
        self._charts: list[tuple[Chart, int]] = []

    def draw(self) -> None:
        """Write all rows, and where pages end."""
        part, sheet = self._part, self._writer.sheet
        layout.set_up(sheet, self._laid.paper)
        self._number_pages(sheet)
        layout.set_widths(sheet, part.widths, self._laid.font)
        sheet.sheet_view.showGridLines = False
        for place, page in enumerate(part.pages):
            if place:
                self._writer.end_page()
            covered = _Covered()
            for row in page.rows:
                self._draw_row(row, covered)
                self._rows.setdefault(row.place, self._writer.row_number)
                if row.chart is not None:
                    self._charts.append((row.chart, self._writer.row_number))
        self._draw_charts()
        sheet.print_area = f"A1:{self._writer.last_cell}"
        if part.header:
            self._repeat(sheet, *part.header)

    def _draw_charts(self) -> None:
        """Draw the figures, whose tables may be below them."""
        if not self._charts:
            return
        from kyodo_desktop.excel.native_chart import ChartPlace, native_chart

        for chart, row in self._charts:
            place = ChartPlace(
                sheet=self._writer.sheet.title,
                row=row,
                width=sum(self._part.widths),
                columns=len(self._part.widths),
                rows=self._rows,
                font=self._laid.font,
                advances=self._laid.metrics.advances,
            )
            self._writer.add_chart(native_chart(chart, place))

    def _number_pages(self, sheet: Worksheet) -> None:
        """Count the pages as they are counted through the whole report."""
        first = self._part.pages[0].number
        sheet.page_setup.useFirstPageNumber, sheet.page_setup.firstPageNumber = True, first
        footer = self._laid.footers[first - 1]._replace(centre=f"&P / {self._laid.page_count}")
        layout.set_footer(sheet, footer, notice=self._laid.report.notice)

    def _repeat(self, sheet: Worksheet, first: int, last: int) -> None:
        sheet.print_title_rows = f"{first}:{last}"
        sheet.freeze_panes = f"A{last + 1}"
        if self._part.has_filter:
            sheet.auto_filter.ref = f"A{last}:{self._writer.last_cell}"

    def _draw_row(self, row: LaidRow, covered: _Covered) -> None:
        """Write a row; cells that others go over have their frames too."""
        count = len(self._part.widths)
        values: list[Value] = [None] * count
        names: list[str | None] = covered.names(count)
        number = self._writer.row_number + 1
        for cell in row.cells:
            name = names[cell.column] = self._style(cell)
            values[cell.column] = self._value(cell)
            if cell.columns > 1 or cell.rows > 1:
                stop = cell.column + cell.columns
                names[cell.column : stop] = [name] * cell.columns
                self._writer.merge(number, cell.column + 1, number + cell.rows - 1, stop)
                covered.add(cell, name)
        covered.end_row()
        self._writer.row(values, tuple(names), row.height)

    def _style(self, cell: LaidCell) -> str:
        kind = cell.look, cell.is_piece
        name = self._styles.get(kind)
        if name is None:
            name = self._styles[kind] = self._book.name(
                cell.look,
                self._part.size,
                is_piece=cell.is_piece,
            )
        return name

    def _value(self, cell: LaidCell) -> Value:
        value = cell.value
        if len(cell.lines) > 1 and self._laid.report.looks[cell.look].is_title:
            return "\n".join(line.rstrip() for line in cell.lines)
        if not isinstance(value, tuple):
            return value
        assert is_runs(value), "the number of a page is known when pages are"
        if not any(run.text for run in value):
            return None
        size = self._part.size + self._laid.report.looks[cell.look].size
        return cell_text.RichText(value, self._laid.font, size)


class _Covered:
    """The columns of the next rows over which a cell above goes, with their styles."""

    def __init__(self) -> None:
        self._left: dict[int, tuple[str, int]] = {}

    def names(self, count: int) -> list[str | None]:
        """Return the styles of a row's covered cells, by their columns."""
        found: list[str | None] = [None] * count
        for column, (name, _) in self._left.items():
            found[column] = name
        return found

    def add(self, cell: LaidCell, name: str) -> None:
        """Note a cell that goes over rows below its own."""
        if cell.rows > 1:
            columns: Sequence[int] = range(cell.column, cell.column + cell.columns)
            self._left |= dict.fromkeys(columns, (name, cell.rows))

    def end_row(self) -> None:
        """Go on to the next row."""
        self._left = {
            column: (name, rows - 1) for column, (name, rows) in self._left.items() if rows > 1
        }
