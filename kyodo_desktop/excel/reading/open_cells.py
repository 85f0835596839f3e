"""The text of one cell of an OpenDocument sheet, as the sheet shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading.cell_values import ERROR, Unreadable
from kyodo_desktop.excel.reading.open_styles import OFFICE, TEXT
from kyodo_desktop.excel.reading.string_table import PiecedText, Struck, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kyodo_desktop.excel.reading.open_styles import OpenStyle, OpenStyles

_PARAGRAPH, _SPAN = f"{TEXT}p", f"{TEXT}span"
_NOTE = f"{OFFICE}annotation"
_LEFT_OUT = {_NOTE, f"{TEXT}ruby-text"}
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_MOST_SPACES, _DEEPEST = 1_000, 50
_ERROR = re.compile(r"#[A-Z/0?!]+|Err:\d+")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")


def cell_text(cell: Element, style: OpenStyle, styles: OpenStyles) -> str | Struck | Unreadable:
    """Return the text that a cell shows; a day is `2016-03-31`, a month `2016-03`."""
    text = _paragraphs(cell, styles)
    kind = _kind(cell)
    shown = "".join(piece for piece, _ in text.pieces)
    if kind == "error" or (kind == "string" and _ERROR.fullmatch(shown) and _is_formula(cell)):
        return Unreadable(shown, ERROR)
    if kind == "date":
        text = PiecedText(((_date(cell, shown, styles.date_parts(style)), None),))
    elif not shown and kind in {"float", "percentage", "currency"}:
        text = PiecedText(((cell.get(f"{OFFICE}value", ""), None),))
    return text.shown(cell_is_struck=bool(style.struck))


def shown_date(cell: Element, styles: OpenStyles) -> str:
    """Return what a cell with a date shows, nothing for any other cell."""
    if _kind(cell) != "date":
        return ""
    return "".join(each for each, _ in _paragraphs(cell, styles).pieces)


def note_text(cell: Element, styles: OpenStyles) -> str:
    """Return the text of the note at a cell."""
    note = cell.find(_NOTE)
    return "" if note is None else "".join(each for each, _ in _paragraphs(note, styles).pieces)


def _kind(cell: Element) -> str:
    """Return the kind of a value; LibreOffice says in its own namespace that it is an error."""
    kinds = {value for key, value in cell.items() if key.endswith("}value-type")}
    return "error" if "error" in kinds else cell.get(f"{OFFICE}value-type", "string")


def _is_formula(cell: Element) -> bool:
    return any(key.endswith("}formula") for key in cell.keys())  # noqa: SIM118  an Element


def _date(cell: Element, shown: str, parts: frozenset[str]) -> str:
    found = _DAY.match(cell.get(f"{OFFICE}date-value", ""))
    if found is None or (parts and not parts & {"month", "day"}):
        return shown
    year, month, day, hour, minute = found.groups()
    if parts and "day" not in parts:
        return f"{year}-{month}"
    time = f" {hour}:{minute}" if hour and (hour, minute) != ("00", "00") else ""
    return f"{year}-{month}-{day}{time}"


def _paragraphs(element: Element, styles: OpenStyles) -> PiecedText:
    pieces: list[tuple[str, bool | None]] = []
    for paragraph in element:
        if paragraph.tag == _PARAGRAPH:
            if pieces:
                pieces.append(("\n", None))
            pieces += _pieces(paragraph, None, styles, 0)
    return PiecedText(tuple((visible(text), struck) for text, struck in pieces))


def _pieces(
    element: Element, struck: bool | None, styles: OpenStyles, depth: int
) -> Iterator[tuple[str, bool | None]]:
    """Yield the texts inside with whether they are struck out, without notes and ふりがな."""
    if element.text:
        yield element.text, struck
    for each in element:
        if each.tag == f"{TEXT}s":
            count = each.get(f"{TEXT}c", "1")
            spaces = int(count) if count.isdecimal() and len(count) < 5 else 1  # noqa: PLR2004
            yield " " * min(spaces, _MOST_SPACES), struck
        elif each.tag in _SIGNS:
            yield _SIGNS[each.tag], struck
        elif each.tag not in _LEFT_OUT and depth < _DEEPEST:
            inner = struck
            if each.tag == _SPAN:
                own = styles.style("text", each.get(f"{TEXT}style-name")).struck
                inner = struck if own is None else own
            yield from _pieces(each, inner, styles, depth + 1)
        if each.tail:
            yield each.tail, struck
