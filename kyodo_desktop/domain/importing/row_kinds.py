"""What a row of a table is: a repeated heading, a total, a note, a heading of its own, or data."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.legend import pairs_in
from kyodo_desktop.domain.importing.own_rows import OwnRows
from kyodo_desktop.domain.importing.page_lines import PageLines
from kyodo_desktop.domain.importing.row_columns import RowColumns
from kyodo_desktop.domain.importing.row_words import is_note, is_surely_total, is_total

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.shapes import GroupRow
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_PAIR = 2
_COUNT = re.compile(r"[0-9０-９.,]+\s*(?:[（(].*|[%％件項]|$)|[A-Za-zＡ-Ｚ]$")


class RowKind(Enum):
    """What is to be done with a row."""

    EMPTY = "empty"
    HEADINGS = "headings"
    TOTAL = "total"
    NOTE = "note"
    GROUP = "group"
    DATA = "data"


def _is_legend(cells: dict[int, str]) -> bool:
    """Tell whether a row has a mark and its words in each cell but the first."""
    texts = list(cells.values())
    if len(texts) <= _PAIR:
        return False
    marks = tuple(each[0] for each in pairs_in("　".join(texts)))
    explained = sum(1 for text in texts if marks and text.strip().startswith(marks))
    return min(explained, len(marks)) >= len(texts) - 1


class RowJudge:
    """Tells what the rows of one sheet are."""

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        self._columns = RowColumns(view, choice)
        self._own = OwnRows(view, self._columns)
        self._page_lines = PageLines(view, choice)

    @property
    def inline_numbers(self) -> bool:
        """Tell whether the titles of the actions begin with their numbers."""
        return self._columns.usual.inline_numbers

    def kind(self, row: int, cells: dict[int, str]) -> RowKind:
        """Return what a row is; `cells` are those with a text."""
        if not cells:
            return RowKind.EMPTY
        first = next(iter(cells.values()))
        if self._columns.repeats_headings(cells) or self._page_lines.repeats(cells):
            return RowKind.HEADINGS
        if is_total(first) and self._is_no_action(cells, first):
            return RowKind.TOTAL
        title = cells.get(self._columns.action, "")
        if self._columns.number and self._columns.number not in cells and _COUNT.match(title):
            return RowKind.TOTAL
        if (len(cells) <= _PAIR and is_note(first)) or _is_legend(cells):
            return RowKind.NOTE
        return RowKind.DATA if self.group_of(row, cells) is None else RowKind.GROUP

    def group_of(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return the heading that a row is, if it is one."""
        return self._own.group_of(row, cells)

    def _is_no_action(self, cells: dict[int, str], first: str) -> bool:
        """Tell whether the word is not the title of an action that only sounds like a total."""
        if cells.get(self._columns.action) != first or is_surely_total(first):
            return True
        if self._columns.number and self._columns.number not in cells:
            return True
        return self._columns.action == 0 or self._columns.telling.isdisjoint(cells)
