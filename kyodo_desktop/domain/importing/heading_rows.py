"""Headings in rows of their own, above tables and as names of sheets: which stands above which."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.figure_tables import figure_rows
from kyodo_desktop.domain.importing.header_words import is_year
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.row_kinds import (
    ACROSS,
    NAMES,
    NUMBER,
    TEXT,
    WORD,
    GroupRow,
    RowJudge,
    RowKind,
    shape_of,
)
from kyodo_desktop.domain.importing.row_words import is_note
from kyodo_desktop.domain.importing.sections import is_named_by_section
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.like.filling import MISSING_SHEET
from kyodo_desktop.domain.numbering import BRACKETED, BRACKETED_KANA, CIRCLED, KANA, PLAIN, ROMAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice
    from kyodo_desktop.domain.importing.row_kinds import Shape
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess


_SHORTEST = 2


def siblings(sheets: Iterable[Sequence[GroupRow]]) -> dict[Shape, Shape]:
    """Return by shape the one that it shares with its siblings: the end of their words.

    They are siblings where none stands right below another, and none comes again after another.
    """
    places: dict[Shape, list[int]] = {}
    nested: set[frozenset[Shape]] = set()
    place = 0
    for groups in sheets:
        for each in groups:
            places.setdefault(each.shape, []).append(place)
            place += 1
        nested |= {
            frozenset((above.shape, below.shape))
            for above, below in pairwise(groups)
            if below.row - above.row == 1
        }
    found: dict[Shape, Shape] = {}
    for left, right in pairwise(shape for shape in places if shape[0] == WORD):
        end = _common_end(found.get(left, left)[1], right[1])
        parted = places[left][-1] < places[right][0]
        differ = len(end) < min(len(left[1]), len(right[1]))
        if len(end) >= _SHORTEST and differ and parted and frozenset((left, right)) not in nested:
            found |= {left: (WORD, end), right: (WORD, end)}
    return found


def _common_end(left: str, right: str) -> str:
    size = 0
    while size < min(len(left), len(right)) and left[-size - 1] == right[-size - 1]:
        size += 1
    return left[len(left) - size :]


_NAMES = ("大項目", "中項目", "小項目", "細項目")
_TITLE_WORDS = (
    "一覧",
    "状況",
    "進捗",
    "計画書",
    "報告",
    "評価表",
    "管理表",
    "シート",
    "について",
    "調書",
)
_USUAL_ORDER = {ROMAN: 0, PLAIN: 1, BRACKETED: 2, CIRCLED: 3, KANA: 4, BRACKETED_KANA: 5}
_LONGEST_ABOVE = 80
_REMARK = re.compile(
    r"[（(](?!\s*[0-9０-９ア-ン]{1,2}\s*[）)])[^（）()]+[）)]|[0-9０-９]+(?:件|事業|項目|施策|取組)"
)
_MOST_CELLS = 3


def group_rows(view: SheetView, choice: SheetChoice, judge: RowJudge) -> list[GroupRow]:
    """Return the headings of a sheet that stand in rows of their own, below the heading rows."""
    found = []
    for row in view.filled(choice.last_heading_row + 1, choice.last_row):
        if view.is_full(row):
            continue
        cells = view.row(row)
        if judge.kind(row, cells) is RowKind.GROUP:
            group = judge.group_of(row, cells)
            if group is not None:
                found.append(group)
    return found


def lines_above(view: SheetView, choice: SheetChoice, judge: RowJudge) -> list[GroupRow]:
    """Return the lines above the heading rows that may be headings, by their number."""
    found = []
    for row in view.filled(1, choice.first_heading_row - 1):
        cells = _without_remarks(view.row(row))
        group = judge.group_of(row, cells) if len(cells) <= _MOST_CELLS else None
        if group is None:
            text = next(iter(cells.values()), "") if len(cells) == 1 else ""
            if not text or is_note(text) or shape_of(text, 0)[0] == TEXT:
                continue
            group = _plain_group(row, cells)
        if (
            (group.shape[0] != TEXT or group.shape == ACROSS)
            and len(group.text) <= _LONGEST_ABOVE
            and not is_note(group.text)
            and not any(word in group.text for word in _TITLE_WORDS)
        ):
            found.append(group)
    return found


def _without_remarks(cells: dict[int, str]) -> dict[int, str]:
    """Return the cells of a line without （平成27年度） and the like at its right."""
    kept = {
        column: text
        for column, text in cells.items()
        if not (is_year(text) or _REMARK.fullmatch(text.strip()))
    }
    return kept or cells


def _plain_group(row: int, cells: dict[int, str]) -> GroupRow:
    (column, text), *_ = cells.items()
    return GroupRow(row, column, text, shape_of(text, 0))


def ranked(sheets: Iterable[Sequence[GroupRow]]) -> list[Shape]:
    """Return the shapes from the top level down: as they follow each other, then as is usual."""
    order: dict[Shape, int] = {}
    follows: Counter[tuple[Shape, Shape]] = Counter()
    for groups in sheets:
        for above, below in pairwise(groups):
            if below.row - above.row == 1:
                follows[above.shape, below.shape] += 1
        for each in groups:
            order.setdefault(each.shape, len(order))
    shapes = list(order)
    for _ in shapes:
        for at in range(len(shapes) - 1):
            upper, lower = shapes[at], shapes[at + 1]
            if _is_reversed(upper, lower, follows):
                shapes[at], shapes[at + 1] = lower, upper
    return shapes


def _is_reversed(upper: Shape, lower: Shape, follows: Counter[tuple[Shape, Shape]]) -> bool:
    down, up = follows[upper, lower], follows[lower, upper]
    if down != up:
        return up > down
    upper_rank, lower_rank = (_USUAL_ORDER.get(style, -1) for _, style in (upper, lower))
    both = upper[0] == lower[0] == NUMBER and -1 not in (upper_rank, lower_rank)
    return both and upper_rank > lower_rank


def names_of(shapes: Sequence[Shape]) -> list[str]:
    """Return the names of such levels: their words, else 大項目 and so on."""
    names: list[str] = []
    for place, (kind, word) in enumerate(shapes):
        usual = _NAMES[min(place, len(_NAMES) - 1)]
        names.append(word if kind == WORD and word not in names else usual)
    return names


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
    view = view.window(max(above) + 1, choice.last_row) if above else view
    return view.without(figure_rows(view, choice.first_heading_row, choice.last_heading_row))


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
    number = next((e.column for e in choice.columns if e.role is ColumnRole.NUMBER), 0)
    telling = {each.column for each in choice.columns if each.role not in NAMES}
    last, explains = 0, False
    for row in reversed(view.filled(choice.last_heading_row + 1, choice.last_row)):
        cells = view.row(row)
        if row in groups:
            explains = explains or _EXPLAINS.search(groups[row].text) is not None
        elif len(cells) == 1 and _explains(cells.get(action, ""), counted=number > 0):
            explains = True
        elif judge.kind(row, cells) is RowKind.DATA:
            if not telling.isdisjoint(cells):
                return row if explains else max(last, row)
            last = last or (row if action in cells else 0)
    return last


def _explains(text: str, *, counted: bool) -> bool:
    """Tell whether a line explains marks; among numbered titles its words are enough."""
    return bool(_EXPLANATION.search(text) or (counted and _EXPLAINS.search(text)))


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


_COUNTED = re.compile(r"[0-9()_\-]+")


def names_are_headings(sheets: list[SheetGuess]) -> bool:
    """Tell whether the names of the sheets say more than that there are several.

    A sheet that was added for what the table lacked is no part of its own.
    """
    sheets = [each for each in sheets if not each.view.sheet.startswith(MISSING_SHEET)]
    if all(is_named_by_section(each.view) and not _has_sections(each) for each in sheets):
        return False
    names = [each.view.sheet for each in sheets]
    words = {_COUNTED.sub("", squeezed(name)) for name in names}
    return len(names) > 1 and (len(words) > 1 or all(numbered(name).word for name in names))


def _has_sections(sheet: SheetGuess) -> bool:
    return any(role is ColumnRole.SECTION for role, _ in sheet.roles.values())


def share_headings(book: Book, draft: Mapping) -> bool:
    """Tell whether a top heading stands in several sheets, which then are parts of one whole."""
    tops = [
        {squeezed(group.text) for group in sheet.groups[:1]}
        or {
            squeezed(sheet.view.text(sheet.choice.last_heading_row + 1, each.column))
            for each in sheet.choice.columns
            if each.role is ColumnRole.HEADING and each.level == 0
        }
        for sheet in sheets_of(book, draft)
    ]
    texts = [text for top in tops for text in top if text]
    return len(set(texts)) < len(texts)


def sheet_word(sheets: list[SheetGuess]) -> list[str]:
    """Return the name of the level that the names of the sheets are."""
    words = {numbered(each.view.sheet).word for each in sheets}
    return [words.pop() if len(words) == 1 and words != {""} else "分野"]
