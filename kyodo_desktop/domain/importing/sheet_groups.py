"""The sheets that are to be read, each with its headings that stand in rows of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.group_levels import group_rows, lines_above, ranked
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.row_columns import NAMES
from kyodo_desktop.domain.importing.row_kinds import RowJudge, RowKind
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.importing.sibling_words import siblings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice
    from kyodo_desktop.domain.importing.shapes import GroupRow, Shape

_EXPLANATION = re.compile(
    r"^[^：:…]{1,10}\s*(?:[：:＝=]|…+)\s*\S|^[（(【〔].*(?:区分|基準|凡例|評価).*[）)】〕]$"
)
_EXPLAINS = re.compile("凡例|区分|基準|評価|判定|達成度|進捗|集計|説明|記号|マーク|見方")
MOST_LEVELS = 4  # above the action


class GroupedSheet(NamedTuple):
    """A sheet; `above` are lines above its heading rows that may be headings.

    What stands below row `last` is not of the table: it explains marks, or sums up.
    """

    view: SheetView
    choice: SheetChoice
    judge: RowJudge
    groups: list[GroupRow]
    above: list[GroupRow]
    last: int


class HeadingRows(NamedTuple):
    """The shapes of headings in rows of their own, and whether any stands above a table.

    `left` is the number of heading columns at their left, whose headings are above them.
    """

    shapes: list[Shape]
    above: bool
    left: int


def sheets_of(book: Book, mapping: Mapping) -> list[GroupedSheet]:
    """Return the sheets of the mapping that the book has."""
    grids = {grid.sheet: grid for grid in book.grids}
    sheets = [
        _grouped(
            _view_of(SheetView(grids[each.sheet], with_hidden=mapping.hidden), each, mapping),
            each,
            with_groups=mapping.group_rows,
        )
        for each in mapping.sheets
        if each.sheet in grids
    ]
    shared = siblings([sheet.above + sheet.groups for sheet in sheets])
    return [_with_shared(sheet, shared) for sheet in sheets] if shared else sheets


def _view_of(view: SheetView, choice: SheetChoice, mapping: Mapping) -> SheetView:
    """Return the rows of one of several tables below each other, with the lines above it."""
    above = [
        each.last_row
        for each in mapping.sheets
        if each.sheet == choice.sheet and each.last_row < choice.first_heading_row
    ]
    return view.window(max(above) + 1, choice.last_row) if above else view


def _with_shared(sheet: GroupedSheet, shared: dict[Shape, Shape]) -> GroupedSheet:
    def renamed(groups: list[GroupRow]) -> list[GroupRow]:
        return [each._replace(shape=shared.get(each.shape, each.shape)) for each in groups]

    return sheet._replace(groups=renamed(sheet.groups), above=renamed(sheet.above))


def _grouped(view: SheetView, choice: SheetChoice, *, with_groups: bool) -> GroupedSheet:
    choice = choice._replace(last_row=min(choice.last_row, view.height))
    judge = RowJudge(view, choice)
    if not with_groups:
        return GroupedSheet(view, choice, judge, [], [], choice.last_row)
    groups, above = group_rows(view, choice, judge), lines_above(view, choice, judge)
    last = _last_action(view, choice, judge, groups) or choice.last_row
    own = [group for group in groups if group.row < last]
    return GroupedSheet(view, choice, judge, own, above, last)


def _last_action(
    view: SheetView, choice: SheetChoice, judge: RowJudge, headings: list[GroupRow]
) -> int:
    """Return the last row with an action: what follows explains marks, or sums up.

    An explanation may look like actions of which nothing is told, below a heading of its own.
    """
    groups = {group.row: group for group in headings}
    action = next((each.column for each in choice.columns if each.role is ColumnRole.ACTION), 0)
    telling = {each.column for each in choice.columns if each.role not in NAMES}
    last, explains = 0, False
    for row in reversed(view.filled(choice.last_heading_row + 1, choice.last_row)):
        cells = view.row(row)
        if row in groups:
            explains = explains or _EXPLAINS.search(groups[row].text) is not None
        elif len(cells) == 1 and _EXPLANATION.search(cells.get(action, "")):
            explains = True
        elif judge.kind(row, cells) is RowKind.DATA:
            if not telling.isdisjoint(cells):
                return row if explains else max(last, row)
            last = last or (row if action in cells else 0)
    return last


def heading_rows(book: Book, mapping: Mapping) -> HeadingRows:
    """Return what headings the rows hold, before the levels of the mapping are known."""
    sheets = sheets_of(book, mapping)
    shapes = shapes_of(sheets, MOST_LEVELS)
    above = any(group.shape in shapes for sheet in sheets for group in sheet.above)
    left = min(
        (left_of(each, sheet.choice) for sheet in sheets for each in sheet.groups), default=0
    )
    return HeadingRows(shapes, above, left)


def left_of(group: GroupRow, choice: SheetChoice) -> int:
    """Return how many columns of headings stand at the left of a heading in a row of its own."""
    return sum(
        1
        for each in choice.columns
        if each.role is ColumnRole.HEADING and each.column < group.column
    )


def shapes_of(sheets: Sequence[GroupedSheet], depth: int) -> list[Shape]:
    """Return the shapes of headings in rows of their own, from the top level down."""
    known = {group.shape for sheet in sheets for group in sheet.groups}
    every = [
        [each for each in sheet.above if each.shape in known or _is_heading(each, sheets)]
        + sheet.groups
        for sheet in sheets
    ]
    return ranked(every)[:depth]


def _is_heading(group: GroupRow, sheets: Sequence[GroupedSheet]) -> bool:
    """Tell whether a line above a table is a heading: by its word, or as other sheets have it."""
    others = sum(1 for sheet in sheets if any(each.shape == group.shape for each in sheet.above))
    parts = numbered(group.text)
    return bool(parts.title) and bool(parts.word or others > 1)
