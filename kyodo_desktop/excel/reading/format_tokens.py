"""Takes a number format of Excel apart: `#,##0"件";-0` has two sections of marks and words."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|(?P<skipped>[_*].)"
    r"|\[\$(?P<currency>[^\]\-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[(?P<condition>[<>=][^\]]*)\]"
    r"|\[(?P<digits>DBNum\d)\]"
    r"|\[[^\]]*\]"
    r"|(?P<general>General|G/標準)"
    r"|(?P<run>y+|m+|d+|h+|s+|g+|e+(?![+-])|a{3,4}|AM/PM|A/P)"
    r"|(?P<mark>[0#?.,%E/@;])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = frozenset(("quoted", "escaped", "currency", "other"))


class Token(NamedTuple):
    """A piece of a format: `word` is shown as it is, the others stand for something."""

    kind: str
    text: str


def sections_of(code: str) -> list[list[Token]]:
    """Return the sections of a format: for positive, negative, zero, and text."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup
        if kind is None or kind == "skipped":
            continue
        if kind == "mark" and found[0] == ";":
            sections.append([])
        elif kind in _WORDS:
            sections[-1].append(Token("word", found[kind] or ""))
        else:
            sections[-1].append(Token(kind, found[kind]))
    return sections
