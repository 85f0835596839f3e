"""The records of a binary workbook (.xlsb), looked through before a library reads them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import Area
from kyodo_desktop.excel.reading.damage import DamageError, TooLargeError
from kyodo_desktop.excel.reading.record_facts import ERRORS, CellFormat, SheetFacts, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.excel.reading.string_table import PiecedText

_ROW, _BLANK, _LAST_CELL = 0, 1, 11
_ERRORS, _SHARED = {3, 11}, 7
_SHARED_TEXT, _IS_PIECED = 19, 0x01
_COLUMNS, _MERGE, _BUNDLE = 60, 176, 156
_FONT, _NUMBER_FORMAT, _CELL_FORMAT = 43, 44, 47
_BEGIN_DATA, _END_DATA, _BEGIN_FORMATS, _END_FORMATS = 145, 146, 617, 618
_STRUCK, _ROW_HIDDEN, _COLUMN_HIDDEN = 0x08, 0x10, 0x01
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_MOST_RECORDS = 6_000_000
_LONGEST_WORD = 32_767


class Bundle(NamedTuple):
    """A sheet as the workbook lists it: the relation to its part, its name and its state."""

    relation: str
    name: str
    hidden: bool


class Styles(NamedTuple):
    """Fonts that strike out, formats of cells and of numbers."""

    struck: set[int]
    cell_formats: list[CellFormat]
    codes: dict[int, str]


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of each record. Raises DamageError and TooLargeError."""
    at = count = 0
    while at < len(part):
        kind, at = _variable(part, at, 2)
        length, at = _variable(part, at, 4)
        if at + length > len(part):
            raise DamageError
        count += 1
        if count > _MOST_RECORDS:
            raise TooLargeError
        yield kind, part[at : at + length]
        at += length


def expect_records(part: bytes) -> None:
    """Raise DamageError for a part that is no row of records, TooLargeError for a long one."""
    for _ in records(part):
        pass


def bundles(part: bytes) -> list[Bundle]:
    """Return the sheets that the part of the workbook lists."""
    found = []
    for kind, data in records(part):
        if kind == _BUNDLE:
            relation, at = _word(data, 8)
            name, _ = _word(data, at)
            found.append(Bundle(relation, name, bool(_number(data, 0))))
    return found


def styles_in(part: bytes) -> Styles:
    """Return what the part of the styles says of fonts and formats."""
    styles, is_inside, fonts = Styles(set(), [], {}), False, 0
    for kind, data in records(part):
        if kind == _FONT:
            if _number(data, 2, "<H") & _STRUCK:
                styles.struck.add(fonts)
            fonts += 1
        elif kind == _NUMBER_FORMAT:
            styles.codes[_number(data, 0, "<H")] = _word(data, 2)[0][:255]
        elif kind in {_BEGIN_FORMATS, _END_FORMATS}:
            is_inside = kind == _BEGIN_FORMATS
        elif kind == _CELL_FORMAT and is_inside:
            font, number, indent = _number(data, 4, "<H"), _number(data, 2, "<H"), data[11:12]
            styles.cell_formats.append(CellFormat(font, number, int.from_bytes(indent)))
    return styles


def struck_texts(part: bytes, struck: set[int]) -> dict[int, PiecedText]:
    """Return the shared texts in several fonts by their places, if any font strikes out."""
    found: dict[int, PiecedText] = {}
    if not struck:
        return found
    texts = (data for kind, data in records(part) if kind == _SHARED_TEXT)
    for place, data in enumerate(texts):
        if _number(data, 0, "<B") & _IS_PIECED:
            text, at = _word(data, 1)
            ends = range(at + 4, min(len(data) - 3, at + 4 + 4 * _number(data, at)), 4)
            runs = [(_number(data, end, "<H"), _number(data, end + 2, "<H")) for end in ends]
            found[place] = pieces_of(text.encode("utf-16-le", "surrogatepass"), runs, struck)
    return found


def sheet_facts(part: bytes, *, with_texts: bool) -> SheetFacts:
    """Look through a sheet; with its texts it is also noted where the shared ones are."""
    facts, is_inside, row = SheetFacts(), False, 0
    for kind, data in records(part):
        if kind in {_BEGIN_DATA, _END_DATA}:
            is_inside = kind == _BEGIN_DATA
        elif is_inside and kind == _ROW:
            row = _number(data, 0)
            if row > _LAST_ROW:
                raise DamageError
            if len(data) > 11 and data[11] & _ROW_HIDDEN:  # noqa: PLR2004
                facts.hidden_rows.add(row + 1)
        elif is_inside and _BLANK < kind <= _LAST_CELL:
            _take_cell(facts, kind, row, data)
            if kind == _SHARED and with_texts:
                facts.shared[row + 1, _number(data, 0) + 1] = _number(data, 8)
        elif kind == _COLUMNS and _number(data, 16, "<B") & _COLUMN_HIDDEN:
            facts.hidden_columns.append((_number(data, 0) + 1, _number(data, 4) + 1))
        elif kind == _MERGE:
            top, bottom, left, right = (_number(data, at) + 1 for at in (0, 4, 8, 12))
            facts.merges.append(Area(top, left, bottom, right))
    return facts


def _take_cell(facts: SheetFacts, kind: int, row: int, data: bytes) -> None:
    column, style = _number(data, 0), _number(data, 4) & 0xFFFFFF
    if column > _LAST_COLUMN:
        raise DamageError
    facts.see(row, column, style)
    if kind in _ERRORS:
        facts.errors[row + 1, column + 1] = ERRORS.get(_number(data, 8, "<B"), "#ERROR")


def _variable(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of one to so many bytes, seven bits in each; return also where it ends."""
    number = 0
    for place in range(most):
        if at >= len(part):
            raise DamageError
        byte = part[at]
        at += 1
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:  # noqa: PLR2004
            break
    return number, at


def _word(data: bytes, at: int) -> tuple[str, int]:
    length = _number(data, at)
    end = at + 4 + 2 * length
    if length > _LONGEST_WORD or end > len(data):
        raise DamageError
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _number(data: bytes, at: int, code: str = "<I") -> int:
    try:
        return int(struct.unpack_from(code, data, at)[0])
    except struct.error as error:
        raise DamageError from error
