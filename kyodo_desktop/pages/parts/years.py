"""年度別推移: the counts of each round, the oldest first, and how they changed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kyodo_desktop.domain import overview
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.yearly import year_table
from kyodo_desktop.pages import charts, headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.options import YEARS
from kyodo_desktop.pages.report_columns import group_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.overview import Group
    from kyodo_desktop.domain.yearly import YearRow, YearTable
    from kyodo_desktop.pages.telling import Telling

_NAME, _COUNT, _CHANGE = WidthRange(7, 16), WidthRange(3, 6), WidthRange(2.6, 5)
_LEAST_ROUNDS = 2
_DIFFERENCE, _NONE = "増減", "－"
_TITLE = "状態ごとの件数の推移"
_NOTE = "件数は、それぞれの調査の時点での実行計画数です。増減は前回の調査との差（▲は減）です。"


def years(telling: Telling) -> Part | None:
    """Return the part; nothing where there is only one round to tell of."""
    table = year_table(telling.outline, telling.extras.years)
    if len({each.round.id for each in table.rows}) < _LEAST_ROUNDS:
        return None
    widths = (_NAME, *(_COUNT, _CHANGE) * (1 + len(table.groups)))
    rows = [_row(each, names_term=_names_terms(table)) for each in table.rows]
    return Part(
        name=YEARS,
        title=YEARS,
        widths=widths,
        top=headings.top(telling, YEARS, len(widths)),
        header=(_head(telling, table),),
        rows=(
            *rows,
            PageRow((Cell(telling.outline.worded(_NOTE), looks.NOTE, len(widths)),), RowRole.TEXT),
            headings.space(),
            *_figures(table, len(widths)),
        ),
    )


def _names_terms(table: YearTable) -> bool:
    return len({each.term for each in table.rows}) > 1


def _head(telling: Telling, table: YearTable) -> PageRow:
    whole = f"{telling.outline.levels[-1].name}の数"
    names = (
        "調査",
        *chain.from_iterable((each, _DIFFERENCE) for each in (whole, *_labels(table))),
    )
    return headings.head(names)


def _labels(table: YearTable) -> Iterator[str]:
    return map(group_text, table.groups)


def _row(row: YearRow, *, names_term: bool) -> PageRow:
    cells = [Cell(_name(row, names_term=names_term), looks.LABEL)]
    for count, change in zip(row.counts, row.changes, strict=True):
        is_first = len(cells) == 1
        cells.append(Cell(count, looks.TOTAL_COUNT if is_first else looks.COUNT))
        cells.append(Cell(_NONE, looks.COUNTED) if change is None else Cell(change, looks.CHANGE))
    return PageRow(tuple(cells))


def _name(row: YearRow, *, names_term: bool) -> str:
    return f"{row.round.name}（{row.term}）" if names_term else row.round.name


def _figures(table: YearTable, columns: int) -> Iterator[PageRow]:
    """Yield the bars of the rounds, with what does not count left out."""
    names_term = _names_terms(table)
    places = [place for place, group in enumerate(table.groups) if _counts(group)]
    counts = [[row.counts[place + 1] for row in table.rows] for place in places]
    series = charts.series_of([table.groups[place] for place in places], counts)
    numbers = tuple(3 + 2 * place for place in places)
    names = [_name(each, names_term=names_term) for each in table.rows]
    for chart in charts.charts_of(_TITLE, names, series, (0, 0, numbers)):
        caption = Cell(chart.title, looks.CAPTION, columns)
        yield PageRow((caption,), RowRole.CAPTION, joined=True)
        cells = (Cell("", looks.LEGEND, columns),)
        yield PageRow(cells, RowRole.CHART, height=chart.height, chart=chart)


def _counts(group: Group) -> bool:
    return group is overview.UNFILLED or group.kind is not None
