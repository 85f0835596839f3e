"""Room on a sheet of paper: its setup, the widths of columns, the heights of texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from kyodo_desktop.domain import field_types, nodes
from kyodo_desktop.excel import cell_text, report_columns, text_metrics
from kyodo_desktop.excel.options import FONTS, Paper, ReportOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.outline import Outline


PIXEL = 0.75  # points
_MILLIMETRE = 72 / 25.4
_SIDE, _TOP, _BOTTOM, _FOOTER = 10.0, 12.0, 15.0, 7.0  # margins in millimetres
_SAFE = 0.97  # printers and Excel round each row and column
TALLEST_ROW = 409.5
_FOOTER_LIMIT = 80  # characters; the three parts of a footer together may have 255


class Page(NamedTuple):
    """A paper by its number in Excel, its millimetres, and the text size that suits it."""

    code: int
    across: int
    down: int
    text: float

    @property
    def orientation(self) -> Literal["landscape", "portrait"]:
        """How the paper lies, in Excel's word."""
        return "landscape" if self.across > self.down else "portrait"

    @property
    def width(self) -> float:
        """The points that the columns may take together."""
        return (self.across - 2 * _SIDE) * _MILLIMETRE * _SAFE

    @property
    def height(self) -> float:
        """The points that the rows of a page may take together."""
        return (self.down - _TOP - _BOTTOM) * _MILLIMETRE * _SAFE


PAGES = {
    Paper.A4_LANDSCAPE: Page(9, 297, 210, 9.5),
    Paper.A3_LANDSCAPE: Page(8, 420, 297, 11),
    Paper.A4_PORTRAIT: Page(9, 210, 297, 9),
}


def whole_pixels(points: float) -> float:
    """Return the height rounded up to the pixels in which Excel keeps it."""
    return math.ceil(points / PIXEL) * PIXEL


def set_up(sheet: Worksheet, page: Page, title: str, made_on: str) -> None:
    """Fit the sheet to the paper's width and number its pages; before the first row."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = page.code
    sheet.page_setup.orientation = page.orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = _SIDE / 25.4
    margins.top, margins.bottom = _TOP / 25.4, _BOTTOM / 25.4
    margins.header = margins.footer = _FOOTER / 25.4
    footer = sheet.oddFooter
    assert footer is not None
    for part, text in (
        (footer.left, _literal(title)),
        (footer.center, "&P / &N"),
        (footer.right, _literal(made_on)),
    ):
        part.text, part.size = text, 8


def _literal(text: str) -> str:
    """Return the text for a footer, where & begins a code."""
    line = cell_text.sanitize(" ".join(text.split()))[0]
    if len(line) > _FOOTER_LIMIT:
        line = line[: _FOOTER_LIMIT - 1] + "…"
    return line.replace("&", "&&")


_SIZE = 11
_PIXELS_PER_EM = _SIZE / PIXEL


class Ruler(NamedTuple):
    """The standard font of a workbook, whose cells each have a font of their own."""

    font: str
    size: int
    digit: int


_EXCEL = Ruler("ＭＳ Ｐゴシック", _SIZE, digit=8)
"""Every Japanese Windows has it, and its digit is known to be 8 pixels wide."""


def ruler_for(font: str) -> Ruler:
    """Return the ruler: that of Excel, or on a PC without it some font which is there.

    LibreOffice would measure with whatever it takes for a font that is missing.
    """
    for name in (_EXCEL.font, font, *FONTS):
        if text_metrics.is_installed(name):
            digit = round(text_metrics.metrics_of(name).advances["0"] * _PIXELS_PER_EM)
            return _EXCEL if name == _EXCEL.font else Ruler(name, _SIZE, digit)
    return _EXCEL


def set_widths(sheet: Worksheet, widths: Sequence[float], font: str) -> None:
    """Give the columns their widths in points; before the first row is written."""
    from openpyxl.utils import get_column_letter

    digit = ruler_for(font).digit
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = round(width / PIXEL) / digit


PADDING = 4.5  # points that Excel keeps free at the two sides of a cell
_AIR = 5.0  # points above and below a text together
_LOOKED_AT = 400  # texts of a column; more would not change the widths
_ON_ONE_LINE = 0.9  # of the texts, where there is room
_TOP_HEADING, _HEADING = field_types.WidthRange(6.2, 10), field_types.WidthRange(7, 14)
SAFE_WIDTH = 0.97  # a printer's letters are a little wider than the font's


class TableLayout(NamedTuple):
    """The columns from left to right, widths in points; the headings' columns come first."""

    headings: int
    columns: tuple[report_columns.ReportColumn, ...]
    names: tuple[str, ...]
    widths: tuple[float, ...]
    size: float
    metrics: text_metrics.Metrics

    @property
    def line(self) -> float:
        """The height of one line in points."""
        return self.metrics.line * self.size

    def lines(self, text: str, column: int) -> list[str]:
        """Return the lines of a text in a column (counted from 0)."""
        return self.lines_across(text, self.widths[column])

    def lines_across(self, text: str, width: float) -> list[str]:
        """Return the lines of a text in a cell of that width in points."""
        room = (width - PADDING) * SAFE_WIDTH / self.size
        return text_metrics.lines_of(text, self.metrics.advances, room)

    def height(self, text: str, column: int) -> float:
        """Return the height of a text in a column."""
        return self.height_of(len(self.lines(text, column)))

    def height_of(self, lines: int) -> float:
        """Return the height of a row with so many lines."""
        return whole_pixels(lines * self.line + _AIR)

    def tallest(self, texts: Sequence[str]) -> float:
        """Return the height of a row with these texts in the columns after the headings."""
        columns = enumerate(texts, start=self.headings)
        most = max((len(self.lines(text, column)) for column, text in columns), default=1)
        return self.height_of(most)

    def height_across(self, text: str, width: float) -> float:
        """Return the height of a text in a cell of that width in points."""
        return self.height_of(len(self.lines_across(text, width)))

    def room_for_lines(self, height: float) -> int:
        """Return how many lines a row of that height can show, at least one."""
        return max(1, math.floor((height - _AIR) / self.line))


def list_layout(shares: Sequence[float], options: ReportOptions) -> TableLayout:
    """Divide the paper's width in these proportions."""
    page = PAGES[options.paper]
    return TableLayout(
        headings=0,
        columns=(),
        names=(),
        widths=tuple(share * page.width / sum(shares) for share in shares),
        size=page.text,
        metrics=text_metrics.metrics_of(options.font),
    )


def table_layout(outline: Outline, options: ReportOptions) -> TableLayout:
    """Divide the paper's width among the columns that were chosen, by what they hold."""
    page, metrics = PAGES[options.paper], text_metrics.metrics_of(options.font)
    columns = tuple(
        each for name, each in report_columns.REPORT_COLUMNS.items() if name in options.columns
    )
    levels = [level.name for level in outline.levels[:-1]]
    ranges = [
        *_heading_widths(outline, metrics.advances),
        *(_column_width(outline, metrics.advances, column) for column in columns),
    ]
    layout = layout_of(ranges, page.width, page.text, metrics)
    return layout._replace(
        headings=len(levels),
        columns=columns,
        names=(*levels, *(column.label for column in columns)),
    )


def layout_of(
    ranges: Sequence[field_types.WidthRange],
    width: float,
    size: float,
    metrics: text_metrics.Metrics,
) -> TableLayout:
    """Divide a width in points among columns by their widths, for a text of that size."""
    shares = _divided((width - len(ranges) * PADDING) * SAFE_WIDTH / size, ranges)
    return TableLayout(
        headings=0,
        columns=(),
        names=(),
        widths=tuple(share * size / SAFE_WIDTH + PADDING for share in shares),
        size=size,
        metrics=metrics,
    )


def _heading_widths(
    outline: Outline, advances: Mapping[str, float]
) -> list[field_types.WidthRange]:
    """Return the widths of the column of each heading level."""
    texts: list[list[str]] = [[] for _ in outline.levels[:-1]]
    for heading_id in _some(outline.headings):
        node = nodes.heading_node(heading_id)
        texts[min(outline.depth(node), len(texts) - 1)].append(outline.label(node))
    return [
        _width_range(column, advances, _HEADING if level else _TOP_HEADING)
        for level, column in enumerate(texts)
    ]


def _column_width(
    outline: Outline, advances: Mapping[str, float], column: report_columns.ReportColumn
) -> field_types.WidthRange:
    """Return the widths of a column of the actions."""
    texts = [
        column.text(outline, nodes.placement_node(each)) for each in _some(outline.placements)
    ]
    return _width_range((column.label, *texts), advances, column.width)


def _divided(width: float, ranges: Sequence[field_types.WidthRange]) -> list[float]:
    """Share out a width so that all columns come equally near to their best."""
    least, best = sum(each.least for each in ranges), sum(each.best for each in ranges)
    if best <= width:
        return [each.best * width / best for each in ranges]
    if least >= width:
        return [each.least * width / least for each in ranges]
    part = (width - least) / (best - least)
    return [each.least + (each.best - each.least) * part for each in ranges]


def _width_range(
    texts: Iterable[str], advances: Mapping[str, float], limits: field_types.WidthRange
) -> field_types.WidthRange:
    widths = sorted(
        sum(map(advances.__getitem__, line)) for text in texts for line in text.split("\n")
    )
    best = widths[int((len(widths) - 1) * _ON_ONE_LINE)] + 0.1 if widths else 0.0
    return field_types.WidthRange(limits.least, min(max(best, limits.least), limits.best))


def _some(ids: Iterable[int]) -> list[int]:
    """Return some of the ids from all over the plan, always the same ones."""
    every = list(ids)
    return every[:: 1 + len(every) // _LOOKED_AT]
