"""計画の概要: what the plan says of itself, on one or two pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year, numbering
from kyodo_desktop.domain.counting import headings_by_depth
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.overview import NOT_FILLED_IN
from kyodo_desktop.domain.totals import term_totals
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.options import PLAN, Edition
from kyodo_desktop.pages.report_columns import status_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round, Status
    from kyodo_desktop.pages.telling import Telling

_WIDTHS = (WidthRange(7.2, 10), WidthRange(9, 40), WidthRange(14, 400), WidthRange(6, 30))
_NARROW = (WidthRange(5, 40), WidthRange(7, 400), WidthRange(6, 30))
"""Of statuses that stand beside each other."""
_TOGETHER = 4
"""Rows of a group that stay on one page."""
_STATUSES, _MOST_STATUSES = "状態の区分", 10
"""Statuses below each other; of more there are two in a row."""
_NOTE = (
    "件数のうち、実行計画と状態のものは実行計画数です（何か所に掲載されていても1件と数えます）。"
)
_UNFILLED = "進捗状況がまだ記入されていないもの"

_Row = tuple[Cell, ...]


def plan(telling: Telling) -> Part:
    """Return the part: a labelled group of rows for each part of the plan that is filled in.

    Many statuses stand two in a row, and without their meanings where that is not short enough.
    """
    groups = _groups(telling)
    if len(groups[_STATUSES]) <= _MOST_STATUSES:
        return _part(telling, groups, _WIDTHS)
    named = groups | {_STATUSES: _text("、".join(_counted_names(groups[_STATUSES])))}
    whole = _part(telling, _two_in_a_row(groups), (_WIDTHS[0], *_NARROW * 2))
    return replace(whole, shorter=_part(telling, named, _WIDTHS))


def _part(telling: Telling, groups: dict[str, list[_Row]], widths: Sequence[WidthRange]) -> Part:
    names = (Cell("項目", looks.HEADER), Cell("内容", looks.HEADER, len(widths) - 1))
    rows = (row for label, cells in groups.items() for row in _group_rows(label, cells))
    note = PageRow((Cell(telling.outline.worded(_NOTE), looks.NOTE, len(widths)),), RowRole.TEXT)
    return Part(
        name=PLAN,
        title=PLAN,
        widths=tuple(widths),
        top=headings.top(telling, PLAN, len(widths)),
        header=(PageRow(names, RowRole.HEADER, joined=True),),
        rows=(*rows, note),
        is_fitted=True,
        fits_one_page=True,
    )


def _counted_names(statuses: Iterable[_Row]) -> Iterator[str]:
    return (f"{name.text}（{count.text}）" for name, _, count in statuses)


def _two_in_a_row(groups: dict[str, list[_Row]]) -> dict[str, list[_Row]]:
    """Return the groups with statuses beside each other, and all else as wide as two of them."""
    statuses = groups[_STATUSES]
    half = -(-len(statuses) // 2)
    nothing = tuple(cell._replace(value="") for cell in statuses[0])
    pairs = zip_longest(statuses[:half], statuses[half:], fillvalue=nothing)
    wider = {label: [*map(_widened, rows)] for label, rows in groups.items()}
    return wider | {_STATUSES: [(*left, *right) for left, right in pairs]}


def _widened(cells: _Row) -> _Row:
    *before, text = cells[:2]
    return (*before, text._replace(columns=text.columns + len(_NARROW)), *cells[2:])


def _group_rows(label: str, group: Sequence[_Row]) -> Iterator[PageRow]:
    for place, cells in enumerate(group, start=1):
        is_joined = place < len(group) <= _TOGETHER
        yield PageRow((Cell(label, looks.LABEL, run=label), *cells), joined=is_joined)


def _groups(telling: Telling) -> dict[str, list[_Row]]:
    outline = telling.outline
    is_internal = telling.options.edition is Edition.INTERNAL
    itself, principles = outline.plan, outline.principles.values()
    found = {
        "計画の名称": _text(itself.title),
        "市町村名": _text(itself.municipality),
        "条例": _text(itself.ordinance),
        "計画期間": _text(
            fiscal_year.period_label(itself.first_fiscal_year, itself.last_fiscal_year)
        ),
        "期": [
            _row(each.name, fiscal_year.period_label(*each[3:5]))
            for each in outline.terms.values()
        ],
        "定義": _text(itself.definition),
        "基本原則": [_line(f"{each.number} {each.text}".strip()) for each in principles],
        "主体": _names(each.name for each in outline.actors.values()),
        "方針": _text(itself.policy),
        "階層": list(_levels(outline, telling.terms)),
        _STATUSES: list(_statuses(outline)),
        "方向性の区分": _names(each.label for each in outline.directions.values()),
        "担当課": _names(each.name for each in outline.sections.values()),
        "調査": [
            _row(
                each.name,
                _dates(each, with_closing=is_internal),
                "この報告書" if each == outline.round else "",
            )
            for each in outline.rounds.values()
        ],
    }
    if is_internal:
        found["連絡先"] = [
            _row(each.section, each.person, f"内線 {each.extension}" if each.extension else "")
            for each in telling.extras.contacts
        ]
    return found


def _levels(outline: Outline, terms: Sequence[int]) -> Iterator[_Row]:
    counts = {term: headings_by_depth(outline, term) for term in terms}
    *above, last = outline.levels
    for depth, level in enumerate(above):
        count = _counted(outline, [(term, found[depth]) for term, found in counts.items()])
        yield _row(level.name, numbering.STYLES.get(level.numbering, level.numbering), count)
    actions = [(each.term, each.actions) for each in term_totals(outline)]
    style = numbering.STYLES.get(last.numbering, last.numbering)
    yield _row(last.name, style, _counted(outline, actions))


def _statuses(outline: Outline) -> Iterator[_Row]:
    totals = [(each.term, each.net.total.now) for each in term_totals(outline)]

    def row(name: str, meaning: str, status_id: int | None) -> _Row:
        counts = [(term, found[status_id]) for term, found in totals]
        return _row(name, meaning, _counted(outline, counts))

    for status in outline.statuses.values():
        yield row(status_text(status), _meaning(status), status.id)
    if any(found[None] for _, found in totals):
        yield row(NOT_FILLED_IN, _UNFILLED, None)


def _meaning(status: Status) -> str:
    return status.meaning + ("" if status.counted else "（集計に含めない）")


def _counted(outline: Outline, counts: Sequence[tuple[int, int]]) -> str:
    """Return how many there are; of more than one term, how many in each."""
    if len(counts) == 1:
        return f"{counts[0][1]:,}件"
    return "　".join(f"{outline.title(term)} {count:,}件" for term, count in counts)


def _dates(round_: Round, *, with_closing: bool) -> str:
    dates = f"{fiscal_year.day_label(round_.as_of)}現在"
    if round_.closed_at and with_closing:
        dates += f"（{fiscal_year.day_label(round_.closed_at[:10])}確定）"
    return dates


def _names(names: Iterable[str]) -> list[_Row]:
    return _text("、".join(names))


def _text(text: str) -> list[_Row]:
    return [_line(text)] if text else []


def _line(text: str) -> _Row:
    return (Cell(text, columns=3),)


def _row(name: str, text: str, count: str = "") -> _Row:
    if not count:
        return (Cell(name), Cell(text, columns=2))
    return (Cell(name), Cell(text), Cell(count, looks.COUNTED))
