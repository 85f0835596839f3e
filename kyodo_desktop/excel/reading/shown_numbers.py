"""Numbers as a sheet shows them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading.format_tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = "0#?"
_SURE = 15  # digits of a float that are as they were typed
_LARGEST = Decimal(10) ** 30
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def general(text: str) -> str:
    """Show a number without a format: 1.0 is 1, and 0.1 + 0.2 is 0.3."""
    if text.isdecimal() and len(text) <= _SURE and (text[0] != "0" or text == "0"):
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    if value.is_integer() and abs(value) < 10**_SURE:
        return str(int(value))
    return format(value, f".{_SURE}g")


def formatted(text: str, sections: Sequence[Sequence[Token]]) -> str:
    """Show a number in the section that is for it."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value) > _LARGEST:
        return general(text)
    tokens, value = _section(value, sections)
    marks = "".join(token.text for token in tokens if token.kind == "mark")
    if any(token.kind == "condition" for token in tokens) or set("E/@") & set(marks.upper()):
        return general(text)
    shown = _laid_out(value, tokens, marks)
    wide = any(token == Token("digits", "DBNum3") for token in tokens)
    return shown.translate(_FULL_WIDTH) if wide else shown


def _section(
    value: Decimal, sections: Sequence[Sequence[Token]]
) -> tuple[Sequence[Token], Decimal]:
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if not value and len(sections) > 2:  # noqa: PLR2004  the third is for zero
        return sections[2], value
    return sections[0], value


def _laid_out(value: Decimal, tokens: Sequence[Token], marks: str) -> str:
    """Put the digits where the marks for them stand, and the words around them."""
    places = [at for at, each in enumerate(tokens) if each.kind == "mark" and each.text in _DIGITS]
    whole_marks, _, part_marks = marks.partition(".")
    thousands = len(marks.rstrip("%")) - len(marks.rstrip("%").rstrip(","))
    scaled = value.scaleb(2 * marks.count("%") - 3 * thousands)
    digits = sum(part_marks.count(mark) for mark in _DIGITS)
    number = abs(scaled).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    whole, _, part = f"{number:f}".partition(".")
    whole = whole.lstrip("0").rjust(whole_marks.count("0"), "0")
    least = len(part_marks.rstrip("%,").rstrip("#?").replace(",", ""))
    while len(part) > least and part.endswith("0"):
        part = part[:-1]
    if "," in whole_marks.rstrip(","):
        whole = _grouped(whole)
    shown = f"{whole}.{part}" if part else whole
    sign = "-" if value < 0 and number else ""
    return sign + "".join(_pieces(tokens, places, shown, str(value)))


def _pieces(tokens: Sequence[Token], places: Sequence[int], shown: str, plain: str) -> list[str]:
    pieces: list[str] = []
    between: list[str] = []
    for at, token in enumerate(tokens):
        if token.kind == "general":
            pieces.append(general(plain.lstrip("-")))
        elif places and at == places[0]:
            pieces.append("\0")
        elif token.kind == "word":
            inside = places and places[0] < at < places[-1]
            (between if inside else pieces).append(token.text)
        elif token.text == "%":
            pieces.append("%")
    if between:  # 〒000-0000: the digits are shared out from the right
        shown = _shared_out(tokens[places[0] : places[-1] + 1], shown)
    return [shown if piece == "\0" else piece for piece in pieces]


def _shared_out(tokens: Sequence[Token], digits: str) -> str:
    left, shown = list(digits), ""
    for token in reversed(tokens):
        if token.kind == "word":
            shown = token.text + shown
        elif left and token.text in _DIGITS:
            shown = left.pop() + shown
    return "".join(left) + shown


def _grouped(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[at : at + 3] for at in range(head, len(digits), 3)]
    return ",".join([digits[:head], *groups] if head else groups)
