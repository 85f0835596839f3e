"""Sheets of wrapped texts: each row is as high as its longest text needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel import styles
from kyodo_desktop.excel.cell_text import RichText, sliced
from kyodo_desktop.excel.column_widths import set_widths
from kyodo_desktop.excel.paper import PAGES, TALLEST_ROW, set_up
from kyodo_desktop.excel.report_heading import as_of, report_title
from kyodo_desktop.excel.table_layout import list_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.sheet_writer import SheetWriter, Value
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.table_layout import TableLayout

_PIECE = 180.0  # points of one row of a text that is too long for a single one


class Cell(NamedTuple):
    """A text, plain or in runs, or a number, across one or several columns."""

    value: str | Segments | int | None
    look: str = styles.BODY
    columns: int = 1

    @property
    def text(self) -> str:
        """What is read in the cell."""
        if isinstance(self.value, tuple):
            return "".join(run.text for run in self.value)
        return "" if self.value is None else str(self.value)

    def part(self, start: int, stop: int) -> Cell:
        """Return the cell with a part of its text; its line end would be an empty line."""
        if isinstance(self.value, int):
            return self if start == 0 else self._replace(value=None)
        if self.text[start:stop].endswith("\n"):
            stop -= 1
        if isinstance(self.value, tuple):
            return self._replace(value=sliced(self.value, start, stop))
        return self._replace(value=self.text[start:stop])


class TextSheet:
    """Writes rows of cells on columns whose widths are those of a layout."""

    def __init__(
        self, writer: SheetWriter, layout: TableLayout, book: StyleBook, font: str
    ) -> None:
        self.height = 0.0  # points
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
            self.write(Cell(label if self._writer.row_number < top else None, styles.LABEL), *row)
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
        values: list[Value] = []
        names: list[str] = []
        row = self._writer.row_number + 1
        for cell in cells:
            self._writer.merge(row, len(values) + 1, row, len(values) + cell.columns)
            name = self._book.name(cell.look, self._layout.size, top=top, bottom=bottom)
            values += [self._value(cell), *[None] * (cell.columns - 1)]
            names += [name] * cell.columns
        blank = [None] * (len(self._layout.widths) - len(values))
        self._writer.row([*values, *blank], (*names, *blank), height)

    def _value(self, cell: Cell) -> Value:
        if isinstance(cell.value, tuple):
            return RichText(cell.value, self._font, self._layout.size)
        return cell.value

    def _widths(self, cells: Sequence[Cell]) -> list[float]:
        widths = iter(self._layout.widths)
        return [sum(next(widths) for _ in range(cell.columns)) for cell in cells]

    def _lines(self, cell: Cell, width: float) -> list[str]:
        return self._layout.lines_across(cell.text, width / self._enlarged(cell))

    def _height(self, cells: Sequence[Cell], lines: int) -> float:
        return self._layout.height_of(lines) * max(map(self._enlarged, cells))

    def _enlarged(self, cell: Cell) -> float:
        return self._book.enlarged(cell.look, self._layout.size)


class ListSheet(TextSheet):
    """A sheet of the report; `shares` divide the paper among its columns."""

    def __init__(
        self, writer: SheetWriter, contents: Contents, name: str, shares: Sequence[float]
    ) -> None:
        options = contents.options
        super().__init__(writer, list_layout(shares, options), contents.book, options.font)
        self._as_of = as_of(contents.outline)
        self._title = report_title(contents.outline, name)
        set_up(writer.sheet, PAGES[options.paper], self._title, contents.made_on)

    def write_top(self) -> None:
        """Write the title, and the day that the round shows the plan on."""
        self.write_across(self._title, styles.TITLE)
        self.write_across(self._as_of, styles.AS_OF)


def _piece(cell: Cell, lines: list[str], first: int, last: int) -> Cell:
    """Return the cell with some of its lines, which joined are its text."""
    start = sum(map(len, lines[:first]))
    return cell.part(start, start + sum(map(len, lines[first:last])))
