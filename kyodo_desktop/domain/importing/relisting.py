"""Recognises 再掲: an action that is printed in a place which is not its home."""

from __future__ import annotations

import re
from functools import lru_cache

from kyodo_desktop.domain.importing.plain import squeezed

_BRACKETED = re.compile(
    r"\s*[（(【\[［〔<＜《「*※]\s*再(?:\s*掲)?(?:載)?(?:\s*[:：・]?[^）)】\]］〕>＞》」]{0,20})?\s*[）)】\]］〕>＞》」*]\s*"
)
_BARE = re.compile(r"^(?:再掲|再)[\s　:：・]+|[\s　※]+再掲?$|(?<=\S)再掲$")
_WORDS = frozenset(
    ("再", "再掲", "(再掲)", "[再掲]", "【再掲】", "再掲載", "(再)", "※再掲", "*再掲")
)
_REFERENCE = re.compile(
    r"[(（【「]?.{0,30}(?:に掲載|を参照|参照|に記載|のとおり|と同じ|に同じ|再掲).{0,6}[)）】」]?[。．]?"
)
_LONGEST = 50
_NOT = frozenset(("", "-", "0", "false", "no", "無", "なし", "×", "―", "ー"))


@lru_cache(1 << 16)
def without_word(title: str) -> tuple[str, bool]:
    """Return the title without 再掲, and whether it had the word."""
    if "再" not in title:
        return title, False
    clean = _BRACKETED.sub("", title, count=1)
    if clean == title:
        clean = _BARE.sub("", title)
    clean = clean.strip()
    return (clean, True) if clean and clean != title else (title, False)


def is_word(text: str) -> bool:
    """Tell whether a cell says 再掲 and nothing else."""
    return "再" in text and squeezed(text) in _WORDS


def is_ticked(text: str) -> bool:
    """Tell whether a cell of a column 再掲 says yes."""
    return squeezed(text) not in _NOT


def is_reference(text: str) -> bool:
    """Tell whether a text only says where to look: （２－２に掲載）."""
    return len(text) <= _LONGEST and _REFERENCE.fullmatch(text.strip()) is not None
