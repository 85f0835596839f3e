"""Reads an OpenDocument sheet (.ods), whose cells hold what they show.

From its own part and not through a library: there are the hidden rows and columns, what is
struck out, the notes and the texts of numbers as they are shown, which no library tells; and a
cell that says that it repeats a thousand million times takes no memory before it is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Area, Book
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.open_cells import cell_text, note_text, shown_date
from kyodo_desktop.excel.reading.open_styles import TABLE, OpenStyles
from kyodo_desktop.excel.reading.refusals import NO_SHEETS, PASSWORD, refusal
from kyodo_desktop.excel.reading.room import MOST_ELEMENTS, Room
from kyodo_desktop.excel.reading.row_gathering import (
    LAST_COLUMN,
    LAST_ROW,
    RowGathering,
    add_cell,
)
from kyodo_desktop.excel.reading.xml_part import XmlPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kyodo_desktop.domain.importing.grid import Grid
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.package import Package

CONTENT = "content.xml"
_STYLES, _MANIFEST = "styles.xml", "META-INF/manifest.xml"
_LARGEST_MANIFEST = 4 * 1024 * 1024
_HIDDEN = {"collapse", "filter"}
_CELL, _COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_USUAL_STYLE = f"{TABLE}default-cell-style-name"
_ROW, _COLUMN, _SHEET = f"{TABLE}table-row", f"{TABLE}table-column", f"{TABLE}table"


def open_document_book(name: str, package: Package, control: JobControl) -> Book:
    """Read all sheets. Raises ReadingError."""
    if _is_encrypted(package):
        raise refusal(name, PASSWORD)
    if CONTENT not in package:
        raise DamageError
    control.begin(package.size(CONTENT))
    styles, room = OpenStyles(), Room()
    if _STYLES in package:
        with package.open(_STYLES) as source:
            part = XmlPart(source, control, room.elements)
            for element in part.elements():
                if styles.take(element):
                    part.settle()
    with package.open(CONTENT) as source:
        part = XmlPart(source, control, MOST_ELEMENTS)
        grids = tuple(_grids(part, styles, room))
    if not grids:
        raise refusal(name, NO_SHEETS)
    return Book(name, grids)


def _is_encrypted(package: Package) -> bool:
    if _MANIFEST not in package or package.size(_MANIFEST) > _LARGEST_MANIFEST:
        return False
    return b"encryption-data" in package.read(_MANIFEST)


def _grids(part: XmlPart, styles: OpenStyles, room: Room) -> Iterator[Grid]:
    """Yield the sheets; the name of one is known where it ends."""
    sheet = _Sheet(styles, room)
    for element in part.elements():
        tag = element.tag
        if tag == _ROW:
            sheet.take_row(element)
        elif tag == _COLUMN:
            sheet.take_column(element)
        elif tag == _SHEET:
            hidden = styles.style("table", element.get(f"{TABLE}style-name")).hidden
            yield sheet.grid(element.get(f"{TABLE}name", ""), hidden=hidden)
            sheet = _Sheet(styles, room)
        elif not styles.take(element):
            continue
        element.clear()
        part.settle()


class _Sheet:
    """Gathers the rows of a sheet."""

    def __init__(self, styles: OpenStyles, room: Room) -> None:
        self._styles = styles
        self._rows = RowGathering(room)
        self._row = self._column = 0
        self._merges: list[Area] = []
        self._usual: list[tuple[int, str]] = []  # the style of cells up to a column

    def grid(self, name: str, *, hidden: bool) -> Grid:
        """Return the sheet."""
        return self._rows.grid(name, self._merges, hidden=hidden)

    def take_column(self, element: Element) -> None:
        """Take a column, or several alike."""
        count = _repeats(element, "columns")
        first, self._column = self._column + 1, min(self._column + count, LAST_COLUMN)
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            self._rows.hide_columns(first, self._column)
        self._usual.append((self._column, element.get(_USUAL_STYLE, "")))

    def take_row(self, element: Element) -> None:
        """Take a row, or several alike. Raises DamageError and TooLargeError."""
        count = min(_repeats(element, "rows"), max(1, LAST_ROW - self._row))
        first = self._row + 1
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            self._rows.hide_rows(first, first + count - 1)
        self._row = first
        self._rows.put(first, self._row_cells(element), count)
        self._row += count - 1

    def _row_cells(self, element: Element) -> list[str]:
        cells: list[str] = []
        column, usual = 1, element.get(_USUAL_STYLE)
        for cell in element:
            if cell.tag not in {_CELL, _COVERED}:
                continue
            count = min(_repeats(cell, "columns"), LAST_COLUMN + 1 - column)
            if cell.tag == _CELL and len(cell) and count > 0:
                self._take_cell(cell, column, usual, count, cells)
            column += count
        return cells

    def _take_cell(
        self, cell: Element, column: int, usual: str | None, times: int, cells: list[str]
    ) -> None:
        row, styles = self._row, self._styles
        name = cell.get(f"{TABLE}style-name") or usual or self._usual_style(column)
        style = styles.style("table-cell", name)
        text = cell_text(cell, style, styles)
        if not isinstance(text, str):
            text = self._rows.kept(row, column, text)
        if text:
            add_cell(cells, column, text, times)
            if style.indent:
                self._rows.indent(row, column, style.indent)
            date = shown_date(cell, styles)
            if date:
                self._rows.show(row, column, text, date)
        note = note_text(cell, styles)
        if note:
            self._rows.comment(row, column, note)
        self._merges += _merged(cell, row, column)

    def _usual_style(self, column: int) -> str | None:
        return next((name for last, name in self._usual if column <= last), None)


def _merged(cell: Element, row: int, column: int) -> Iterator[Area]:
    down, across = (
        _number(cell.get(f"{TABLE}number-{way}-spanned")) for way in ("rows", "columns")
    )
    if down > 1 or across > 1:
        yield Area(row, column, row + down - 1, column + across - 1)


def _repeats(element: Element, way: str) -> int:
    return _number(element.get(f"{TABLE}number-{way}-repeated"))


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1  # noqa: PLR2004
