"""Headings of one level with different words: 基本施策1, 基本施策2, 重点施策1."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.shapes import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.shapes import GroupRow, Shape

_SHORTEST = 2


def siblings(sheets: Iterable[Sequence[GroupRow]]) -> dict[Shape, Shape]:
    """Return by shape the one that it shares with its siblings: the end of their words.

    They are siblings where none stands right below another, and none comes again after another.
    """
    places: dict[Shape, list[int]] = {}
    nested: set[frozenset[Shape]] = set()
    place = 0
    for groups in sheets:
        for each in groups:
            places.setdefault(each.shape, []).append(place)
            place += 1
        nested |= {
            frozenset((above.shape, below.shape))
            for above, below in pairwise(groups)
            if below.row - above.row == 1
        }
    found: dict[Shape, Shape] = {}
    for left, right in pairwise(shape for shape in places if shape[0] == WORD):
        end = _common_end(found.get(left, left)[1], right[1])
        parted = places[left][-1] < places[right][0]
        differ = len(end) < min(len(left[1]), len(right[1]))
        if len(end) >= _SHORTEST and differ and parted and frozenset((left, right)) not in nested:
            found |= {left: (WORD, end), right: (WORD, end)}
    return found


def _common_end(left: str, right: str) -> str:
    size = 0
    while size < min(len(left), len(right)) and left[-size - 1] == right[-size - 1]:
        size += 1
    return left[len(left) - size :]
