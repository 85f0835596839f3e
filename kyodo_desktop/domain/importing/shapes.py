"""What tells the levels of headings in rows of their own apart: word, number or indentation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.numbers import numbered, style_of
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.numbering import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

Shape = tuple[str, str]

WORD, NUMBER, TEXT = "word", "number", "text"  # kinds of shapes
ACROSS: Shape = (TEXT, "across")  # a number, and a title that is merged over the table
_SIGNS = frozenset("<＜【〔《■●◆▼★□◇▶")  # before headings that have no number
_CODE = 3  # digits of a number that holds those of the headings above it: 11122
_FEW = 0.05  # a shape of fewer rows than this share is an exception
_MOST = 0.8


class GroupRow(NamedTuple):
    """A heading that stands in a row of its own."""

    row: int
    column: int
    text: str
    shape: Shape


class FoundTitle(NamedTuple):
    """The title of an action and its number beside it; `indent` is that of the title."""

    number: str
    text: str
    indent: int


def shape_of(text: str, indent: int, *, coded: bool = False) -> Shape:
    """Return the shape of a title."""
    parts = numbered(text)
    if parts.word:
        return WORD, parts.word
    if parts.number:
        return number_shape(parts.number, coded=coded)
    sign = text.strip()[:1]
    return TEXT, sign if sign in _SIGNS else str(indent)


def number_shape(number: str, *, coded: bool = False) -> Shape:
    """Return the shape of a number; where they are codes, 1, 11 and 111 differ by their length."""
    style = style_of(number)
    return NUMBER, style * len(squeezed(number)) if coded and style == PLAIN else style


class UsualShapes:
    """What the titles of the actions look like: a row that does not is a heading.

    `is_mixed` tells that they are numbered in several ways, so that a number tells little.
    """

    def __init__(self, titles: Iterable[FoundTitle]) -> None:
        rows = list(titles)
        inside = [numbered(each.text).number for each in rows]
        self.inline_numbers = sum(map(bool, inside)) * 2 > len(rows)
        printed = [each.number or number for each, number in zip(rows, inside, strict=True)]
        self.coded = _are_codes(list(map(squeezed, printed)))
        found = Counter(shape_of(each.text, each.indent, coded=self.coded) for each in rows)
        found.update(number_shape(each.number, coded=self.coded) for each in rows if each.number)
        self._shapes = {shape for shape, count in found.items() if count >= _FEW * len(rows)}
        self.is_mixed = sum(1 for kind, _ in self._shapes if kind != TEXT) > 1

    def __bool__(self) -> bool:
        return bool(self._shapes)

    def __contains__(self, shape: Shape) -> bool:
        return shape in self._shapes


def _are_codes(numbers: list[str]) -> bool:
    """Tell whether most numbers are digits of one length, too many to be counted."""
    lengths = Counter(len(number) if number.isdecimal() else 0 for number in numbers)
    length, count = lengths.most_common(1)[0] if lengths else (0, 0)
    return length >= _CODE and count >= _MOST * len(numbers)
