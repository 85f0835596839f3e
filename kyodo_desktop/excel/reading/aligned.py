"""Rows of a text whose columns are put under each other with spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = re.compile(r"(?: {2,}|　)[ 　]*")
_LEAST_LINES, _LEAST_SHARE = 2, 0.25


def aligned_rows(lines: Sequence[str]) -> list[list[str]]:
    """Part lines at the columns where several of them begin anew after a gap.

    A line that does not keep to the columns, such as a title with a space in it, stays whole.
    """
    parted = [_pieces(line) for line in lines]
    readings = (_by_place(lines, parted), _in_order(lines, parted))
    return max(readings, key=lambda rows: sum(len(row) > 1 for row in rows))


def _by_place(lines: Sequence[str], parted: Sequence[list[tuple[int, str]]]) -> list[list[str]]:
    several = [pieces for pieces in parted if len(pieces) > 1]
    counts = Counter(start for pieces in several for start, _ in pieces[1:])
    least = max(_LEAST_LINES, len(several) * _LEAST_SHARE)
    starts = [0, *sorted(start for start, count in counts.items() if count >= least)]
    return [_row(line, pieces, starts) for line, pieces in zip(lines, parted, strict=True)]


def _in_order(lines: Sequence[str], parted: Sequence[list[tuple[int, str]]]) -> list[list[str]]:
    """Part lines that have like numbers of pieces, wherever these stand."""
    widths = Counter(len(pieces) for pieces in parted if len(pieces) > 1)
    usual, count = widths.most_common(1)[0] if widths else (1, 0)
    if count < _LEAST_LINES:
        return [[line] for line in lines]
    return [
        [text for _, text in pieces] if len(pieces) == usual else [line]
        for line, pieces in zip(lines, parted, strict=True)
    ]


def _row(line: str, pieces: list[tuple[int, str]], starts: list[int]) -> list[str]:
    places = {start: column for column, start in enumerate(starts)}
    if not pieces or any(start not in places for start, _ in pieces[1:]):
        return [line]
    row = [""] * len(starts)
    for start, text in pieces:
        row[places.get(start, 0)] = text
    if pieces[0][0] not in places:  # an indented first column
        row[0] = line[: len(line) - len(line.lstrip(" 　"))] + row[0]
    return row


def _pieces(line: str) -> list[tuple[int, str]]:
    """Return the pieces between the gaps and where they begin, counted in half widths."""
    pieces, at, width = [], 0, 0
    for found in [*_GAP.finditer(line), None]:
        end = found.start() if found else len(line)
        if end > at:
            pieces.append((width, line[at:end].rstrip()))
        if found:
            width += _width(line[at : found.end()])
            at = found.end()
    return [(start, text) for start, text in pieces if text]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "FWA" else 1 for each in text)
