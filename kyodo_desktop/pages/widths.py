"""How wide the columns of a part are: shared out, or so that its rows are lowest together."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages.laid import PADDING, SAFE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kyodo_desktop.pages.content import Part

_LOOKED_AT = 400  # rows; more would not change the widths
_ROUNDS = 40  # of drawing nearer to the best widths
_SHARPNESS = 6  # how nearly the highest column of a row alone counts for its height


def column_widths(
    part: Part, advances: Mapping[str, float], size: float, width: float
) -> list[float]:
    """Divide a width in points among the columns of a part, for letters of a size in points."""
    room = (width - len(part.widths) * PADDING) * SAFE_WIDTH / size
    shares = shared(part.widths, room)
    if part.is_fitted:
        shares = _lowest(part, advances, room)
    return [share * size / SAFE_WIDTH + PADDING for share in shares]


def shared(ranges: Sequence[WidthRange], room: float) -> list[float]:
    """Share out a room so that all columns come equally near to their best."""
    least, best = sum(each.least for each in ranges), sum(each.best for each in ranges)
    if best <= room:
        return [each.best * room / best for each in ranges]
    if least >= room:
        return [each.least * room / least for each in ranges]
    part = (room - least) / (best - least)
    return [each.least + (each.best - each.least) * part for each in ranges]


def _lowest(part: Part, advances: Mapping[str, float], room: float) -> list[float]:
    """Return the widths in em with which the rows are lowest together.

    No column is narrower than its least width or what its words need, nor wider than its longest
    line. A row is as high as its highest cell, of a height that is its text's length by its
    width: where every column has a share of the room as great as its share of the heights, no
    exchange between two of them makes the rows lower.
    """
    rows = _lengths(part, advances)
    longest = [max(column, default=0.0) for column in zip(*rows, strict=True)]
    ranges = [
        WidthRange(each.least, max(each.least, min(each.best, most)))
        for each, most in zip(part.widths, longest or repeat(0.0), strict=False)
    ]
    shares = shared(ranges, room)
    if not rows or sum(each.best for each in ranges) <= room:
        return shares
    least = [each.least for each in ranges]
    if sum(least) >= room:
        return shares
    for _ in range(_ROUNDS):
        owned = _owned(rows, shares)
        wanted = [(share * each) ** 0.5 for share, each in zip(shares, owned, strict=True)]
        shares = _within(wanted, ranges, room)
    return shares


def _lengths(part: Part, advances: Mapping[str, float]) -> list[list[float]]:
    """Return the length in em of the text of each column in some rows from all over the part."""
    rows = [row for row in part.rows if len(row.cells) == len(part.widths)]
    return [
        [
            0.0 if cell.run is not None else sum(map(advances.__getitem__, cell.text))
            for cell in row.cells
        ]
        for row in rows[:: 1 + len(rows) // _LOOKED_AT]
    ]


def _owned(rows: Sequence[Sequence[float]], shares: Sequence[float]) -> list[float]:
    """Return how much of the heights of all rows each column is the cause of."""
    owned = [0.0] * len(shares)
    for row in rows:
        heights = [length / share for length, share in zip(row, shares, strict=True)]
        highest = max(heights)
        if highest <= 1:
            continue
        parts = [(height / highest) ** _SHARPNESS for height in heights]
        total = sum(parts)
        for column, each in enumerate(parts):
            owned[column] += highest * each / total
    return owned


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
