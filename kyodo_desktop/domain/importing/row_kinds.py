"""What a row of a table is: a repeated heading, a total, a note, a heading of its own, or data."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import is_number, numbered, style_of
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.row_words import (
    PageLines,
    is_note,
    is_remark,
    is_surely_total,
    is_total,
)
from kyodo_desktop.domain.importing.statuses import pairs_in
from kyodo_desktop.domain.numbering import CIRCLED, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView


Shape = tuple[str, str]
WORD, NUMBER, TEXT = "word", "number", "text"  # kinds of shapes
ACROSS: Shape = (TEXT, "across")  # a number, and a title that is merged over the table
_SIGNS = frozenset("<＜【〔《■●◆▼★□◇▶")  # before headings that have no number
_CODE = 3  # digits of a number that holds those of the headings above it: 11122
_FEW = 0.05  # a shape of fewer rows than this share is an exception
_MOST = 0.8


class GroupRow(NamedTuple):
    """A heading that stands in a row of its own."""

    row: int
    column: int
    text: str
    shape: Shape


class FoundTitle(NamedTuple):
    """The title of an action and its number beside it; `indent` is that of the title."""

    number: str
    text: str
    indent: int


def shape_of(text: str, indent: int, *, coded: bool = False) -> Shape:
    """Return the shape of a title."""
    parts = numbered(text)
    if parts.word:
        return WORD, parts.word
    if parts.number:
        return number_shape(parts.number, coded=coded)
    sign = text.strip()[:1]
    return TEXT, sign if sign in _SIGNS else str(indent)


def number_shape(number: str, *, coded: bool = False) -> Shape:
    """Return the shape of a number; where they are codes, 1, 11 and 111 differ by their length."""
    style = style_of(number)
    return NUMBER, style * len(squeezed(number)) if coded and style == PLAIN else style


class UsualShapes:
    """What the titles of the actions look like: a row that does not is a heading.

    `is_mixed` tells that they are numbered in several ways, so that a number tells little.
    """

    def __init__(self, titles: Iterable[FoundTitle]) -> None:
        rows = list(titles)
        inside = [numbered(each.text).number for each in rows]
        self.inline_numbers = sum(map(bool, inside)) * 2 > len(rows)
        printed = [each.number or number for each, number in zip(rows, inside, strict=True)]
        self.coded = _are_codes(list(map(squeezed, printed)))
        found = Counter(shape_of(each.text, each.indent, coded=self.coded) for each in rows)
        found.update(number_shape(each.number, coded=self.coded) for each in rows if each.number)
        self._shapes = {shape for shape, count in found.items() if count >= _FEW * len(rows)}
        self.is_mixed = sum(1 for kind, _ in self._shapes if kind != TEXT) > 1

    def __bool__(self) -> bool:
        return bool(self._shapes)

    def __contains__(self, shape: Shape) -> bool:
        return shape in self._shapes


def _are_codes(numbers: list[str]) -> bool:
    """Tell whether most numbers are digits of one length, too many to be counted."""
    lengths = Counter(len(number) if number.isdecimal() else 0 for number in numbers)
    length, count = lengths.most_common(1)[0] if lengths else (0, 0)
    return length >= _CODE and count >= _MOST * len(numbers)


_GRADES = (ColumnRole.STATUS, ColumnRole.PROGRESS)
NAMES = (
    ColumnRole.IGNORED,
    ColumnRole.NUMBER,
    ColumnRole.HEADING,
    ColumnRole.ACTION,
    ColumnRole.RELISTED,
    ColumnRole.ROUND,
)
_LONGEST_MEANING = 30  # of a mark
_PAIR, _FEW_CELLS = 2, 3
_SAMPLE = 300


class RowColumns:
    """What is known of a sheet's columns: `telling` are those that say something of an action.

    `action` and `number` are 0 where there is no such column.
    """

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        self._view, self._choice = view, choice
        self.roles = {each.column: each.role for each in choice.columns}
        self.telling = {column for column, role in self.roles.items() if role not in NAMES}
        self.graded = {column for column, role in self.roles.items() if role in _GRADES}
        self.first = min(self.roles, default=0)
        self.action, self.number = _columns_of_action(choice)
        self._headings = [
            {column: squeezed(text) for column, text in view.row(row).items()}
            for row in range(choice.first_heading_row, choice.last_heading_row + 1)
        ]
        self._heading_words = {key for words in self._headings for key in words.values()}
        self.usual = UsualShapes(self._titles(self.graded))
        if not self.usual:
            self.usual = UsualShapes(self._titles(self.telling))
        self.first_headings = self._shapes_of_first_headings()

    def repeats_headings(self, cells: dict[int, str]) -> bool:
        """Tell whether a row is the heading row once more, as at a page break."""
        keys = {column: squeezed(text) for column, text in cells.items()}
        same = sum(1 for key in keys.values() if key in self._heading_words)
        if same < _PAIR or same * 2 < len(cells):
            return False
        return same == len(cells) or any(
            sum(1 for column, key in keys.items() if words.get(column) == key) * 2 >= len(cells)
            for words in self._headings
        )

    def _titles(self, telling: set[int]) -> Iterator[FoundTitle]:
        """Yield the titles of the first rows that have a text in one of the columns."""
        choice, left = self._choice, _SAMPLE
        for row in self._view.filled(choice.last_heading_row + 1, choice.last_row):
            cells = self._view.row(row)
            title = cells.get(self.action)
            if not title or telling.isdisjoint(cells) or self.repeats_headings(cells):
                continue
            yield FoundTitle(
                cells.get(self.number, ""), title, self._view.indent(row, self.action)
            )
            left -= 1
            if not left:
                return

    def _shapes_of_first_headings(self) -> frozenset[Shape]:
        """Return what the headings of the first column look like beside actions.

        In a text file nothing is merged, so that other headings may stand alone in it.
        """
        choice, first = self._choice, self.first
        rows = self._view.filled(choice.last_heading_row + 1, choice.last_row)
        texts: dict[str, int] = {}
        for row in rows if self.roles.get(first) is ColumnRole.HEADING else ():
            cells = self._view.row(row)
            if first in cells and len(cells) > _FEW_CELLS and not self.repeats_headings(cells):
                texts.setdefault(cells[first], row)
                if len(texts) == _SAMPLE:
                    break
        shapes = {shape_of(text, self._view.indent(row, first)) for text, row in texts.items()}
        return frozenset(shapes)


def _columns_of_action(choice: SheetChoice) -> tuple[int, int]:
    """Return the columns of the actions' titles and of their numbers; 0 where there is none."""
    action = next((each for each in choice.columns if each.role is ColumnRole.ACTION), None)
    if action is None:
        return 0, 0
    numbers = (each for each in choice.columns if each.role is ColumnRole.NUMBER)
    own = next((each.column for each in numbers if each.level == action.level), 0)
    return action.column, own


_TITLE_LIMIT = 120
_LABELLED, _LONGEST_LABEL = 3, 8


def _labelled(texts: list[str]) -> str:
    """Return what the label, the number and the title in three cells say: 目標 1 意識の改革."""
    if len(texts) != _LABELLED:
        return ""
    label, number, title = texts
    whole = f"{label}{number} {title}"
    parts = numbered(whole)
    is_label = len(label) <= _LONGEST_LABEL and not is_number(label) and is_number(number)
    return whole if is_label and parts.word and parts.title else ""


class OwnRows:
    """Tells which rows of one sheet are headings."""

    def __init__(self, view: SheetView, columns: RowColumns) -> None:
        self._view, self._columns = view, columns

    def group_of(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return the heading that a row is, if it is one."""
        if len(cells) > 1:
            found = self._beside_headings(row, cells) or self._of_several(row, cells)
            return found or self._without_grade(row, cells)
        (column, text), *_ = cells.items()
        shape = shape_of(text, self._view.indent(row, column), coded=self._columns.usual.coded)
        if not self._is_group(row, column, text, shape):
            return None
        return GroupRow(row, column, text, shape)

    def _is_group(self, row: int, column: int, text: str, shape: Shape) -> bool:
        """Tell whether the only text of a row is a heading."""
        is_prose = "。" in text and not numbered(text).number
        if len(text) > _TITLE_LIMIT or is_prose or is_remark(text):
            return False
        if column > self._columns.action > 0 and shape[0] == TEXT:
            return False  # it goes on with what stands above it
        right = self._view.across.get((row, column), column)
        if right > column and (right > self._columns.action or right - column > 1):
            return True
        role = self._columns.roles.get(column, ColumnRole.IGNORED)
        if role is ColumnRole.HEADING:
            alone = shape not in self._columns.first_headings or column in self._view.row(row + 1)
            return column == self._columns.first and alone
        if role is ColumnRole.NUMBER and is_number(text):
            return False
        if column in self._columns.telling and column != self._columns.first:
            return False
        return column != self._columns.action or shape not in self._columns.usual

    def _beside_headings(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return the heading beside those of merged columns, which begin in the same row."""
        beside = {
            at: text
            for at, text in cells.items()
            if self._columns.roles.get(at) is not ColumnRole.HEADING
        }
        if len(beside) != 1 or len(beside) == len(cells):
            return None
        found = self.group_of(row, beside)
        spans = any((row, at) in self._view.across for at in beside)
        return found if found and (spans or found.shape[0] == WORD) else None

    def _of_several(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return a heading that has a number, or remarks, in cells of their own."""
        (column, text), *rest = cells.items()
        whole = _labelled(list(cells.values()))
        if whole and column not in self._columns.telling:
            return GroupRow(row, column, whole, shape_of(whole, 0))
        if self._view.across.get((row, column), 0) > (self._columns.action or column):
            shape = shape_of(text, 0, coded=self._columns.usual.coded)
            return GroupRow(row, column, text, shape) if numbered(text).title else None
        if len(rest) != 1 or self._columns.roles.get(column) is ColumnRole.HEADING:
            return None
        right, title = rest[0]
        parts = numbered(text)
        if not (is_number(text) or (parts.word and not parts.title)) or is_number(title):
            return None
        if self._view.across.get((row, right), 0) > max(self._columns.action, right + 1):
            return GroupRow(row, column, f"{text} {title}", ACROSS)
        if right in self._columns.telling and (row, right) not in self._view.across:
            return None
        whole = f"{text} {title}"
        shape = shape_of(whole, 0, coded=self._columns.usual.coded)
        if shape[0] == TEXT:
            shape = number_shape(text, coded=self._columns.usual.coded)
        return None if shape in self._columns.usual else GroupRow(row, column, whole, shape)

    def _without_grade(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return a heading that names its section: its number is unlike those of the actions."""
        title = cells.get(self._columns.action)
        if not title or not self._columns.graded or not self._columns.graded.isdisjoint(cells):
            return None
        number = cells.get(self._columns.number, "")
        shape = shape_of(title, 0, coded=self._columns.usual.coded)
        if shape[0] == TEXT and number:
            shape = number_shape(number, coded=self._columns.usual.coded)
        if shape[0] == TEXT or shape in self._columns.usual or self._columns.usual.is_mixed:
            return None
        return GroupRow(row, self._columns.action, f"{number} {title}".strip(), shape)


_COUNT = re.compile(r"[0-9０-９.,]+\s*(?:[（(].*|[%％件項]|$)|[A-Za-zＡ-Ｚ]$")


_TALLY = re.compile(
    r"[0-9]+件?(?:[・/:、][0-9]+件?)+|(?:(?:[a-z]|[^\w\s])[:=]?[0-9]+件?[・/、]?){2,}"
)


def _are_tallies(cells: dict[int, str], action: int) -> bool:
    """Tell whether all that stands beside a title is how often each grade comes: 0・9・4・2."""
    beside = [text for column, text in cells.items() if column != action]
    return bool(beside) and all(_TALLY.fullmatch(squeezed(text)) for text in beside)


class RowKind(Enum):
    """What is to be done with a row."""

    EMPTY = "empty"
    HEADINGS = "headings"
    TOTAL = "total"
    NOTE = "note"
    GROUP = "group"
    DATA = "data"


def _is_legend(cells: dict[int, str]) -> bool:
    """Tell whether a row has a mark and its words in each cell but the first.

    Numbers beside signs, or several marks in a cell, are actions and what is said of them.
    """
    texts = list(cells.values())
    if len(texts) <= _PAIR or any(len(text) > _LONGEST_MEANING for text in texts):
        return False
    marks = tuple(each[0] for each in pairs_in("　".join(texts)))
    numbers = sum(1 for each in marks if style_of(each) == CIRCLED)
    if len(marks) > len(texts) or 0 < numbers < len(marks):
        return False
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
        is_counted = self._columns.number and self._columns.number not in cells
        if is_counted and (_COUNT.match(title) or _are_tallies(cells, self._columns.action)):
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
