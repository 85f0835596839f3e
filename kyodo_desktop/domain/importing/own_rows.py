"""Recognises headings that stand in a row of their own, across the table or in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.row_words import is_remark
from kyodo_desktop.domain.importing.shapes import (
    ACROSS,
    TEXT,
    WORD,
    GroupRow,
    number_shape,
    shape_of,
)

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.row_columns import RowColumns
    from kyodo_desktop.domain.importing.shapes import Shape
    from kyodo_desktop.domain.importing.sheet_view import SheetView

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
