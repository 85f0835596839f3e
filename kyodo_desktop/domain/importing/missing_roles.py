"""Finds what a table must have and no words tell of: by what the cells look like."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.directions import is_direction
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.statuses import tells_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.importing.columns import SheetColumn

_Roles = dict[int, ColumnRole]

_DEGREE = re.compile("進捗|達成|完了|実施|進行")
_REACHED = re.compile("^実績(?:値|数)?$")  # what is said of progress in figures alone
_DONE = re.compile("(?:取り?組み?|実施|活動|具体的)(?:の|な)?.{0,4}内容")
_AHEAD = re.compile(
    r"(?:する|図る|行う|進める|努める|目指す|続ける|設ける|増やす|[うくぐすつぬぶむる])[。．）)]?\s*$|予定|検討"
)
_MOST_OF, _MOSTLY = 0.5, 0.7  # shares of the cells
_SURELY, _UPWARD = 0.9, 0.8
_NEW_OR_NOT = frozenset(("新規", "継続", "新", "継"))
_CHANGES = re.compile("拡大|拡充|縮小|廃止|統合")
_WORDY = 12  # characters on average
_MOST_GRADES, _FEWEST_GRADED = 7, 5


def is_graded(column: SheetColumn) -> bool:
    """Tell whether cells are grades: few marks, digits or shares, again and again."""
    has = column.contents
    if has.distinct > _MOST_OF or not 1 < has.kinds <= _MOST_GRADES:
        return False
    signs = max(has.marks, has.digits, has.shares)
    graded = signs > _MOSTLY and has.filled_cells >= _FEWEST_GRADED
    return graded and not _counts_up(column.cells)


def _counts_up(cells: tuple[str, ...]) -> bool:
    """Tell whether numbers count, from 1 again below each heading: ① ② ③ ① ②."""
    counts = [int(key) for cell in cells if (key := squeezed(cell)).isdecimal()]
    steps = sum(1 for left, right in pairwise(counts) if right in (left + 1, 1))
    return len(counts) == len(cells) and steps >= _MOSTLY * (len(counts) - 1)


def is_new_or_not(column: SheetColumn) -> bool:
    """Tell whether cells only tell what is new from what goes on."""
    return bool(column.cells) and all(cell.strip() in _NEW_OR_NOT for cell in column.cells)


def are_directions(column: SheetColumn) -> bool:
    """Tell whether cells choose what shall become of things, and do not say how far they are."""
    chosen = sum(map(is_direction, column.cells))
    return (
        column.contents.is_choice
        and chosen >= _SURELY * len(column.cells)
        and any(map(_CHANGES.search, column.cells))
    )


def rises(cells: tuple[str, ...]) -> bool:
    """Tell whether plain numbers go up, from 1 again here and there, as those of items do."""
    counts = [int(key) if (key := squeezed(cell)).isdecimal() else None for cell in cells]
    pairs = [(left, right) for left, right in pairwise(counts) if left is not None]
    up = sum(1 for left, right in pairs if right is None or right >= left or right == 1)
    return up >= _UPWARD * len(pairs)


def find_missing(columns: list[SheetColumn], roles: _Roles) -> None:
    """Give grades, texts, sections and dates that no words name their roles in `roles`."""
    _find_status(columns, roles)
    _find_progress(columns, roles)
    told = [each.column for each in columns if roles[each.column] is ColumnRole.PROGRESS]
    free = (ColumnRole.IGNORED,)
    if not _has(roles, ColumnRole.DIRECTION, ColumnRole.OUTLOOK):
        kept = (*free, ColumnRole.NOTE)
        _give(columns, roles, kept, ColumnRole.DIRECTION, _directions)
    if told and not _has(roles, ColumnRole.OUTLOOK):
        right = [each for each in columns if each.column > told[0]]
        _give(right, roles, free, ColumnRole.OUTLOOK, _ahead)
    if not _has(roles, ColumnRole.DUE):
        _give(columns, roles, free, ColumnRole.DUE, _dates)
    for each in columns:  # what else is said in words is kept
        if roles[each.column] is ColumnRole.IGNORED and each.contents.length > _WORDY:
            roles[each.column] = ColumnRole.NOTE


def _find_status(columns: list[SheetColumn], roles: _Roles) -> None:
    if _has(roles, ColumnRole.STATUS):
        return
    degrees = [
        each
        for each in columns
        if roles[each.column] is ColumnRole.NOTE
        and each.contents.shares > _MOSTLY
        and is_graded(each)
        and _DEGREE.search(each.leaf)
    ]
    if degrees:
        roles[degrees[0].column] = ColumnRole.STATUS
        return
    if not _give(
        columns, roles, (ColumnRole.IGNORED, ColumnRole.NOTE), ColumnRole.STATUS, _states
    ) and not _has(roles, ColumnRole.PROGRESS):
        _give(columns, roles, (ColumnRole.IGNORED,), ColumnRole.STATUS, _marks)


def _find_progress(columns: list[SheetColumn], roles: _Roles) -> None:
    if _has(roles, ColumnRole.PROGRESS):
        return
    graded = [each.column for each in columns if roles[each.column] is ColumnRole.STATUS]
    dated = [each.column for each in columns if roles[each.column] is ColumnRole.ROUND]
    described = [
        each
        for each in columns
        if roles[each.column] is ColumnRole.DESCRIPTION
        and (
            max(each.contents.past, each.contents.led) > _MOST_OF
            or (graded and graded[0] < each.column and _DONE.search(each.leaf))
            or (dated and dated[0] < each.column and each.contents.filled > _MOSTLY)
        )
    ]
    if described:
        roles[described[-1].column] = ColumnRole.PROGRESS
        return
    free = (ColumnRole.IGNORED, ColumnRole.NOTE)
    if _give(columns, roles, free, ColumnRole.PROGRESS, _told):
        return
    reached = [
        each for each in columns if roles[each.column] in free and _REACHED.search(each.leaf)
    ]
    if graded and reached:
        roles[reached[0].column] = ColumnRole.PROGRESS
    if not graded:
        wordy = [each for each in columns if roles[each.column] is ColumnRole.IGNORED]
        longest = max(wordy, key=lambda each: each.contents.length, default=None)
        if longest and longest.contents.length > _WORDY:
            roles[longest.column] = ColumnRole.PROGRESS


def _give(
    columns: list[SheetColumn],
    roles: _Roles,
    free: tuple[ColumnRole, ...],
    role: ColumnRole,
    worth: Callable[[SheetColumn], float],
) -> bool:
    """Give the role to the free column that looks most like it; tell whether one does."""
    action = next((each for each, own in roles.items() if own is ColumnRole.ACTION), 0)
    rated = [
        (worth(each), each.column)
        for each in columns
        if roles[each.column] in free
        and each.column > action
        and each.contents.filled_cells
        and not each.is_year
    ]
    best, column = max(rated, key=lambda each: (each[0], -each[1]), default=(0.0, 0))
    if best > _MOST_OF:
        roles[column] = role
    return best > _MOST_OF


def _states(column: SheetColumn) -> float:
    """Return the share of short words that tell how far things are, again and again."""
    has = column.contents
    if is_graded(column):
        return 1.0
    if not has.is_choice or has.distinct > _MOST_OF or are_directions(column):
        return 0.0
    return sum(map(tells_kind, column.cells)) / len(column.cells)


def _marks(column: SheetColumn) -> float:
    return column.contents.marks if column.contents.kinds > 1 else 0.0


def _told(column: SheetColumn) -> float:
    has = column.contents
    return has.past if has.length > _WORDY / 2 else 0.0


def _directions(column: SheetColumn) -> float:
    has = column.contents
    if not has.is_choice or is_new_or_not(column):
        return 0.0
    return sum(map(is_direction, column.cells)) / len(column.cells)


def _dates(column: SheetColumn) -> float:
    return 0.0 if ColumnRole.NUMBER in column.weights else column.contents.dates - 0.2


def _ahead(column: SheetColumn) -> float:
    if column.contents.length <= _WORDY / 2:
        return 0.0
    return sum(1 for each in column.cells if _AHEAD.search(each)) / len(column.cells)


def _has(roles: _Roles, *wanted: ColumnRole) -> bool:
    return any(role in wanted for role in roles.values())
