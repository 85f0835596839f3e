"""How much sense a whole reading makes: several of a book compete, and the best one is taken.

No single rule decides. Each part of the score asks one question of the plan that came out, not of
the rules by which it was read, so that readings of any kind can be compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_date, is_mark, is_section
from kyodo_desktop.domain.importing.columns import SEPARATOR
from kyodo_desktop.domain.importing.figure_tables import figure_rows
from kyodo_desktop.domain.importing.header_words import weights_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.row_words import is_total
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.importing.splitting import parts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundPlan
    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice

ROWS = 250  # of each sheet that are looked at
_WEIGHTS = {
    "coverage": 3.0,
    "titles": 3.0,
    "headings": 2.0,
    "numbers": 2.0,
    "told": 2.0,
    "distinct": 1.5,
    "statuses": 1.0,
    "size": 1.0,
}
_SINKS = {  # what is only kept beside counts less than what has a field of its own
    ColumnRole.NOTE: 0.5,
    ColumnRole.DESCRIPTION: 0.8,
    ColumnRole.ISSUE: 0.6,
}
_SHORTEST, _LONG, _LONGEST = 2, 60, 120
_TOLD = re.compile(
    r"(?:した|った|きた|えた|けた|いた|れた|だ|いる|おり)[。．]?$"
)  # says what was done
# A title that is the label of one: 事業名, 所管課.
_LABEL = re.compile("(?:名|名称|課|番号|概要|内容|状況|方向性?|区分|実績|評価)$")
_SURE = 0.8
_SENTENCES = re.compile(r"。.+")
_MANY = 40  # actions that are surely enough
_MOST_STATUSES = 12
_CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿]")
_DOUBTFUL = 0.5
_FEW, _BELOW_A_ROW = 2, 0.6


class Score(NamedTuple):
    """Each part is 0 to 1; `total` weighs them."""

    coverage: float
    titles: float
    headings: float
    numbers: float
    told: float
    distinct: float
    statuses: float
    size: float

    @property
    def total(self) -> float:
        """One number, 0 to 1."""
        weighed = sum(weight * part for weight, part in zip(_WEIGHTS.values(), self, strict=True))
        return weighed / sum(_WEIGHTS.values())


NOTHING = Score(*[0.0] * 8)


def score_of(book: Book, plan: FoundPlan, mapping: Mapping) -> Score:
    """Return how much sense a plan makes that was read by a mapping from a book's first rows."""
    if not plan.actions:
        return NOTHING
    actions = plan.actions
    return Score(
        coverage=_coverage(book, plan, mapping),
        titles=_mean(title_worth(each.title) for each in actions),
        headings=_headings(plan),
        numbers=_numbers(plan),
        told=_mean(float(_tells(each)) for each in actions),
        distinct=_distinct(plan),
        statuses=_statuses(plan),
        size=min(len(actions), _MANY) / _MANY,
    )


def title_worth(title: str) -> float:
    """Return how much a text looks like the title of something that is to be done."""
    key = squeezed(title)
    if len(key) < _SHORTEST and re.fullmatch("[一-龠]", key):
        return 0.7
    if len(key) < _SHORTEST or is_number(title) or is_mark(title) or is_date(title):
        return 0.0
    if is_total(title) or key.isdecimal() or re.fullmatch(r"[\d.,%▲△\-]+\D{0,3}", key):
        return 0.0
    worth = 1.0
    if is_section(title) and len(key) < _LONG / 3:
        worth = 0.3
    if parts_in(title):
        worth = min(worth, 0.2)
    if _SENTENCES.search(title.strip()):
        worth *= 0.5
    elif _TOLD.search(title.strip()):
        worth *= 0.6
    elif key.endswith("。"):
        worth *= 0.9
    elif _LABEL.search(key) and max(weights_of(title).values(), default=0.0) > _SURE:
        worth *= 0.5
    if len(key) > _LONG:
        worth *= 0.7 if len(key) <= _LONGEST else 0.4
    return worth


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def _tells(action: FoundAction) -> bool:
    return bool(action.lines or any(each.direction or each.text for each in action.outlooks))


# --------------------------------------------------------------- what of the book is understood


def _coverage(book: Book, plan: FoundPlan, mapping: Mapping) -> float:
    """Return the share of the cells that have become something; words at their head count too."""
    used, labels = _used(plan), _labels(mapping)
    heads: defaultdict[str, list[SheetChoice]] = defaultdict(list)
    for each in mapping.sheets:
        heads[each.sheet].append(each)
    all_, understood = 0, 0.0
    for grid in book.grids:
        if grid.hidden:
            continue
        tops = [each.first_heading_row for each in heads[grid.sheet]]
        top = min(tops, default=0)
        head_rows = {
            row
            for each in heads[grid.sheet]
            for row in range(each.first_heading_row, each.last_heading_row + 1)
        }
        left = grid.hidden_rows | _figures(grid, heads[grid.sheet])
        for row, cells in enumerate(grid.rows[:ROWS], start=1):
            if row in left or (row < top and _is_line(cells)):
                continue
            for column, text in enumerate(cells, start=1):
                if not text or column in grid.hidden_columns or not text.strip():
                    continue
                all_ += 1
                if row in head_rows:
                    understood += 1.0
                    continue
                worth = used.get((grid.sheet, row, column), 0.0)
                understood += worth or float(squeezed(text) in labels)
    share = understood / all_ if all_ else 0.0
    return share * (_BELOW_A_ROW if _misses_headings(book, heads) else 1.0)


def _figures(grid: Grid, lists: list[SheetChoice]) -> frozenset[int]:
    """Return the rows of tables that are known to hold no actions."""
    view = SheetView(grid)
    found = (figure_rows(view, each.first_heading_row, each.last_heading_row) for each in lists)
    return frozenset().union(*found)


def _misses_headings(book: Book, heads: dict[str, list[SheetChoice]]) -> bool:
    """Tell whether a row right above the headings of a sheet is as full as they are.

    So is one right below them that holds nothing but words of headings.
    """
    for grid in book.grids:
        head = next(iter(heads.get(grid.sheet, ())), None)
        if head is None:
            continue
        if _holds_headings(grid.rows[head.last_heading_row : head.last_heading_row + 1]):
            return True
        if head.first_heading_row <= 1:
            continue
        above, own = (
            sum(1 for text in grid.rows[row - 1] if text.strip()) if row <= len(grid.rows) else 0
            for row in (head.first_heading_row - 1, head.first_heading_row)
        )
        if above > _FEW and above * 2 > own:
            return True
    return False


def _holds_headings(rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether the cells of a row say what stands in at least three columns."""
    told = [weights_of(text) for cells in rows for text in cells if text.strip()]
    roles = {max(weights, key=lambda role: weights[role]) for weights in told if weights}
    return all(told) and len(roles) > _FEW


def _is_line(cells: tuple[str, ...]) -> bool:
    """Tell whether a row above the table is a title or another line, and no part of a table."""
    return sum(1 for text in cells if text.strip()) <= _FEW


def _used(plan: FoundPlan) -> dict[tuple[str, int, int], float]:
    used: dict[tuple[str, int, int], float] = {}
    for heading in plan.headings:
        used[heading.place] = 1.0
    for action in plan.actions:
        used[action.place] = 1.0
        for again in action.relisted:
            used[again.place] = 1.0
        for origin in action.origins:
            worth = _SINKS.get(origin.field, 1.0)
            used[origin.place] = max(used.get(origin.place, 0.0), worth)
    return used


def _labels(mapping: Mapping) -> frozenset[str]:
    """Return the squeezed words that are printed beside values, or again over columns."""
    labels = mapping.form.labels if mapping.form else ()
    words = [text for each in labels for text in (each.printed, each.words)]
    for sheet in mapping.sheets:
        words += [text for each in sheet.columns for text in each.words.split(SEPARATOR)]
    return frozenset(map(squeezed, words))


# --------------------------------------------------------------- what the plan looks like


def _headings(plan: FoundPlan) -> float:
    """Headings have titles of their own, and something stands below each of them."""
    if not plan.headings:
        return 0.5
    above = {action.path[:depth] for action in plan.actions for depth in range(1, 9)}
    above |= {
        again.path[:depth]
        for action in plan.actions
        for again in action.relisted
        for depth in range(1, 9)
    }
    filled = _mean(float(each.own_path in above) for each in plan.headings)
    good = _mean(_heading_worth(each.title) for each in plan.headings)
    few = min(1.0, 2.5 * len(plan.actions) / len(plan.headings))
    return filled * good * few


def _heading_worth(title: str) -> float:
    """Return how much a text looks like a heading: a whole sentence says more than one does."""
    if is_section(title) or re.fullmatch("[一-龠]", squeezed(title)):
        return 1.0  # 人, 物, 金
    return title_worth(title) * (0.3 if title.rstrip().endswith("。") else 1.0)


def _distinct(plan: FoundPlan) -> float:
    """Titles come once; those that come again and again are headings."""
    titles = Counter(squeezed(each.title) for each in plan.actions)
    return len(titles) / len(plan.actions)


def _numbers(plan: FoundPlan) -> float:
    """Numbers count up: below one heading, or through the whole plan."""
    groups: defaultdict[object, list[str]] = defaultdict(list)
    for heading in plan.headings:
        groups[heading.path].append(heading.number)
    for action in plan.actions:
        groups["actions", action.path].append(action.number)
    below = _steps(groups.values())
    through = _steps([[action.number for action in plan.actions]])
    steps = max(below, through, key=lambda each: each[0] / each[1] if each[1] else 0.0)
    return steps[0] / steps[1] if steps[1] else 0.5


def _steps(groups: Iterable[list[str]]) -> tuple[float, int]:
    """Return how many numbers follow the one before them, and of how many."""
    hits, asked = 0.0, 0
    for numbers in groups:
        if not any(numbers):
            continue
        for left, right in pairwise(numbers):
            asked += 1
            if left and right:
                hits += _follows(left, right)
    return hits, asked


def _follows(left: str, right: str) -> float:
    one, two = _counts(left), _counts(right)
    if one is None or two is None:
        return 0.5 if squeezed(left) != squeezed(right) else 0.0
    return 1.0 if two == one + 1 else 0.6 if two > one else 0.2


def _counts(number: str) -> int | None:
    """Return what the last part of a number counts: 3 of 1-(2)-③."""
    digits = re.findall(r"\d+", squeezed(number))
    if digits:
        return int(digits[-1])
    kana = "アイウエオカキクケコサシスセソタチツテト"
    key = squeezed(number).strip("()")
    return kana.index(key) + 1 if len(key) == 1 and key in kana else None


def _statuses(plan: FoundPlan) -> float:
    """Statuses are few words that come again and again."""
    marks = [line.status for action in plan.actions for line in action.lines if line.status]
    if not marks:
        return 0.4
    kinds = len(set(marks))
    return 1.0 if kinds <= max(3, _MOST_STATUSES * min(1.0, len(marks) / 20)) else 0.3


def weak_points(plan: FoundPlan) -> Iterator[tuple[FoundAction, str]]:
    """Yield the actions of which a reading is not sure, and why."""
    repeated = Counter((each.path, squeezed(each.title)) for each in plan.actions)
    sections = {squeezed(name) for each in plan.actions for name in each.sections}
    for action in plan.actions:
        # A class or a centre is named as a section is: only one of the plan's own is doubtful.
        is_named = is_section(action.title) and squeezed(action.title) not in sections
        if title_worth(action.title) < _DOUBTFUL and not is_named:
            yield action, "名称らしくない文字です。実行計画かどうかを確かめてください。"
        elif _has_several(action.title) or numbered(action.title).number:
            yield action, "名称の中に番号があります。複数の実行計画でないか確かめてください。"
        elif repeated[action.path, squeezed(action.title)] > 1:
            yield action, "同じ名称の実行計画がほかにもあります。"


def _has_several(title: str) -> bool:
    """Tell whether several numbers stand in a title, in its lines or in one of them."""
    return bool(parts_in(title)) or len(_CIRCLED.findall(title)) > 1
