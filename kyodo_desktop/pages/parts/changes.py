"""前回からの変更: what became of the plan since the round before, in numbers and in full."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import fiscal_year, nodes
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.domain.comparing.transitions import transitions_of
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks, report_columns
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole, Value
from kyodo_desktop.pages.options import CHANGES, Edition
from kyodo_desktop.pages.stacking import are_better_stacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange
    from kyodo_desktop.domain.comparing.transitions import Transitions
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.pages.telling import Telling

_LABELS = (WidthRange(5.8, 6.4), WidthRange(9, 16), WidthRange(5, 6))
"""The number, the title, and what changed."""
_FIRST = len(_LABELS)
_TEXTS = WidthRange(36, 60)
"""Of all columns behind them together: two texts, or the matrix, two for a number."""
_MOST_STATUSES = 8
"""Beside each other; of more those of a kind are one."""
_BEFORE, _NOW = "前回", "今回"
_CORNER, _ADDED, _GONE, _TOTAL, _DIFFERENCE = "前回＼今回", "新規", "削除・統合", "計", "増減"
_COUNTS = "状態の移り変わり（実行計画数。行が前回、列が今回の状態）"
_CHANGES = "変更の一覧（下線は変わった部分）"
_SAME = "前回から変わったところはありません。"
_WHOLE_PLAN = "計画全体"
_WHOLE = frozenset({ChangeKind.ADDED, ChangeKind.DROPPED, ChangeKind.MERGED})


def changes(telling: Telling) -> Part | None:
    """Return the part; nothing where there is no round before."""
    comparison = telling.extras.comparison
    if comparison is None:
        return None
    if telling.options.edition is Edition.PUBLIC:
        comparison = comparison.published()
    transitions = transitions_of(comparison)
    if len(transitions.statuses) > _MOST_STATUSES:
        transitions = transitions.by_kind()
    half = len(transitions.statuses) + 2
    columns = 2 * half
    width = _FIRST + columns
    each = WidthRange(_TEXTS.least / columns, _TEXTS.best / columns)
    return Part(
        name=CHANGES,
        title=CHANGES,
        widths=(*_LABELS, *[each] * columns),
        top=(
            *headings.top(telling, CHANGES, width),
            headings.sentence(_rounds(comparison), width),
        ),
        rows=(
            headings.caption(telling.outline.worded(_COUNTS), width),
            *_matrix(transitions),
            headings.space(),
            headings.caption(_CHANGES, width),
            *_list(comparison, half),
        ),
    )


def _rounds(comparison: Comparison) -> str:
    sides = ((_BEFORE, comparison.before.round), (_NOW, comparison.after.round))
    return "　　".join(
        f"{word}：{each.name}（{fiscal_year.day_label(each.as_of)}現在）"
        for word, each in sides
        if each
    )


# In numbers


def _matrix(found: Transitions) -> Iterator[PageRow]:
    names = [report_columns.status_text(each) for each in found.statuses]
    heads = [Cell(name, looks.HEADER, 2) for name in (*names, _GONE, _TOTAL)]
    first = Cell(_CORNER, looks.HEADER, _FIRST)
    yield PageRow((first, *heads), RowRole.HEADER, joined=True, repeats=True)
    for name, counts, gone in zip(names, found.stayed, found.gone, strict=True):
        yield _counts(name, (*counts, gone, sum(counts) + gone))
    yield _counts(_ADDED, (*found.added, 0, sum(found.added)))
    gone = sum(found.gone)
    totals = (*found.now, gone, sum(found.now) + gone)
    cells = (Cell(each, looks.TOTAL_COUNT, 2) for each in totals)
    yield PageRow((Cell(_TOTAL, looks.TOTAL_NAME, _FIRST), *cells), RowRole.TOTAL)
    differences = (*found.differences, None, sum(found.differences))
    cells = (Cell(each, looks.CHANGE, 2) for each in differences)
    yield PageRow((Cell(_DIFFERENCE, looks.BODY, _FIRST), *cells))


def _counts(name: str, counts: Sequence[int]) -> PageRow:
    cells = (Cell(each or None, looks.COUNT, 2) for each in counts)
    return PageRow((Cell(name, looks.BODY, _FIRST), *cells))


# In full


class _Change(NamedTuple):
    """A kind of change in words, and what was and is there."""

    what: str
    old: Value
    new: Value


def _list(comparison: Comparison, half: int) -> Iterator[PageRow]:
    width = _FIRST + 2 * half
    if not comparison.changes:
        yield headings.sentence(_SAME, width)
        return
    words = ("番号", comparison.after.levels[-1].name, "変更")
    names = [Cell(word, looks.HEADER) for word in words]
    texts = [Cell(word, looks.HEADER, half) for word in (_BEFORE, _NOW)]
    yield PageRow((*names, *texts), RowRole.HEADER, joined=True, repeats=True)
    groups = groupby(comparison.changes, key=lambda each: comparison.place(each).above)
    for place, (above, group) in enumerate(groups):
        cell = Cell(above or _WHOLE_PLAN, looks.BAND, width)
        yield PageRow((cell,), RowRole.BAND, level=1, joined=True, repeats=True)
        for number, change in enumerate(group):
            yield from _rows(comparison, change, half, key=(place, number))


def _rows(
    comparison: Comparison, change: ItemChange, half: int, *, key: tuple[int, int]
) -> Iterator[PageRow]:
    """Yield what changed in an item, beside its number and title."""
    outline, node = comparison.whereabouts(change)
    title = outline.title(node)
    if nodes.is_heading(node):
        title += f"（{change.level}）"
    head = (Cell(outline.path_number(node), looks.NUMBER), Cell(title))
    rows = [row for each in _changes(outline, change) for row in _cells(each, half)]
    for cells in rows:
        if len(rows) > 1:
            beside = [cell._replace(run=(*key, place)) for place, cell in enumerate(head)]
        else:
            beside = [cell._replace(repeats=True) for cell in head]
        yield PageRow((*beside, *cells))


def _cells(change: _Change, half: int) -> Iterator[tuple[Cell, ...]]:
    """Yield what was beside what is, or below each other where that is lower."""
    what = Cell(change.what, repeats=True)
    old, new = Cell(change.old, columns=half), Cell(change.new, columns=half)
    if not are_better_stacked((old.text, new.text)):
        yield (what, old, new)
        return
    for side, cell in ((_BEFORE, old), (_NOW, new)):
        if cell.text:
            label = what._replace(value=f"{change.what}\n（{side}）")
            yield label, cell._replace(columns=2 * half)


def _changes(outline: Outline, change: ItemChange) -> Iterator[_Change]:
    """Yield what changed, old and new; an item that came or went is one row."""
    if change.kinds & _WHOLE:
        fields = [(outline.worded(each.label), each) for each in change.fields]
        olds = [f"{label}：{each.old}" for label, each in fields if each.old]
        news = [f"{label}：{each.new}" for label, each in fields if each.new]
        yield _Change("・".join(change.labels), "\n".join(olds), "\n".join(news))
        return
    for field in change.fields:
        what = field.label if field.kind is ChangeKind.OTHER else field.kind.label
        yield _Change(outline.worded(what), *field.marked())
