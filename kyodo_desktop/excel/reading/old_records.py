"""The records of a workbook before 2007 (.xls), looked through before a library reads them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.damage import DamageError, TooLargeError
from kyodo_desktop.excel.reading.old_texts import struck_texts
from kyodo_desktop.excel.reading.record_facts import (
    ERRORS,
    BookFacts,
    CellFormat,
    SheetFacts,
    expect_room,
    styles_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGIN, _END, _PASSWORD = 0x0809, 0x000A, 0x002F
_SHEET, _FONT, _NUMBER_FORMAT, _CELL_FORMAT = 0x0085, 0x0031, 0x041E, 0x00E0
_ROW, _COLUMNS, _DIMENSIONS, _MULTIPLE = 0x0208, 0x007D, 0x0200, 0x00BD
_FORMULA, _BOOL_OR_ERROR, _SHARED = 0x0006, 0x0205, 0x00FD
_CELLS = {_FORMULA, 0x0203, 0x0204, 0x00D6, _BOOL_OR_ERROR, 0x027E, _SHARED}
_TEXTS, _MORE, _NOTE = 0x00FC, 0x003C, 0x001C
_IGNORED = 0x00FF  # of the kinds that say nothing of cells
_BIFF8 = 0x0600
_STRUCK, _ROW_HIDDEN, _COLUMN_HIDDEN = 0x08, 0x20, 0x01
_MOST_RECORDS = 6_000_000
_LONGEST_CODE = 255


class OldBook(NamedTuple):
    """The stream without what claims to be large, what is in it, and whether it is locked."""

    stream: bytes
    facts: BookFacts
    has_password: bool


class _Record(NamedTuple):
    kind: int
    at: int
    data: bytes


def old_book(stream: bytes) -> OldBook:
    """Look through all records. Raises DamageError and TooLargeError."""
    walk = _Walk(stream)
    places = walk.globals()
    if walk.has_password:
        return OldBook(stream, BookFacts((), ()), has_password=True)
    if len(set(places)) != len(places):
        raise DamageError  # a thousand sheets of one place would be read a thousand times
    sheets = tuple(walk.sheet(place) for place in places)
    expect_room(sheets)
    styles = styles_of(walk.cell_formats, walk.struck, walk.codes)
    pieces = struck_texts(walk.texts, walk.struck) if walk.struck else {}
    facts = BookFacts(sheets, styles, pieces)
    return OldBook(bytes(walk.stream), facts, has_password=False)


class _Walk:
    def __init__(self, stream: bytes) -> None:
        self.stream = bytearray(stream)
        self.has_password = False
        self.cell_formats: list[CellFormat] = []
        self.struck: set[int] = set()
        self.codes: dict[int, str] = {}
        self.texts: list[bytes] = []
        self._fonts = self._seen = 0
        self._is_new = True

    def globals(self) -> list[int]:
        """Read what is of all sheets; return where these begin."""
        places, is_text = [], False
        for kind, _, data in self._records(0):
            is_text = kind == _TEXTS or (is_text and kind == _MORE)
            if is_text:
                self.texts.append(data)
            elif kind == _SHEET:
                places.append(_number(data, 0, "<I"))
            elif kind == _PASSWORD:
                self.has_password = self.has_password or bool(_number(data, 0))
            elif kind == _BEGIN:
                self._is_new = _number(data, 0) == _BIFF8
            elif kind == _FONT:
                self._take_font(data)
            elif kind == _NUMBER_FORMAT:
                self._take_code(data)
            elif kind == _CELL_FORMAT:
                font, number = _number(data, 0), _number(data, 2)
                indent = data[8] & 0x0F if self._is_new and len(data) > 8 else 0  # noqa: PLR2004
                self.cell_formats.append(CellFormat(font, number, indent))
            elif kind == _END:
                break
        return places

    def sheet(self, place: int) -> SheetFacts:
        """Look through a sheet; the charts in it have cells of their own."""
        facts, depth = SheetFacts(), -1
        for kind, at, data in self._records(place):
            if kind == _BEGIN:
                depth += 1
            elif kind == _END and depth > 0:
                depth -= 1
            elif depth > 0:
                continue
            elif kind == _END:
                break
            elif kind == _DIMENSIONS:
                struct.pack_into("<H", self.stream, at, _IGNORED)
            else:
                _take(facts, kind, data)
            if kind == _SHARED and self.struck:
                facts.shared[_number(data, 0) + 1, _number(data, 2) + 1] = _number(data, 6, "<I")
        return facts

    def _records(self, at: int) -> Iterator[_Record]:
        while at + 4 <= len(self.stream):
            kind, length = struct.unpack_from("<HH", self.stream, at)
            data = bytes(self.stream[at + 4 : at + 4 + length])
            if len(data) < length:
                raise DamageError
            self._seen += 1
            if self._seen > _MOST_RECORDS:
                raise TooLargeError
            yield _Record(kind, at, data)
            at += 4 + length

    def _take_font(self, data: bytes) -> None:
        number = self._fonts + (self._fonts > 3)  # noqa: PLR2004  there is no fourth
        self._fonts += 1
        if _number(data, 2) & _STRUCK:
            self.struck.add(number)

    def _take_code(self, data: bytes) -> None:
        if self._is_new:
            is_wide, text = data[4:5] != b"\0", data[5:]
            code = text.decode("utf-16-le" if is_wide else "latin-1", "replace")
            code = code[: _number(data, 2)]
        else:
            code = data[3 : 3 + data[2]].decode("cp932", "replace") if len(data) > 2 else ""  # noqa: PLR2004
        self.codes[_number(data, 0)] = code[:_LONGEST_CODE]


def _take(facts: SheetFacts, kind: int, data: bytes) -> None:
    if kind in _CELLS:
        row, column, style = (_number(data, at) for at in (0, 2, 4))
        facts.see(row, column, style)
        error = _error(kind, data)
        if error is not None:
            facts.errors[row + 1, column + 1] = ERRORS.get(error, "#ERROR")
    elif kind == _MULTIPLE:
        row, first = _number(data, 0), _number(data, 2)
        for column, at in enumerate(range(4, len(data) - 2, 6), start=first):
            facts.see(row, column, _number(data, at))
    elif kind == _NOTE:
        facts.has_notes = True
    elif kind == _ROW and len(data) > 12 and data[12] & _ROW_HIDDEN:  # noqa: PLR2004
        facts.hidden_rows.add(_number(data, 0) + 1)
    elif kind == _COLUMNS and len(data) > 8 and data[8] & _COLUMN_HIDDEN:  # noqa: PLR2004
        facts.hidden_columns.append((_number(data, 0) + 1, _number(data, 2) + 1))


def _error(kind: int, data: bytes) -> int | None:
    """Return the number of the error that a cell has, or that its formula led to."""
    if kind == _BOOL_OR_ERROR and len(data) >= 8 and data[7]:  # noqa: PLR2004
        return data[6]
    if kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:  # noqa: PLR2004
        return data[8]
    return None


def _number(data: bytes, at: int, code: str = "<H") -> int:
    try:
        return int(struct.unpack_from(code, data, at)[0])
    except struct.error as error:
        raise DamageError from error
