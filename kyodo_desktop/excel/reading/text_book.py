"""Reads a CSV or a テキスト版 as a book of one sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.date_numbers import dates_in, meant_numbers
from kyodo_desktop.domain.importing.grid import Book, CellPlace, Grid, Unread
from kyodo_desktop.excel.reading.aligned import aligned_rows
from kyodo_desktop.excel.reading.damage import TooLargeError
from kyodo_desktop.excel.reading.delimited import delimited_rows, sign_of
from kyodo_desktop.excel.reading.refusals import LOST_MARKS, refusal
from kyodo_desktop.excel.reading.string_table import visible
from kyodo_desktop.excel.reading.text_decoding import decoded, is_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.job_control import JobControl

_LARGEST = 64 * 1024 * 1024
_MOST_CELLS, _MOST_LISTED = 3_000_000, 10_000
_STEP = 1_000  # rows between two reports
_NO_TEXT = (
    "文字として読めません。Excelで開けるときは、「名前を付けて保存」で「CSV UTF-8」か"
    "「Excel ブック (*.xlsx)」にして、そのファイルを選んでください。"
)
_LOST_MARK = re.compile(r"(?m)^\s*\?+(?!\s*[)）」])|(?<=[\s　、，/／・(（])\?(?=\s*[：:＝=])")
_LOST = "読めない文字（�）があります。もとのファイルで確かめてください。"


def text_book(name: str, suffix: str, content: bytes, control: JobControl) -> Book:
    """Read a text in any encoding of Japanese. Raises ReadingError."""
    if len(content) > _LARGEST:
        raise TooLargeError
    text = decoded(content)
    if text is None:
        raise refusal(name, _NO_TEXT)
    control.begin(2)
    rows = _rows(text, suffix)
    control.advance(1)
    cells = _trimmed(rows, control)
    control.advance(1)
    unread = list(_lost(cells)) if "\ufffd" in text else []
    if "?" in text and not is_unicode(content):
        unread += _lost_marks(cells)
    unread += _numbers(cells)
    return Book(name, (Grid("", tuple(cells), unread=tuple(unread)),))


def has_columns(content: bytes) -> bool:
    """Tell whether a file of any other name is a text whose columns a sign parts."""
    text = decoded(content) if len(content) <= _LARGEST else None
    return text is not None and sign_of(text) is not None


def _rows(text: str, suffix: str) -> Iterable[list[str]]:
    sign = "\t" if suffix != ".csv" and "\t" in text else sign_of(text)
    if sign is None and suffix == ".csv":
        sign = ","
    if sign is None:
        return aligned_rows(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return delimited_rows(text, sign)


def _trimmed(rows: Iterable[list[str]], control: JobControl) -> list[tuple[str, ...]]:
    """Cut empty cells at the ends of rows, and empty rows at the end."""
    kept: list[tuple[str, ...]] = []
    count = last = 0
    for number, row in enumerate(rows, start=1):
        if number % _STEP == 0:
            control.advance(0)
        end = len(row)
        while end and not row[end - 1]:
            end -= 1
        count += end
        if count > _MOST_CELLS:
            raise TooLargeError
        kept.append(tuple(visible(cell) for cell in row[:end]))
        last = number if end else last
    return kept[:last]


def _lost(rows: Iterable[tuple[str, ...]]) -> Iterator[Unread]:
    found = 0
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            if "\ufffd" in text and found < _MOST_LISTED:
                found += 1
                yield Unread(CellPlace("", row, column), text, _LOST)


def _lost_marks(rows: list[tuple[str, ...]]) -> Iterator[Unread]:
    """Yield where a mark is lost, which the code of old Windows has not; a ? is no mark."""
    found = 0
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if "?" in text and _LOST_MARK.search(text) and found < _MOST_LISTED:
                found += 1
                if set(text.strip()) == {"?"}:
                    rows[row] = (*rows[row][:column], "", *rows[row][column + 1 :])
                yield Unread(CellPlace("", row + 1, column + 1), text, LOST_MARKS)


def _numbers(rows: list[tuple[str, ...]]) -> Iterator[Unread]:
    """Yield the dates that Excel made of numbers; put the numbers in their place."""
    for each in list(meant_numbers(rows, dates_in(rows))):
        cells = list(rows[each.row - 1])
        cells[each.column - 1] = each.number
        rows[each.row - 1] = tuple(cells)
        yield Unread(CellPlace("", each.row, each.column), each.shown, each.reason)
