"""What is known of the sheets of a binary workbook before a library reads their values.

The library makes a table as large as the cells are far apart, and takes the room for it without
asking: so it is measured here what that would take. What it does not tell is noted on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.cell_styles import PLAIN, CellStyle, format_code, format_style
from kyodo_desktop.excel.reading.damage import TooLargeError
from kyodo_desktop.excel.reading.string_table import PiecedText, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kyodo_desktop.domain.importing.grid import Area

_MOST_CELLS = 3_000_000  # of all sheets together, empty ones between them included
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


class CellFormat(NamedTuple):
    """What the format of a cell refers to, and its indentation."""

    font: int
    number: int
    indent: int


class SheetFacts:
    """What was seen of a sheet; rows and columns count from 1.

    `shared` are the places of texts that the whole book keeps, by the cells that show them.
    """

    def __init__(self) -> None:
        self.formats: dict[tuple[int, int], int] = {}
        self.errors: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merges: list[Area] = []
        self.shared: dict[tuple[int, int], int] = {}
        self.has_notes = False
        self._rows = self._columns = (1 << 32, 0)

    def see(self, row: int, column: int, style: int) -> None:
        """Note a cell; the numbers are those of the file, from 0."""
        self._rows = min(self._rows[0], row), max(self._rows[1], row)
        self._columns = min(self._columns[0], column), max(self._columns[1], column)
        if style:
            self.formats[row + 1, column + 1] = style

    @property
    def size(self) -> int:
        """Return how many cells a table of all cells has."""
        down, across = (max(0, last - first + 1) for first, last in (self._rows, self._columns))
        return down * across


class BookFacts(NamedTuple):
    """The sheets in their order, and the styles that their cells have by number.

    `pieces` are those of the shared texts of which a part is struck out, or may be.
    """

    sheets: tuple[SheetFacts, ...]
    styles: tuple[CellStyle, ...]
    pieces: Mapping[int, PiecedText] = {}

    def style(self, number: int) -> CellStyle:
        """Return the style that a cell names."""
        return self.styles[number] if number < len(self.styles) else PLAIN


def expect_room(sheets: Iterable[SheetFacts]) -> None:
    """Raise TooLargeError for sheets that take more than a table may."""
    if sum(each.size for each in sheets) > _MOST_CELLS:
        raise TooLargeError


def styles_of(
    cell_formats: list[CellFormat], struck: set[int], codes: dict[int, str]
) -> tuple[CellStyle, ...]:
    """Return the styles by number; `struck` are the fonts that strike out."""
    numbers = {each.number for each in cell_formats}
    formats = {number: format_style(format_code(number, codes)) for number in numbers}
    return tuple(
        formats[each.number]._replace(indent=each.indent, struck=each.font in struck)
        for each in cell_formats
    )


def pieces_of(wide: bytes, runs: Sequence[tuple[int, int]], struck: set[int]) -> PiecedText:
    """Return a text in UTF-16 in pieces; `runs` say where another font begins, and which."""
    pieces: list[tuple[str, bool | None]] = []
    before, is_struck = 0, None
    for start, font in [*runs, (len(wide) // 2, 0)]:
        text = wide[2 * before : 2 * start].decode("utf-16-le", "replace")
        if text:
            pieces.append((visible(text), is_struck))
        before, is_struck = max(before, start), font in struck
    return PiecedText(tuple(pieces))
