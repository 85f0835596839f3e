"""Room on a sheet of paper, and how a worksheet is set up to fill it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from kyodo_desktop.excel.cell_text import sanitize
from kyodo_desktop.excel.options import Paper

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

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
    line = sanitize(" ".join(text.split()))[0]
    if len(line) > _FOOTER_LIMIT:
        line = line[: _FOOTER_LIMIT - 1] + "…"
    return line.replace("&", "&&")
