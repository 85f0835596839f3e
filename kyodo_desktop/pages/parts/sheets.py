"""進行管理シート: a page a 施策, or a page an action with all that is known of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import (
    action_fields,
    counting,
    field_types,
    fiscal_year,
    nodes,
    predecessors,
)
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks, report_columns
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.options import OPINIONS, SHEETS, Edition, SheetUnit
from kyodo_desktop.pages.parts import listing
from kyodo_desktop.pages.parts.opinions import OPINION, RESPONSE
from kyodo_desktop.pages.report_columns import ReportColumn
from kyodo_desktop.pages.stacking import are_better_stacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.action_fields import Field
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Opinion, Outlook, Progress
    from kyodo_desktop.pages.telling import Telling

_BEFORE, _NOW, _HISTORY, _PLACE, _RELISTED = "前回", "今回", "状態の推移", "位置", "再掲"
_ARROW = "　→　"
_FIRST = (action_fields.LEAD, action_fields.RELATED, action_fields.DUE)
"""Whose absence is worth knowing."""
_WITH_OTHERS = (
    *(action_fields.TITLE, action_fields.STATUS, action_fields.PROGRESS),
    *(action_fields.LINE_SECTION, action_fields.DIRECTION, action_fields.OUTLOOK),
)


def sheets(telling: Telling) -> Part | None:
    """Return a sheet for each 施策, or for each action in printed order."""
    outline = telling.outline
    below = list(chain.from_iterable(map(outline.below, telling.terms)))
    if telling.options.unit is SheetUnit.ACTION:
        places = filter(nodes.is_placement, below)
        return _of_actions(telling, dict.fromkeys(map(outline.action_id_at, places)))
    return _HeadingSheets(telling).part(
        each
        for each in below
        if nodes.is_heading(each) and any(map(nodes.is_placement, outline.children.get(each, ())))
    )


def _part(
    telling: Telling,
    widths: Sequence[WidthRange],
    of_each: Iterable[Iterable[PageRow]],
    *,
    is_fitted: bool = False,
) -> Part:
    """Return the part; each sheet begins a page, and every page says of what round it is."""
    rows: list[PageRow] = []
    for sheet in of_each:
        first, *others = sheet
        rows += (replace(first, begins_page=bool(rows)), *others)
    return Part(
        name=SHEETS,
        title=SHEETS,
        widths=tuple(widths),
        header=(_whose(telling, len(widths)),),
        rows=tuple(rows),
        is_fitted=is_fitted,
    )


def _whose(telling: Telling, columns: int) -> PageRow:
    """Return the row above every sheet."""
    outline = telling.outline
    last = max(1, columns // 3)
    title = Cell(headings.part_title(outline, SHEETS), looks.SHEET_ABOVE, columns - last)
    return PageRow((title, Cell(headings.as_of(outline), looks.AS_OF, last)), RowRole.TITLE)


def _title(text: str, columns: int) -> PageRow:
    """Return the heading of a sheet, which stands again where the sheet goes on."""
    cell = Cell(text, looks.SHEET, columns)
    return PageRow((cell,), RowRole.CAPTION, joined=True, repeats=True)


def _above(outline: Outline, node: int) -> list[int]:
    """Return the headings above a place or a heading, from the top."""
    return [each for each in outline.ancestors(node) if nodes.is_heading(each)][::-1]


def _place(outline: Outline, node: int) -> str:
    return " ＞ ".join(map(outline.label, _above(outline, node)))


class _Opinions:
    """What the committee said of headings, each on the first sheet below its heading."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._shown: set[int] = set()

    def first_below(self, path: Iterable[int]) -> Iterator[tuple[int, Opinion]]:
        """Yield those of the headings of a sheet that no sheet has told yet."""
        for node in path:
            opinion = self._outline.opinions.get(nodes.row_id(node))
            if node not in self._shown and opinion is not None:
                self._shown.add(node)
                if opinion.text or opinion.response:
                    yield node, opinion


# A page an action

_LABEL, _LEFT = WidthRange(6.4, 8), WidthRange(14, 36)
_LABEL_INSIDE, _RIGHT = WidthRange(5.4, 6.4), WidthRange(12, 34)
_ACTION_WIDTHS = (_LABEL, _LEFT, _LABEL_INSIDE, _RIGHT)
_ALL = len(_ACTION_WIDTHS)


class _OfRound(NamedTuple):
    """What a round says of an action."""

    lines: tuple[Progress, ...]
    outlook: Outlook | None


def _of_actions(telling: Telling, action_ids: Iterable[int]) -> Part:
    opinions = _Opinions(telling.outline)
    of_each = (_action_rows(telling, each, opinions) for each in action_ids)
    return _part(telling, _ACTION_WIDTHS, of_each)


def _action_rows(telling: Telling, action_id: int, opinions: _Opinions) -> Iterator[PageRow]:
    outline = telling.outline
    home = outline.home(action_id)
    rows = [
        _title(outline.place_label(home), _ALL),
        _across(_PLACE, _place(outline, home)),
        *_facts(telling, action_id),
        *_progress(telling, action_id),
        *_opinions_beside(outline, opinions.first_below(_above(outline, home))),
    ]
    facets = listing.facets(outline, home)
    return (replace(row, facets=facets) for row in rows)


def _across(label: str, text: str, look: str = looks.BODY) -> PageRow:
    return PageRow((Cell(label, looks.LABEL, repeats=True), Cell(text, look, _ALL - 1)))


def _facts(telling: Telling, action_id: int) -> Iterator[PageRow]:
    """Yield what the plan says of an action, short things two a row."""
    outline = telling.outline
    fields: list[Field[Any]] = [
        *_FIRST,
        *(each for each in action_fields.FIELDS if each not in _FIRST),
    ]
    texts = {
        field: field.format(outline, action_id)
        for field in fields
        if field.scope is action_fields.Scope.ACTION and _stands_alone(telling, field)
    }
    found = {field: text for field, text in texts.items() if text or field in _FIRST}
    labelled = {field: (outline.worded(field.label), text) for field, text in found.items()}
    short = [labelled[field] for field in found if _is_short(field)]
    others = outline.placed[action_id][1:]
    if others:
        numbers = (outline.place_number(nodes.placement_node(each)) for each in others)
        short.append((_RELISTED, "、".join(numbers)))
    for place in range(0, len(short), 2):
        pair = short[place : place + 2]
        if len(pair) == 1:
            yield _across(*pair[0])
        else:
            yield PageRow(
                tuple(
                    cell
                    for label, text in pair
                    for cell in (Cell(label, looks.LABEL, repeats=True), Cell(text))
                )
            )
    for field, words in labelled.items():
        if not _is_short(field):
            yield _across(*words)


def _stands_alone(telling: Telling, field: Field[Any]) -> bool:
    """Tell whether a field stands by itself, for those whom the report is for."""
    return (
        field not in _WITH_OTHERS
        and action_fields.Use.EDITOR in field.uses
        and (field.is_public or telling.options.edition is Edition.INTERNAL)
    )


def _is_short(field: Field[Any]) -> bool:
    if isinstance(field.type, field_types.Links):
        return isinstance(field.type, field_types.Sections)
    return not field.type.is_running_text


def _progress(telling: Telling, action_id: int) -> Iterator[PageRow]:
    """Yield how it stood in all rounds, and what this one and the one before say."""
    outline = telling.outline
    if outline.round is None:
        return
    then = predecessors.statuses_before(outline, telling.extras.records, action_id)
    steps = [(each.name, status) for each, status in then]
    steps.append((outline.round.name, outline.status(action_id)))
    words = (f"{name} {report_columns.status_text(status)}" for name, status in steps)
    yield _across(_HISTORY, _ARROW.join(words))
    now = _OfRound(outline.lines.get(action_id, ()), outline.outlooks.get(action_id))
    names, sides = [_NOW], [now]
    heads = [f"{_NOW}（{outline.round.name}）"]
    if outline.previous is not None:
        names.insert(0, _BEFORE)
        heads.insert(0, f"{_BEFORE}（{outline.previous.round.name}）")
        lines = predecessors.lines_before(outline, action_id)
        sides.insert(0, _OfRound(lines, predecessors.outlook_before(outline, action_id)))
    yield _sides("", [Cell(each, looks.HEADER) for each in heads], RowRole.HEADER)
    yield _sides(action_fields.STATUS.label, [_status(outline, each) for each in sides])
    texts = [report_columns.lines_text(outline, each.lines) for each in sides]
    yield from _texts(action_fields.PROGRESS.label, names, texts)
    texts = [report_columns.outlook_text(outline, each.outlook) for each in sides]
    yield from _texts(action_fields.OUTLOOK.label, names, texts)
    for field in action_fields.FIELDS:
        if field.scope is action_fields.Scope.ROUND and _stands_alone(telling, field):
            texts = [field.type.format(field.of_outlook(each.outlook), outline) for each in sides]
            if any(texts):
                yield from _texts(field.label, names, texts)


def _status(outline: Outline, side: _OfRound) -> Cell:
    status = outline.status_of(side.lines)
    look = looks.progress_look(status) if status else looks.UNFILLED
    return Cell(report_columns.status_text(status), look)


def _sides(label: str, cells: Sequence[Cell], kind: RowRole = RowRole.BODY) -> PageRow:
    """Return a row of one or two cells behind a label."""
    first = Cell(label, looks.HEADER if kind is RowRole.HEADER else looks.LABEL, repeats=True)
    last = cells[-1]._replace(columns=_ALL - len(cells))
    is_head = kind is RowRole.HEADER
    return PageRow((first, *cells[:-1], last), kind, joined=is_head, repeats=is_head)


def _texts(label: str, names: Sequence[str], texts: Sequence[str]) -> Iterator[PageRow]:
    """Yield texts beside each other, or below each other where that is lower."""
    if are_better_stacked(texts):
        for name, text in zip(names, texts, strict=True):
            if text:
                yield _across(f"{label}\n（{name}）", text)
    else:
        yield _sides(label, [Cell(each) for each in texts])


def _opinions_beside(
    outline: Outline, opinions: Iterable[tuple[int, Opinion]]
) -> Iterator[PageRow]:
    found, names = list(opinions), (OPINION, RESPONSE)
    if found:
        yield _sides("", [Cell(name, looks.HEADER) for name in names], RowRole.HEADER)
    for node, opinion in found:
        texts = (opinion.text, opinion.response)
        yield from _texts(outline.level_of(node).name, names, texts)


# A page a 施策


class _HeadingSheets:
    def __init__(self, telling: Telling) -> None:
        self._telling, self._outline = telling, telling.outline
        self._opinions = _Opinions(telling.outline)
        shown = [self._outline.actions[each] for each in self._outline.placed]
        described = any(each.description for each in shown)
        is_internal = telling.options.edition is Edition.INTERNAL
        noted = is_internal and any(each.note for each in shown)
        self._columns = [
            report_columns.PATH_NUMBER,
            report_columns.ACTION,
            *[report_columns.column_of(action_fields.DESCRIPTION)] * described,
            report_columns.SECTION,
            report_columns.column_of(action_fields.DUE),
            *[ReportColumn("past", "前回まで", WidthRange(4.2, 5), self._past)]
            * bool(telling.extras.records),
            report_columns.CURRENT,
            report_columns.PROGRESS,
            report_columns.OUTLOOK,
            *[report_columns.column_of(action_fields.NOTE)] * noted,
        ]

    def part(self, found: Iterable[int]) -> Part:
        widths = [each.width for each in self._columns]
        return _part(self._telling, widths, map(self._rows, found), is_fitted=True)

    def _rows(self, node: int) -> Iterator[PageRow]:
        outline, whole = self._outline, len(self._columns)
        yield _title(outline.place_label(node), whole)
        below = [each for each in outline.children[node] if nodes.is_placement(each)]
        text = "　　".join(filter(None, (_place(outline, node), self._counted(below))))
        yield PageRow((Cell(text, looks.BODY, whole),), RowRole.TEXT, joined=True)
        yield headings.head([each.heading(outline) for each in self._columns])
        for each in below:
            cells = tuple(listing.action_cells(outline, each, self._columns))
            yield PageRow(cells, facets=listing.facets(outline, each))
        found = list(self._opinions.first_below((*_above(outline, node), node)))
        if found:
            names = (Cell("", looks.HEADER, 2), Cell(OPINIONS, looks.HEADER, whole - 2))
            yield PageRow(names, RowRole.HEADER, joined=True, repeats=True)
        for opinion_node, opinion in found:
            yield from self._opinion(opinion_node, opinion)

    def _counted(self, placements: Sequence[int]) -> str:
        """Return how many actions there are, and how they stand."""
        outline = self._outline
        counts = counting.net(outline, placements)
        found = [
            f"{report_columns.status_text(each)} {counts[None if each is None else each.id]:,}件"
            for each in (*outline.statuses.values(), None)
            if counts[None if each is None else each.id]
        ]
        return f"{outline.levels[-1].name} {counts.total():,}件（{'、'.join(found)}）"

    def _past(self, outline: Outline, node: int) -> str:
        records, action_id = self._telling.extras.records, outline.action_id_at(node)
        then = predecessors.statuses_before(outline, records, action_id)
        return "\n".join(
            f"{fiscal_year.short_year_label(each.fiscal_year)} {status.mark if status else ''}"
            for each, status in then
        )

    def _opinion(self, node: int, opinion: Opinion) -> Iterator[PageRow]:
        for name, text in ((OPINION, opinion.text), (RESPONSE, opinion.response)):
            label = f"{name}\n（{self._outline.level_of(node).name}）"
            first, rest = Cell(label, looks.LABEL, 2, repeats=True), len(self._columns) - 2
            if text:
                yield PageRow((first, Cell(text, columns=rest)))
