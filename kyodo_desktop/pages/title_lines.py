"""Where a title that needs several lines is divided: between words, in lines of like length."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kyodo_desktop.pages.text_metrics import lines_of, may_break

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 200
"""Characters; a longer text is no title."""
_SPACES, _OPENING, _CLOSING = " 　", "（(「『【〔［", "）)」』】〕］、。・"
_WHOLE = ("計画", "条例", "方針", "戦略", "大綱", "プラン", "ビジョン", "及び")
_PARTICLES, _OF = "のとをにはがへも", "の"
_UNEVEN = 10.0
"""What it costs when a line is twice as long as they are on the average."""


def title_lines(text: str, advances: Mapping[str, float], width: float) -> list[str]:
    """Return the lines of a title as `lines_of` does, no more of them, but even and sensible."""
    greedy = lines_of(text, advances, width)
    if len(greedy) == 1 or "\n" in text or len(text) > _LONGEST:
        return greedy
    ends = [0.0, *accumulate(map(advances.__getitem__, text))]
    stops = [at for at in range(1, len(text)) if may_break(text[at - 1], text[at])]
    cuts = _best(text, ends, [*stops, len(text)], len(greedy), width)
    return [text[start:stop] for start, stop in zip((0, *cuts), cuts, strict=False)] or greedy


def _best(
    text: str, ends: Sequence[float], stops: Sequence[int], count: int, width: float
) -> tuple[int, ...]:
    """Return where so many lines end at least cost; nothing where they do not fit."""
    average = ends[-1] / count
    found: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in found.items():
            for stop in (each for each in stops if each > start):
                line = ends[start + len(text[start:stop].rstrip(_SPACES))] - ends[start]
                if line > width:
                    break
                total = cost + _UNEVEN * (line / average - 1) ** 2 + _cost(text, stop)
                if stop not in longer or total < longer[stop][0]:
                    longer[stop] = total, (*cuts, stop)
        found = longer
    return found.get(len(text), (0.0, ()))[1]


def _cost(text: str, at: int) -> float:
    """Return how much a reader minds a line that ends here."""
    if at == len(text) or text[at - 1] in _SPACES or text[at] in _OPENING:
        return 0.0
    if text[at - 1] in _CLOSING or text[:at].endswith(_WHOLE):
        return 0.3
    if text[at - 1] == _OF and _kind(text[at]) == "hiragana":
        return 2.0
    before, after = _kind(text[at - 1]), _kind(text[at])
    if before == "hiragana" and after != "hiragana":
        return 0.6 if text[at - 1] in _PARTICLES else 1.5
    if after not in (before, "hiragana"):
        return 2.5
    return 4.0 if before == "kanji" and after == "kanji" else 8.0


def _kind(character: str) -> str:
    if "ぁ" <= character <= "ゟ":
        return "hiragana"
    return "katakana" if "゠" <= character <= "ヿ" else "kanji"
