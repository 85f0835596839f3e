"""Several actions in one cell: ①…②…, lines with a sign, and what the cells beside say of each.

Parts are matched by their number, else by their order. Where the counts differ, what is matched
is matched, and the rest is told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_mark
from kyodo_desktop.domain.importing.plain import is_nothing, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_CIRCLED = r"[①-⑳㉑-㉟㊱-㊿]"
_NUMBERED = (
    re.compile(rf"(?P<number>{_CIRCLED})\s*"),
    re.compile(r"(?P<number>[(（〔\[][0-9０-９]{1,2}[)）〕\]]|[⑴-⒇])\s*"),
    re.compile(r"(?P<number>[(（][ア-ンｱ-ﾝ][)）])\s*"),
    re.compile(r"(?P<number>[a-zａ-ｚ])(?:[.．)）、]\s*|\s*[=＝:：]\s*)"),
    re.compile(
        r"(?P<number>[0-9０-９]{1,2}(?:\s?[-－‐―.]\s?[0-9０-９]{1,2})*)"
        r"(?:[.．)）、]\s*|[ 　]+)(?![0-9０-９])"
    ),
    re.compile(r"(?P<number>[ア-コ])(?:[.．)）、]\s*|[ 　]+)"),
)
_BRACKETED = _NUMBERED[1:3]
_SIGN = re.compile(r"(?P<sign>[・●○◯〇■□◆◇◎*＊▪◦•※－-])\s*")
_BULLET = re.compile(r"^[ 　]*(?P<sign>[・･•▪◦●○◯〇■□◆◇])[ 　]*", re.MULTILINE)
_INDENTED = re.compile(r"[ 　\t]+")
_BETWEEN = "・、,，/／と及び "
_FEWEST = 2


class CellPart(NamedTuple):
    """A part of a cell: its text and from where to where it is that."""

    number: str
    text: str
    start: int
    end: int


@lru_cache(1 << 12)
def parts_in(text: str) -> tuple[CellPart, ...]:
    """Return the numbered parts of a cell, at least two of one style; nothing else before them.

    Signs in a line of their own style count as numbers that say nothing. A line without either
    goes on with the part before it.
    """
    for pattern in _NUMBERED:
        starts = _starts(text, pattern)
        if len(starts) >= _FEWEST and starts[0].start() == len(text) - len(text.lstrip()):
            return _cut(text, starts)
    return ()


def _starts(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Return where parts begin: at lines, and for ① anywhere that the next number stands."""
    found = [
        each
        for line in re.finditer(r"[^\n]+", text)
        if (each := pattern.match(text, line.start() + _blank(line[0]), line.end()))
    ]
    if pattern is _NUMBERED[0]:
        found = [each for each in pattern.finditer(text) if _is_start(text, each, found)]
    elif pattern in _BRACKETED:
        found = [each for each in pattern.finditer(text) if _is_parted(text, each)]
    numbers = [squeezed(each["number"]) for each in found]
    return found if len(set(numbers)) == len(numbers) else []


def _is_parted(text: str, found: re.Match[str]) -> bool:
    """Tell whether a number in brackets begins a line, or a part behind ／ or a space."""
    before = text[: found.start()]
    return not before.strip() or before[-1] in "\n／/、 　"


def _blank(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_start(text: str, found: re.Match[str], lines: Sequence[re.Match[str]]) -> bool:
    """Tell whether ② begins a part although it begins no line."""
    if any(each.start() == found.start() for each in lines):
        return True
    before = text[: found.start()].rstrip(" 　")
    if any(each.end() == len(before) for each in _NUMBERED[0].finditer(before)):
        return True  # ①②…
    return bool(before) and before[-1] not in "、（(・～〜-－と及び" and found.end() < len(text)


def _cut(text: str, starts: Sequence[re.Match[str]]) -> tuple[CellPart, ...]:
    ends = [each.start() for each in starts[1:]] + [len(text)]
    parts: list[CellPart] = []
    for each, end in zip(reversed(starts), reversed(ends), strict=True):
        part = _part(text, each["number"].strip(), each.end(), end)
        if parts and not part.text.strip(_BETWEEN):  # ①②継続: said of both
            part = parts[-1]._replace(number=part.number)
        parts.append(part)
    return tuple(reversed(parts))


def _part(text: str, number: str, start: int, end: int) -> CellPart:
    inside = text[start:end]
    return CellPart(number, _unfolded(inside), start, start + len(inside.rstrip()))


def _unfolded(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))


@lru_cache(1 << 12)
def lines_in(text: str) -> tuple[CellPart, ...]:
    """Return the lines of a cell, each with those that only go on with it.

    Where lines begin with signs, those without one go on; else all are lines of their own but
    those that are indented.
    """
    lines = [each for each in re.finditer(r"[^\n]+", text) if each[0].strip()]
    if all(is_mark(each[0]) or is_nothing(each[0]) for each in lines):
        return tuple(_part(text, "", each.start(), each.end()) for each in lines)
    signed = has_signs(text)
    heads: list[re.Match[str]] = []
    for each in lines:
        goes_on = (
            not _SIGN.match(each[0].lstrip()) and not each[0].lstrip().startswith(("✓", "✔", "レ"))
            if signed
            else _INDENTED.match(each[0]) is not None
        )
        if not heads or not goes_on:
            heads.append(each)
    ends = [each.start() for each in heads[1:]] + [len(text)]
    return tuple(_part(text, "", each.start(), end) for each, end in zip(heads, ends, strict=True))


def has_signs(text: str) -> bool:
    """Tell whether lines of a cell begin with signs, so that those without one go on."""
    return any(_SIGN.match(line.lstrip()) for line in text.split("\n"))


def lone_sign(text: str, *, but: frozenset[str] = frozenset()) -> int:
    """Return the length of the only sign that begins lines of a text, unless it is a mark."""
    found = list(_BULLET.finditer(text))
    is_only = len(found) == 1 and not text[: found[0].start()].strip()
    return found[0].end() if is_only and found[0]["sign"] not in but else 0


class Shared(NamedTuple):
    """What the parts of a cell are for each of several actions; `left` is of none of them."""

    parts: tuple[tuple[CellPart, ...], ...]
    left: tuple[CellPart, ...] = ()
    uneven: bool = False


def shared_out(numbers: Sequence[str], text: str, *, is_one: Callable[[str], bool]) -> Shared:
    """Give each of the numbered actions its part of the cell beside.

    `is_one` tells that a whole text is a single value (a grade, a section), which is then that
    of all the actions.
    """
    count = len(numbers)
    whole = CellPart("", text, 0, len(text))
    found = parts_in(text) or _single(text, numbers)
    keys = {squeezed(number): place for place, number in enumerate(numbers) if number}
    if found and any(squeezed(each.number) in keys for each in found):
        mine: list[tuple[CellPart, ...]] = [()] * count
        left = []
        for each in found:
            place = keys.get(squeezed(each.number))
            if place is None:
                left.append(each)
            else:
                mine[place] += (each,)
        return Shared(tuple(mine), tuple(left))
    lines = lines_in(text)
    if len(lines) == count:
        return Shared(tuple((each,) for each in lines))
    if is_one(text.strip()):
        return Shared(((whole,),) * count)
    if len(lines) == 1:
        return Shared(((whole,), *[()] * (count - 1)), uneven=True)
    matched = [(each,) for each in lines[: count - 1]]
    last = lines[count - 1 :]
    rest = [()] * (count - len(matched) - 1) if len(lines) < count else []
    tail: list[tuple[CellPart, ...]] = [last] if last else [()]
    return Shared((*matched, *tail, *rest)[:count], uneven=True)


def _single(text: str, numbers: Sequence[str]) -> tuple[CellPart, ...]:
    """Return the only part of a cell that names one of the actions: ⑥継続."""
    wanted = {squeezed(each) for each in numbers if each}
    for pattern in _NUMBERED:
        found = pattern.match(text.lstrip())
        if found is not None and squeezed(found["number"]) in wanted:
            at = _blank(text)
            return (_part(text, found["number"].strip(), at + found.end(), len(text)),)
    return ()


def single_action(title: str, beside: Iterable[str]) -> tuple[CellPart, ...]:
    """Return the only action of a cell, where a cell beside it repeats its number: ⑥継続."""
    for pattern in _NUMBERED[:2]:
        found = pattern.match(title)
        if found is not None and any(_single(text, (found["number"],)) for text in beside):
            return (_part(title, found["number"].strip(), found.end(), len(title)),)
    return ()


def actions_in(title: str, number: str) -> tuple[CellPart, ...]:
    """Return the actions of a cell, by the numbers in it or those in the cell at its left.

    None where the cell holds one action. Lines that only carry a sign are actions where all of
    them do.
    """
    found = parts_in(title)
    if found:
        return found if all(each.text for each in found) else ()
    lines = lines_in(title)
    if len(lines) < _FEWEST:
        return ()
    counted = [each for each in number.split("\n") if each.strip()]
    if len(counted) == len(lines):
        return tuple(
            each._replace(number=own.strip()) for each, own in zip(lines, counted, strict=True)
        )
    signs = {sign["sign"] if (sign := _SIGN.match(each.text)) else "" for each in lines}
    if len(signs) == 1 and "" not in signs:
        return tuple(_without_sign(title, each) for each in lines)
    return ()


def _without_sign(text: str, part: CellPart) -> CellPart:
    found = _SIGN.match(text, part.start + _blank(text[part.start :]))
    assert found is not None
    return _part(text, "", found.end(), part.end)
