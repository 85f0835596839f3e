"""The widths and the letters of 回答票 with which its rows are low: ten actions take one page."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import field_types
from kyodo_desktop.excel.reply_form import cell_styles
from kyodo_desktop.excel.reply_form.columns import KEY
from kyodo_desktop.excel.text_sheet import TableLayout, layout_of
from kyodo_desktop.pages import options, text_metrics
from kyodo_desktop.pages.laid import PADDING, PAPERS, em_within
from kyodo_desktop.pages.widths import line_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.excel.reply_form.columns import FormColumn
    from kyodo_desktop.pages.text_metrics import Lengths


PAGE = PAPERS[options.Paper.A4_LANDSCAPE]
_WIDTH = PAGE.width + PADDING  # the key is hidden, and takes none of it
_SIZES = (cell_styles.SIZE, 10.0, 9.0, 8.5, 8.0, 7.5)  # points
_DENSE = 9.0  # points, where no size brings ten actions onto a page
_TEN = 10
_ABOVE = 8.0  # lines that title, signatures, legend and headings take
_LEAST_LINES = 2  # of an empty row, so that there is room to write
_LESS_AIR = 1.5  # points; two pixels that ten rows can do without
_LOOKED_AT = 40  # rows; more would not change the widths


def fitted_layout(form: ReplyForm, columns: Sequence[FormColumn], font: str) -> TableLayout:
    """Return the layout with the largest letters in which ten actions take a page."""
    metrics = text_metrics.metrics_of(font)
    lengths_of = text_metrics.measured_once(metrics.advances)
    rows = form.rows[:: 1 + len(form.rows) // _LOOKED_AT]
    shown = [seen_texts(columns, [each.text(row) for each in columns]) for row in rows]
    steps = [
        _steps(column.width, [lengths_of(each[place]) for each in shown])
        for place, column in enumerate(columns)
    ]
    pages = max(1.0, len({row.action_id for row in rows}) / _TEN)

    def layout_for(size: float) -> TableLayout:
        widths = _widths(steps, em_within(_WIDTH, size, len(columns)))
        ranges = [field_types.WidthRange(each, each) for each in widths]
        return layout_of(ranges, _WIDTH, size, metrics)

    def fits(size: float) -> bool:
        return _pages(layout_for(size), shown) <= pages

    place = bisect_left(_SIZES, x=True, key=fits)
    return layout_for(_SIZES[place] if place < len(_SIZES) else _DENSE)


def seen_texts(columns: Sequence[FormColumn], texts: Sequence[str]) -> list[str]:
    """Return the texts of a row that need room: nobody sees the key."""
    pairs = zip(columns, texts, strict=True)
    return ["" if column.heading == KEY else text for column, text in pairs]


def row_height(layout: TableLayout, texts: Sequence[str]) -> float:
    """Return the height of a row, in which there is room to write."""
    return max(layout.tallest(texts), layout.height_of(_LEAST_LINES)) - _LESS_AIR


def _pages(layout: TableLayout, rows: Sequence[Sequence[str]]) -> float:
    """Return how many pages the rows take, about."""
    height = sum(row_height(layout, each) for each in rows)
    return height / (PAGE.height - _ABOVE * layout.line)


_STEP, _RAGGED = 0.5, 0.7  # em; 禁則処理 leaves lines shorter than a column is wide
_POWER = 6  # a row is as high as its tallest cell, but one that is nearly as tall counts, too


class _Step(NamedTuple):
    """A width of a column in em, and what its texts then cost their rows."""

    width: float
    costs: tuple[float, ...]


def _steps(limits: field_types.WidthRange, texts: Sequence[Lengths]) -> list[_Step]:
    """Return the widths of a column at which any of its texts gets fewer lines, and its widest."""
    found = [_step(limits.least, texts)]
    width = limits.least
    while (
        max(found[-1].costs, default=_LOWEST) > _LOWEST and (width := width + _STEP) < limits.best
    ):
        step = _step(width, texts)
        if step.costs != found[-1].costs:
            found.append(step)
    if found[-1].width < limits.best:
        found.append(found[-1]._replace(width=limits.best))
    return found


def _step(width: float, texts: Sequence[Lengths]) -> _Step:
    return _Step(width, tuple(_cost(line_count(each, width, _RAGGED)) for each in texts))


def _cost(lines: int) -> float:
    return math.pow(max(lines, _LEAST_LINES), _POWER)


_LOWEST = _cost(_LEAST_LINES)


def _height(cost: float) -> float:
    return math.pow(cost, 1 / _POWER)


def _widths(steps: Sequence[Sequence[_Step]], room: float) -> list[float]:
    """Return the em of each column with which the rows are low.

    Room is given bit by bit to the column that lowers most for the least of it; what nobody
    needs is shared out.
    """
    places = [0] * len(steps)
    costs = [sum(row) for row in zip(*(each[0].costs for each in steps), strict=True)]
    left = room - sum(each[0].width for each in steps)
    while (chosen := _best_step(steps, places, costs, left)) is not None:
        now, then = steps[chosen][places[chosen] :][:2]
        costs = _with_step(costs, now, then)
        left -= then.width - now.width
        places[chosen] += 1
    widths = [each[place].width for each, place in zip(steps, places, strict=True)]
    free = [each[-1].width - width for each, width in zip(steps, widths, strict=True)]
    part = min(1.0, max(0.0, left) / (sum(free) or 1.0))
    return [width + part * more for width, more in zip(widths, free, strict=True)]


def _best_step(
    steps: Sequence[Sequence[_Step]], places: Sequence[int], costs: Sequence[float], left: float
) -> int | None:
    """Return the column whose next step gains most for its width, if any gains and has room."""
    height, found, most = sum(map(_height, costs)), None, 0.0
    for column, place in enumerate(places):
        now, *further = steps[column][place : place + 2]
        for then in further:
            more = then.width - now.width
            if more <= left and then.costs != now.costs:
                lower = sum(map(_height, _with_step(costs, now, then)))
                if (gain := (height - lower) / more) > most:
                    found, most = column, gain
    return found


def _with_step(costs: Sequence[float], now: _Step, then: _Step) -> list[float]:
    return [cost - old + new for cost, old, new in zip(costs, now.costs, then.costs, strict=True)]
