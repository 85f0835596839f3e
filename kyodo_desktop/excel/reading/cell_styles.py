"""What of a workbook's styles says something: how a number is shown, indented, struck out."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.format_tokens import sections_of
from kyodo_desktop.excel.reading.shown_dates import date_letters, in_format, is_date, shown_date
from kyodo_desktop.excel.reading.shown_numbers import formatted, general
from kyodo_desktop.excel.reading.string_table import strikes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from kyodo_desktop.excel.reading.xml_part import XmlPart

_ERA_DAY, _ERA_DAY_WORDS = "ge.m.d", 'ggge"年"m"月"d"日"'
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
# Those which a file names by number alone; 27 to 58 are those of Japanese Excel.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00',
    9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _ERA_DAY, 28: _ERA_DAY_WORDS, 29: _ERA_DAY_WORDS, 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"',
    34: _YEAR_MONTH, 35: _MONTH_DAY, 36: _ERA_DAY,
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '#,##0;(#,##0);"-"', 42: '"¥"#,##0;("¥"#,##0);"-"',
    43: '#,##0.00;(#,##0.00);"-"', 44: '"¥"#,##0.00;("¥"#,##0.00);"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    50: _ERA_DAY, 51: _ERA_DAY_WORDS, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _ERA_DAY_WORDS,
    55: _YEAR_MONTH, 56: _MONTH_DAY, 57: _ERA_DAY, 58: _ERA_DAY_WORDS,
}  # fmt: skip
_MOST_INDENT = 250


class CellStyle(NamedTuple):
    """`shown` gives the text of a number, or None where it is no date though it should be.

    `dated` is there for dates and times: it gives the text as the sheet shows it.
    """

    shown: Callable[[str], str | None] = general
    indent: int = 0
    struck: bool = False

    dated: Callable[[str], str] | None = None


PLAIN = CellStyle()


def cell_styles(part: XmlPart, *, from_1904: bool) -> list[CellStyle]:
    """Return the styles that cells name by their place."""
    codes: dict[int, str] = {}
    styles: list[CellStyle] = []
    struck: set[int] = set()
    space = part.namespace
    for element in part.elements():
        if element.tag == f"{space}numFmt":
            codes[_number(element.get("numFmtId"))] = element.get("formatCode", "")
        elif element.tag == f"{space}fonts":
            struck = {place for place, font in enumerate(element) if strikes(font, space)}
        elif element.tag == f"{space}cellXfs":
            formats = {
                number: format_style(format_code(number, codes), from_1904=from_1904)
                for number in {_number(each.get("numFmtId")) for each in element}
            }
            styles = [
                formats[_number(each.get("numFmtId"))]._replace(
                    indent=_indent(each, space),
                    struck=_number(each.get("fontId")) in struck,
                )
                for each in element
            ]
    return styles


def format_style(code: str, *, from_1904: bool = False) -> CellStyle:
    """Return the style of a number format alone."""
    shower = format_shower(code, from_1904=from_1904)
    tokens = sections_of(code)[0]
    dated = partial(in_format, tokens=tokens) if is_date(tokens) else None
    return CellStyle(shower, dated=lru_cache(dated) if dated else None)


def format_code(number: int, own: Mapping[int, str]) -> str:
    """Return the format that a number stands for, in a file or in every file."""
    return own.get(number, _BUILT_IN.get(number, ""))


def format_shower(code: str, *, from_1904: bool = False) -> Callable[[str], str | None]:
    """Return what shows a number in a format."""
    sections = sections_of(code)
    if not code or code == "@" or [token.kind for token in sections[0]] == ["general"]:
        return general
    if is_date(sections[0]):
        tokens = sections[0]
        letters = date_letters(tokens)
        return partial(shown_date, tokens=tokens, letters=letters, from_1904=from_1904)
    return partial(formatted, sections=sections)


def _indent(style: Element, space: str) -> int:
    alignment = style.find(f"{space}alignment")
    if alignment is None or alignment.get("horizontal") in {"right", "center"}:
        return 0
    return min(_number(alignment.get("indent")), _MOST_INDENT)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004
