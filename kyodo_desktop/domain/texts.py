"""What is done to any text: keys to compare what people type, signs for what nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_WRITTEN_TWO_WAYS = str.maketrans("〜−—‖¢£¬", "～－―∥￠￡￢")

ONE_WAY = {
    ord(other): unicodedata.normalize("NFKC", sign)
    for other, sign in zip("〜−—‖", "～－―∥", strict=True)
}
"""The same of what is left of them when width makes no difference."""


def written_one_way(text: str) -> str:
    """Return the text with each sign that there is twice as Windows writes it: 〜 is ～.

    The code page of Japanese Windows has ～－―∥￠￡￢, other programs write 〜−—‖¢£¬ for them;
    on the screen and on paper they are the same.
    """
    return text if text.isascii() else text.translate(_WRITTEN_TWO_WAYS)


def folded(text: str, letters: Mapping[int, str] = ONE_WAY) -> str:
    """Return a text in which width and case make no difference, nor what `letters` make one."""
    return unicodedata.normalize("NFKC", text).casefold().translate(letters)


def squeezed(text: str) -> str:
    """Return a key in which white space makes no difference either."""
    return "".join(folded(text).split())


_DIRECTIONS = "\u061c\u200f\u202a-\u202e\u2066-\u2069"
_ENDS = "\u2028\u2029"  # of lines, for some programs
# Controls, but for the ends of lines and the tab; and what is no character at all.
_UNFIT = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
UNFIT = re.compile(f"[{_UNFIT}]")
"""A character that neither a file nor Excel can hold."""

CONTROLS = re.compile(f"[{_UNFIT}{_DIRECTIONS}{_ENDS}]")
"""A character that is shown as a sign."""


def sign(character: str) -> str:
    """Return what stands for a character: 〔U+202E〕."""
    return f"〔U+{ord(character):04X}〕"


def with_signs(text: str) -> str:
    """Return the text with a sign for each character that nobody sees."""
    return CONTROLS.sub(_sign, text) if CONTROLS.search(text) else text


def row_with_signs(values: Iterable[Any]) -> list[Any]:
    """Return the values of a row, its texts with signs."""
    return [with_signs(value) if isinstance(value, str) else value for value in values]


def _sign(found: re.Match[str]) -> str:
    return sign(found[0])
