"""Reads the part of a workbook that is one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import CellPlace, Grid, Unread
from kyodo_desktop.excel.reading.cell_values import CellReader, Unreadable
from kyodo_desktop.excel.reading.damage import DamageError, TooLargeError
from kyodo_desktop.excel.reading.merged_areas import areas, column_number
from kyodo_desktop.excel.reading.string_table import Struck

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from kyodo_desktop.excel.reading.cell_styles import CellStyle
    from kyodo_desktop.excel.reading.room import Room
    from kyodo_desktop.excel.reading.string_table import PiecedText
    from kyodo_desktop.excel.reading.xml_part import XmlPart

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_LISTED = 1_000  # cells that could not be read
_MOST_OTHERS = 1_000_000
_INSIDE = ("c", "v", "f", "is", "t", "r", "rPr", "strike")
_YES = {"1", "true"}
_BACK = "取り込むときは、もとの表で取り消し線を外して、読み取り直してください。"
_STRUCK_PART = "取り消し線の引かれた部分です。残りだけを読み取りました。" + _BACK
_STRUCK_CELL = "取り消し線が引かれているため、読み取っていません。" + _BACK
_STRUCK_ROW = "行全体に取り消し線が引かれているため、この行は読み取っていません。" + _BACK


class Texts(NamedTuple):
    """What a workbook keeps for all its sheets."""

    strings: Sequence[str | PiecedText]
    styles: Sequence[CellStyle]


class SheetRows:
    """Gathers the rows of a sheet."""

    def __init__(self, name: str, texts: Texts, room: Room, part: XmlPart) -> None:
        self._name = name
        self._room = room
        self._part = part
        self._cells = CellReader(texts.strings, texts.styles, part.namespace)
        self._cell_tag = f"{part.namespace}c"
        self._columns: dict[str, int] = {}
        self._rows: list[tuple[str, ...]] = []
        self._row = 0
        self._indents: dict[tuple[int, int], int] = {}
        self._hidden: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._struck: dict[tuple[int, int], str] = {}
        self._unread: list[Unread] = []
        self._unlisted = 0

    def grid(self, *, hidden: bool) -> Grid:
        """Read all rows. Empty ones at the end are left out."""
        references = self._read()
        last = len(self._rows)
        merges = tuple(areas(references, self._rows))
        return Grid(
            self._name,
            tuple(self._rows),
            merges,
            self._indents,
            frozenset(row for row in self._hidden if row <= last),
            tuple(self._listed()),
            hidden,
            hidden_columns=frozenset(self._columns_hidden()),
            struck=self._struck,
        )

    def _columns_hidden(self) -> Iterator[int]:
        width = max(map(len, self._rows), default=0)
        for first, last in self._hidden_columns:
            yield from range(max(1, first), min(last, width) + 1)

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
                    edges = (_whole(element.get(edge, "0")) for edge in ("min", "max"))
                    self._hidden_columns.append((next(edges), next(edges)))
            element.clear()
            part.settle()
        return references

    def _take_row(self, element: Element) -> None:
        number = element.get("r")
        self._row = self._row + 1 if number is None else _whole(number)
        if not 0 < self._row <= _LAST_ROW:
            raise DamageError
        if element.get("hidden") in _YES:
            self._hidden.add(self._row)
        cells = self._row_cells(element)
        if cells:
            self._put(tuple(cells))

    def _put(self, cells: tuple[str, ...]) -> None:
        """Put a row in its place; a row that comes twice is one."""
        self._room.take(cells)
        gap = self._row - len(self._rows) - 1
        if gap < 0:
            before = self._rows[self._row - 1]
            longer = max(len(before), len(cells))
            old, new = (each + ("",) * (longer - len(each)) for each in (before, cells))
            self._rows[self._row - 1] = tuple(b or a for a, b in zip(old, new, strict=True))
            return
        if gap:
            self._rows.extend(((),) * gap)
        self._rows.append(cells)

    def _row_cells(self, element: Element) -> list[str]:
        cells: list[str] = []
        struck: dict[int, Struck] = {}
        column = 0
        reader = self._cells
        for cell in element:
            if cell.tag != self._cell_tag:
                continue
            column = self._column(cell.get("r"), column)
            style = reader.style(cell)
            text = reader.text(cell, style)
            if not text:
                continue
            if isinstance(text, Unreadable):
                self._list(column, text)
                continue
            if isinstance(text, Struck):
                struck[column] = text
                text = text.text
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
                self._indents[self._row, column] = style.indent
        if struck:
            self._tell_struck(struck, is_whole_row=not any(cells))
        return cells

    def _tell_struck(self, struck: dict[int, Struck], *, is_whole_row: bool) -> None:
        self._struck |= {(self._row, column): each.gone for column, each in struck.items()}
        if is_whole_row and len(struck) > 1:
            row = "　".join(each.gone for each in struck.values())
            self._list(min(struck), Unreadable(row, _STRUCK_ROW))
            return
        for column, each in struck.items():
            reason = _STRUCK_PART if each.text else _STRUCK_CELL
            self._list(column, Unreadable(each.gone, reason))

    def _column(self, reference: str | None, before: int) -> int:
        if reference is None:
            column = before + 1
        else:
            letters = reference.rstrip("0123456789").replace("$", "")
            column = self._columns.get(letters, 0)
            if not column:
                column = column_number(letters.upper()) if _is_column(letters) else 0
                self._columns[letters] = column
        if not 0 < column <= _LAST_COLUMN:
            raise DamageError
        return column

    def _list(self, column: int, cell: Unreadable) -> None:
        if len(self._unread) <= _MOST_LISTED:
            place = CellPlace(self._name, self._row, column)
            self._unread.append(Unread(place, cell.text, cell.reason))
        else:
            self._unlisted += 1

    def _listed(self) -> list[Unread]:
        """Return the first cells that could not be read, the last of them for all others."""
        if not self._unlisted:
            return self._unread
        *first, last = self._unread
        reason = f"ここから先に、読み取れないセルがさらに{self._unlisted + 1:,}個あります。"
        return [*first, Unread(last.place, "", reason)]


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
