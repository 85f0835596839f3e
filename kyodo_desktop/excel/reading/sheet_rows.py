"""Reads the part of a workbook that is one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.cell_values import CellReader
from kyodo_desktop.excel.reading.damage import DamageError, TooLargeError
from kyodo_desktop.excel.reading.merged_areas import areas_of, column_number
from kyodo_desktop.excel.reading.row_gathering import LAST_COLUMN, LAST_ROW, RowGathering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from kyodo_desktop.domain.importing.grid import Grid
    from kyodo_desktop.excel.reading.cell_styles import CellStyle
    from kyodo_desktop.excel.reading.room import Room
    from kyodo_desktop.excel.reading.string_table import PiecedText
    from kyodo_desktop.excel.reading.xml_part import XmlPart

_MOST_OTHERS = 1_000_000
_INSIDE = ("c", "v", "f", "is", "t", "r", "rPr", "strike")
_YES = {"1", "true"}


class Texts(NamedTuple):
    """What a workbook keeps for all its sheets."""

    strings: Sequence[str | PiecedText]
    styles: Sequence[CellStyle]


class SheetRows:
    """Gathers the rows of a sheet."""

    def __init__(self, texts: Texts, room: Room, part: XmlPart) -> None:
        self._part = part
        self._rows = RowGathering(room)
        self._cells = CellReader(texts.strings, texts.styles, part.namespace)
        self._cell_tag = f"{part.namespace}c"
        self._columns: dict[str, int] = {}
        self._row = 0

    def grid(self, name: str, *, hidden: bool) -> Grid:
        """Read all rows. Empty ones at the end are left out."""
        references = self._read()
        return self._rows.grid(name, areas_of(references), hidden=hidden)

    def _read(self) -> list[str]:
        part, references, others = self._part, [], 0
        inside = frozenset(part.namespace + tag for tag in _INSIDE)
        row, merge, column = (part.namespace + tag for tag in ("row", "mergeCell", "col"))
        for element in part.elements(without_empty_cells=True):
            tag = element.tag
            if tag in inside:
                continue
            if tag == row:
                self._take_row(element)
            else:
                others += 1
                if others > _MOST_OTHERS:
                    raise TooLargeError
                if tag == merge:
                    references.append(element.get("ref", ""))
                elif tag == column and element.get("hidden") in _YES:
                    first, last = (_whole(element.get(edge, "0")) for edge in ("min", "max"))
                    self._rows.hide_columns(first, last)
            element.clear()
            part.settle()
        return references

    def _take_row(self, element: Element) -> None:
        number = element.get("r")
        self._row = self._row + 1 if number is None else _whole(number)
        if not 0 < self._row <= LAST_ROW:
            raise DamageError
        if element.get("hidden") in _YES:
            self._rows.hide_rows(self._row, self._row)
        self._rows.put(self._row, self._row_cells(element))

    def _row_cells(self, element: Element) -> list[str]:
        cells: list[str] = []
        column = 0
        reader = self._cells
        for cell in element:
            if cell.tag != self._cell_tag:
                continue
            column = self._column(cell.get("r"), column)
            style = reader.style(cell)
            text = reader.text(cell, style)
            if not isinstance(text, str):
                text = self._rows.kept(self._row, column, text)
            if not text:
                continue
            gap = column - len(cells) - 1
            if gap < 0:
                cells[column - 1] = text
            else:
                if gap:
                    cells.extend([""] * gap)
                cells.append(text)
            if style.indent:
                self._rows.indent(self._row, column, style.indent)
            if style.dated and cell.get("t", "n") == "n":
                self._rows.show(self._row, column, text, style.dated(text))
        return cells

    def _column(self, reference: str | None, before: int) -> int:
        if reference is None:
            column = before + 1
        else:
            letters = reference.rstrip("0123456789").replace("$", "")
            column = self._columns.get(letters, 0)
            if not column:
                column = column_number(letters.upper()) if _is_column(letters) else 0
                self._columns[letters] = column
        if not 0 < column <= LAST_COLUMN:
            raise DamageError
        return column


def _is_column(letters: str) -> bool:
    return letters.isascii() and letters.isalpha() and len(letters) <= 3  # noqa: PLR2004


def _whole(text: str) -> int:
    """Return a row's number, which some programs write as 1.0."""
    try:
        number = float(text)
    except ValueError:
        raise DamageError from None
    if not number.is_integer():
        raise DamageError
    return int(number)
