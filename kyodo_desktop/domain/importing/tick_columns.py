"""Grades printed as columns: a ○ below 完了, 継続 or 未着手."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.header_words import weights_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import status_key
from kyodo_desktop.domain.importing.status_kinds import tells_kind

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import SheetColumn

TICKS = frozenset(("○", "●", "✓", "レ", "◎", "■", "*", "1", "x", "v", "該当", "✅"))
_MOSTLY = 0.75  # of the cells; the others may be sums
_LONGEST, _LONGEST_TICK = 14, 3


def is_tick(text: str) -> bool:
    """Tell whether a cell only says yes."""
    return len(text) <= _LONGEST_TICK and status_key(text) in TICKS


def tick_columns(columns: list[SheetColumn]) -> dict[int, ColumnRole]:
    """Return STATUS or DIRECTION for the columns of such a group, at least two side by side."""
    found: dict[int, ColumnRole] = {}
    run: list[SheetColumn] = []
    for each in [*columns, None]:
        if each is not None and _is_ticked(each) and (not run or _is_next(run[-1], each)):
            run.append(each)
            continue
        role = _role(run) if len(run) > 1 else None
        if role is not None:
            found.update((one.column, role) for one in run)
        run = [each] if each is not None and _is_ticked(each) else []
    return found


def _is_next(left: SheetColumn, right: SheetColumn) -> bool:
    return right.column == left.column + 1 and left.words[:-1] == right.words[:-1]


def _is_ticked(column: SheetColumn) -> bool:
    if not column.words or column.is_year or len(column.words[-1]) > _LONGEST:
        return False
    if weights_of(column.words[-1]) and (len(column.words) == 1 or not column.cells):
        return False
    ticks = sum(map(is_tick, column.cells))
    return ticks >= _MOSTLY * len(column.cells)


def _role(run: list[SheetColumn]) -> ColumnRole | None:
    """Return what the words of the run are; those of other things (市民, 事業者) are nothing."""
    if not any(one.contents.filled_cells for one in run):
        return None
    parents = run[0].words[:-1]
    roles = {role for text in parents for role in weights_of(text)}
    if roles & {ColumnRole.DIRECTION, ColumnRole.OUTLOOK} and ColumnRole.STATUS not in roles:
        return ColumnRole.DIRECTION
    tells = sum(1 for one in run if tells_kind(one.words[-1]))
    return ColumnRole.STATUS if ColumnRole.STATUS in roles or tells * 2 >= len(run) else None
