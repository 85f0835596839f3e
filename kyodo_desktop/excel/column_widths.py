"""Widths of columns: Excel counts them in digits of the workbook's standard font."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.options import FONTS
from kyodo_desktop.excel.paper import PIXEL
from kyodo_desktop.excel.text_metrics import is_installed, metrics_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

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
        if is_installed(name):
            digit = round(metrics_of(name).advances["0"] * _PIXELS_PER_EM)
            return _EXCEL if name == _EXCEL.font else Ruler(name, _SIZE, digit)
    return _EXCEL


def set_widths(sheet: Worksheet, widths: Sequence[float], font: str) -> None:
    """Give the columns their widths in points; before the first row is written."""
    from openpyxl.utils import get_column_letter

    digit = ruler_for(font).digit
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = round(width / PIXEL) / digit
