"""Splits a printed title into the word of its level, its number and the title itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.domain.importing.plain import one_line, squeezed
from kyodo_desktop.domain.numbering import (
    BRACKETED,
    BRACKETED_KANA,
    CIRCLED,
    FREE,
    KANA,
    PLAIN,
    ROMAN,
)

_STEMS = (
    "目標|方針|施策|政策|項目|方策|課題|方向性?|柱|分野|戦略|プロジェクト|取組|取組み|事業|重点|視点|領域"
    "|テーマ|プラン|改革|体系|推進|計画|基本|行動|大綱|分類|章|節|編|部|ビジョン|指針|プログラム"
)
_DIGITS = r"[0-9０-９]{1,6}"
_ROMAN_NUMBER = "[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ]"
_CIRCLED_NUMBER = "[①-⑳㉑-㉟㊱-㊿❶-❿⓵-⓾]"
_KANA_NUMBER = "[アイウエオカキクケコサシスセソタチツテトｱ-ﾄ]"
_INSIDE = rf"(?:{_DIGITS}|{_ROMAN_NUMBER}|{_KANA_NUMBER}|[A-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十])"
_BRACKETS = rf"[(（〔［\[【]\s*{_INSIDE}\s*[)）〕］\]】]|[⑴-⒇]"
_PART = rf"(?:{_DIGITS}|{_ROMAN_NUMBER}|{_CIRCLED_NUMBER}|{_BRACKETS}|{_KANA_NUMBER}|[A-ZＡ-Ｚ])"
_CHAIN = rf"{_PART}(?:\s?[-‐－―−ー–・.．]\s?{_PART})*"
_GAP = r"(?:\s*[.．。、，,:：)）](?![0-9０-９])\s*|\s+)"
_UNIT = r"章|節|編|部(?![会門分署活])|款|項(?!目)|条(?!件)(?:の[0-9０-９]{1,2})?"
_COUNTER = "年月日人件回％%か箇ヶつ個校園所歳才代名団体次号割本億万千時分円倍期学級"
# A letter is a number only where something parts it from the words: 取組ア, not アンケート.
_SURE_PART = (
    rf"(?:{_DIGITS}|{_ROMAN_NUMBER}|{_CIRCLED_NUMBER}|{_BRACKETS}"
    rf"|(?:{_KANA_NUMBER}|[A-ZＡ-Ｚ])(?={_GAP}))"
)
_SURE_CHAIN = rf"{_SURE_PART}(?:\s?[-‐－―−ー–・.．]\s?{_PART})*"
_WORDED = re.compile(
    rf"[<＜【〔《〈「『［\[（(■●○◆◇□▼▶◎★☆]*\s*"
    rf"(?P<word>(?=[^\s0-9]{{0,9}}(?:{_STEMS}))[一-龠々ァ-ヶーぁ-ん・]{{1,10}}?|第)"
    rf"\s*(?P<number>{_SURE_CHAIN}|[一二三四五六七八九十]{{1,3}}(?=\s|章|節|編|部|条|の?柱))"
    rf"(?P<unit>{_UNIT}|の柱)?\s*[>＞】〕》〉」』］\]）)]?{_GAP}?(?P<title>.*)$",
    re.DOTALL,
)
_MARKED = re.compile(
    rf"(?P<number>{_BRACKETS}|{_CIRCLED_NUMBER}|{_ROMAN_NUMBER}(?=\W|\s|[ぁ-ん一-龠ァ-ヶ]))"
    rf"{_GAP}?(?P<title>.*)$",
    re.DOTALL,
)
_CHAINED = re.compile(
    rf"(?P<number>{_PART}(?:\s?[-‐－−–]\s?{_PART})+){_GAP}?(?P<title>[^\d{_COUNTER}].*)$",
    re.DOTALL,
)
_SPACED = re.compile(
    rf"(?P<number>{_DIGITS}(?:[.．]{_DIGITS})*|{_KANA_NUMBER}|[A-ZＡ-Ｚ]){_GAP}(?P<title>.+)$",
    re.DOTALL,
)
_ORDINAL = re.compile(
    rf"(?P<number>第\s?(?:{_DIGITS}|[一二三四五六七八九十]{{1,3}})){_GAP}(?P<title>.+)$", re.DOTALL
)
_NUMBER_ALONE = re.compile(
    rf"第\s*(?:{_DIGITS}|[一二三四五六七八九十]{{1,3}})\s*(?:{_UNIT})$"
    rf"|(?:第|no\.?|№|ＮＯ\.?)?\s*(?:{_CHAIN}|[A-Za-z]{{0,3}}[-_]?{_DIGITS}(?:[-_.]{_DIGITS})*[A-Za-z]?)\s*[.．]?$",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "<＜【〔《〈「『［[（(", ">＞】〕》〉」』］]）)"
_LONGEST = 15
_BLANKS = " \t　\u00a0"
_STRIPPED = _BLANKS + "\r\n"


class Numbered(NamedTuple):
    """A printed title in its parts: 基本目標, 1, 環境づくり; what is not there is empty.

    第2章 is a number as a whole, since it is printed so; its word is 章.
    """

    word: str
    number: str
    title: str

    @property
    def printed(self) -> str:
        """The number with its word, as it stands where the level has another name."""
        return self.number if self.number.startswith("第") else f"{self.word}{self.number}"

    @property
    def style(self) -> str:
        """The style of the number, for telling levels apart."""
        return style_of(self.number)


@lru_cache(1 << 16)
def numbered(text: str) -> Numbered:
    """Split a title; a number that may be a part of the words (24時間) stays with them."""
    line = text.strip(_STRIPPED)
    found = _WORDED.match(line)
    if found is not None and _is_word(found):
        unit, title = found["unit"] or "", one_line(_unclosed(line, found["title"]))
        if found["word"] == "第":
            word = re.sub("^の|の[0-9０-９]+$", "", unit)
            return Numbered(word, _squeezed(f"第{found['number']}{unit}"), title)
        return Numbered(found["word"].removesuffix("の"), _squeezed(found["number"]), title)
    for pattern in (_ORDINAL, _CHAINED, _MARKED, _SPACED):
        found = pattern.match(line)
        if found is not None:
            return Numbered("", _squeezed(found["number"]), one_line(found["title"]))
    return Numbered("", "", one_line(line))


def _unclosed(line: str, title: str) -> str:
    """Return a title without the bracket that ends it, where the whole line stands in brackets."""
    at = _OPENING.find(line[:1])
    closed = at >= 0 and title.rstrip().endswith(_CLOSING[at]) and _OPENING[at] not in title
    return title.rstrip()[:-1] if closed else title


def _squeezed(number: str) -> str:
    return "".join(number.split())


def _is_word(found: re.Match[str]) -> bool:
    if found["word"] == "第":
        return bool(found["unit"])
    if found["word"].endswith("その"):  # 取組その1 is a title as a whole
        return False
    # 計画2か年: what counts belongs to its number.
    end = found.end("number")
    return not re.match(rf"[{_COUNTER}]", found.string[end : end + 1])


@lru_cache(1 << 14)
def is_number(text: str) -> bool:
    """Tell whether a cell holds a number of an item and nothing else: 1, (2), ①, 1-(2)-①."""
    return len(text) <= _LONGEST and _NUMBER_ALONE.match(text.strip(_BLANKS)) is not None


@lru_cache(1 << 14)
def style_of(number: str) -> str:
    """Return the style of `domain.numbering` of a number, or the shape of one that has none."""
    key = squeezed(number)
    if not key:
        return FREE
    if re.fullmatch(_CIRCLED_NUMBER, number.strip()):
        return CIRCLED
    if re.fullmatch(_ROMAN_NUMBER, number.strip()):
        return ROMAN
    if key.isdecimal():
        return PLAIN
    if re.fullmatch(r"\([0-9]+\)", key):
        return BRACKETED
    if re.fullmatch(_KANA_NUMBER, key):
        return KANA
    if re.fullmatch(rf"\({_KANA_NUMBER}\)", key):
        return BRACKETED_KANA
    return re.sub(r"[0-9]+", "1", re.sub("[a-z]+", "a", key))
