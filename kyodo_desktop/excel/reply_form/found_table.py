"""Finds the table of 回答票 in a sheet by the words of its headings, wherever they stand now."""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel.reply_form.columns import KEY, NUMBER, PATH, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.importing.grid import Grid, Unread

_FEWEST = 4  # headings that make a heading row
_LONGEST_HEADING = 40  # characters; longer texts are no headings
_MOST_COVERED = 100_000  # cells; a form has thousands at most
_LOOKED_AT = 500  # rows from the top


class FoundTable(NamedTuple):
    """A heading row and the columns below it, by their headings; all count from 1.

    `unread` are the cells that have something in them which could not be read, by their places.
    `covered` are cells that someone merged with the one before them.
    """

    grid: Grid
    top: int
    columns: dict[str, int]
    unread: dict[tuple[int, int], Unread]
    covered: frozenset[tuple[int, int]]

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows with anything in them but the headings."""
        filled = (number for number, row in enumerate(self.grid.rows, start=1) if any(row))
        unread = (row for row, _ in self.unread)
        return sorted({*filled, *unread} - {self.top})

    def text(self, row: int, heading: str) -> str:
        """Return the text in a row below a heading; nothing where there is no such column."""
        return self.grid.text(row, self.columns.get(heading, 0))

    def cells(self, row: int) -> dict[AnswerField, str]:
        """Return the texts of a row's open cells, an error as its word.

        A formula without a result and a covered cell are left out: neither is an empty answer.
        """
        cells = {}
        for field in AnswerField:
            column = self.columns.get(field.label, 0)
            unread = self.unread.get((row, column))
            is_open = column and (row, column) not in self.covered
            if is_open and (unread is None or unread.text):
                cells[field] = unread.text if unread else self.grid.text(row, column)
        return cells

    @property
    def is_form(self) -> bool:
        """Tell the form from the example in 記入のしかた, whose rows are not numbered."""
        return NUMBER in self.columns or KEY in self.columns


def find_table(grid: Grid) -> FoundTable | None:
    """Return the table below the row with the most headings, if there is one."""
    rows = ((number, _columns(row)) for number, row in enumerate(grid.rows[:_LOOKED_AT], 1))
    top, columns = max(rows, key=lambda row: len(row[1]), default=(0, {}))
    if len(columns) < _FEWEST:
        return None
    unread = {(each.place.row, each.place.column): each for each in grid.unread}
    covered = frozenset(islice(_covered(grid, columns.values()), _MOST_COVERED))
    return FoundTable(grid, top, columns, unread, covered)


def _covered(grid: Grid, columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the cells of merged areas but the first, in these columns."""
    for area in grid.merges:
        bottom = min(area.bottom, len(grid.rows))
        for column in columns:
            if area.left <= column <= area.right:
                first = area.top + (column == area.left)
                yield from ((row, column) for row in range(first, bottom + 1))


def plain(text: str) -> str:
    """Return a text without its spaces, line ends and widths, to compare what people see."""
    return "".join(unicodedata.normalize("NFKC", text).split())


_HEADINGS = {
    plain(heading): heading
    for heading in (NUMBER, KEY, PATH, TITLE, *(field.label for field in AnswerField))
}
_LONGEST_FIRST = sorted(_HEADINGS, key=len, reverse=True)


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Return the column of each heading; one with words added to it counts, too."""
    texts = {
        column: plain(text)
        for column, text in enumerate(row, start=1)
        if text and len(text) <= _LONGEST_HEADING
    }
    if len(texts) < _FEWEST:
        return {}
    found: dict[str, int] = {}
    for column, text in texts.items():
        if text in _HEADINGS:
            found.setdefault(_HEADINGS[text], column)
    if len(found) < _FEWEST:
        return found
    taken = set(found.values())
    for word in _LONGEST_FIRST:
        if _HEADINGS[word] in found:
            continue
        for column, text in texts.items():
            if column not in taken and text.startswith(word):
                found[_HEADINGS[word]] = column
                taken.add(column)
                break
    return found
