"""What a table says of the year after its own: 今後の方向性 by another name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import ColumnRole

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import SheetColumn

_TOLD = (ColumnRole.STATUS, ColumnRole.PROGRESS)
_FREE = (ColumnRole.DESCRIPTION, ColumnRole.PROGRESS, ColumnRole.NOTE, ColumnRole.IGNORED)
_PLANNED = re.compile("予定|方針|計画|取り?組み?|見込|方向|対応|改善|見直し")
_MOST_OF = 0.5


def take_next_year(columns: list[SheetColumn], roles: dict[int, ColumnRole], near: int) -> None:
    """Make 令和５年度の取組予定 in a table of 令和４年度 its outlook, where it has no other.

    Several later years are a schedule. `near` is the year of the table where no column tells.
    """
    if {ColumnRole.OUTLOOK, ColumnRole.DIRECTION} & set(roles.values()):
        return
    planned = [each for each in columns if roles[each.column] in _FREE and _is_planned(each)]
    told = [
        each.year
        for each in columns
        if each.year is not None and each not in planned and roles[each.column] in _TOLD
    ]
    own = max(told, default=near)
    later = [each for each in columns if each.year is not None and each.year > own]
    if len(later) == 1 and later[0] in planned and later[0].year == own + 1:
        roles[later[0].column] = ColumnRole.OUTLOOK


def _is_planned(column: SheetColumn) -> bool:
    has = column.contents
    words = column.year is not None and _PLANNED.search(column.leaf) is not None
    return words and max(has.past, has.digits, has.dates, has.marks) < _MOST_OF
