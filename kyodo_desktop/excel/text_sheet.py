"""Sheets of wrapped texts that people type into: rows of cells on columns of given widths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.layout import set_widths
from kyodo_desktop.pages import looks, text_metrics, widths
from kyodo_desktop.pages.content import Cell
from kyodo_desktop.pages.laid import AIR, PADDING, SAFE_WIDTH, em_within, whole_pixels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain import field_types
    from kyodo_desktop.excel import styles, workbook

TALLEST_ROW = 409.5


class TableLayout(NamedTuple):
    """Widths of columns in points, and the letters in them."""

    widths: tuple[float, ...]
    size: float
    metrics: text_metrics.Metrics

    @property
    def line(self) -> float:
        """The height of one line in points."""
        return self.metrics.line * self.size

    def lines(self, text: str, column: int) -> list[str]:
        """Return the lines of a text in a column (counted from 0)."""
        return self.lines_across(text, self.widths[column])

    def lines_across(self, text: str, width: float) -> list[str]:
        """Return the lines of a text in a cell of that width in points."""
        return text_metrics.lines_of(text, self.metrics.advances, em_within(width, self.size))

    def height(self, text: str, column: int) -> float:
        """Return the height of a text in a column."""
        return self.height_of(len(self.lines(text, column)))

    def height_of(self, lines: int) -> float:
        """Return the height of a row with so many lines."""
        return whole_pixels(lines * self.line + AIR)

    def tallest(self, texts: Sequence[str]) -> float:
        """Return the height of a row with these texts in the columns after the headings."""
        most = max((len(self.lines(text, place)) for place, text in enumerate(texts)), default=1)
        return self.height_of(most)

    def height_across(self, text: str, width: float) -> float:
        """Return the height of a text in a cell of that width in points."""
        return self.height_of(len(self.lines_across(text, width)))

    def room_for_lines(self, height: float) -> int:
        """Return how many lines a row of that height can show, at least one."""
        return max(1, math.floor((height - AIR) / self.line))


def layout_of(
    ranges: Sequence[field_types.WidthRange],
    width: float,
    size: float,
    metrics: text_metrics.Metrics,
) -> TableLayout:
    """Divide a width in points among columns by their widths, for a text of that size."""
    shares = widths.shared(ranges, em_within(width, size, len(ranges)))
    return TableLayout(
        widths=tuple(share * size / SAFE_WIDTH + PADDING for share in shares),
        size=size,
        metrics=metrics,
    )


_PIECE = 180.0  # points of one row of a text that is too long for a single one


def _shortened(cell: Cell, start: int, stop: int) -> Cell:
    """Return the cell with a part of its text; its line end would be an empty line."""
    if isinstance(cell.value, int | float):
        return cell if start == 0 else cell._replace(value=None)
    if cell.text[start:stop].endswith("\n"):
        stop -= 1
    return cell._replace(value=cell.text[start:stop])


class TextSheet:
    """Writes rows of cells on columns whose widths are those of a layout."""

    def __init__(
        self, writer: workbook.SheetWriter, layout: TableLayout, book: styles.StyleBook, font: str
    ) -> None:
        self.height = 0.0  # points
        self.texts: list[str] = []  # of all cells
        self._writer = writer
        self._layout = layout
        self._book = book
        self._font = font
        set_widths(writer.sheet, layout.widths, font)
        writer.sheet.sheet_view.showGridLines = False

    def write_across(self, text: str, look: str) -> None:
        """Write one text across the whole width."""
        self.write(Cell(text, look, len(self._layout.widths)))

    def write_header(self, *cells: Cell, freeze: bool = True) -> None:
        """Write the row that each page repeats; rows above it scroll with it or not."""
        self.write(*cells)
        row, sheet = self._writer.row_number, self._writer.sheet
        sheet.print_title_rows = f"{row}:{row}"
        if freeze:
            sheet.freeze_panes = f"A{row + 1}"

    def write_group(self, label: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows beside one label in the first column."""
        top = self._writer.row_number + 1
        for row in rows:
            self.write(Cell(label if self._writer.row_number < top else None, looks.LABEL), *row)
        if self._writer.row_number >= top:
            self._writer.merge(top, 1, self._writer.row_number, 1)

    def write(self, *cells: Cell) -> None:
        """Write a row; one that would be taller than a row can be goes on in further ones."""
        lines = list(map(self._lines, cells, self._widths(cells)))
        most = max(map(len, lines))
        if self._height(cells, most) <= TALLEST_ROW:
            self._write(cells, self._height(cells, most))
            return
        room = self._layout.room_for_lines(_PIECE)
        for first in range(0, most, room):
            last = min(most, first + room)
            pieces = [_piece(*each, first, last) for each in zip(cells, lines, strict=True)]
            height = self._height(cells, last - first)
            self._write(pieces, height, top=first == 0, bottom=last == most)

    def finish(self) -> None:
        """Let what was written be printed."""
        self._writer.sheet.print_area = f"A1:{self._writer.last_cell}"

    def _write(
        self, cells: Sequence[Cell], height: float, *, top: bool = True, bottom: bool = True
    ) -> None:
        self.height += height
        self.texts += [cell.value for cell in cells if isinstance(cell.value, str)]
        values: list[workbook.Value] = []
        names: list[str] = []
        row = self._writer.row_number + 1
        for cell in cells:
            self._writer.merge(row, len(values) + 1, row, len(values) + cell.columns)
            name = self._book.name(cell.look, self._layout.size, top=top, bottom=bottom)
            values += [_value(cell), *[None] * (cell.columns - 1)]
            names += [name] * cell.columns
        blank = [None] * (len(self._layout.widths) - len(values))
        self._writer.row([*values, *blank], (*names, *blank), height)

    def _widths(self, cells: Sequence[Cell]) -> list[float]:
        widths = iter(self._layout.widths)
        return [sum(next(widths) for _ in range(cell.columns)) for cell in cells]

    def _lines(self, cell: Cell, width: float) -> list[str]:
        return self._layout.lines_across(cell.text, width / self._enlarged(cell))

    def _height(self, cells: Sequence[Cell], lines: int) -> float:
        return self._layout.height_of(lines) * max(map(self._enlarged, cells))

    def _enlarged(self, cell: Cell) -> float:
        return self._book.enlarged(cell.look, self._layout.size)


def _piece(cell: Cell, lines: list[str], first: int, last: int) -> Cell:
    """Return the cell with some of its lines, which joined are its text."""
    start = sum(map(len, lines[:first]))
    return _shortened(cell, start, start + sum(map(len, lines[first:last])))


def _value(cell: Cell) -> workbook.Value:
    assert not isinstance(cell.value, tuple), "nothing is marked in a form"
    return cell.value
