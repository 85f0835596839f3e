"""集計: how many actions stand where, beside the round before, as tables and figures.

Each term has its own tables: by status, by topmost heading (掲載数 only where something is 再掲),
and by section where there are some. Of many statuses those of a kind are counted together where
statuses are columns; the first table names each of them.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.overview import group_of
from kyodo_desktop.domain.totals import NO_SECTION, term_totals
from kyodo_desktop.pages import charts, headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.laid import PAPERS
from kyodo_desktop.pages.options import TOTALS
from kyodo_desktop.pages.report_columns import group_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.counting import Counts
    from kyodo_desktop.domain.overview import Group
    from kyodo_desktop.domain.totals import TermTotals, Totals, TotalsTable
    from kyodo_desktop.pages.content import Chart
    from kyodo_desktop.pages.telling import Telling

_NET_NOTE = "（何か所に掲載されても1件）"
_GROSS = "掲載数（再掲を含む）"
_OVERLAP_NOTE = "「{}」は、2つ以上の欄に数えた{}を、計では1件とするために差し引く数です。"
_SHARE_NOTE = (
    "割合（%）は最大剰余法によります。0.1未満を切り捨て、合計が100.0になるように、"
    "切り捨てた端数の大きいものから順に0.1ずつ加えます（同じときは先のものから）。"
)
_NAME, _NUMBER = WidthRange(8, 20), WidthRange(3, 6)
"""With these 100.0 has its room on A4縦, too, where there are fourteen columns of numbers."""
_TOGETHER = 16
"""Rows of a table that is not cut by a page."""
_EDGE = 3
"""Rows at the ends of a longer one that are not left alone."""
_SPACE = replace(headings.space(), joined=True)
_SET_IN = "　"
_NOT_THERE = "－"


def totals(telling: Telling) -> Part:
    """Return the part; each term begins a page."""
    comparison = telling.extras.comparison
    terms = [
        _Term(telling, each)
        for each in term_totals(telling.outline, comparison.before if comparison else None)
    ]
    width = max(each.numbers for each in terms)
    rows: list[PageRow] = []
    for each in terms:
        rows += each.rows(width, len(rows))
    return Part(
        name=TOTALS,
        title=TOTALS,
        widths=(_NAME, *[_NUMBER] * width),
        top=headings.top(telling, TOTALS, 1 + width),
        rows=tuple(rows),
    )


class _Pair(Enum):
    """What stands under each group of statuses."""

    SHARES = "件数", "割合"
    CHANGES = "件数", "増減"
    BEFORE = "前回", "増減"


class _Style(NamedTuple):
    """The looks of a row's name and of what stands behind it."""

    name: str
    number: str
    share: str
    change: str


_PLAIN = _Style(looks.BODY, looks.COUNT, looks.SHARE, looks.CHANGE)
_TOTAL = _Style(looks.TOTAL_NAME, looks.TOTAL_COUNT, looks.TOTAL_SHARE, looks.TOTAL_CHANGE)
_QUIET = _Style(looks.OVERLAP_NAME, *[looks.OVERLAP_COUNT] * 3)


class _Term:
    """A term, whose tables need so many columns of `numbers`."""

    def __init__(self, telling: Telling, found: TermTotals) -> None:
        self._telling, self._found, self._columns = telling, found, found.columns
        self._is_compared = found.net.total.before is not None
        self._by_status = 8 if self._is_compared else 4
        self._net = f"{telling.outline.action_word}数"
        self.numbers = max(self._by_status, 2 * len(self._columns.groups) + 2)
        self._width = self.numbers

    def rows(self, width: int, start: int) -> list[PageRow]:
        """Return the rows in so many columns of numbers; the first is `start` of the part."""
        self._width = width
        found, level = self._found, self._telling.outline.levels[0].name
        rows = [*self._term_row(is_first=start == 0), *self._caption("状態別の件数")]
        rows += _kept([*self._status_rows(), self._note(_SHARE_NOTE)])
        rows += self._caption(f"{level}別の{self._net}{_NET_NOTE}")
        first = start + len(rows) + 2  # behind two rows of names of columns
        rows += _kept(self._table_rows(level, found.net, _Pair.SHARES))
        for each in self._charts(f"{level}別の{self._net}", first):
            rows += self._caption(each.title)
            rows.append(PageRow((), RowRole.CHART, height=each.height, chart=each))
        if found.gross != found.net:
            rows += self._whole_table(f"{level}別の{_GROSS}", level, found.gross, _Pair.SHARES)
        if self._is_compared:
            caption = f"{level}別の{self._previous}の{self._net}と、今回までの増減"
            rows += self._whole_table(caption, level, found.net, _Pair.BEFORE)
        if any(each.name != NO_SECTION for each in found.sections.rows):
            pair = _Pair.CHANGES if self._is_compared else _Pair.SHARES
            caption = f"担当課別の{self._net}"
            rows += self._whole_table(caption, "担当課（主担当）", found.sections, pair)
        return rows

    @property
    def _previous(self) -> str:
        previous = self._telling.outline.previous
        return f"前回（{previous.round.name}）" if previous else "前回"

    def _term_row(self, *, is_first: bool) -> Iterator[PageRow]:
        if self._telling.names_terms:
            band = headings.term_band(self._telling.outline, self._found.term, 1 + self._width)
            yield replace(band, kind=RowRole.CAPTION, begins_page=not is_first)

    def _caption(self, text: str) -> tuple[PageRow, ...]:
        return _SPACE, replace(headings.caption(text, 1 + self._width), level=2)

    def _note(self, text: str) -> PageRow:
        return PageRow((Cell(text, looks.NOTE, 1 + self._width),), RowRole.TEXT)

    def _overlap_note(self, overlap: Totals) -> str:
        return _OVERLAP_NOTE.format(overlap.name, self._telling.outline.action_word)

    # By status

    def _status_rows(self) -> Iterator[PageRow]:
        """Yield a table whose rows are statuses, below the groups that they are counted in."""
        names = ("今回", "割合", "前回", "増減") if self._is_compared else ("件数", "割合")
        status = Cell("状態", looks.HEADER, run="状態")
        halves = [Cell(each, looks.HEADER, len(names)) for each in (self._net, _GROSS)]
        yield PageRow(self._in_halves(status, halves), RowRole.HEADER, repeats=True)
        below = [Cell(each, looks.HEADER) for each in names * 2]
        yield PageRow(self._in_halves(status, below), RowRole.HEADER, repeats=True)
        columns = self._columns
        alone = [group_of(each) for each in columns.counted]
        for group in columns.groups:
            if group in alone:
                yield self._status_row(group, _PLAIN)
                continue
            yield self._status_row(group, _TOTAL)
            for each in alone:
                if each.status_ids <= group.status_ids:
                    yield self._status_row(each, _PLAIN, _SET_IN)
        yield self._status_row(columns.whole, _TOTAL)
        for each in map(group_of, columns.apart):
            yield self._status_row(each, _QUIET, f"{columns.outside.label}{_SET_IN}")

    def _in_halves(self, name: Cell, numbers: Sequence[Cell]) -> tuple[Cell, ...]:
        """Return a row of this table: its name takes what its numbers leave."""
        span = 2 if self._width > 2 * self._by_status else 1
        wide = (each._replace(columns=each.columns * span) for each in numbers)
        return name._replace(columns=1 + self._width - self._by_status * span), *wide

    def _status_row(self, group: Group, style: _Style, before: str = "") -> PageRow:
        cells: list[Cell] = []
        for table in (self._found.net, self._found.gross):
            now, then = table.total.now, table.total.before
            cells += (Cell(group.count(now), style.number), self._share(group, now, style))
            if then is not None:
                cells += (
                    Cell(group.count(then), style.number),
                    Cell(table.total.change(group), style.change),
                )
        name = Cell(before + group_text(group), style.name)
        kind = RowRole.TOTAL if style is _TOTAL else RowRole.BODY
        return PageRow(self._in_halves(name, cells), kind)

    def _share(self, group: Group, found: Counts, style: _Style) -> Cell:
        is_counted = group.status_ids <= self._columns.whole.status_ids
        return Cell(self._columns.share(group, found) if is_counted else None, style.share)

    # By heading and by section

    def _whole_table(
        self, caption: str, name: str, table: TotalsTable, pair: _Pair
    ) -> Iterator[PageRow]:
        yield from self._caption(caption)
        yield from _kept(self._table_rows(name, table, pair))

    def _table_rows(self, name: str, table: TotalsTable, pair: _Pair) -> list[PageRow]:
        rows = [*self._names(name, pair), *(self._row(each, pair, _PLAIN) for each in table.rows)]
        if pair is _Pair.BEFORE and table.gone is not None:
            rows.append(self._row(table.gone, pair, _PLAIN))
        total = self._row(table.total, pair, _TOTAL)
        overlap, note = table.overlap, self._overlap_note(table.overlap)
        if overlap.now or (overlap.before and pair is not _Pair.SHARES):
            return [*rows, self._row(overlap, pair, _QUIET), total, self._note(note)]
        return [*rows, total]

    def _names(self, name: str, pair: _Pair) -> Iterator[PageRow]:
        """Yield the names of the columns: groups of statuses, below them count and share."""
        whole = self._columns.whole.label
        first = Cell(name, looks.HEADER, self._span, run=name)
        groups = [Cell(group_text(each), looks.HEADER, 2) for each in self._columns.groups]
        pairs = [Cell(each, looks.HEADER) for each in pair.value]
        below = pairs * len(groups)
        if pair is not _Pair.SHARES:
            ends, ends_below = [Cell(whole, looks.HEADER, 2)], pairs
        elif self._columns.apart:
            outside = self._columns.outside.label
            ends = [Cell(each, looks.HEADER, run=(name, each)) for each in (whole, outside)]
            ends_below = ends
        else:
            ends = ends_below = [Cell(whole, looks.HEADER, 2, run=(name, whole))]
        yield PageRow((first, *groups, *ends), RowRole.HEADER, repeats=True)
        yield PageRow((first, *below, *ends_below), RowRole.HEADER, repeats=True)

    @property
    def _span(self) -> int:
        """How many columns a name takes where two end the row."""
        return 1 + self._width - 2 * len(self._columns.groups) - 2

    def _row(self, row: Totals, pair: _Pair, style: _Style) -> PageRow:
        cells = [Cell(row.name, style.name, self._span)]
        whole, outside = self._columns.whole, self._columns.outside
        for group in self._columns.groups:
            cells += self._two(row, group, pair, style)
        if pair is not _Pair.SHARES:
            cells += self._two(row, whole, pair, style)
        elif self._columns.apart:
            cells += (Cell(each.count(row.now), style.number) for each in (whole, outside))
        else:
            cells.append(Cell(whole.count(row.now), style.number, 2))
        return PageRow(tuple(cells), RowRole.TOTAL if style is _TOTAL else RowRole.BODY)

    def _two(self, row: Totals, group: Group, pair: _Pair, style: _Style) -> tuple[Cell, Cell]:
        """Return the two cells of a group."""
        shown = row.before if pair is _Pair.BEFORE else row.now
        number = Cell(_NOT_THERE if shown is None else group.count(shown), style.number)
        if pair is not _Pair.SHARES:
            return number, Cell(row.change(group), style.change)
        is_shared = style is not _QUIET
        share = self._columns.share(group, row.now) if is_shared else None
        return number, Cell(share, style.share)

    def _charts(self, title: str, first: int) -> Iterator[Chart]:
        """Yield the figures of the actions by heading, whose table has its first row there."""
        groups, rows = self._columns.groups, self._found.net.rows
        counts = [[group.count(row.now) for row in rows] for group in groups]
        columns = tuple(self._span + 2 * place for place in range(len(groups)))
        names = [each.name for each in rows]
        series = charts.series_of(groups, counts)
        width = PAPERS[self._telling.options.paper].width
        return charts.charts_of(title, names, series, (first, 0, columns), width=width)


def _kept(rows: Sequence[PageRow]) -> Iterator[PageRow]:
    """Yield the rows of a table; a page cuts it only where it is long, and not near its ends."""
    last = len(rows)
    cut = range(_EDGE + 1, last - _EDGE + 1) if last > _TOGETHER else ()
    for place, row in enumerate(rows, start=1):
        yield replace(row, joined=place < last and place not in cut)
