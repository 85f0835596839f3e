"""目次・凡例: on which page each part begins, and what the marks mean."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.overview import NOT_FILLED_IN
from kyodo_desktop.domain.totals import TOTAL, term_totals
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageOf, PageRow, Part, RowRole
from kyodo_desktop.pages.options import CONTENTS, COVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.domain.totals import TermTotals
    from kyodo_desktop.pages.telling import Telling

Item = TypeVar("Item")

_MARK, _LABEL, _MEANING, _COUNT = (
    WidthRange(3.4, 5),
    WidthRange(6, 60),
    WidthRange(8, 400),
    WidthRange(3.6, 6),
)
_MOST_IN_A_ROW = 10
"""Statuses below each other; of more there are two in a row."""
_NOT_YET = "進捗状況がまだ記入されていないもの"
_NOT_COUNTED = "（集計に含めない）"
_NOTE = "件数は実行計画数です（何か所に掲載されていても1件と数えます）。▲は前回からの減少です。"


def contents(telling: Telling, parts: Sequence[Part]) -> Part:
    """Return the part; `parts` are the others of the report."""
    return _Contents(telling).part(parts)


class _Line(NamedTuple):
    """A status in words, and how many there are in each term."""

    mark: str
    label: str
    meaning: str
    counts: tuple[int, ...]
    look: str


class _Contents:
    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._totals = term_totals(telling.outline)
        self._lines = list(_lines(telling, self._totals))
        self._has_meanings = any(each.meaning for each in self._lines)
        self._beside = 1 + (len(self._lines) > _MOST_IN_A_ROW)
        """How many stand in a row."""

    def part(self, parts: Sequence[Part]) -> Part:
        counts = [_COUNT] * len(self._totals)
        widths = (_MARK, _LABEL, _MEANING, *counts) * self._beside
        listed = [each for each in parts if each.name != COVER]
        return Part(
            name=CONTENTS,
            title=CONTENTS,
            widths=widths,
            top=headings.top(self._telling, CONTENTS, len(widths)),
            rows=(*self._contents_rows(listed), *self._legend_rows()),
            is_fitted=True,
            fits_one_page=True,
        )

    @property
    def _columns(self) -> int:
        return 3 + len(self._totals)

    def _caption(self, text: str) -> PageRow:
        return headings.caption(text, self._columns * self._beside)

    def _contents_rows(self, parts: Sequence[Part]) -> Iterator[PageRow]:
        if not parts:
            return
        across = self._columns - 1
        yield self._caption("目次")
        names = (Cell("内容", looks.HEADER, across), Cell("ページ", looks.HEADER))
        yield PageRow(names * self._beside, RowRole.HEADER, joined=True)
        blocks = [
            [
                (Cell(each.title, columns=across), Cell(PageOf(each.name), looks.PAGE))
                for each in column
            ]
            for column in self._divided(parts)
        ]
        nothing = (Cell("", columns=across), Cell("", looks.PAGE))
        yield from _side_by_side(blocks, nothing)
        yield headings.space()

    def _legend_rows(self) -> Iterator[PageRow]:
        yield self._caption("凡例")
        outline = self._telling.outline
        counts = ["件数"]
        if self._telling.names_terms:
            counts = [outline.title(each.term) for each in self._totals]
        head = _Line("印", "状態", "意味", (), looks.HEADER)
        names = (
            *(each._replace(look=looks.HEADER) for each in self._cells(head)),
            *(Cell(each, looks.HEADER) for each in counts),
        )
        yield PageRow(names * self._beside, RowRole.HEADER, joined=True)
        blocks = [[self._cells(each) for each in column] for column in self._divided(self._lines)]
        yield from _side_by_side(blocks, tuple(Cell("", columns=each.columns) for each in names))
        note = Cell(outline.worded(_NOTE), looks.NOTE, self._columns * self._beside)
        yield PageRow((note,), RowRole.TEXT)

    def _cells(self, line: _Line) -> tuple[Cell, ...]:
        is_total = line.look == looks.TOTAL_NAME
        text, count = looks.BODY, looks.COUNT
        if is_total:
            text, count = looks.TOTAL_NAME, looks.TOTAL_COUNT
        words = [Cell(line.label, text, columns=2)]
        if self._has_meanings:
            words = [Cell(line.label, text), Cell(line.meaning, text)]
        return (Cell(line.mark, line.look), *words, *(Cell(each, count) for each in line.counts))

    def _divided(self, items: Sequence[Item]) -> list[Sequence[Item]]:
        """Return what stands in each column, read down one and then down the next."""
        length = -(-len(items) // self._beside)
        return [items[place * length : (place + 1) * length] for place in range(self._beside)]


def _side_by_side(
    blocks: Sequence[Sequence[tuple[Cell, ...]]], nothing: tuple[Cell, ...]
) -> Iterator[PageRow]:
    for row in zip_longest(*blocks, fillvalue=nothing):
        yield PageRow(tuple(chain.from_iterable(row)))


def _lines(telling: Telling, totals: Sequence[TermTotals]) -> Iterator[_Line]:
    found = [each.net.total.now for each in totals]
    for status in telling.outline.statuses.values():
        counts = tuple(each[status.id] for each in found)
        look = looks.centred(looks.progress_look(status))
        yield _Line(status.mark, _label(status), _meaning(status), counts, look)
    unfilled = tuple(each[None] for each in found)
    if any(unfilled):
        yield _Line("", NOT_FILLED_IN, _NOT_YET, unfilled, looks.NUMBER)
    yield _Line("", TOTAL, "", tuple(each.actions for each in totals), looks.TOTAL_NAME)


def _label(status: Status) -> str:
    return "" if status.label == status.mark else status.label


def _meaning(status: Status) -> str:
    meaning = "" if status.definition == status.label else status.definition
    return meaning if status.counted else meaning + _NOT_COUNTED
