"""Which parts of a text changed, marked as a person would underline them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Segment(NamedTuple):
    """A piece of a text, and whether it differs from the other text."""

    text: str
    changed: bool


Segments = tuple[Segment, ...]
_Pair = tuple[str, str]  # a piece of the old text, and what stands for it in the new one

_ISLAND = 2  # an equal piece as short as this between two changes reads as changed, too
_MANY = 300  # units: comparing takes up to the square of their number
_MARKS = "[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
# A number or a word in foreign letters or katakana changes as a whole, all else by character.
_WORD = re.compile(rf"(?:\d+|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヺー]+|.){_MARKS}", re.DOTALL)
_SENTENCE = re.compile(r"[^。\n]*[。\n]|[^。\n]+")


def marked(old: str, new: str) -> tuple[Segments, Segments]:
    """Return both texts in pieces, the changed ones marked.

    Where there is too much to compare word by word, whole sentences are marked, and in the
    end everything between what is the same at the beginning and at the end.
    """
    pairs = _smoothed(_compared(_WORD.findall(old), _WORD.findall(new)))
    return (
        tuple(Segment(before, before != after) for before, after in pairs if before),
        tuple(Segment(after, before != after) for before, after in pairs if after),
    )


def _compared(olds: Sequence[str], news: Sequence[str]) -> Iterator[_Pair]:
    start = _same_at_the_start(olds, news)
    end = _same_at_the_start(olds[start:][::-1], news[start:][::-1])
    yield _pair(olds[:start], news[:start])
    yield from _matched_as_finely_as_can_be(
        olds[start : len(olds) - end], news[start : len(news) - end]
    )
    yield _pair(olds[len(olds) - end :], news[len(news) - end :])


def _matched_as_finely_as_can_be(olds: Sequence[str], news: Sequence[str]) -> Iterator[_Pair]:
    if _few(olds, news):
        yield from _matched(olds, news)
        return
    old, new = _pair(olds, news)
    old_sentences, new_sentences = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if not _few(old_sentences, new_sentences):
        yield old, new
        return
    for before, after in _matched(old_sentences, new_sentences):
        old_words, new_words = _WORD.findall(before), _WORD.findall(after)
        if before != after and _few(old_words, new_words):
            yield from _matched(old_words, new_words)
        else:
            yield before, after


def _matched(olds: Sequence[str], news: Sequence[str]) -> Iterator[_Pair]:
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield _pair(olds[start:end], news[new_start:new_end])


def _smoothed(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Return changes and equal pieces in turn; a tiny piece between changes goes with them."""
    pieces: list[_Pair] = []
    for old, new in pairs:
        while pieces and _goes_on(pieces, old != new):
            before, after = pieces.pop()
            old, new = before + old, after + new  # noqa: PLW2901
        if old or new:
            pieces.append((old, new))
    return pieces


def _goes_on(pieces: list[_Pair], changed: bool) -> bool:
    """Tell whether the last piece and the next one are one."""
    old, new = pieces[-1]
    is_island = changed and old == new and len(old) <= _ISLAND and len(pieces) > 1
    return is_island or changed == (old != new)


def _few(olds: Sequence[str], news: Sequence[str]) -> bool:
    return max(len(olds), len(news)) <= _MANY


def _pair(olds: Sequence[str], news: Sequence[str]) -> _Pair:
    return "".join(olds), "".join(news)


def _same_at_the_start(olds: Sequence[str], news: Sequence[str]) -> int:
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False))
    )
