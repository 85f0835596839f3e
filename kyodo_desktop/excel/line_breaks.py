"""Where a cell breaks a Japanese text into lines (禁則処理; Latin words stay whole)."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NEVER_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ°′″℃％‰ )]},.:;!?%’”"
)
NEVER_LAST = frozenset("‘“（〔［｛〈《「『【￥＄£｢([{$")
_FIRST_WIDE = "\u0250"  # below it are the letters of western words


def lines_of(text: str, advances: Mapping[str, float], width: float) -> list[str]:
    """Return the lines in which the text is shown; joined they are the text again.

    `advances` and `width` are in the same unit. A line keeps its line end.
    """
    if "\n" not in text:
        return _wrapped(text, advances, width)
    return [
        line
        for paragraph in text.splitlines(keepends=True)
        for line in _wrapped(paragraph, advances, width)
    ]


def _wrapped(paragraph: str, advances: Mapping[str, float], width: float) -> list[str]:
    ends = list(accumulate(map(advances.__getitem__, paragraph)))
    if not ends or ends[-1] <= width:
        return [paragraph]
    lines: list[str] = []
    start = 0
    while (limit := bisect_right(ends, (ends[start - 1] if start else 0.0) + width)) < len(ends):
        cut = _cut(paragraph, start, limit)
        lines.append(paragraph[start:cut])
        start = cut
        if start == len(paragraph):
            return lines
    lines.append(paragraph[start:])
    return lines


def _cut(text: str, start: int, limit: int) -> int:
    """Return where the next line begins: as near to `limit` as the rules allow."""
    while limit < len(text) and text[limit] in " \n":
        limit += 1  # a space or a line end may hang over the edge
    for place in range(limit, start, -1):
        if place == len(text) or _may_break(text[place - 1], text[place]):
            return place
    return max(limit, start + 1)


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    return before == " " or before >= _FIRST_WIDE or after >= _FIRST_WIDE
