"""Where the rows and the cells of a sheet stand in the bytes of its part."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from kyodo_desktop.domain.importing.grid import Area
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.merged_areas import column_number

_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_LARGEST = 10_000_000
_NO_WIDTH: float | None = None
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(r"""encoding\s*=\s*["'][^"']*["']""")


class CellSpan(NamedTuple):
    """A cell: `opened` ends its first tag, `kind` and `value` are as they stand in the file."""

    column: int
    start: int
    opened: int
    end: int
    style: int
    kind: str
    value: str
    has_formula: bool
    is_rich: bool


class RowSpan(NamedTuple):
    """A row: `opened` ends its first tag, `closing` begins its last; both are one tag when empty.

    `height` is in points, or nothing where Excel finds it by itself.
    """

    number: int
    start: int
    opened: int
    closing: int
    end: int
    height: float | None
    style: int | None
    cells: tuple[CellSpan, ...]

    @property
    def is_single_tag(self) -> bool:
        """Tell whether it is written as `<row/>`."""
        return self.opened == self.end


class ColumnSpan(NamedTuple):
    """Columns with one width (in characters) and one style; both ends are included."""

    first: int
    last: int
    width: float | None
    style: int


class SheetMap(NamedTuple):
    """A sheet. `rows` are those with cells that were asked for and, without cells, all others.

    `prefix` begins the names of tags. `arrays` are areas of one formula. `calculates` is the
    place for a demand to calculate anew, and whether there is one already.
    """

    content: bytes
    prefix: bytes
    rows: tuple[RowSpan, ...]
    columns: tuple[ColumnSpan, ...]
    arrays: tuple[Area, ...]
    rows_end: int
    rows_single_tag: bool
    calculates: tuple[int, bool]
    default_height: float
    default_width: float | None
    is_protected: bool


def areas_in(content: bytes) -> list[Area]:
    """Return the merged areas of a sheet as they are."""
    found = re.findall(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([^\"']+)[\"']", content)
    return [area for each in found if (area := _area(each.decode("ascii", "replace")))]


def as_utf8(content: bytes) -> bytes:
    """Return a part in the one encoding that is edited. Raises DamageError."""
    if content.startswith(_UTF16):
        text = content.decode("utf-16")
        return _ENCODING.sub('encoding="UTF-8"', text, count=1).encode()
    head = content[:200].partition(b"?>")[0].lower()
    if b"encoding" in head and not re.search(rb"encoding\s*=\s*[\"'](?:utf-8|us-ascii)", head):
        raise DamageError
    return content


def sheet_map(content: bytes, wanted: set[int]) -> SheetMap:
    """Find the rows of a sheet and the cells of the wanted ones. Raises DamageError."""
    scan = _Scan(content, wanted)
    try:
        scan.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise DamageError from error
    return scan.found()


class _Scan:
    def __init__(self, content: bytes, wanted: set[int]) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        self._content, self._wanted = content, wanted
        self._space, self._root_at = "", 0
        self._rows: list[RowSpan] = []
        self._columns: list[ColumnSpan] = []
        self._arrays: list[Area] = []
        self._row: tuple[int, int, int, dict[str, str]] | None = None
        self._number = self._column = 0
        self._cells: list[CellSpan] = []
        self._cell: tuple[int, int, int, dict[str, str]] | None = None
        self._value: list[str] | None = None
        self._texts: list[str] = []
        self._has_formula = self._is_rich = False
        self._rows_end, self._rows_single, self._data_at = -1, False, 0
        self._calculates = (-1, False)
        self._height, self._width = 15.0, _NO_WIDTH
        self._protected = False

    def found(self) -> SheetMap:
        if self._rows_end < 0:
            raise DamageError
        at = self._content.find(b"<", self._root_at)
        name = re.match(rb"<([^\s/>]*?:)?worksheet", self._content[at : at + 200])
        if name is None:
            raise DamageError
        return SheetMap(
            content=self._content,
            prefix=name[1] or b"",
            rows=tuple(self._rows),
            columns=tuple(self._columns),
            arrays=tuple(self._arrays),
            rows_end=self._rows_end,
            rows_single_tag=self._rows_single,
            calculates=self._calculates,
            default_height=self._height,
            default_width=self._width,
            is_protected=self._protected,
        )

    def _begin(self, name: str, given: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        space, _, tag = name.rpartition("}")
        if not self._space:
            self._space, self._root_at = space, at
        if space != self._space:
            return
        if tag == "row":
            number = given.get("r")
            self._number = self._number + 1 if number is None else int(_number(number) or 0)
            self._row = (self._number, at, self._tag_end(at), given)
            self._cells, self._column = [], 0
        elif self._row is not None:
            self._begin_in_row(tag, at, given)
        elif tag == "col":
            self._take_columns(given)
        elif tag == "sheetFormatPr":
            self._height = _number(given.get("defaultRowHeight")) or self._height
            self._width = _number(given.get("defaultColWidth"))
        elif tag == "sheetData":
            self._data_at = at
        elif tag == "sheetCalcPr":
            self._calculates = (at, True)
        elif tag == "sheetProtection":
            self._protected = given.get("sheet", "0") in {"1", "true"}

    def _begin_in_row(self, tag: str, at: int, given: dict[str, str]) -> None:
        if tag == "c":
            match = _CELL.match(given.get("r", ""))
            self._column = column_number(match[1]) if match else self._column + 1
            self._has_formula = self._is_rich = False
            self._texts = []
            self._cell = (self._column, at, self._tag_end(at), given)
        elif tag == "f":
            self._has_formula = True
            if given.get("t") in {"array", "dataTable"} and (area := _area(given.get("ref", ""))):
                self._arrays.append(area)
        elif tag == "r":
            self._is_rich = True
        elif tag in {"v", "t"} and self._number in self._wanted:
            self.parser.CharacterDataHandler = self._texts.append

    def _end(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        space, _, tag = name.rpartition("}")
        if space != self._space:
            return
        if tag in {"v", "t"}:
            self.parser.CharacterDataHandler = None
        elif tag == "c" and self._cell is not None:
            self._take_cell(at)
        elif tag == "row" and self._row is not None:
            self._take_row(at)
        elif tag == "sheetData":
            opened = self._tag_end(self._data_at)
            self._rows_single = self._is_single(opened)
            self._rows_end = self._data_at if self._rows_single else at
            self._calculates = (opened if self._rows_single else self._tag_end(at), False)

    def _take_cell(self, at: int) -> None:
        assert self._cell is not None
        column, start, opened, given = self._cell
        self._cell = None
        if self._number not in self._wanted:
            return
        self._cells.append(
            CellSpan(
                column=column,
                start=start,
                opened=opened,
                end=opened if self._is_single(opened) else self._tag_end(at),
                style=_whole(given.get("s")) or 0,
                kind=given.get("t", "n"),
                value="".join(self._texts).strip(),
                has_formula=self._has_formula,
                is_rich=self._is_rich,
            )
        )

    def _take_row(self, at: int) -> None:
        assert self._row is not None
        number, start, opened, given = self._row
        self._row = None
        styled = given.get("customFormat") in {"1", "true"}
        self._rows.append(
            RowSpan(
                number=number,
                start=start,
                opened=opened,
                closing=at,
                end=opened if self._is_single(opened) else self._tag_end(at),
                height=_number(given.get("ht")),
                style=_whole(given.get("s")) if styled else None,
                cells=tuple(self._cells),
            )
        )

    def _take_columns(self, given: dict[str, str]) -> None:
        is_hidden = given.get("hidden") in {"1", "true"}
        self._columns.append(
            ColumnSpan(
                _whole(given.get("min")) or 0,
                _whole(given.get("max")) or 0,
                None if is_hidden else _number(given.get("width")),
                _whole(given.get("style")) or 0,
            )
        )

    def _is_single(self, opened: int) -> bool:
        """Tell whether the tag that ends here is `<c/>`; expat ends that here or there."""
        return self._content[opened - 2 : opened] == b"/>"

    def _tag_end(self, at: int) -> int:
        found = _TAG.match(self._content, at)
        if found is None:
            raise DamageError
        return found.end()


def _area(reference: str) -> Area | None:
    cells = _CELL.findall(reference)
    if not cells:
        return None
    (left, top), (right, bottom) = cells[0], cells[-1]
    return Area(int(top), column_number(left), int(bottom), column_number(right))


def _number(text: str | None) -> float | None:
    """Return a number that is one, and of a size that a sheet can have."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if 0 < found < _LARGEST else None


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004
