"""Finds tables of figures above or below a list (数値目標, 予算), which hold no actions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.header_words import is_year
from kyodo_desktop.domain.importing.plain import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.sheet_view import SheetView

_FIGURE = re.compile(
    r".*(?:(?:現状|基準|目標|実績|当初|策定|計画|最終|直近|参考|推計|見込)(?:値|額|数|時)|指標|達成率|増減|単位"
    r"|予算|決算|金額|事業費|財源).*|(?:数値|最終|中間)?目標|kpi.*|実績"
)
_YEAR = re.compile(r"[(（\[]?(?:令和|平成|昭和|[rhs](?=[0-9元]))?(?:元|[0-9]{1,4})年?度?末?")
_AMOUNT = re.compile(r"[▲△\-+約]?[0-9０-９]")
_LONGEST_WORD, _LONGEST_AMOUNT = 15, 15
_FEWEST_FIGURES, _FEWEST_CELLS, _CAPTION = 2, 3, 2  # cells of a row


def figure_rows(view: SheetView, first: int, last: int) -> frozenset[int]:
    """Return the rows of such tables above and below the heading rows `first` to `last` of a list.

    Each goes on to an empty row, or to the headings of the list printed again.
    """
    heads = [cells for row in range(first, last + 1) if (cells := view.row(row))]
    own = {_key(text) for cells in heads for text in cells.values()} - {""}
    left = min(map(min, heads), default=0)
    rows = [*view.filled(1, first - 1), *view.filled(last + 1, view.height)]
    found: set[int] = set()
    for at, row in enumerate(rows):
        if rows[at - 1] in found and at and _goes_on(view, rows[at - 1], row, own, left):
            found.add(row)
        elif _may_begin(view.rows[row - 1]) and _begins(view, rows[at : at + 2], own, left):
            found |= {row, *_caption(view, rows[:at][-1:], row)}
    return frozenset(found)


def _goes_on(view: SheetView, above: int, row: int, own: set[str], left: int) -> bool:
    cells = view.row(row)
    same = sum(1 for text in cells.values() if _key(text) in own)
    if len(cells) > _CAPTION and same * 2 > len(cells):
        return False
    alone = len(cells) == 1 and left in cells
    return (row == above + 1 and not alone) or _has_amounts(cells, left)


def _has_amounts(cells: dict[int, str], left: int) -> bool:
    """Tell whether most of what stands beside a name is amounts."""
    values = [text for column, text in cells.items() if column > left]
    return sum(map(_is_amount, values)) * 2 > len(values)


def _is_amount(text: str) -> bool:
    return len(text) <= _LONGEST_AMOUNT and _AMOUNT.match(text) is not None


def _may_begin(cells: tuple[str, ...]) -> bool:
    return max(map(len, cells)) <= _LONGEST_WORD and any(map(_is_figure, filter(None, cells)))


def _begins(view: SheetView, rows: Sequence[int], own: set[str], left: int) -> bool:
    """Tell whether a row is the heading row of a table of figures, with amounts below it."""
    cells = view.row(rows[0])
    if len(cells) < _FEWEST_CELLS or min(cells) > left or rows[1:] != [rows[0] + 1]:
        return False
    texts = cells.values()
    told = sum(1 for text in texts if _is_figure(text) or is_year(text))
    same = sum(1 for text in texts if _key(text) in own)
    if told < max(_FEWEST_FIGURES, len(cells) / 2) or same * 2 >= len(cells):
        return False
    if any(_is_amount(text) and not is_year(text) for text in texts):
        return False
    return _has_amounts(view.row(rows[1]), left)


def _caption(view: SheetView, above: Sequence[int], row: int) -> list[int]:
    return [each for each in above if each == row - 1 and len(view.row(each)) == 1]


@lru_cache(4096)
def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(squeezed(text)) is not None


def _key(text: str) -> str:
    """Return words without the year in them, which another heading of the list may have."""
    return _YEAR.sub("", squeezed(text))
