"""A sheet or a text file as texts in rows and columns, whatever file it was read from."""

from __future__ import annotations

from typing import NamedTuple


class CellPlace(NamedTuple):
    """Where something stands in the file. `row` and `column` count from 1, as Excel does."""

    sheet: str
    row: int
    column: int

    @property
    def label(self) -> str:
        """Sheet, row and column as people name them: 「進捗状況」シート 9行 C列."""
        sheet = f"「{self.sheet}」シート " if self.sheet else ""
        if not self.row:  # of no cell
            return sheet.rstrip() or "ファイル全体"
        return f"{sheet}{self.row}行 {column_letter(self.column)}列"


class Area(NamedTuple):
    """A merged area; all four are included and count from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Unread(NamedTuple):
    """A cell that could not be read, and why, in words for the user."""

    place: CellPlace
    text: str
    reason: str

    @property
    def sentence(self) -> str:
        """Say where it is, what stands there and why: …シート 9行 C列: 「※」 ….

        What is of no cell is told without one.
        """
        shown = " ".join(self.text.split())
        said = f"「{shown}」 {self.reason}" if shown else self.reason
        return f"{self.place.label}: {said}" if self.place.row else said


class Grid(NamedTuple):
    """One sheet. `rows[0][0]` is A1; rows may be of different lengths, empty cells are "".

    A merged area has its text in its first cell alone. `indents` are the steps of indentation
    of a cell by (row, column), counted from 1. `hidden_rows` count from 1 too.
    Numbers and dates are texts as the sheet shows them (a day: `2016-03-31`).
    What is struck out (見え消し) is not in `rows`: `struck` has it by (row, column), and `unread`
    tells it. `comments` are the notes and comments at cells, by (row, column), and `shown` the
    dates as the sheet shows them (`3月31日`), where that is not their text in `rows`.
    """

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Area, ...] = ()
    indents: dict[tuple[int, int], int] = {}  # noqa: RUF012  a tuple's default, never changed
    hidden_rows: frozenset[int] = frozenset()
    unread: tuple[Unread, ...] = ()
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    comments: dict[tuple[int, int], str] = {}  # noqa: RUF012
    struck: dict[tuple[int, int], str] = {}  # noqa: RUF012
    shown: dict[tuple[int, int], str] = {}  # noqa: RUF012

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell; both count from 1, beyond the edges all is empty."""
        if not 0 < row <= len(self.rows):
            return ""
        cells = self.rows[row - 1]
        return cells[column - 1] if 0 < column <= len(cells) else ""


class Book(NamedTuple):
    """A file that was read: its name and its sheets in their order."""

    name: str
    grids: tuple[Grid, ...]


def column_letter(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
