"""概要 on one page: how many are late, whose, what changed, and what the committee said.

Its columns are narrow ones of one width, over which every cell goes as far as it needs. On paper
that lies the three lists stand beside each other, an action in a cell of two lines.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import report_summary, terms
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.totals import SHARED
from kyodo_desktop.pages import charts, headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.laid import PAPERS
from kyodo_desktop.pages.options import CHANGES, DUE, OPINIONS, SUMMARY, Edition
from kyodo_desktop.pages.report_columns import group_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.report_summary import ActionList, ReportSummary, TermSummary
    from kyodo_desktop.pages.content import Value
    from kyodo_desktop.pages.telling import Telling

_COLUMNS, _NAMES, _ITEMS = 24, 3, 4
_WIDTH = WidthRange(2, 4)
_LISTS, _LATE = 3, "超過"
_SPANS_BELOW, _LOOKS_BELOW = (3, 10, 5, 6), (looks.NUMBER, looks.BODY)
_NOTHING, _UNKNOWN, _NO_OPINION = "該当なし", "前回の調査がないため、比べられません", "記載なし"
_NO_DUES = "完了予定がないため、数えていません"
_CUT, _MOVES = "…", 8


class _Lengths(NamedTuple):
    """How many characters are shown of each text, how many bars at most, and how near each other.

    The actions are the same in every form and on every paper.
    """

    title: int
    word: int
    opinion: int
    bars: int
    step: float = 15.0
    """Points from bar to bar."""


_LENGTHS = (
    _Lengths(title=70, word=40, opinion=500, bars=12),
    _Lengths(title=32, word=24, opinion=200, bars=12),
    _Lengths(title=24, word=16, opinion=120, bars=12),
    _Lengths(title=18, word=9, opinion=100, bars=12, step=12.0),
    _Lengths(title=32, word=24, opinion=200, bars=0),
    _Lengths(title=18, word=9, opinion=100, bars=0),
)
"""The first with which all has its place on one page is taken."""


def summary(telling: Telling) -> Part:
    """Return the part, with shorter ones for where it would not fit on its page."""
    month = terms.reported_month(telling.outline, telling.made_on[:7])
    comparison = telling.extras.comparison
    found = report_summary.report_summary(telling.outline, comparison, month)
    *longer, shortest = _LENGTHS
    part = _part(telling, found, shortest)
    for lengths in reversed(longer):
        part = replace(_part(telling, found, lengths), shorter=part)
    return part


def _part(telling: Telling, found: ReportSummary, lengths: _Lengths) -> Part:
    return Part(
        name=SUMMARY,
        title=SUMMARY,
        widths=(_WIDTH,) * _COLUMNS,
        top=headings.top(telling, SUMMARY, _COLUMNS),
        rows=tuple(_Rows(telling, found, lengths).all()),
        fits_one_page=True,
    )


class _Line(NamedTuple):
    """What a list says of an action, or in its place."""

    place: str
    title: str
    section: str = ""
    what: str = ""

    def beside(self, name: str) -> str:
        """Return all of it in a cell, below the title the rest; `name` is of the last column."""
        what = f"{self.what}{_LATE}" if self.what and name == _LATE else self.what
        lines = ((self.place, self.title), (self.section, what))
        return "\n".join(filter(None, ("　".join(filter(None, each)) for each in lines)))


class _Rows:
    def __init__(self, telling: Telling, found: ReportSummary, lengths: _Lengths) -> None:
        self._telling, self._found, self._lengths = telling, found, lengths
        self._paper = PAPERS[telling.options.paper]

    def all(self) -> Iterator[PageRow]:
        """Yield all rows below the top."""
        for each in self._found.terms:
            yield from self._figures(each)
        yield headings.space()
        yield from self._charts()
        yield from self._beside() if self._paper.is_landscape else self._below()
        yield from self._words()

    # Figures

    def _figures(self, term: TermSummary) -> Iterator[PageRow]:
        figures = term.figures
        spans = (_NAMES, *_shared(_COLUMNS - _NAMES, len(figures)))
        name = self._telling.outline.title(term.term) if self._telling.names_terms else ""
        labels = [group_text(each.group) if each.group else each.label for each in figures]
        yield PageRow(_cells((name, *labels), [looks.HEADER], spans), RowRole.HEADER)
        values = [each.value for each in figures]
        yield PageRow(_cells(("件数", *values), (looks.LABEL, looks.FIGURE), spans))
        changes = [each.change for each in figures]
        if any(each is not None for each in changes):
            looked = (looks.LABEL, looks.FIGURE_CHANGE)
            yield PageRow(_cells(("前回から", *changes), looked, spans))

    def _charts(self) -> Iterator[PageRow]:
        """Yield a figure for each term, if there is room for all."""
        if not 0 < sum(len(each.bars) for each in self._found.terms) <= self._lengths.bars:
            return
        level = self._telling.outline.levels[0].name
        for term in self._found.terms:
            name = self._telling.outline.title(term.term) if self._telling.names_terms else ""
            counts = [*zip(*(each.counts for each in term.bars), strict=True)]
            for chart in charts.charts_of(
                f"{name}　{level}別の{self._telling.outline.action_word}数".strip(),
                [_shortened(each.label, self._lengths.title) for each in term.bars],
                charts.series_of(term.groups, counts),
                None,
                width=self._paper.width,
                step=self._lengths.step,
            ):
                yield headings.caption(chart.title, _COLUMNS)
                yield PageRow((), RowRole.CHART, height=chart.height, chart=chart)
        yield headings.space()

    # Lists

    def _lists(self) -> Iterator[tuple[str, str, list[_Line]]]:
        """Yield the name of each list, that of its last column, and its lines."""
        found, is_compared = self._found, self._telling.extras.comparison is not None
        compared = "" if is_compared else _UNKNOWN
        for name, what, actions, part, unknown in (
            ("完了したもの", "前回から", found.done, CHANGES, compared),
            (report_summary.LATE, _LATE, found.late, DUE, "" if found.knows_late else _NO_DUES),
            ("方針が変わったもの", "前回から", found.redirected, CHANGES, compared),
        ):
            count = "" if unknown else f"　{actions.total:,}件"
            yield name + count, what, list(self._lines(actions, part, unknown or _NOTHING))

    def _lines(self, actions: ActionList, part: str, empty: str) -> Iterator[_Line]:
        word = self._lengths.word
        for each in actions.actions:
            yield _Line(
                each.place,
                _shortened(each.title, self._lengths.title),
                _shortened(each.section, word),
                _shortened(each.what, word),
            )
        if actions.more:
            yield _Line("", f"ほか{actions.more:,}件{self._where(part)}")
        if not actions.actions:
            yield _Line("", empty)

    def _beside(self) -> Iterator[PageRow]:
        """Yield the lists beside each other; the room below a shorter one is one cell."""
        lists, span = [*self._lists()], _COLUMNS // _LISTS
        names = tuple(Cell(name, looks.HEADER, span) for name, *_ in lists)
        yield PageRow(names, RowRole.HEADER, joined=True)
        rests = [Cell("", columns=span, run=name) for name, *_ in lists]
        blocks = [
            [Cell(each.beside(what), columns=span) for each in lines] for _, what, lines in lists
        ]
        for row in zip_longest(*blocks):
            yield PageRow(tuple(cell or rest for cell, rest in zip(row, rests, strict=True)))

    def _where(self, part: str) -> str:
        """Return where the rest stands, if that is in this report."""
        return f"（「{part}」を参照）" if part in self._telling.options.shown else ""

    def _below(self) -> Iterator[PageRow]:
        """Yield the lists below each other."""
        for place, (name, what, lines) in enumerate(self._lists()):
            if place:
                yield headings.space()
            names = ("番号", name, "主担当", what)
            yield PageRow(_cells(names, [looks.HEADER], _SPANS_BELOW), RowRole.HEADER, joined=True)
            for line in lines:
                yield PageRow(_cells(line, _LOOKS_BELOW, _SPANS_BELOW))

    # In words

    @property
    def _changed(self) -> str:
        changed = self._found.changed
        return "" if changed is None else "、".join(_counted(changed.in_words))

    @property
    def _late_sections(self) -> str:
        """Who leads what is late."""
        return self._whose(self._found.late_sections, self._found.late.total)

    @property
    def _carried(self) -> str:
        """How many nobody has confirmed, and whose they are; the public is not told of it."""
        count, is_internal = self._found.carried, self._telling.options.edition is Edition.INTERNAL
        if not (count and is_internal):
            return ""
        return f"{count:,}件：{self._whose(self._found.carried_sections, count)}"

    def _whose(self, led: Sequence[tuple[str, int]], total: int) -> str:
        """Return how much each section leads; what several lead is counted for each."""
        again = sum(count for _, count in led) - total
        more = f"（{SHARED} {again:,}件）" if again else ""
        return _fitting(_counted(led), "課", self._lengths.opinion - len(more)) + more

    @property
    def _moves(self) -> str:
        moves = _counted(self._found.moves)
        return _fitting(moves, "通り", self._lengths.opinion, _MOVES)

    def _words(self) -> Iterator[PageRow]:
        """Yield whose the late and unconfirmed ones are, what the committee said, and answers."""
        spans = (_ITEMS, _COLUMNS - _ITEMS)
        opinion, response = _NO_OPINION, ""
        if self._found.opinion is not None:
            opinion, response = self._found.opinion.text, self._found.opinion.response
        yield headings.space()
        yield PageRow(_cells(("項目", "内容"), [looks.HEADER], spans), RowRole.HEADER)
        for name, text in (
            (
                f"{report_summary.LATE}の主担当",
                self._late_sections or (_NOTHING if self._found.knows_late else _NO_DUES),
            ),
            ("前回からの変更", self._changed),
            ("まだ前回のまま", self._carried),
            ("状態の移り変わり", self._moves),
            ("委員会 総括", opinion or _NO_OPINION),
            ("市の対応", response),
        ):
            if text:
                shown = _shortened(text, self._lengths.opinion)
                if name == "委員会 総括" and self._found.other_opinions:
                    shown += f"　ほかの意見{self._found.other_opinions:,}件{self._where(OPINIONS)}"
                yield PageRow(_cells((name, shown), (looks.LABEL, looks.BODY), spans))


def _counted(names: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{name} {count:,}件" for name, count in names]


def _fitting(words: Sequence[str], counter: str, most: int, first: int | None = None) -> str:
    """Return the first words for which there is room, and how many others there are."""
    shown = len(words[:first])
    while (text := _with_the_rest(words, shown, counter)) and len(text) > most and shown > 1:
        shown -= 1
    return text


def _with_the_rest(words: Sequence[str], shown: int, counter: str) -> str:
    left = len(words) - shown
    return "、".join((*words[:shown], *([f"ほか{left:,}{counter}"] if left else ())))


def _cells(
    values: Sequence[Value], looks: Sequence[str], spans: Sequence[int]
) -> tuple[Cell, ...]:
    """Return cells of these looks, of which the last is that of all others too."""
    every = (*looks, *[looks[-1]] * (len(values) - len(looks)))
    return tuple(map(Cell, values, every, spans))


def _shared(columns: int, count: int) -> list[int]:
    """Divide columns as evenly as it goes."""
    edges = [columns * place // count for place in range(count + 1)]
    return [right - left for left, right in pairwise(edges)]


def _shortened(text: str, most: int) -> str:
    """Return the text, or as much of it as may be shown here; the other parts have all of it."""
    return text if len(text) <= most else text[: most - 1].rstrip() + _CUT
