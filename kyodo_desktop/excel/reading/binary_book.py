"""Reads .xls and .xlsb, whose values a library takes out of what was looked through before.

It is given a file made anew of the parts that were seen, so nothing else in it can mislead it.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from kyodo_desktop.domain.importing.grid import Area, Book, CellPlace, Grid, Unread
from kyodo_desktop.excel.reading import refusals
from kyodo_desktop.excel.reading.binary_records import (
    bundles,
    expect_records,
    sheet_facts,
    styles_in,
)
from kyodo_desktop.excel.reading.cell_values import ERROR, NO_DATE, Unreadable
from kyodo_desktop.excel.reading.compound_file import CompoundFile, compound_file_of
from kyodo_desktop.excel.reading.damage import DamageError, TooLargeError
from kyodo_desktop.excel.reading.old_records import old_book
from kyodo_desktop.excel.reading.record_facts import (
    BookFacts,
    SheetFacts,
    expect_room,
    styles_of,
)
from kyodo_desktop.excel.reading.room import Room
from kyodo_desktop.excel.reading.row_gathering import RowGathering, add_cell
from kyodo_desktop.excel.reading.string_table import Struck, visible
from kyodo_desktop.excel.reading.workbook_map import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.cell_styles import CellStyle
    from kyodo_desktop.excel.reading.package import Package

_BOOK, _STRINGS, _STYLES = "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_LARGEST = 200 * 1024 * 1024  # of the parts that are read, unpacked
_NOT_SEEN = (
    "この形式（.xls、.xlsb）では、セルの中の一部の文字に引かれた取り消し線と、コメントは"
    "分かりません。使われているときは、Excelで「Excel ブック (*.xlsx)」にして保存し直し、"
    "そのファイルを選んでください。"
)
_EPOCH, _FICTION = datetime(1899, 12, 30), 61
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def old_workbook_book(name: str, content: bytes, control: JobControl) -> Book:
    """Read all sheets of a workbook before 2007. Raises ReadingError, or DamageError."""
    try:
        stream = CompoundFile(content).stream("Workbook", "Book")
    except DamageError:
        stream = None
    if stream is None:
        raise refusals.refusal(name, refusals.in_old_container(content))
    seen = old_book(stream)
    if seen.has_password:
        raise refusals.refusal(name, refusals.PASSWORD)
    with _opened(compound_file_of(seen.stream)) as workbook:
        return _book(name, workbook, seen.facts, control)


def binary_workbook_book(name: str, package: Package, control: JobControl) -> Book:
    """Read all sheets of a binary workbook. Raises ReadingError, DamageError, TooLargeError."""
    content, facts = _looked_through(package, control)
    with _opened(content) as workbook:
        return _book(name, workbook, facts, control)


def _looked_through(package: Package, control: JobControl) -> tuple[bytes, BookFacts]:
    """Return a package of the parts that hold values, and what is known of them."""
    targets = targets_of(package, _BOOK, control)
    one = {kind: path for kind, path in targets.values() if kind in {"sharedStrings", "styles"}}
    parts = {_BOOK: _part(package, _BOOK, {})}
    for kind, path in (("sharedStrings", _STRINGS), ("styles", _STYLES)):
        if kind in one:
            parts[path] = _part(package, one[kind], parts)
    sheets, related = [], []
    for place, each in enumerate(bundles(parts[_BOOK])):
        kind, path = targets.get(each.relation, ("", ""))
        folder = "worksheets" if kind == "worksheet" else "chartsheets"
        related.append((each.relation, f"{folder}/{place}.bin"))
        if kind == "worksheet":
            part = parts[f"xl/{folder}/{place}.bin"] = _part(package, path, parts)
            sheets.append(sheet_facts(part))
        else:
            sheets.append(SheetFacts())
    expect_room(sheets)
    expect_records(parts.get(_STRINGS, b""))
    font, formats, codes = styles_in(parts.get(_STYLES, b""))
    return _package_of(parts, related), BookFacts(tuple(sheets), styles_of(formats, font, codes))


def _part(package: Package, path: str, others: dict[str, bytes]) -> bytes:
    if sum(map(len, others.values())) + package.size(path) > _LARGEST:
        raise TooLargeError
    return package.read(path)


def _package_of(parts: dict[str, bytes], related: Sequence[tuple[str, str]]) -> bytes:
    relations = "".join(
        f'<Relationship Id={quoteattr(relation)} Type="{_RELATION}/worksheet" Target="{target}"/>'
        for relation, target in related
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"></Types>'
        )
        archive.writestr(
            _RELATIONS,
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
        for path, part in parts.items():
            archive.writestr(path, part)
    return file.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[CalamineWorkbook]:
    """Open what the library reads; its errors, and its panics, are damage of the file."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            yield workbook
    except (CalamineError, OSError) as error:  # OSError: what it reads ends too early
        raise DamageError from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise DamageError from error  # a panic is no Exception


def _book(name: str, workbook: CalamineWorkbook, facts: BookFacts, control: JobControl) -> Book:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    listed = [
        (place, each)
        for place, each in enumerate(workbook.sheets_metadata)
        if each.typ == SheetTypeEnum.WorkSheet
    ]
    if not listed or len(facts.sheets) != len(workbook.sheets_metadata):
        raise refusals.refusal(name, refusals.NO_SHEETS)
    control.begin(len(listed))
    room, grids = Room(), []
    for place, each in listed:
        sheet = _SheetValues(facts.sheets[place], facts, room)
        hidden = each.visible != SheetVisibleEnum.Visible
        grids.append(sheet.grid(workbook.get_sheet_by_index(place), hidden=hidden))
        control.advance(1)
    unseen = Unread(CellPlace("", 0, 0), "", _NOT_SEEN)
    grids[0] = grids[0]._replace(unread=(*grids[0].unread, unseen))
    return Book(name, tuple(grids))


class _SheetValues:
    """Puts the values of a sheet and what was seen of it together."""

    def __init__(self, facts: SheetFacts, book: BookFacts, room: Room) -> None:
        self._facts = facts
        self._book = book
        self._rows = RowGathering(room)

    def grid(self, sheet: CalamineSheet, *, hidden: bool) -> Grid:
        """Return the sheet. Raises DamageError and TooLargeError."""
        first, left = sheet.start or (0, 0)
        for row, values in enumerate(sheet.to_python(), start=first + 1):
            self._rows.put(row, self._cells(row, left, values))
        for row in self._facts.hidden_rows:
            self._rows.hide_rows(row, row)
        for ends in self._facts.hidden_columns:
            self._rows.hide_columns(*ends)
        merged = [
            Area(top + 1, start + 1, bottom + 1, end + 1)
            for (top, start), (bottom, end) in sheet.merged_cell_ranges or ()
        ]
        return self._rows.grid(sheet.name, merged or self._facts.merges, hidden=hidden)

    def _cells(self, row: int, left: int, values: Sequence[object]) -> list[str]:
        cells: list[str] = []
        for column, value in enumerate(values, start=left + 1):
            error = self._facts.errors.get((row, column))
            if value == "" and error is None:
                continue
            style = self._book.style(self._facts.formats.get((row, column), 0))
            read = Unreadable(error, ERROR) if error else _shown(value, style)
            text = read if isinstance(read, str) else self._rows.kept(row, column, read)
            if text:
                add_cell(cells, column, text)
                if style.indent:
                    self._rows.indent(row, column, style.indent)
                if style.dated:
                    self._rows.show(row, column, text, style.dated(text))
        return cells


def _shown(value: object, style: CellStyle) -> str | Struck | Unreadable:
    """Return the text that a sheet shows for a value."""
    text = _text(value, style)
    if text is None:
        return Unreadable(str(value), NO_DATE)
    return Struck("", text) if style.struck and text else text


def _text(value: object, style: CellStyle) -> str | None:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return style.shown(repr(value))
    return style.shown(repr(_serial(value))) if style.dated else _plain(value)


def _serial(value: object) -> float:
    """Return the number that a workbook has for a moment or a length of time."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    elif isinstance(value, datetime):
        value -= _EPOCH
    elif isinstance(value, date):
        value = datetime(value.year, value.month, value.day) - _EPOCH
        if value.days < _FICTION:
            value -= timedelta(days=1)
    return value / timedelta(days=1) if isinstance(value, timedelta) else 0.0


def _plain(value: object) -> str:
    """Return the text of a moment whose format is not known."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat(" ")[:16] if isinstance(value, datetime) else str(value)
