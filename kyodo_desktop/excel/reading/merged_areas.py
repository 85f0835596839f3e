"""Merged areas of a sheet, no larger than what is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")
_MOST_CELLS = 2_000_000  # of all areas: readers walk through them


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def areas_of(references: Iterable[str]) -> Iterator[Area]:
    """Yield the areas that references like A1:C3 name; what is no reference names none."""
    for reference in references:
        found = _AREA.match(reference)
        if found is not None:
            top, bottom = max(1, int(found[2])), int(found[4])
            yield Area(top, column_number(found[1]), bottom, column_number(found[3]))


def merges_of(areas: Iterable[Area], rows: list[tuple[str, ...]]) -> Iterator[Area]:
    """Yield the areas as far as there are texts to their right or below them.

    What other programs left in the covered cells is taken out of `rows`, for nobody sees it.
    """
    width, cells = max(map(len, rows), default=0), 0
    for each in areas:
        area = each._replace(bottom=min(each.bottom, len(rows)), right=min(each.right, width))
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        cells += max(size, 0)
        if area.bottom < area.top or area.right < area.left or size == 1 or cells > _MOST_CELLS:
            continue
        _uncover(area, rows)
        yield area


def _uncover(area: Area, rows: list[tuple[str, ...]]) -> None:
    for at in range(area.top - 1, area.bottom):
        left = area.left - (at != area.top - 1)
        cells = rows[at]
        covered = cells[left : area.right]
        if any(covered):
            rows[at] = (*cells[:left], *("" for _ in covered), *cells[area.right :])
