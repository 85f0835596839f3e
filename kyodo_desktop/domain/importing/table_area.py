"""Finds where in a sheet the table is: its heading rows, and where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_section
from kyodo_desktop.domain.importing.header_words import is_year, weights_of
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import squeezed

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_LOOKED_AT = 400  # rows
_SHORT, _MOST_ROWS = 25, 3
_FEWEST_ROWS = 2
MOST_AREAS = 3  # that are tried
_YEAR_ALONE = 0.4
_FEWEST_WORDS, _CLEAR, _OTHER_TABLE = 2, 1.4, 1.6


_FEWEST_COUNTED, _LONGEST_COUNT = 4, 4
_ALPHABETS = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ",
    "abcdefghijklmnopqrstuvwxyz",
    "".join(map(str, range(1, 40))),
)


class TableArea(NamedTuple):
    """All rows are included and count from 1."""

    first_heading_row: int
    last_heading_row: int
    last_row: int


def find_tables(view: SheetView) -> list[TableArea]:
    """Return where the table of a sheet may be, the likeliest first; nothing where none is.

    Where no heading row is known, it is the first row as wide as most are.
    """
    height = view.height
    scores = {
        row: score
        for row in range(1, min(height, _LOOKED_AT) + 1)
        if (score := heading_score(view.row(row))) > 0
    }
    found: dict[TableArea, None] = {}
    for row in sorted(scores, key=lambda each: (-scores[each], each)):
        if scores[row] >= _CLEAR and len(found) < MOST_AREAS and not _is_repeated(view, row):
            first, last = _stretched(view, row)
            if last < height:
                found.setdefault(TableArea(first, last, _end(view, first, last)))
    areas = list(found)[:MOST_AREAS]
    wide = _wide_area(view)
    if wide and not any(
        each.first_heading_row <= wide.first_heading_row <= each.last_heading_row for each in areas
    ):
        areas.insert(1, wide)
    return areas[:MOST_AREAS]


def tables_apart(view: SheetView) -> list[tuple[int, int]]:
    """Return first and last row of tables below each other whose headings differ, with titles.

    Only one is returned where all parts of the sheet have the same headings.
    """
    starts: list[int] = []
    known: dict[int, str] = {}
    for row in view.filled(1, min(view.height, _LOOKED_AT)):
        cells = view.row(row)
        few = len(cells) <= _FEWEST_WORDS  # as 課題 and what it is
        if few or heading_score(cells) < _CLEAR or row - 1 in starts:
            continue
        if starts and len(_kinds(cells)) < _FEWEST_WORDS:
            continue  # titles of a row: 防災活動の強化 | 市民活動の推進
        keys = {column: squeezed(text) for column, text in cells.items()}
        if not known or not _is_same(keys, known):
            starts.append(row)
            known = keys
    tops = [1, *(_title_of(view, row) for row in starts[1:])]
    ends = [top - 1 for top in tops[1:]] + [view.height]
    return list(zip(tops, ends, strict=True))


def _is_same(keys: dict[int, str], known: dict[int, str]) -> bool:
    """Tell whether headings stand where they stood before."""
    same = sum(1 for column, key in keys.items() if known.get(column) == key)
    return same * 10 >= 8 * len(keys)


def _title_of(view: SheetView, row: int) -> int:
    """Return the first of the lines that stand right above headings."""
    while row > 1 and len(view.row(row - 1)) <= _FEWEST_WORDS:
        row -= 1
    return row


def _wide_area(view: SheetView) -> TableArea | None:
    """Return the table whose headings end with the first row as wide as most, or above it."""
    row, height = _first_row_of_cells(view), view.height
    if not row:
        return None
    first, last = _stretched(view, row)
    if first < row and _is_data(view.row(row)):
        last = row - 1
    return TableArea(first, last, height) if last < height else TableArea(row, row, height)


def _is_data(cells: dict[int, str]) -> bool:
    """Tell whether a row holds what stands below headings: sections, numbered titles, texts."""
    return any(
        is_section(text) or (numbered(text).printed and numbered(text).title) or len(text) > _SHORT
        for text in cells.values()
    )


def _is_repeated(view: SheetView, row: int) -> bool:
    """Tell whether the same words stand above, as headings do again at each page."""
    words = set(map(squeezed, view.row(row).values()))
    return any(
        words <= set(map(squeezed, view.row(above).values())) for above in view.filled(1, row - 1)
    )


def _end(view: SheetView, first: int, last: int) -> int:
    """Return the last row before another table begins: after an empty row, with other headings."""
    words = {squeezed(text) for row in range(first, last + 1) for text in view.row(row).values()}
    before = last
    for row in view.filled(last + 1, view.height):
        cells = view.row(row)
        if row > before + 1 and heading_score(cells) > _OTHER_TABLE:
            own = sum(1 for text in cells.values() if squeezed(text) in words)
            if own * 2 < len(cells):
                return row - 1
        before = row
    return view.height


def heading_score(cells: dict[int, str]) -> float:
    """Return how much a row looks like one of headings: by its words, all of them short."""
    words = {squeezed(text) for text in cells.values()}
    weights = [
        max(found.values()) if found else _YEAR_ALONE
        for text in cells.values()
        if (found := weights_of(text)) or is_year(text)
    ]
    if len(weights) < _FEWEST_WORDS or len(words) < _FEWEST_WORDS:
        return 0.0
    strange = sum(
        1
        for text in cells.values()
        if len(text) > _SHORT or (is_number(text) and not is_year(text))
    )
    same = len(cells) - len(words)
    known = _kinds(cells)
    return (
        sum(sorted(weights, reverse=True)[: len(known) + 3])
        + len(known) * 0.3
        - 0.1 * same
        - 1.2 * strange
        - 0.2 * (len(cells) - len(weights))
    )


def _kinds(cells: dict[int, str]) -> set[int]:
    """Return of what the known words of a row tell, each once, however often it comes."""
    return {id(weights_of(text)) for text in cells.values() if weights_of(text)}


def _stretched(view: SheetView, row: int) -> tuple[int, int]:
    """Take in the heading rows above and below the best one."""
    first = last = row
    tops = {rows[row] for rows in view.upright.values() if row in rows}
    if tops and row - _MOST_ROWS < min(tops) < row - 1 and not view.row(row - 1):
        first = min(tops)  # an empty row between two heading rows
    while first > 1 and last - first + 1 < _MOST_ROWS and _is_above(view, first - 1, first):
        first -= 1
    while last - first + 1 < _MOST_ROWS and _is_below(view, first, last + 1):
        last += 1
    return first, last + counts_columns(view, last + 1)


def counts_columns(view: SheetView, row: int) -> bool:
    """Tell whether a row below the headings only counts the columns: ア イ ウ, A B C, ① ② ③."""
    keys = [squeezed(text) for text in view.row(row).values()]
    if len(keys) < _FEWEST_COUNTED or any(len(key) > _LONGEST_COUNT for key in keys):
        return False
    return any("".join(each.strip("()") for each in keys) in order for order in _ALPHABETS)


def _is_above(view: SheetView, row: int, below: int) -> bool:
    """Tell whether a row holds what is said of several columns of the row below it."""
    cells, under = view.row(row), view.row(below)
    if len(cells) < _FEWEST_WORDS or any(len(text) > _SHORT for text in cells.values()):
        # One title over some, not all, of the columns is a heading too.
        return len(cells) == 1 and _covers_some(view, row, cells, under)
    if any(view.upright.get(column, {}).get(below) == row for column in cells):
        return True
    if _is_filled(cells, under):
        return True
    known = sum(1 for text in cells.values() if weights_of(text) or is_year(text))
    spans = any((row, column) in view.across for column in cells)
    gaps = any(column not in under for column in cells)
    return known * 2 > len(cells) and (spans or gaps or any(map(is_year, cells.values())))


def _is_filled(cells: dict[int, str], under: dict[int, str]) -> bool:
    """Tell whether a row above was merged once: its words are repeated at their right or below."""
    below = sum(1 for column, text in cells.items() if under.get(column) == text)
    right = any(
        cells.get(column + 1) == text and under.get(column) != under.get(column + 1)
        for column, text in cells.items()
    )
    return below > 0 and right


def _covers_some(view: SheetView, row: int, cells: dict[int, str], under: dict[int, str]) -> bool:
    (column, text), *_ = cells.items()
    right = view.across.get((row, column))
    if right is None or not (weights_of(text) or is_year(text)):
        return False
    return column > min(under, default=0) and right >= column + 1


def _is_below(view: SheetView, first: int, row: int) -> bool:
    """Tell whether a row goes on with the headings above it."""
    above, cells = view.row(row - 1), view.row(row)
    if _is_data(cells):
        return False
    reaches = any(first <= rows.get(row, row) < row for rows in view.upright.values())
    if len(cells) < _FEWEST_WORDS and not reaches:
        return False
    if not cells or any(len(text) > _SHORT for text in cells.values()):
        return False
    known = sum(1 for text in cells.values() if weights_of(text) or is_year(text))
    if reaches:
        return known * 2 >= len(cells) or not any(is_number(text) for text in cells.values())
    split = [
        column
        for column, text in above.items()
        for right in [view.across.get((row - 1, column), 0)]
        if sum(1 for each in range(column, right + 1) if each in cells) > 1
    ]
    if known == len(cells) and all(is_year(above.get(column, "")) for column in cells):
        return True
    fills = sum(1 for column in cells if column not in above)
    return known * 3 >= len(cells) * 2 and (bool(split) or fills * 2 >= len(cells))


def _first_row_of_cells(view: SheetView) -> int:
    """Return the first row as wide as most rows are, where no heading word is known."""
    height = min(view.height, _LOOKED_AT)
    widths = [len(view.row(row)) for row in range(1, height + 1)]
    usual = sorted(widths)[len(widths) * 3 // 4] if widths else 0
    if usual < _FEWEST_WORDS or height < _FEWEST_ROWS:
        return 0
    return next((row for row, width in enumerate(widths[:-1], start=1) if width >= usual), 0)
