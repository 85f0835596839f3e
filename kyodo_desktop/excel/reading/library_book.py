"""Takes the values of .xls and .xlsb out of a file through a library.

It is given a file made anew of the parts that were seen, so nothing else in it can mislead it.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Area, Book, CellPlace, Grid, Unread
from kyodo_desktop.excel.reading import refusals
from kyodo_desktop.excel.reading.cell_values import ERROR, NO_DATE, Unreadable
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.room import Room
from kyodo_desktop.excel.reading.row_gathering import RowGathering, add_cell
from kyodo_desktop.excel.reading.string_table import Struck, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.cell_styles import CellStyle
    from kyodo_desktop.excel.reading.record_facts import BookFacts, SheetFacts

_NOT_SEEN = (
    "セルにコメント（メモ）があります。この形式（.xls、.xlsb）では、その中身は分かりません。"
    "要るときは、Excelで「Excel ブック (*.xlsx)」にして保存し直し、そのファイルを選んでください。"
)
_EPOCH, _FICTION = datetime(1899, 12, 30), 61
_STANDARD_ERROR = 2
_ONE_AT_A_TIME = Lock()


def library_book(name: str, content: bytes, facts: BookFacts, control: JobControl) -> Book:
    """Read all sheets of a file that was looked through. Raises ReadingError, DamageError."""
    with _opened(content) as workbook:
        return _book(name, workbook, facts, control)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let the library's panics, which it prints itself, go nowhere."""
    with _ONE_AT_A_TIME:
        try:
            kept = os.dup(_STANDARD_ERROR)
        except OSError:  # a program with a window has none
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, _STANDARD_ERROR)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, _STANDARD_ERROR)
            os.close(kept)


@contextmanager
def _opened(content: bytes) -> Iterator[CalamineWorkbook]:
    """Open what the library reads; its errors, and its panics, are damage of the file."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with _quiet(), CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
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
    if any(facts.sheets[place].has_notes for place, _ in listed):
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
            pieces = self._book.pieces.get(self._facts.shared.get((row, column), -1))
            read: str | Struck | Unreadable
            if error:
                read = Unreadable(error, ERROR)
            elif pieces:
                read = pieces.shown(cell_is_struck=style.struck)
            else:
                read = _shown(value, style)
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
