"""The setup of a printed sheet: its paper, its footer, the widths of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel import cell_text
from kyodo_desktop.pages import text_metrics
from kyodo_desktop.pages.laid import BOTTOM, EDGE, FOOTER_SIZE, PIXEL, SIDE, TOP
from kyodo_desktop.pages.options import FONTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.pages.laid import Footer, PaperSize

_INCH = 25.4


def set_up(sheet: Worksheet, paper: PaperSize, *, abreast: int = 0) -> None:
    """Give the sheet its paper and margins; it shrinks so that so many pages have its width.

    Without them it keeps its size: Excel may ignore page breaks in a sheet that shrinks.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    if abreast:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = abreast, 0
    else:
        sheet.page_setup.scale = 100
    sheet.page_setup.paperSize = paper.code
    sheet.page_setup.orientation = "landscape" if paper.is_landscape else "portrait"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = SIDE / _INCH
    margins.top, margins.bottom = TOP / _INCH, BOTTOM / _INCH
    margins.header = margins.footer = EDGE / _INCH


def set_footer(sheet: Worksheet, footer: Footer, *, notice: str = "") -> None:
    """Write under each page; the middle may have Excel's codes of page numbers."""
    below, above = sheet.oddFooter, sheet.oddHeader
    assert below is not None
    assert above is not None
    for place, text in (
        (below.left, _literal(footer.left)),
        (below.center, footer.centre),
        (below.right, _literal(footer.right)),
        (above.right, _literal(notice)),
    ):
        if text:
            place.text, place.size = text, FOOTER_SIZE


def _literal(text: str) -> str:
    """Return the text for a footer, where & begins a code."""
    return cell_text.sanitize(text)[0].replace("&", "&&")


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


def points_a_digit(font: str) -> float:
    """Return the width of a digit of the workbook's standard font, in which columns are kept."""
    return ruler_for(font).digit * PIXEL


def set_widths(sheet: Worksheet, widths: Sequence[float], font: str) -> None:
    """Give the columns their widths in points; before the first row is written."""
    from openpyxl.utils import get_column_letter

    digit = ruler_for(font).digit
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = round(width / PIXEL) / digit
