"""The texts of a workbook's sheets, hidden ones included."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.importing.grid import Book, Grid
from kyodo_desktop.excel.reading.opening import opened_workbook

if TYPE_CHECKING:
    from pathlib import Path


def book_of(path: Path) -> Book:
    """Read a workbook. Raises ReadingError."""
    with opened_workbook(path) as workbook:
        grids = tuple(
            Grid(
                sheet.title,
                tuple(tuple(map(_text, row)) for row in sheet.iter_rows(values_only=True)),
                hidden=sheet.sheet_state != "visible",
            )
            for sheet in workbook.worksheets
        )
    return Book(path.name, grids)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return str(value)
