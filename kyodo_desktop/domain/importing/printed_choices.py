"""Printed choices of which one is marked: ■継続 □拡充 □廃止."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_BOX = re.compile(r"[■☑☒◼✅●◉□☐◻○◯〇]\s*(?P<word>[^■☑☒◼✅●◉□☐◻○◯〇\n　]{1,30})")
# Square boxes before words that have a sign of their own: □◎順調 ■○概ね順調.
_SQUARE = re.compile(r"[■☑☒◼✅□☐◻]\s*(?P<word>[◎○◯〇●△▲×]?[^■☑☒◼✅□☐◻◎○◯〇●\n　]{1,30})")
_SIGNED = re.compile(r"\s*[■☑☒◼✅□☐◻]\s*[◎○◯〇●△▲×]")
_MARKED = frozenset("■☑☒◼✅●◉")
_FEWEST, _LONGEST_PART = 2, 10
_PARTS = re.compile(r"\s*[・･／/|｜\n]\s*|[\s　]+")
_CIRCLED = re.compile(r"[(（○◯〇◎●⦿]\s*(?P<words>[^()（）]+?)\s*[)）]?$|(?P<letter>[Ⓐ-Ⓩⓐ-ⓩ①-⑨])$")
_BRACKET_BOX = re.compile(
    r"[（(](?P<mark>[ 　]*[○◯〇●✓✔レ■]?[ 　]*)[)）]\s*(?P<word>[^（()）]{1,30})"
)
_A_CIRCLED, _ALPHABET = 0x24B6, 26


class PrintedChoice(NamedTuple):
    """One of the choices; `start` to `end` is its word in the cell, the box stands before it."""

    word: str
    start: int
    end: int
    is_marked: bool


@lru_cache(4096)
def choices_in(text: str) -> tuple[PrintedChoice, ...]:
    """Return the printed choices of a cell, at least two with two kinds of boxes; else none."""
    box = _SQUARE if _SIGNED.match(text) else _BOX
    found = tuple(
        PrintedChoice(
            each["word"].strip(" ・、，,／/"),
            each.start("word"),
            each.start("word") + len(each["word"].rstrip(" ・、，,／/")),
            each[0][0] in _MARKED,
        )
        for each in box.finditer(text)
    )
    boxes = {each.is_marked for each in found}
    kinds = {text[each.start() :][:1] for each in box.finditer(text)}
    is_led = text.lstrip()[:1] in "■☑☒◼✅●◉□☐◻○◯〇"
    enough = len(found) >= _FEWEST and (len(boxes) > 1 or kinds <= set("□☐◻"))
    return found if enough and is_led and all(each.word for each in found) else ()


def marked_in(text: str) -> tuple[PrintedChoice, ...] | None:
    """Return the marked ones of the printed choices; None where no choices are printed."""
    found = choices_in(text)
    return tuple(each for each in found if each.is_marked) if found else None


def options_in(text: str) -> tuple[PrintedChoice, ...]:
    """Return the printed choices of a cell, with boxes or with one that is set off."""
    return choices_in(text) or _in_brackets(text) or _circled(text)


def _in_brackets(text: str) -> tuple[PrintedChoice, ...]:
    """Read 「（○）継続・（　）廃止」: brackets for boxes, one of them with a mark."""
    found = tuple(
        PrintedChoice(
            each["word"].rstrip(" 　・、，,／/\n"),
            each.start("word"),
            each.start("word") + len(each["word"].rstrip(" 　・、，,／/\n")),
            bool(each["mark"].strip()),
        )
        for each in _BRACKET_BOX.finditer(text)
    )
    is_led = text.lstrip()[:1] in "（("
    return found if is_led and len(found) >= _FEWEST and all(each.word for each in found) else ()


def _circled(text: str) -> tuple[PrintedChoice, ...]:
    """Read 「Ａ・○Ｂ・Ｃ」 and 「A ・ Ⓑ ・ C」: all are short and exactly one is set off."""
    options: list[PrintedChoice] = []
    at = 0
    line = text.strip()
    shift = text.find(line)
    for part in _PARTS.split(line):
        start = line.find(part, at)
        at = start + len(part)
        if not part:
            continue
        circled = _CIRCLED.match(part)
        words = part if circled is None else circled["words"] or _plain(circled["letter"])
        if not words or len(words) > _LONGEST_PART:
            return ()
        options.append(PrintedChoice(words, shift + start, shift + at, circled is not None))
    chosen = sum(each.is_marked for each in options)
    distinct = {each.word for each in options}
    is_one_of = len(options) > _FEWEST and chosen == 1 and len(distinct) == len(options)
    return tuple(options) if is_one_of else ()


def _plain(letter: str) -> str:
    if unicodedata.category(letter) == "No":
        return str(unicodedata.digit(letter))
    place = (ord(letter) - _A_CIRCLED) % _ALPHABET
    return chr(ord("A") + place)
