"""The texts of cells without what only their typing or their printing adds."""

from __future__ import annotations

import re
from functools import lru_cache

from kyodo_desktop.domain import texts

_DASHES = re.compile(r"[‐‑‒–—―−─━ー－-]")
_NOTHING = frozenset(
    ("-", "--", "---", "/", "…", "なし", "無し", "無", "該当なし", "特になし", "n/a", "未定")
)
_SAME = frozenset(("同上", "〃", "々", "″", '"', "↑", "''", "同左"))
_CIRCLES = str.maketrans("◯〇⭕◦o", "○○○○o")
_KNOWN = 1 << 16
_SHORT = 5


squeezed = lru_cache(_KNOWN)(texts.squeezed)
"""A table says the same words thousands of times."""


@lru_cache(_KNOWN)
def status_key(text: str) -> str:
    """Return a key in which a status is the same however it is typed: ○ ◯ 〇, ― －, ✓ ✔."""
    key = _DASHES.sub("-", squeezed(text)).translate(_CIRCLES)
    return key.replace("✔", "✓").replace("☑", "✓").replace("・", "･").replace("･", "・")


@lru_cache(_KNOWN)
def one_line(text: str) -> str:
    """Return a title without line breaks; those between Japanese letters leave no space."""
    parts = [part.strip() for part in text.splitlines()]
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        narrow = joined[-1:].isascii() and part[:1].isascii() and joined and part
        joined += f" {part}" if narrow else part
    return joined.strip()


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing: ―, なし."""
    return len(text) <= _SHORT and _DASHES.sub("-", squeezed(text)) in _NOTHING


def is_same(text: str) -> bool:
    """Tell whether a cell says that it is like the one above: 同上, 〃."""
    return len(text) <= _SHORT and squeezed(text) in _SAME


_ENDED = re.compile(r"[。．！？」]$|^[・○●◇◆■□※①-⑳✓]|^[(（]?[0-9０-９]+[.．)）]")


def joined_text(above: str, below: str) -> str:
    """Return a sentence that was broken over two rows; what ended begins a new line."""
    if not above:
        return below
    is_new = _ENDED.search(above[-1:]) or _ENDED.match(below)
    return f"{above}\n{below}" if is_new else f"{above}{below}"
