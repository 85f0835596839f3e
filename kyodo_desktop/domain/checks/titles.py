"""What two titles have in common, however they are typed and whatever is done to the thing."""

from __future__ import annotations

import re
import unicodedata

from kyodo_desktop.domain.search import folded

_CREATING = (
    "創設",
    "新設",
    "設置",
    "設立",
    "開設",
    "開館",
    "開所",
    "整備",
    "建設",
    "建築",
    "導入",
    "構築",
    "策定",
    "制定",
    "作成",
    "立ち上げ",
    "立上げ",
    "創出",
    "発足",
)
_ENLARGING = ("拡大", "拡充", "充実", "強化", "推進", "促進", "向上", "増進", "振興")
_TELLING = ("周知", "広報", "啓発", "普及", "PR", "発信")
_HOLDING = ("開催", "実施", "実行", "運営")
_STUDYING = ("検討", "研究", "調査")
_OTHERS = ("派遣", "支援", "育成", "活用", "管理", "提供", "改善", "見直し", "改修", "発行")
_FAMILIES = (_CREATING, _ENLARGING, _TELLING, _HOLDING, _STUDYING, *((each,) for each in _OTHERS))
_FAMILY = {verb: family[0] for family in _FAMILIES for verb in family}
_VERB = "|".join(sorted(_FAMILY, key=len, reverse=True))
_TAIL = re.compile(rf"の?(?P<verb>{_VERB})(?:(?:及び|と|・|、|や|並びに)(?:{_VERB}))*$")
_SPELLINGS = (
    ("障がい", "障害"),
    ("こども", "子供"),
    ("子ども", "子供"),
    ("街づくり", "まちづくり"),
    ("取り組み", "取組"),
    ("取組み", "取組"),
)
_TELLS_APART = frozenset("小中高大東西南北男女上下左右前後新旧内外春夏秋冬第老若親子母父")


def core_and_verb(title: str) -> tuple[str, str]:
    """Split a title into the thing and what is done to it: 図書館, 整備. The verb may be empty."""
    found = _TAIL.search(title)
    if found is None or not title[: found.start()]:
        return title, ""
    return title[: found.start()], found["verb"]


def is_created(verb: str) -> bool:
    """Tell whether the verb brings into being what others may wait for."""
    return verb in _CREATING


def family_of(verb: str) -> str:
    """Return the same word for verbs that say nearly the same: 拡大, 拡充."""
    return _FAMILY.get(verb, verb)


def spelled_alike(text: str) -> str:
    """Return a key in which kana, の and the usual spellings of one word make no difference."""
    for spelling, usual in _SPELLINGS:
        text = text.replace(spelling, usual)
    return folded(text.replace("の", ""))


def one_left_out(text: str) -> list[str]:
    """Return the text without one of its characters, each in turn, and as it is.

    Two texts that differ in one character have one of these in common. A character that
    tells two things apart (小学校 and 中学校) is not left out, nor is a number or a letter.
    """
    return [text] + [
        f"{text[:place]}\0{text[place + 1 :]}"
        for place, character in enumerate(text)
        if not tells_apart(character)
    ]


def tells_apart(character: str) -> bool:
    """Tell whether two titles that differ in this character are of different things."""
    return (
        character in _TELLS_APART
        or character.isascii()
        or unicodedata.numeric(character, None) is not None
    )
