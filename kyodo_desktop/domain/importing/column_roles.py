"""Guesses the role of each column from its words and its contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.header_words import others_view, row_role, weights_of
from kyodo_desktop.domain.importing.kept_inside import inside_columns
from kyodo_desktop.domain.importing.labelled_parts import labelled_parts
from kyodo_desktop.domain.importing.mapping import ColumnChoice, ColumnRole
from kyodo_desktop.domain.importing.missing_roles import (
    are_directions,
    find_missing,
    is_graded,
    is_new_or_not,
    rises,
)
from kyodo_desktop.domain.importing.plain import status_key
from kyodo_desktop.domain.importing.statuses import tells_kind
from kyodo_desktop.domain.importing.title_columns import title_roles

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import SheetColumn
    from kyodo_desktop.domain.importing.moments import When


TICKS = frozenset(("○", "●", "✓", "レ", "◎", "■", "*", "1", "x", "v", "該当", "✅"))
_TICKED = 0.75  # of the cells; the others may be sums
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
        role = _role_of_ticks(run) if len(run) > 1 else None
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
    return ticks >= _TICKED * len(column.cells)


def _role_of_ticks(run: list[SheetColumn]) -> ColumnRole | None:
    """Return what the words of the run are; those of other things (市民, 事業者) are nothing."""
    if not any(one.contents.filled_cells for one in run):
        return None
    parents = run[0].words[:-1]
    roles = {role for text in parents for role in weights_of(text)}
    if roles & {ColumnRole.DIRECTION, ColumnRole.OUTLOOK} and ColumnRole.STATUS not in roles:
        return ColumnRole.DIRECTION
    tells = sum(1 for one in run if tells_kind(one.words[-1]))
    return ColumnRole.STATUS if ColumnRole.STATUS in roles or tells * 2 >= len(run) else None


_TOLD = (ColumnRole.STATUS, ColumnRole.PROGRESS)
_AHEAD = (ColumnRole.OUTLOOK, ColumnRole.DIRECTION)
_FREE = (ColumnRole.DESCRIPTION, ColumnRole.PROGRESS, ColumnRole.NOTE, ColumnRole.IGNORED)
_PLANNED = re.compile("予定|方針|計画|取り?組み?|見込|方向|対応|改善|見直し")
_HALF = 0.5


def take_next_year(columns: list[SheetColumn], roles: dict[int, ColumnRole], near: int) -> None:
    """Make 令和５年度の取組予定 in a table of 令和４年度 its outlook, where it has no other.

    Several columns of that year are below one heading: 令和５年度の方針. Several later years are
    a schedule. `near` is the year of the table where no column tells.
    """
    planned = [each for each in columns if roles[each.column] in _FREE and _is_planned(each)]
    told = [
        each.year
        for each in columns
        if each.year is not None and each not in planned and roles[each.column] in _TOLD
    ]
    own = max(told, default=near)
    ahead = [each for each in columns if roles[each.column] in _AHEAD]
    later = [each for each in columns if each.year is not None and each.year > own]
    if {each.year for each in later} != {own + 1}:
        return
    if any(each.year is None or each.year >= own for each in ahead):
        return
    above = {each.words[:-1] for each in later}
    if len(later) == 1 and later[0] in planned:
        roles[later[0].column] = ColumnRole.OUTLOOK
    elif len(later) > 1 and len(above) == 1 and any(map(_PLANNED.search, above.pop())):
        for each in later:
            if roles[each.column] in _FREE:
                is_choice = each.contents.is_choice
                roles[each.column] = ColumnRole.DIRECTION if is_choice else ColumnRole.OUTLOOK


def _is_planned(column: SheetColumn) -> bool:
    has = column.contents
    words = column.year is not None and _PLANNED.search(column.leaf) is not None
    return words and max(has.past, has.digits, has.dates, has.marks) < _HALF


TITLES = (ColumnRole.HEADING, ColumnRole.ACTION)
_GRADES, _TEXTS = (
    (ColumnRole.STATUS, ColumnRole.DIRECTION),
    (ColumnRole.PROGRESS, ColumnRole.OUTLOOK, ColumnRole.ISSUE),
)
_SECTIONS, _MONTHS = (
    (ColumnRole.SECTION, ColumnRole.RELATED_SECTION),
    (ColumnRole.DUE, ColumnRole.START),
)
_DEPARTMENT = re.compile("(?:部|局|部局)(?:名|等)?$")
_PART = re.compile("KPI|ＫＰＩ|指標|目標値", re.IGNORECASE)  # what is measured of an action
_MONEY = re.compile("(?:効果|事業費|予算|決算|金)額?|千円|万円|[(（]円[)）]")
_MONTH, _MANY_MONTHS = re.compile("(?:1[0-2]|[1-9])月"), 6
_ARROW = re.compile("[→⇒➡⇨]+|[-－―─]+>")
_SCHEDULE = re.compile("工程|スケジュール|年次計画|実施計画|計画期間")
_REASON = re.compile("理由|根拠")
_JUDGED = re.compile("評価|進捗|達成|判定|設定")
_WHOLE = re.compile("総合|全体|最終")  # of several grades the one that sums them up
_ENOUGH = 0.35
_SOME, _MOST_OF, _MOSTLY = 0.3, 0.5, 0.7  # shares of the cells
_SURELY = 0.9
_NEARLY_ALL, _SHORT_NUMBER = 0.9, 4
_WORDY = 12  # characters on average
_MOST_KINDS, _FEWEST_KINDS = 7, 2
_ONCE = (
    ColumnRole.STATUS,
    ColumnRole.DIRECTION,
    ColumnRole.START,
    ColumnRole.DUE,
    ColumnRole.RELISTED,
    ColumnRole.ROUND,
)


def guess_roles(
    columns: list[SheetColumn], near: int, action: int = 0, *, blocks: bool = True
) -> dict[int, tuple[ColumnRole, int]]:
    """Return role and level by column; all columns are in it.

    `near` is the year of the table; `action` and `blocks` as in `title_roles`. What is for the
    office alone is a note, whatever else it looks like.
    """
    inside = inside_columns([each for each in columns if not _tells_rows(each)])
    shown = [each for each in columns if each.column not in inside]
    found = _roles_of(shown, near, action, blocks=blocks)
    return {each.column: found.get(each.column, (ColumnRole.NOTE, 0)) for each in columns}


def _roles_of(
    columns: list[SheetColumn], near: int, action: int, *, blocks: bool
) -> dict[int, tuple[ColumnRole, int]]:
    ticks = tick_columns(columns)
    roles = {each.column: ticks.get(each.column) or _role(each) for each in columns}
    _name_issues(columns, roles)
    _settle_schedules(columns, roles)
    _settle_reasons(columns, roles)
    _keep_one_set(columns, roles, ticks)
    _tell_by_row(columns, roles)
    _settle_directions(columns, roles)
    levels = title_roles(columns, roles, action, blocks=blocks)
    _keep_one(columns, roles, ticks)
    _prefer_offices(columns, roles)
    take_next_year(columns, roles, near)
    find_missing(columns, roles)
    return {each.column: (roles[each.column], levels.get(each.column, 0)) for each in columns}


def _role(column: SheetColumn) -> ColumnRole:
    """Return the role by itself; which title is the action's is decided among all of them."""
    scores = {role: weight + _fit(role, column) for role, weight in column.weights.items()}
    has = column.contents
    if _tells_rows(column):
        return ColumnRole.ROW_KIND
    labelled = sum(1 for cell in column.cells if labelled_parts(cell))
    if labelled > _MOST_OF * len(column.cells):
        return ColumnRole.PROGRESS  # each part says what it is
    if has.filled_cells and has.numbers > _MOSTLY and _may_be_number(column):
        scores[ColumnRole.NUMBER] = 1.0
    elif not scores and not column.is_year and is_graded(column):
        scores[ColumnRole.STATUS] = 0.5
    if has.marks > _MOST_OF and ColumnRole.SECTION in scores:
        return ColumnRole.NOTE  # who takes part: ○ below 市民, 事業者, 市
    if has.sections > _MOSTLY and not (
        set(scores) & {ColumnRole.SECTION, ColumnRole.RELATED_SECTION}
    ):
        scores[ColumnRole.SECTION] = has.sections * 0.9
    if has.digits > _MOST_OF and any(map(_MONEY.search, column.words)):
        return ColumnRole.NOTE
    if column.is_year and not scores:
        scores = _of_a_year(column)
    best = max(scores, key=lambda role: scores[role], default=ColumnRole.IGNORED)
    if best in _MONTHS and has.marks > _MOST_OF:
        return ColumnRole.NOTE  # ticked: 短期, 中期, 長期
    if best is ColumnRole.OUTLOOK and has.kinds > 1 and _comes_again(column):
        return ColumnRole.DIRECTION  # few short words again and again
    if best is ColumnRole.PROGRESS and has.digits > _MOSTLY:
        return ColumnRole.NOTE  # figures; what was done is told in words
    return best if scores.get(best, 0.0) >= _ENOUGH else ColumnRole.IGNORED


def _name_issues(columns: list[SheetColumn], roles: dict[int, ColumnRole]) -> None:
    """Take 課題 at the left of titles for headings: what went wrong stands at the right."""
    titles = [each.column for each in columns if roles[each.column] in TITLES]
    for each in columns:
        left = any(each.column < column for column in titles)
        if roles[each.column] is ColumnRole.ISSUE and left and each.contents.past < _SOME:
            roles[each.column] = ColumnRole.HEADING


def _tells_rows(column: SheetColumn) -> bool:
    """Tell whether the cells say what each row of an action holds: 計画, 実績, 課題."""
    has = column.contents
    if has.kinds > _MOST_KINDS or has.filled_cells < 2 * has.kinds or has.kinds < _FEWEST_KINDS:
        return False
    known = [row_role(cell) for cell in column.cells]
    return all(known) and (len(set(known)) > 1 or len({*map(others_view, column.cells)}) > 1)


def _may_be_number(column: SheetColumn) -> bool:
    """Numbers count: what comes again and again with few others is a grade."""
    weights = column.weights
    if column.year is not None and not column.leaf:
        return False
    if ColumnRole.NUMBER not in weights and is_graded(column):
        return False
    has = column.contents
    if not weights and not rises(column.cells):
        return False  # an age or an amount
    counted = has.numbers > _NEARLY_ALL and has.length <= _SHORT_NUMBER
    counted = counted and max(has.digits, has.marks) < _MOST_OF  # (1), ① and no value
    return (
        not weights
        or bool(set(weights) & {ColumnRole.NUMBER, *TITLES})
        or (counted and set(weights) == {ColumnRole.NOTE})
    )


def _of_a_year(column: SheetColumn) -> dict[ColumnRole, float]:
    """Judge a column under a year alone: marks are grades, prose is progress, the rest a plan."""
    has = column.contents
    if has.marks > _MOST_OF:
        return {ColumnRole.STATUS: 0.8}
    return {ColumnRole.PROGRESS: 0.8} if has.prose > _SOME else {ColumnRole.DESCRIPTION: 0.6}


def _fit(role: ColumnRole, column: SheetColumn) -> float:
    """Return how well the contents fit a role that the words allow."""
    has = column.contents
    if not has.filled_cells:
        return 0.0
    choice = max(has.marks, 1.0 if has.is_choice or has.shares > _MOSTLY else 0.0)
    fits = {
        **dict.fromkeys(_GRADES, 0.5 * choice - 0.7 * max(has.prose, has.led)),
        **dict.fromkeys(_TEXTS, 0.2 - 0.4 * choice + 0.3 * max(has.prose, has.led)),
        **dict.fromkeys(_SECTIONS, 0.5 * has.sections - 0.7 * has.prose),
        **dict.fromkeys(_MONTHS, 0.5 * has.dates - 0.3 * has.prose),
        **dict.fromkeys(TITLES, -0.6 * max(has.marks, has.sections - 0.5)),
        ColumnRole.NUMBER: 0.4 if has.numbers > _MOST_OF else -0.3,
        ColumnRole.ROUND: 0.3 if has.dates > _MOST_OF else -1.0,
    }
    return fits.get(role, 0.0)


def _keep_one(
    columns: list[SheetColumn], roles: dict[int, ColumnRole], ticks: dict[int, ColumnRole]
) -> None:
    """Of several grades of one year the best is the status, the others are kept as notes.

    Where all of them may be texts as well (実施状況), the others tell the progress.
    """
    filled = max(
        (each.contents.filled for each in columns if roles[each.column] is ColumnRole.ACTION),
        default=1.0,
    )
    for role in _ONCE:
        rivals = [each for each in columns if roles[each.column] is role]
        rivals = [each for each in rivals if each.column not in ticks]
        moments = {each.when for each in rivals} - {None}
        only = moments.pop() if len(moments) == 1 else None
        groups: dict[tuple[When | None, bool], list[SheetColumn]] = {}
        for each in rivals:
            key = each.when or only, is_earlier(each.title)
            groups.setdefault(key, []).append(each)
        for group in groups.values():
            best = max(group, key=lambda each: _strength(role, each, filled))
            for each in group:
                if each is not best:
                    may_tell = each.weights.get(ColumnRole.PROGRESS, 0.0) > _MOST_OF
                    may_tell = may_tell and not _comes_again(each)
                    roles[each.column] = ColumnRole.PROGRESS if may_tell else ColumnRole.NOTE


def _comes_again(column: SheetColumn) -> bool:
    """Tell whether cells are a few short words again and again, and so no texts."""
    return column.contents.is_choice and column.contents.distinct < _MOSTLY


def _tell_by_row(columns: list[SheetColumn], roles: dict[int, ColumnRole]) -> None:
    """Where a column says what each row holds, what it holds stands in the next one.

    Where the next ones are years side by side, it stands in each that has more than plans.
    """
    kind = next((each for each in columns if roles[each.column] is ColumnRole.ROW_KIND), None)
    if kind is None:
        return
    plans = sum(1 for cell in kind.cells if row_role(cell) is ColumnRole.DESCRIPTION)
    last = kind.column
    for each in columns:
        is_next = each.column == last + 1 and not (each.words and _MONTH.fullmatch(each.words[-1]))
        is_beside = is_next and last == kind.column
        if not is_beside and not (is_next and _is_moment(each)):
            continue
        last = each.column if _is_moment(each) else 0
        if roles[each.column] in _FREE:
            tells = is_beside or len(each.cells) > plans
            roles[each.column] = ColumnRole.PROGRESS if tells else ColumnRole.DESCRIPTION


def _is_moment(column: SheetColumn) -> bool:
    """Tell whether the lowest words name when it was, and nothing else."""
    return column.is_year or (column.when is not None and not weights_of(column.words[-1]))


def _settle_reasons(columns: list[SheetColumn], roles: dict[int, ColumnRole]) -> None:
    """Keep why something was judged so in the note, where what was done is told beside it."""
    told = [each for each in columns if roles[each.column] is ColumnRole.PROGRESS]
    reasons = [each for each in told if _REASON.search(each.leaf)]
    if len(reasons) < len(told):
        roles.update((each.column, ColumnRole.NOTE) for each in reasons)


def _settle_schedules(columns: list[SheetColumn], roles: dict[int, ColumnRole]) -> None:
    """Take months, arrows and 新規 for what they are: none says how far things are."""
    months = [each for each in columns if each.words and _MONTH.fullmatch(each.words[-1])]
    for each in columns:
        drawn = sum(1 for cell in each.cells if _ARROW.fullmatch(cell.strip()))
        planned = each.is_year and any(map(_SCHEDULE.search, each.words[:-1]))
        if (drawn * 2 > len(each.cells) > 0) or planned:
            roles[each.column] = ColumnRole.DESCRIPTION
        is_flag = is_new_or_not(each) and each.weights.get(ColumnRole.DIRECTION, 0.0) < _SURELY
        if is_flag or (len(months) >= _MANY_MONTHS and each in months):
            roles[each.column] = ColumnRole.NOTE


def _settle_directions(columns: list[SheetColumn], roles: dict[int, ColumnRole]) -> None:
    """Take grades for directions where they say what shall become of things: 拡大, 縮小, 廃止.

    Why it was judged so then stands beside them.
    """
    if ColumnRole.OUTLOOK in roles.values():
        return
    told = ColumnRole.DIRECTION in roles.values()
    for each in columns:
        if not told and roles[each.column] is ColumnRole.STATUS and are_directions(each):
            roles[each.column] = ColumnRole.DIRECTION
        beside = roles.get(each.column - 1) is ColumnRole.DIRECTION
        of_it = _REASON.search(each.leaf) and not (told and _JUDGED.search(each.leaf))
        if beside and of_it and roles[each.column] in (ColumnRole.NOTE, ColumnRole.PROGRESS):
            roles[each.column] = ColumnRole.OUTLOOK


def _keep_one_set(
    columns: list[SheetColumn], roles: dict[int, ColumnRole], ticks: dict[int, ColumnRole]
) -> None:
    """Of several sets of ticks of one moment the first is the status, the others are notes."""
    sets: dict[tuple[ColumnRole, When | None], tuple[str, ...]] = {}
    for each in columns:
        role = ticks.get(each.column)
        if role is not None:
            first = sets.setdefault((role, each.when), each.words[:-1])
            if each.words[:-1] != first:
                roles[each.column] = ColumnRole.NOTE


def is_earlier(words: str) -> bool:
    """Tell whether a column is about the year before that of the table."""
    return re.search("前年度|昨年度|前回", words) is not None


def _prefer_offices(columns: list[SheetColumn], roles: dict[int, ColumnRole]) -> None:
    """Where a column names departments and another the sections, the sections answer."""
    sections = [each for each in columns if roles[each.column] is ColumnRole.SECTION]
    above = [each for each in sections if _DEPARTMENT.search(each.leaf)]
    if above and len(above) < len(sections):
        for each in above:
            roles[each.column] = ColumnRole.NOTE


def _strength(role: ColumnRole, column: SheetColumn, filled: float) -> float:
    """Rate a rival; `filled` is the share of rows that begin an action, with which grades go."""
    has = column.contents
    of_part = 0.5 * any(map(_PART.search, column.words[:-1]))
    coded = 0.5 if has.digits > _MOSTLY and has.filled_cells else 0.0
    word = 2 * column.weights.get(role, 0.0) + bool(_WHOLE.search(column.leaf))
    return word + _fit(role, column) - abs(has.filled - filled) - coded - of_part


def choices_of(
    columns: list[SheetColumn], roles: dict[int, tuple[ColumnRole, int]], rounds: dict[int, str]
) -> tuple[ColumnChoice, ...]:
    """Return the columns as they can be shown and changed; `rounds` are names by year."""
    return tuple(
        ColumnChoice(
            each.column, each.title, *roles[each.column], round=rounds.get(each.column, "")
        )
        for each in columns
    )
