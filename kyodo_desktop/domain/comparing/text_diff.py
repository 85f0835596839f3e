"""Which parts of a text changed, marked as a person would underline them.

A running text is compared word by word, unless less than half of it is the same: then one
reads the old and the new one, not a patchwork of marks. What was chosen (a status, a month, a
name) is no text to be edited: it is a `Whole`, which is the same or another one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import chain, groupby, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence


class Segment(NamedTuple):
    """A piece of a text, and whether it differs from the other text."""

    text: str
    changed: bool


class Whole(str):
    """A piece of a text that changes as a whole or not at all."""

    __slots__ = ()


Segments = tuple[Segment, ...]
Pieces = tuple[str, ...]
"""A text in pieces: running ones, and `Whole` ones."""

_Pair = tuple[str, str]  # a piece of the old text, and what stands for it in the new one
_Words = tuple[str, ...]
_Block = tuple[_Words, _Words]

_ISLAND = 2  # an equal piece as short as this between two changes reads as changed, too
_MANY = 300  # units: comparing takes up to the square of their number
_MARKS = "[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
# A number or a word in foreign letters or katakana changes as a whole, all else by character.
_WORD = re.compile(rf"(?:\d+|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヺー]+|.){_MARKS}", re.DOTALL)
_SENTENCE_ENDS = ("。", "\n")


def diff_segments(old: str, new: str) -> tuple[Segments, Segments]:
    """Return both texts in pieces, the changed ones marked.

    Where there is too much to compare word by word, whole sentences are marked. Where that is
    too much as well, or less than half of both texts is the same, everything is marked between
    what is the same at the beginning and at the end.
    """
    return diff_pieces((old,), (new,))


def diff_pieces(old: Pieces, new: Pieces) -> tuple[Segments, Segments]:
    """Return two texts that are given in pieces as `diff_segments` does."""
    blocks = _compared(_words(old), _words(new))
    pairs = _smoothed(("".join(before), "".join(after)) for before, after in blocks)
    return (
        tuple(Segment(before, before != after) for before, after in pairs if before),
        tuple(Segment(after, before != after) for before, after in pairs if after),
    )


def joined(parts: Iterable[Segments]) -> Segments:
    """Return the segments of texts that follow each other, like ones as one."""
    runs = groupby(chain.from_iterable(parts), key=attrgetter("changed"))
    return tuple(Segment("".join(each.text for each in run), changed) for changed, run in runs)


def names(known: Iterable[str]) -> Pieces:
    """Return names one after the other, each a whole."""
    pieces = chain.from_iterable(("、", Whole(each)) for each in known)
    return tuple(pieces)[1:]


def _words(pieces: Pieces) -> _Words:
    words: list[str] = []
    for piece in pieces:
        words += (piece,) if isinstance(piece, Whole) else _WORD.findall(piece)
    return tuple(words)


def _sentences(words: _Words) -> list[tuple[str, ...]]:
    ends = [place for place, word in enumerate(words, start=1) if word in _SENTENCE_ENDS]
    starts = [0, *ends]
    stops = [*ends, len(words)]
    return [tuple(words[a:b]) for a, b in zip(starts, stops, strict=True) if a < b]


def _compared(olds: _Words, news: _Words) -> list[_Block]:
    """Return the words in blocks that are the same or are not."""
    start = _same_at_the_start(olds, news)
    end = _same_at_the_start(olds[start:][::-1], news[start:][::-1])
    first, between, last = _in_three(olds, news, start, end)
    blocks = [first, *_matched_as_finely_as_can_be(*between), last]
    same = sum(_length(old) for old, new in blocks if old == new)
    if 4 * same < _length(olds) + _length(news):  # of both texts together less than half
        start, end = (0 if _is_tiny(old) else len(old) for old, _ in (first, last))
        blocks = [*_in_three(olds, news, start, end)]
    return blocks


def _in_three(olds: _Words, news: _Words, start: int, end: int) -> tuple[_Block, _Block, _Block]:
    old_end, new_end = len(olds) - end, len(news) - end
    return (
        (olds[:start], news[:start]),
        (olds[start:old_end], news[start:new_end]),
        (olds[old_end:], news[new_end:]),
    )


def _length(words: _Words) -> int:
    """Return how many characters are written; what was chosen is no text."""
    return sum(len(each) for each in words if not isinstance(each, Whole))


def _is_tiny(words: _Words) -> bool:
    return sum(map(len, words)) <= _ISLAND and not any(isinstance(each, Whole) for each in words)


def _matched_as_finely_as_can_be(olds: _Words, news: _Words) -> Iterator[_Block]:
    if _few(olds, news):
        yield from _matched(olds, news)
        return
    old_sentences, new_sentences = _sentences(olds), _sentences(news)
    if not _few(old_sentences, new_sentences):
        yield olds, news
        return
    for start, end, new_start, new_end in _matching(old_sentences, new_sentences):
        old_words = tuple(chain.from_iterable(old_sentences[start:end]))
        new_words = tuple(chain.from_iterable(new_sentences[new_start:new_end]))
        if old_words != new_words and _few(old_words, new_words):
            yield from _matched(old_words, new_words)
        else:
            yield old_words, new_words


def _matched(olds: _Words, news: _Words) -> Iterator[_Block]:
    for start, end, new_start, new_end in _matching(olds, news):
        yield olds[start:end], news[new_start:new_end]


def _matching(
    olds: Sequence[Hashable], news: Sequence[Hashable]
) -> Iterator[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    return (code[1:] for code in matcher.get_opcodes())


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


def _few(olds: Sequence[object], news: Sequence[object]) -> bool:
    return max(len(olds), len(news)) <= _MANY


def _same_at_the_start(olds: Sequence[str], news: Sequence[str]) -> int:
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False))
    )
