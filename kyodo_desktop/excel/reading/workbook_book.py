"""Reads a workbook in one pass over its sheets.

openpyxl refuses a workbook for one odd style that Excel passes over, and gives neither the
merged areas nor which formulas have no result while it streams; so the parts are read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Book, Grid
from kyodo_desktop.excel.reading.cell_styles import cell_styles
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.refusals import NO_SHEETS, refusal
from kyodo_desktop.excel.reading.room import MOST_ELEMENTS, Room
from kyodo_desktop.excel.reading.sheet_comments import sheet_comments
from kyodo_desktop.excel.reading.sheet_rows import SheetRows, Texts
from kyodo_desktop.excel.reading.string_table import shared_strings
from kyodo_desktop.excel.reading.workbook_map import (
    LARGEST_MAP,
    MOST_IN_MAP,
    WorkbookMap,
    comment_parts,
    workbook_map,
)
from kyodo_desktop.excel.reading.xml_part import XmlPart

if TYPE_CHECKING:
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.package import Package
    from kyodo_desktop.excel.reading.string_table import PiecedText
    from kyodo_desktop.excel.reading.workbook_map import SheetPart


def workbook_book(name: str, package: Package, control: JobControl) -> Book:
    """Read all sheets of a workbook. Raises ReadingError."""
    where = workbook_map(package, control)
    if not where.sheets:
        raise refusal(name, NO_SHEETS)
    paths = [where.strings, *(sheet.path for sheet in where.sheets)]
    control.begin(sum(package.size(path) for path in paths if path))
    texts = _texts(package, where, control)
    room = Room()
    return Book(name, tuple(_grid(package, sheet, texts, room, control) for sheet in where.sheets))


def _texts(package: Package, where: WorkbookMap, control: JobControl) -> Texts:
    strings: list[str | PiecedText] = []
    styles = []
    if where.strings:
        with package.open(where.strings) as source:
            strings = shared_strings(XmlPart(source, control, MOST_ELEMENTS))
    if where.styles:
        if package.size(where.styles) > LARGEST_MAP:
            raise DamageError
        with package.open(where.styles) as source:
            part = XmlPart(source, control, MOST_IN_MAP, whole=True)
            styles = cell_styles(part, from_1904=where.from_1904)
    return Texts(strings, styles)


def _grid(
    package: Package, sheet: SheetPart, texts: Texts, room: Room, control: JobControl
) -> Grid:
    with package.open(sheet.path) as source:
        part = XmlPart(source, control, room.elements)
        grid = SheetRows(texts, room, part).grid(sheet.name, hidden=sheet.hidden)
    room.elements -= part.count
    parts = comment_parts(package, sheet.path, control)
    return grid._replace(comments=sheet_comments(package, parts, room, control))
