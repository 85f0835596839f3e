"""A workbook in which people change cells, loaded once for many tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path


class Book:
    """A sheet of a workbook: cells by row and heading, which Excel saves again.

    Loading one takes as long as all the rest of a test; so what was changed is put back when
    it is saved, for the next test.
    """

    def __init__(self, path: Path, sheet: str = "データ") -> None:
        self.workbook = load_workbook(path)
        self.sheet = self.workbook[sheet]
        self._before: list[tuple[Any, Any]] = []

    def set(self, row: int, heading: str, value: object) -> None:
        headings = [cell.value for cell in self.sheet[1]]
        cell = self.sheet.cell(row, headings.index(heading) + 1)
        self._before.append((cell, cell.value))
        cell.value = value

    def save(self, path: Path) -> None:
        self.workbook.save(path)
        while self._before:
            cell, value = self._before.pop()
            cell.value = value
