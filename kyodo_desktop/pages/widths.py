"""How wide the columns of a part are: shared out, or so that its rows are lowest together."""

from __future__ import annotations

from itertools import accumulate, groupby, pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages.laid import PADDING, PIXEL, SAFE_WIDTH, em_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.pages.content import PageRow, Part
    from kyodo_desktop.pages.text_metrics import Lengths, LengthsOf

_LOOKED_AT = 250  # rows; more would not change the widths
_ROUNDS = 6  # of drawing nearer to the best widths
_STEPS = (4.0, 2.0, 1.0, 0.5)  # em that one column gives to another
_SHARPNESS = 6  # how nearly the highest column of a row alone counts for its height
_QUIET = 0.05  # of a line, that a line costs beside a higher one
_ROUNDING = 1e-6  # of a pixel
_NAMED = 1.0  # em that a name in bold letters has beside it
_RAGGED = 0.4  # em; 禁則処理 leaves lines shorter than a column is wide


def column_widths(
    part: Part,
    rows: Sequence[PageRow],
    lengths_of: LengthsOf,
    *,
    size: float,
    width: float,
) -> list[float]:
    """Divide a width in points among the columns of a part, for letters of a size in points.

    `rows` are those by whose texts the widths are found, where the part is fitted.
    Columns end at the pixels in which Excel keeps them, so that it breaks no line elsewhere.
    """
    room = em_within(width, size, len(part.widths))
    shares = shared(part.widths, room)
    if part.is_fitted:
        shares = _lowest(_needed(part, lengths_of), _some(part, rows), lengths_of, room)
    wanted = accumulate((share * size / SAFE_WIDTH + PADDING for share in shares), initial=0.0)
    ends = [floor(end / PIXEL + _ROUNDING) * PIXEL for end in wanted]
    return [end - start for start, end in pairwise(ends)]


def shared(ranges: Sequence[WidthRange], room: float) -> list[float]:
    """Share out a room so that all columns come equally near to their best."""
    least, best = sum(each.least for each in ranges), sum(each.best for each in ranges)
    if best <= room:
        return [each.best * room / best for each in ranges]
    if least >= room:
        return [each.least * room / least for each in ranges]
    part = (room - least) / (best - least)
    return [each.least + (each.best - each.least) * part for each in ranges]


def _lowest(
    wanted: Sequence[WidthRange],
    some: Sequence[tuple[PageRow, Sequence[int]]],
    lengths_of: LengthsOf,
    room: float,
) -> list[float]:
    """Return the widths in em with which the rows are lowest together.

    No column is narrower than its least width, nor wider than its longest text on one line. A
    row is as high as its highest cell, which is about as high as its text is long by its width:
    so a column gets a share of the room like its share of the heights, until exchanges between
    two columns, counted in whole lines, make the rows no lower.
    """
    whole = [[lengths_of(cell.text) for cell in row.cells] for row, _ in some]
    longest = [
        max((max(lengths) for lengths in column), default=0.0) + _RAGGED
        for column in zip(*whole, strict=True)
    ] or [0.0] * len(wanted)
    ranges = [
        WidthRange(each.least, max(each.least, min(each.best, most)))
        for each, most in zip(wanted, longest, strict=True)
    ]
    rows = [
        [
            tuple(each / high for each in lengths)
            for lengths, high in zip(row, heights, strict=True)
        ]
        for row, (_, heights) in zip(whole, some, strict=True)
    ]
    shares = shared(ranges, room)
    least = sum(each.least for each in ranges)
    if not rows or sum(each.best for each in ranges) <= room or least >= room:
        return shares
    for _ in range(_ROUNDS):
        owned = _owned(rows, shares)
        nearer = [(share * each) ** 0.5 for share, each in zip(shares, owned, strict=True)]
        shares = _within(nearer, ranges, room)
    return _exchanged(rows, shares, ranges)


def _needed(part: Part, lengths_of: LengthsOf) -> list[WidthRange]:
    """Return the ranges of columns, of which an empty one needs no more than its name."""
    used = {
        column
        for row in part.rows
        if len(row.cells) == len(part.widths)
        for column, cell in enumerate(row.cells)
        if cell.text
    }
    names = [row.cells for row in part.header if len(row.cells) == len(part.widths)]
    found = list(part.widths)
    for column in {*range(len(found))} - used if names else ():
        name = max(*lengths_of(names[-1][column].text), 0.0) + _NAMED
        found[column] = WidthRange(min(found[column].least, name), found[column].best)
    return found


def _some(part: Part, rows: Sequence[PageRow]) -> list[tuple[PageRow, list[int]]]:
    """Return some rows from all over the part, each with how many rows its cells go over."""
    rows = [row for row in rows if len(row.cells) == len(part.widths)]
    heights = [[1] * len(part.widths) for _ in rows]
    for column in range(len(part.widths)):
        start = 0
        for run, group in groupby(rows, key=lambda row: row.cells[column].run):
            stop = start + sum(1 for _ in group)
            for place in range(start, stop) if run is not None else ():
                heights[place][column] = stop - start
            start = stop
    return list(zip(rows, heights, strict=True))[:: 1 + len(rows) // _LOOKED_AT]


def _owned(rows: Sequence[Sequence[Lengths]], shares: Sequence[float]) -> list[float]:
    """Return how much of the heights of all rows each column is the cause of."""
    owned = [0.0] * len(shares)
    for row in rows:
        heights = [
            sum([max(1.0, length / share) for length in lengths])
            for lengths, share in zip(row, shares, strict=True)
        ]
        highest = max(heights)
        parts = [(height / highest) ** _SHARPNESS for height in heights]
        total = sum(parts)
        for column, each in enumerate(parts):
            owned[column] += highest * each / total
    return owned


def _exchanged(
    rows: Sequence[Sequence[Lengths]], shares: list[float], ranges: Sequence[WidthRange]
) -> list[float]:
    """Let columns give width to each other while the rows become lower."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    lines = [_lines(*each) for each in zip(columns, shares, strict=True)]
    lowest = _height(lines)
    for step in _STEPS:
        for taker in range(len(shares)):
            for giver in range(len(shares)):
                while (
                    giver != taker
                    and shares[giver] - step >= ranges[giver].least
                    and shares[taker] + step <= ranges[taker].best
                ):
                    tried = list(lines)
                    tried[giver] = _lines(columns[giver], shares[giver] - step)
                    tried[taker] = _lines(columns[taker], shares[taker] + step)
                    height = _height(tried)
                    if height >= lowest:
                        break
                    lines, lowest = tried, height
                    shares[giver] -= step
                    shares[taker] += step
    return shares


def line_count(lengths: Lengths, width: float, ragged: float = _RAGGED) -> int:
    """Return how many lines a text has in a width in em, about; they are that much shorter."""
    room = width - ragged
    return sum([1 if length <= width else ceil(length / room) for length in lengths])


def _lines(column: Sequence[Lengths], share: float) -> list[int]:
    """Return how many lines each text of a column has, about."""
    return [line_count(lengths, share) for lengths in column]


def _height(lines: Sequence[Sequence[int]]) -> float:
    """Return the lines of all rows together, and a little for those beside the highest cells."""
    highest: int = sum([max(row) for row in zip(*lines, strict=True)])
    return highest + _QUIET * sum([sum(column) for column in lines])


def _within(wanted: Sequence[float], ranges: Sequence[WidthRange], room: float) -> list[float]:
    """Return widths in these proportions that keep to the ranges and fill the room."""
    free = set(range(len(wanted)))
    found = [0.0] * len(wanted)
    left = room
    while free:
        total = sum(wanted[each] for each in free) or 1.0
        scaled = {each: wanted[each] * left / total for each in free}
        low = [each for each in free if scaled[each] < ranges[each].least]
        high = [each for each in free if scaled[each] > ranges[each].best]
        # Those that are bound on the side that lacks more come first.
        fixed = low or high
        if not fixed:
            for each in free:
                found[each] = scaled[each]
            break
        for each in fixed:
            found[each] = ranges[each].least if low else ranges[each].best
            left -= found[each]
            free.discard(each)
    spare = room - sum(found)
    return [each + spare * each / sum(found) for each in found] if spare > 0 else found
