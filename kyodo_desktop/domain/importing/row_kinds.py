"""What a row of a table is: a repeated heading, a total, a note, a heading of its own, or data."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import Role
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.row_words import is_note, is_surely_total, is_total
from kyodo_desktop.domain.importing.shapes import (
    TEXT,
    WORD,
    GroupRow,
    Title,
    UsualShapes,
    number_shape,
    shape_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.shapes import Shape
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_GRADES = (Role.STATUS, Role.PROGRESS)
_NAMES = (Role.IGNORED, Role.NUMBER, Role.HEADING, Role.ACTION, Role.RELISTED, Role.ROUND)
_TITLE_LIMIT = 120
_PAIR, _FEW_CELLS = 2, 3
_SAMPLE = 300


class RowKind(Enum):
    """What is to be done with a row."""

    EMPTY = "empty"
    HEADINGS = "headings"
    TOTAL = "total"
    NOTE = "note"
    GROUP = "group"
    DATA = "data"


class RowJudge:
    """Tells what the rows of one sheet are."""

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        self._view, self._choice = view, choice
        self._roles = {each.column: each.role for each in choice.columns}
        self._telling = {column for column, role in self._roles.items() if role not in _NAMES}
        self._graded = {column for column, role in self._roles.items() if role in _GRADES}
        self._first = min(self._roles, default=0)
        self._action, self._number = _columns_of_action(choice)
        self._headings = [
            {column: squeezed(text) for column, text in view.row(row).items()}
            for row in range(choice.first_heading_row, choice.last_heading_row + 1)
        ]
        self._heading_words = {key for words in self._headings for key in words.values()}
        self.usual = UsualShapes(self._titles(self._graded))
        self._first_headings = self._shapes_of_first_headings()
        if not self.usual:
            self.usual = UsualShapes(self._titles(self._telling))

    def kind(self, row: int, cells: dict[int, str]) -> RowKind:
        """Return what a row is; `cells` are those with a text."""
        if not cells:
            return RowKind.EMPTY
        first = next(iter(cells.values()))
        if self._repeats_headings(cells):
            return RowKind.HEADINGS
        if is_total(first) and self._is_no_action(cells, first):
            return RowKind.TOTAL
        if len(cells) <= _PAIR and is_note(first):
            return RowKind.NOTE
        return RowKind.DATA if self.group_of(row, cells) is None else RowKind.GROUP

    def group_of(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return the heading that a row is, if it is one."""
        if len(cells) > 1:
            found = self._beside_headings(row, cells) or self._of_several(row, cells)
            return found or self._without_grade(row, cells)
        (column, text), *_ = cells.items()
        shape = shape_of(text, self._view.indent(row, column), coded=self.usual.coded)
        return (
            GroupRow(row, column, text, shape)
            if self._is_group(row, column, text, shape)
            else None
        )

    def _is_group(self, row: int, column: int, text: str, shape: Shape) -> bool:
        """Tell whether the only text of a row is a heading."""
        if len(text) > _TITLE_LIMIT or ("。" in text and not numbered(text).number):
            return False
        right = self._view.across.get((row, column), column)
        if right > column and (right > self._action or right - column > 1):
            return True
        role = self._roles.get(column, Role.IGNORED)
        if role is Role.HEADING:
            alone = shape not in self._first_headings or column in self._view.row(row + 1)
            return column == self._first and alone
        if role is Role.NUMBER and is_number(text):
            return False
        if column in self._telling and column != self._first:
            return False
        return column != self._action or shape not in self.usual

    def _beside_headings(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return the heading beside those of merged columns, which begin in the same row."""
        beside = {
            at: text for at, text in cells.items() if self._roles.get(at) is not Role.HEADING
        }
        if len(beside) != 1 or len(beside) == len(cells):
            return None
        found = self.group_of(row, beside)
        spans = any((row, at) in self._view.across for at in beside)
        return found if found and (spans or found.shape[0] == WORD) else None

    def _of_several(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return a heading that has a number, or remarks, in cells of their own."""
        (column, text), *rest = cells.items()
        if self._view.across.get((row, column), 0) > (self._action or column):
            shape = shape_of(text, 0, coded=self.usual.coded)
            return GroupRow(row, column, text, shape) if numbered(text).title else None
        if len(rest) != 1 or self._roles.get(column) is Role.HEADING:
            return None
        right, title = rest[0]
        parts = numbered(text)
        if not (is_number(text) or (parts.word and not parts.title)) or is_number(title):
            return None
        if right in self._telling and (row, right) not in self._view.across:
            return None
        whole = f"{text} {title}"
        shape = shape_of(whole, 0, coded=self.usual.coded)
        if shape[0] == TEXT:
            shape = number_shape(text, coded=self.usual.coded)
        return None if shape in self.usual else GroupRow(row, column, whole, shape)

    def _without_grade(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return a heading that names its section: its number is unlike those of the actions."""
        title = cells.get(self._action)
        if not title or not self._graded or not self._graded.isdisjoint(cells):
            return None
        number = cells.get(self._number, "")
        shape = shape_of(title, 0, coded=self.usual.coded)
        if shape[0] == TEXT and number:
            shape = number_shape(number, coded=self.usual.coded)
        if shape[0] == TEXT or shape in self.usual or self.usual.is_mixed:
            return None
        return GroupRow(row, self._action, f"{number} {title}".strip(), shape)

    def _repeats_headings(self, cells: dict[int, str]) -> bool:
        keys = {column: squeezed(text) for column, text in cells.items()}
        same = sum(1 for key in keys.values() if key in self._heading_words)
        if same < _PAIR or same * 2 < len(cells):
            return False
        return same == len(cells) or any(
            sum(1 for column, key in keys.items() if words.get(column) == key) * 2 >= len(cells)
            for words in self._headings
        )

    def _is_no_action(self, cells: dict[int, str], first: str) -> bool:
        """Tell whether the word is not the title of an action that only sounds like a total."""
        if cells.get(self._action, first) != first or is_surely_total(first):
            return True
        return self._action == 0 or self._telling.isdisjoint(cells)

    def _titles(self, telling: set[int]) -> Iterator[Title]:
        """Yield the titles of the first rows that have a text in one of the columns."""
        choice, left = self._choice, _SAMPLE
        for row in range(choice.last_heading_row + 1, choice.last_row + 1):
            cells = self._view.row(row)
            title = cells.get(self._action)
            if not title or telling.isdisjoint(cells) or self._repeats_headings(cells):
                continue
            yield Title(cells.get(self._number, ""), title, self._view.indent(row, self._action))
            left -= 1
            if not left:
                return

    def _shapes_of_first_headings(self) -> frozenset[Shape]:
        """Return what the headings of the first column look like beside actions.

        In a text file nothing is merged, so that other headings may stand alone in it.
        """
        choice, first = self._choice, self._first
        rows = range(choice.last_heading_row + 1, choice.last_row + 1)
        texts: dict[str, int] = {}
        for row in rows if self._roles.get(first) is Role.HEADING else ():
            cells = self._view.row(row)
            if first in cells and len(cells) > _FEW_CELLS and not self._repeats_headings(cells):
                texts.setdefault(cells[first], row)
                if len(texts) == _SAMPLE:
                    break
        shapes = {shape_of(text, self._view.indent(row, first)) for text, row in texts.items()}
        return frozenset(shapes)


def _columns_of_action(choice: SheetChoice) -> tuple[int, int]:
    """Return the columns of the actions' titles and of their numbers; 0 where there is none."""
    action = next((each for each in choice.columns if each.role is Role.ACTION), None)
    if action is None:
        return 0, 0
    numbers = (each for each in choice.columns if each.role is Role.NUMBER)
    own = next((each.column for each in numbers if each.level == action.level), 0)
    return action.column, own
