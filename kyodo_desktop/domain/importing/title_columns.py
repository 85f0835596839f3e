"""Which of the titles are headings and which is the action's, and what the numbers count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.headed_titles import MARK, SECTION, heads_of, titles_in
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.scoring import title_worth
from kyodo_desktop.domain.importing.splitting import actions_in

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import SheetColumn

_TITLES = (ColumnRole.HEADING, ColumnRole.ACTION)
_WORDY, _MOST_OF = 8, 0.5
_LONG = 60  # characters on average: prose, no titles
_LONG_NUMBER = 6  # characters on average: a code of a machine
_NUMBER_WORD = re.compile(r"(?:の?(?:番号|コード|no\.?|id|code|_))+$")
_NAME_WORD = re.compile(r"(?:の?(?:名称|名|name|_))+$")
_PLACED = re.compile("(?:基本|重点|推進)(?:目標|方針|施策|戦略)|政策|施策|大項目|大分類|分野|の柱")
_UNSURE = 0.6  # a word that headings have as often
_DEPARTMENT = re.compile("(?:部|局|部局)(?:名|等)?$")
_UNSETTLED = (ColumnRole.IGNORED, ColumnRole.NOTE, ColumnRole.DESCRIPTION)
_LONG_BLOCK = 40  # characters on average
_PACKED = 1.4  # actions beside one value, in one cell
_OF_EACH = (ColumnRole.SECTION, ColumnRole.STATUS)  # what each action has one of
_STAND_RIGHT = ((ColumnRole.SECTION,), (ColumnRole.STATUS, ColumnRole.ROUND))
_MAY_HOLD = (*_UNSETTLED, ColumnRole.PROGRESS)
_WORTH = 0.8  # of titles that are surely some
_FEWER, _BLANKS, _AGAIN = 0.7, 0.75, 0.7  # kinds, filled rows, different values
_MOST_LEVELS = 4  # headings above the action


def title_roles(
    columns: list[SheetColumn],
    roles: dict[int, ColumnRole],
    rank: int = 0,
    *,
    blocks: bool = True,
) -> dict[int, int]:
    """Settle the titles and numbers in `roles`; return the level of each of these columns.

    `rank` counts the candidates for the column of the actions. `blocks` tells whether a column
    at their left is a heading whatever it is called, where its values come in blocks.
    """
    action = _action(columns, roles, rank)
    if action is not None and blocks:
        for each in columns:
            if each.column < action.column and _comes_in_blocks(each, action, roles):
                roles[each.column] = ColumnRole.HEADING
        if not any(roles[each.column] is ColumnRole.HEADING for each in columns):
            _take_departments(action, columns, roles)
    headings = [] if action is None else _headings_right_of(action, columns, roles)
    roles.update((each.column, ColumnRole.HEADING) for each in headings)
    for each in columns:
        role = roles[each.column]
        if action is not None and each.column == action.column:
            roles[each.column] = ColumnRole.ACTION
        elif role in _TITLES and each not in headings:
            left = action is not None and each.column < action.column
            if left and len(headings) < _MOST_LEVELS:
                roles[each.column] = ColumnRole.HEADING
                headings.append(each)
            else:
                roles[each.column] = (
                    ColumnRole.DESCRIPTION if each.contents.length > _WORDY else ColumnRole.NOTE
                )
    levels = {each.column: level for level, each in enumerate(headings)}
    if action is not None:
        levels[action.column] = len(headings)
    _give_numbers(columns, roles, levels, len(headings))
    return levels


def _headings_right_of(
    action: SheetColumn, columns: list[SheetColumn], roles: dict[int, ColumnRole]
) -> list[SheetColumn]:
    """Return the headings of a list that begins with its actions and says where they belong."""
    titles = [each for each in columns if roles[each.column] in _TITLES and each is not action]
    if any(each.column < action.column for each in titles):
        return []
    return [each for each in titles if _is_surely_heading(each, action)][:_MOST_LEVELS]


def _is_surely_heading(column: SheetColumn, action: SheetColumn) -> bool:
    if column.contents.length > _LONG or column.contents.kinds > action.contents.kinds:
        return False
    counted = sum(1 for cell in column.cells if numbered(cell).number)
    return counted * 2 > len(column.cells) or _PLACED.search(squeezed(column.leaf)) is not None


def _action(
    columns: list[SheetColumn], roles: dict[int, ColumnRole], rank: int
) -> SheetColumn | None:
    """Return the column of the actions' titles; `rank` 1 is the second likeliest."""
    titles = [each for each in columns if roles[each.column] in _TITLES]
    short = [each for each in titles if each.contents.length <= _LONG and not _is_told(each)]
    numbers = {e.column + 1: e for e in columns if roles[e.column] is ColumnRole.NUMBER}
    shared = {each.column for each in columns if each.is_shared}
    counted = {at for at, each in numbers.items() if each.is_shared or at not in shared}
    candidates = short or titles
    if short and not any(each.column in counted for each in short):
        candidates = [
            each
            for each in columns
            if each in short or (each.column in counted and _may_be_action(each, roles))
        ]
    if not candidates:
        may_be = [each for each in columns if _may_be_action(each, roles)]
        candidates = [each for each in may_be if roles[each.column] is not ColumnRole.NOTE]
        candidates = candidates or may_be
        if not candidates:
            return None
    ranked = _Ranking(columns, roles, counted)
    best = ranked.of(candidates)[0]
    best = _packed(columns, roles, best) or _by_its_content(columns, roles, best) or best
    others = [each for each in columns if _may_be_action(each, roles) and each is not best]
    return [best, *ranked.of(others)][rank] if rank <= len(others) else None


class _Ranking:
    """Ranks columns: first what is named like an action, differs most, stands right of titles.

    Titles stand at the left of sections, rounds and grades; `counted` are the columns at the
    right of numbers.
    """

    def __init__(
        self, columns: list[SheetColumn], roles: dict[int, ColumnRole], counted: set[int]
    ) -> None:
        firsts = (
            min((each.column for each in columns if roles[each.column] in told), default=0)
            for told in _STAND_RIGHT
        )
        self._firsts, self._counted = list(filter(None, firsts)), counted

    def of(self, candidates: list[SheetColumn]) -> list[SheetColumn]:
        """Return the candidates, the likeliest first."""
        most = max((each.contents.kinds for each in candidates), default=0) or 1
        last = len(candidates) - 1 or 1

        def worth(place: int) -> float:
            each = candidates[place]
            word = each.weights.get(ColumnRole.ACTION, 0.2) + 0.4 * (each.column in self._counted)
            left = sum(1 for first in self._firsts if each.column < first)
            return word + 0.6 * each.contents.kinds / most + 0.25 * (place / last + left)

        return [candidates[at] for at in sorted(range(len(candidates)), key=worth, reverse=True)]


def _take_departments(
    action: SheetColumn, columns: list[SheetColumn], roles: dict[int, ColumnRole]
) -> None:
    """Take departments at the left of everything for headings, where sections stand beside."""
    offices = [each for each in columns if roles[each.column] is ColumnRole.SECTION]
    first = offices[0] if len(offices) > 1 else None
    if first is not None and first.column < action.column and _DEPARTMENT.search(first.leaf):
        roles[first.column] = ColumnRole.HEADING


def _comes_in_blocks(
    column: SheetColumn, action: SheetColumn, roles: dict[int, ColumnRole]
) -> bool:
    """Tell whether one value after the other stands beside several actions."""
    has = column.contents
    if roles[column.column] not in _UNSETTLED or not has.filled_cells or column.is_year:
        return False
    if has.length > _LONG_BLOCK or has.digits + has.marks + has.dates + has.prose > _MOST_OF:
        return False
    worded = sum(1 for cell in column.cells if numbered(cell).word)  # 目標1, 方針Ⅱ
    if worded * 2 > len(column.cells) and not any(numbered(c).word for c in action.cells[:1]):
        return True
    if column.is_shared and not action.is_shared:
        return has.kinds < action.contents.kinds
    actions = sum(max(_count(cell), 1) for cell in action.cells)
    packed = actions > _PACKED * has.filled_cells
    kinds = max(action.contents.kinds, actions if packed else 0)
    fewer = has.kinds <= _FEWER * kinds
    return fewer and (has.filled < _BLANKS or has.distinct < _AGAIN or packed)


def _may_be_action(column: SheetColumn, roles: dict[int, ColumnRole]) -> bool:
    has = column.contents
    return (
        roles[column.column] in (*_TITLES, *_UNSETTLED)
        and bool(has.filled_cells)
        and has.digits + has.marks + has.dates < _MOST_OF
        and not column.is_year
    )


def _is_told(column: SheetColumn) -> bool:
    """Tell whether most cells say what was done: no title does."""
    return column.contents.past > _MOST_OF and column.contents.prose > _MOST_OF


def _packed(
    columns: list[SheetColumn], roles: dict[int, ColumnRole], best: SheetColumn
) -> SheetColumn | None:
    """Return the column whose cells hold several actions each, where those of `best` hold one.

    They are titles with their section or mark in the cell, or numbered like what stands in a
    column of sections or grades beside them.
    """
    if _holds_several(best):
        return None
    beside = [[*map(_count, each.cells)] for each in columns if roles[each.column] in _OF_EACH]
    for each in columns:
        is_office = roles[each.column] is ColumnRole.SECTION and ColumnRole.ACTION in each.weights
        may_hold = is_office or roles[each.column] in (*_MAY_HOLD, *_TITLES)
        if not may_hold or not _holds_several(each):
            continue
        counts = [*map(_count, each.cells)]
        alike = any(_are_alike(counts, others) for others in beside)
        titles = [title for cell in each.cells for title in titles_in(cell)]
        worth = sum(map(title_worth, titles)) / len(titles)
        if worth > _WORTH and (alike or heads_of(each.cells) & {SECTION, MARK}):
            return each
    return None


def _count(cell: str) -> int:
    return len(actions_in(cell, ""))


def _holds_several(column: SheetColumn) -> bool:
    return sum(1 for cell in column.cells if _count(cell)) > _MOST_OF * len(column.cells) > 0


def _are_alike(counts: list[int], others: list[int]) -> bool:
    """Tell whether cells beside each other mostly hold as many parts."""
    same = sum(1 for one, other in zip(counts, others, strict=False) if one == other > 0)
    return len(counts) == len(others) and same > _AGAIN * len(counts)


def _by_its_content(
    columns: list[SheetColumn], roles: dict[int, ColumnRole], best: SheetColumn
) -> SheetColumn | None:
    """Return 取組内容 or the like, where the rows are about it: 施策 come again, it does not."""
    by_year = ColumnRole.ROUND in roles.values()  # each action then has several rows
    if by_year or best.weights.get(ColumnRole.ACTION, 0.0) > _UNSURE:
        return None
    return next(
        (
            each
            for each in columns
            if each.column > best.column
            and roles[each.column] is ColumnRole.DESCRIPTION
            and ColumnRole.ACTION in each.weights
            and each.contents.kinds > best.contents.kinds
        ),
        None,
    )


def _give_numbers(
    columns: list[SheetColumn], roles: dict[int, ColumnRole], levels: dict[int, int], depth: int
) -> None:
    """Give each column of numbers the level of the titles it counts, one for each level."""
    titles = [each for each in columns if roles[each.column] in _TITLES]
    rivals: dict[int, list[tuple[bool, bool, bool, int]]] = {}
    for each in [one for one in columns if roles[one.column] is ColumnRole.NUMBER]:
        owner = _owner(each, titles)
        level = levels[owner.column] if owner else depth
        beside = owner is not None and all(
            roles[one.column] is ColumnRole.NUMBER
            for one in columns
            if each.column < one.column < owner.column
        )
        is_code = each.contents.length > _LONG_NUMBER
        right = bool(titles) and each.column > titles[-1].column
        rivals.setdefault(level, []).append((right, not beside, is_code, each.column))
    for level, group in rivals.items():
        for place, (*_, column) in enumerate(sorted(group)):
            if place:
                roles[column] = ColumnRole.IGNORED
            else:
                levels[column] = level


def _owner(number: SheetColumn, titles: list[SheetColumn]) -> SheetColumn | None:
    """Return the titles that are counted: named alike, else the next; more numbers, the action."""
    name = _NUMBER_WORD.sub("", squeezed(number.leaf))
    for each in titles:
        if name and name == _NAME_WORD.sub("", squeezed(each.leaf)):
            return each
    following = [each for each in titles if each.column > number.column]
    if not following or number.contents.kinds > following[0].contents.kinds:
        return following[-1] if following else None
    return following[0]
