"""Puts headings that stand in rows of their own in order: which stands above which."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.header_words import is_year
from kyodo_desktop.domain.importing.row_kinds import RowKind
from kyodo_desktop.domain.importing.row_words import is_note
from kyodo_desktop.domain.importing.shapes import ACROSS, NUMBER, TEXT, WORD, GroupRow, shape_of
from kyodo_desktop.domain.numbering import BRACKETED, BRACKETED_KANA, CIRCLED, KANA, PLAIN, ROMAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.row_kinds import RowJudge
    from kyodo_desktop.domain.importing.shapes import Shape
    from kyodo_desktop.domain.importing.sheet_view import SheetView

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
_REMARK = re.compile(r"[（(][^（）()]+[）)]|[0-9０-９]+(?:件|事業|項目|施策|取組)")
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
