"""Finds the table of 回答票 in a sheet by the words of its headings, wherever they stand now."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel.reply_form.columns import KEY, NUMBER, PATH, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.grid import Grid

_FEWEST = 4  # headings that make a heading row
_LONGEST_HEADING = 40  # characters; longer texts are no headings
_LOOKED_AT = 500  # rows from the top


class FoundTable(NamedTuple):
    """A heading row and the columns below it, by their headings; all count from 1."""

    grid: Grid
    top: int
    columns: dict[str, int]

    def text(self, row: int, heading: str) -> str:
        """Return the text in a row below a heading; nothing where there is no such column."""
        return self.grid.text(row, self.columns.get(heading, 0))

    @property
    def is_form(self) -> bool:
        """Tell the form from the example in 記入のしかた, whose rows are not numbered."""
        return NUMBER in self.columns or KEY in self.columns

    @property
    def missing(self) -> list[AnswerField]:
        """The fields whose columns are gone."""
        return [field for field in AnswerField if field.label not in self.columns]


def find_table(grid: Grid) -> FoundTable | None:
    """Return the table below the row with the most headings, if there is one."""
    rows = enumerate(grid.rows[:_LOOKED_AT], start=1)
    tables = (FoundTable(grid, number, _columns(row)) for number, row in rows)
    best = max(tables, key=lambda table: len(table.columns), default=None)
    return best if best is not None and len(best.columns) >= _FEWEST else None


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
