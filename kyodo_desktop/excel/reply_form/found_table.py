"""The table of a 回答票 that came back, wherever it stands now, and which rows of it were sent."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.replies.form import FORM_FIELDS, FormRow, Values
from kyodo_desktop.excel.reply_form.columns import (
    KEY,
    LAST,
    NO_CHANGE,
    NUMBER,
    PATH,
    TITLE,
    path_text,
    title_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kyodo_desktop.domain.action_fields import Field
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

    def cells(self, row: int) -> Values:
        """Return the texts of a row's open cells.

        What could not be read and a covered cell are left out: neither is an answer.
        """
        cells = {}
        for field in FORM_FIELDS:
            column = self.columns.get(field.form.label, 0)
            place = row, column
            if column and place not in self.covered and place not in self.unread:
                cells[field] = self.grid.text(row, column)
        return cells

    def unread_fields(self, row: int) -> frozenset[Field[Any]]:
        """Return the fields whose cells in a row could not be read."""
        columns = self.columns
        return frozenset(
            field
            for field in FORM_FIELDS
            if (row, columns.get(field.form.label, 0)) in self.unread
        )

    @property
    def is_form(self) -> bool:
        """Tell the form from the example in 記入のしかた, whose rows are not numbered."""
        return NUMBER in self.columns or KEY in self.columns


def find_table(grid: Grid, action_word: str = TITLE) -> FoundTable | None:
    """Return the table below the row with the most headings, if there is one."""
    headings = {**_HEADINGS, plain(title_heading(action_word)): TITLE}
    rows = (
        (number, _columns(row, headings)) for number, row in enumerate(grid.rows[:_LOOKED_AT], 1)
    )
    top, columns = max(rows, key=lambda row: len(row[1]), default=(0, {}))
    if len(columns) < _FEWEST:
        return None
    unreadable = {
        (each.place.row, each.place.column): each for each in grid.unread if each.place.row
    }
    # what is left of a text that is struck out in part is an answer
    unread = {cell: each for cell, each in unreadable.items() if cell not in grid.struck}
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
    for heading in (
        NUMBER,
        KEY,
        PATH,
        TITLE,
        LAST,
        NO_CHANGE,
        *(field.form.label for field in FORM_FIELDS),
    )
}


def title_heading(action_word: str) -> str:
    """Return what stands above the actions: the plan's word, unless another column has it."""
    is_free = plain(action_word) not in _HEADINGS and len(action_word) <= _LONGEST_HEADING
    return action_word if is_free else TITLE


def _columns(row: Sequence[str], headings: Mapping[str, str]) -> dict[str, int]:
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
        if text in headings:
            found.setdefault(headings[text], column)
    if len(found) < _FEWEST:
        return found
    taken = set(found.values())
    for word in sorted(headings, key=len, reverse=True):
        if headings[word] in found:
            continue
        for column, text in texts.items():
            if column not in taken and text.startswith(word):
                found[headings[word]] = column
                taken.add(column)
                break
    return found


Key = tuple[int, int]
_KEY = re.compile(r"([0-9]{1,18})#([0-9]{1,18})")


class Recognition:
    """The rows that were sent, by their keys and by their names."""

    def __init__(self, sent: Iterable[FormRow]) -> None:
        self.sent = {(row.action_id, row.line_id): row for row in sent}
        self._named: dict[tuple[str, ...], dict[int, None]] = {}
        self._titles: dict[str, str] = {}
        for row in self.sent.values():
            self._titles[plain(title_text(row))] = row.title
            for name in _names(row.number, title_text(row), path_text(row)):
                self._named.setdefault(name, {})[row.action_id] = None

    def title(self, shown: str) -> str:
        """Return the title in a cell, which has the description of the action below it."""
        return self._titles.get(plain(shown), shown)

    def keys(self, table: FoundTable, rows: Iterable[int]) -> dict[int, Key]:
        """Return the key of each row; (0, 0) where it cannot be told.

        A key that was not sent stays what it is: the row comes from another form.
        """
        numbers = list(rows)
        found = {row: self._key(table, row) for row in numbers}
        claimed = set(found.values())
        free: dict[int, Iterator[Key]] = {}
        for row in numbers:
            if found[row] in self.sent:
                continue
            action_id = self._action(table, row)
            if not action_id:
                continue
            lines = free.setdefault(
                action_id,
                iter([key for key in self.sent if key[0] == action_id and key not in claimed]),
            )
            found[row] = next(lines, (0, 0))
        return found

    def score(self, table: FoundTable) -> int:
        """Return how many rows of a table are known."""
        return sum(
            self._key(table, row) in self.sent or bool(self._action(table, row))
            for row in table.rows
        )

    def has_key(self, table: FoundTable, row: int) -> bool:
        """Tell whether the row still carries a key that was sent."""
        return self._key(table, row) in self.sent

    def _key(self, table: FoundTable, row: int) -> Key:
        """Return the key of a row, unless what stands in the row is another action's name."""
        text = table.text(row, KEY)
        match = _KEY.fullmatch(plain(text)) if text else None
        if match is None:
            return 0, 0
        key = int(match[1]), int(match[2])
        named = self._action(table, row)
        return (0, 0) if named and named != key[0] else key

    def _action(self, table: FoundTable, row: int) -> int:
        """Return the only action with the names in the row, or 0."""
        title = table.text(row, TITLE)
        if not title:
            return 0
        for name in _names(table.text(row, NUMBER), title, table.text(row, PATH)):
            actions = self._named.get(name, {})
            if len(actions) == 1:
                return next(iter(actions))
        return 0


def _names(number: str, title: str, path: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of a row, the fullest first."""
    number, title, path = plain(number), plain(title), plain(path)
    return (path, number, title), (number, title)
