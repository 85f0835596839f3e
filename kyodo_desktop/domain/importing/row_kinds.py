"""What a row of a table is: a repeated heading, a total, a note, a heading of its own, or data."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.mapping import Role
from kyodo_desktop.domain.importing.numbers import is_number, numbered, style_of
from kyodo_desktop.domain.importing.plain import squeezed

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import ColumnChoice, SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView

Shape = tuple[str, str]

_TOTAL = re.compile(
    r"(?:小|合|総|累|中)?計(?:\(.*\))?|(?:合計|総計|小計|累計|件数|割合|構成比).{0,8}"
    r"|.{1,14}(?:小計|合計)|.{2,8}計"
)
_NOT_TOTAL = re.compile(r"会計|設計|統計|家計|時計|推計")
_NOTE = re.compile(
    r"[※*＊]|[(（]?注(?:\d|[)）:：\s　]|記)|以上$|出典|資料[:：]|備考[:：]|【?凡例|注意|[(（]注"
    r"|次(?:頁|ページ)|続[く紙]|\d+\s*/\s*\d+$|-\s*\d+\s*-$"
)
_GOING_ON = frozenset(
    (
        Role.SECTION,
        Role.RELATED_SECTION,
        Role.STATUS,
        Role.PROGRESS,
        Role.ISSUE,
        Role.DIRECTION,
        Role.OUTLOOK,
        Role.NOTE,
        Role.DESCRIPTION,
        Role.DUE,
        Role.START,
    )
)
_TITLE_LIMIT = 120
_SAMPLE = 300


class RowKind(Enum):
    """What is to be done with a row."""

    EMPTY = "empty"
    HEADINGS = "headings"
    TOTAL = "total"
    NOTE = "note"
    GROUP = "group"
    DATA = "data"


class GroupRow(NamedTuple):
    """A heading that stands in a row of its own."""

    row: int
    column: int
    text: str
    shape: Shape


class RowJudge:
    """Tells what the rows of one sheet are."""

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        self._view = view
        self._choice = choice
        self._roles = {each.column: each.role for each in choice.columns}
        self._action = _column(choice, Role.ACTION)
        self._number = _number_of_action(choice)
        self._headings = [
            {column: squeezed(text) for column, text in view.row(row).items()}
            for row in range(choice.first_heading_row, choice.last_heading_row + 1)
        ]
        self._heading_words = {key for words in self._headings for key in words.values()}
        self.inline_numbers = False
        self._usual = self._usual_shapes()

    def kind(self, row: int, cells: dict[int, str]) -> RowKind:
        """Return what a row is; `cells` are those with a text."""
        if not cells:
            return RowKind.EMPTY
        first = next(iter(cells.values()))
        if self._repeats_headings(cells):
            return RowKind.HEADINGS
        if len(first) < 20 and _is_total(first) and self._is_no_action(cells, first):  # noqa: PLR2004
            return RowKind.TOTAL
        if len(cells) <= 2 and _NOTE.match(first):  # noqa: PLR2004
            return RowKind.NOTE
        if len(cells) <= 3 and self.group_of(row, cells) is not None:  # noqa: PLR2004
            return RowKind.GROUP
        return RowKind.DATA

    def group_of(self, row: int, cells: dict[int, str]) -> GroupRow | None:
        """Return the heading that a row is, if it is one."""
        columns = list(cells)
        column, text = columns[0], cells[columns[0]]
        shape = shape_of(text, self._view.indent(row, column))
        if len(cells) > 1:
            joined = self._number_and_title(row, cells)
            if joined is None:
                return None
            text, shape = joined
            return None if shape in self._usual else GroupRow(row, column, text, shape)
        right = self._view.across.get((row, column), column)
        role = self._roles.get(column, Role.IGNORED)
        spans = right > column and (right > (self._action or 0) or right - column > 1)
        if not spans and role in _GOING_ON and not _is_first(column, self._choice):
            return None
        if not spans and role is Role.HEADING:
            return None
        if role is Role.NUMBER and is_number(text) and not spans:
            return None
        if not spans and column == self._action and shape in self._usual:
            return None
        if len(text) > _TITLE_LIMIT or ("。" in text and not numbered(text).number):
            return None
        return GroupRow(row, column, text, shape)

    def _number_and_title(self, row: int, cells: dict[int, str]) -> tuple[str, Shape] | None:
        """Return a number and a title in two cells as one text, where nothing else is said."""
        (left, number), *rest = cells.items()
        parts = numbered(number)
        worded = bool(parts.word) and not parts.title
        if len(rest) != 1 or not (worded or is_number(number)):
            return None
        right, title = rest[0]
        if self._roles.get(right) in _GOING_ON and (row, right) not in self._view.across:
            return None
        if is_number(title) or self._roles.get(left) is Role.HEADING:
            return None
        shape = shape_of(f"{number} {title}", 0)
        return f"{number} {title}", ("n", style_of(number)) if shape[0] == "t" else shape

    def _repeats_headings(self, cells: dict[int, str]) -> bool:
        same = sum(1 for text in cells.values() if squeezed(text) in self._heading_words)
        if same < 2 or same * 2 < len(cells):  # noqa: PLR2004
            return False
        return any(
            sum(1 for column, text in cells.items() if words.get(column) == squeezed(text)) * 2
            >= len(cells)
            for words in self._headings
        ) or same == len(cells)

    def _is_no_action(self, cells: dict[int, str], first: str) -> bool:
        """Tell whether the word is not the title of an action that only sounds like a total."""
        if self._action is None or cells.get(self._action, first) != first:
            return True
        told = [column for column in cells if self._roles.get(column) in _GOING_ON]
        return squeezed(first) in ("計", "小計", "合計", "総計", "総合計", "累計") or not told

    def _usual_shapes(self) -> frozenset[Shape]:
        """Return the shapes of the titles, or of their numbers, in rows that say more."""
        shapes: Counter[Shape] = Counter()
        numbers = titles = 0
        choice, view = self._choice, self._view
        if self._action is None:
            return frozenset()
        for row in range(choice.last_heading_row + 1, choice.last_row + 1):
            cells = view.row(row)
            title = cells.get(self._action)
            told = [column for column in cells if self._roles.get(column) in _GOING_ON]
            if not title or not told or self._repeats_headings(cells):
                continue
            number = cells.get(self._number or 0, "")
            shapes[shape_of(title, view.indent(row, self._action))] += 1
            if number:
                shapes["n", style_of(number)] += 1
            titles += 1
            numbers += bool(numbered(title).number)
            if titles == _SAMPLE:
                break
        self.inline_numbers = numbers * 2 > titles
        return frozenset(shape for shape, count in shapes.items() if count * 20 >= titles)


def shape_of(text: str, indent: int) -> Shape:
    """Return what tells the levels of headings apart: word, style of number, else indentation."""
    parts = numbered(text)
    if parts.word:
        return "w", parts.word
    if parts.number:
        return "n", parts.style
    return "t", str(indent)


def _is_total(text: str) -> bool:
    key = squeezed(text)
    return _TOTAL.fullmatch(key) is not None and not _NOT_TOTAL.search(key)


def _column(choice: SheetChoice, role: Role) -> int | None:
    return next((each.column for each in choice.columns if each.role is role), None)


def _number_of_action(choice: SheetChoice) -> int | None:
    depth = max((each.level for each in choice.columns if each.role is Role.ACTION), default=0)
    return next(
        (
            each.column
            for each in choice.columns
            if each.role is Role.NUMBER and each.level == depth
        ),
        None,
    )


def _is_first(column: int, choice: SheetChoice) -> bool:
    columns: list[ColumnChoice] = sorted(choice.columns)
    return bool(columns) and column <= columns[0].column
