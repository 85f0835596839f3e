"""Which of the titles are headings and which is the action's, and what the numbers count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import Role

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import Column

_TITLES = (Role.HEADING, Role.ACTION)
_LONG = 60  # characters on average: prose, no titles
_MOST_LEVELS = 4  # headings above the action


def title_roles(columns: list[Column], roles: dict[int, Role]) -> dict[int, int]:
    """Settle the titles and numbers in `roles`; return the level of each of these columns."""
    action = _action(columns, roles)
    headings: list[Column] = []
    for each in columns:
        role = roles[each.column]
        if action is not None and each.column == action.column:
            roles[each.column] = Role.ACTION
        elif role in _TITLES:
            left = action is not None and each.column < action.column
            if left and len(headings) < _MOST_LEVELS:
                roles[each.column] = Role.HEADING
                headings.append(each)
            else:
                roles[each.column] = Role.DESCRIPTION if each.contents.length > 8 else Role.NOTE  # noqa: PLR2004
    levels = {each.column: level for level, each in enumerate(headings)}
    if action is not None:
        levels[action.column] = len(headings)
    _give_numbers(columns, roles, levels, len(headings))
    return levels


def _action(columns: list[Column], roles: dict[int, Role]) -> Column | None:
    """Return the column of the actions' titles."""
    titles = [each for each in columns if roles[each.column] in _TITLES]
    short = [each for each in titles if each.contents.length <= _LONG]
    candidates = short or titles
    if not candidates:
        candidates = [
            each
            for each in columns
            if roles[each.column] in (Role.DESCRIPTION, Role.IGNORED)
            and each.contents.filled_cells
            and each.contents.digits + each.contents.marks + each.contents.dates < 0.5  # noqa: PLR2004
            and not each.is_year
        ]
        if not candidates:
            return None
    most = max(each.contents.kinds for each in candidates) or 1
    last = len(candidates) - 1 or 1

    def worth(place: int) -> float:
        each = candidates[place]
        word = each.weights.get(Role.ACTION, 0.2)
        return word + 0.6 * each.contents.kinds / most + 0.25 * place / last

    return candidates[max(range(len(candidates)), key=worth)]


def _give_numbers(
    columns: list[Column], roles: dict[int, Role], levels: dict[int, int], depth: int
) -> None:
    """Give each column of numbers the level of the titles it counts."""
    taken: dict[int, Column] = {}
    titles = {each.column: each for each in columns if roles[each.column] in _TITLES}
    for each in [one for one in columns if roles[one.column] is Role.NUMBER]:
        owner = next((titles[column] for column in sorted(titles) if column > each.column), None)
        level = levels[owner.column] if owner else depth
        if owner and level < depth and each.contents.kinds > 1.5 * owner.contents.kinds:
            level = depth
        levels[each.column] = level
        rival = taken.get(level)
        if rival is not None:
            worse = rival if _is_code(rival) or not _is_code(each) else each
            roles[worse.column] = Role.IGNORED
            levels.pop(worse.column)
            taken[level] = each if worse is rival else rival
        else:
            taken[level] = each
    for each in taken.values():
        if _counts_nothing(each) and not titles:
            roles[each.column] = Role.IGNORED


def _is_code(column: Column) -> bool:
    return column.contents.length > 6  # noqa: PLR2004


def _counts_nothing(column: Column) -> bool:
    return not column.contents.filled_cells
