"""Marks that people type for one another: ✔ for ✓, ◯ for ○, a half-width dot for ・."""

from __future__ import annotations

from kyodo_desktop.domain.search import folded

_FAMILIES = (
    "✓✔☑✅🗸√レ",
    "○◯〇⚪⭕o",
    "●⚫",
    "◎⦾",
    "・•·∙⋅‧",
    "◇◊⬦♢",
    "◆♦⬥",
    "△▵∆",
    "▲▴",
    "□▢⬜☐",
    "■⬛",
    "×✕✖✗✘╳⨯x",
    "－‐‒–—―−ー",
)
_FIRST_OF = {folded(each): folded(family[0]) for family in _FAMILIES for each in family}
_UNSEEN = dict.fromkeys((0xFE0E, 0xFE0F, 0x200B, 0x200D, 0xFEFF))
_BULLETS = frozenset("・○●◎◇◆□■－*")
"""Marks that are as often the bullets of a plain list."""


def without_unseen(text: str) -> str:
    """Return a text without what only says how a character is to be drawn."""
    return text.translate(_UNSEEN)


def plain(text: str) -> str:
    """Return a text without spaces, in which width, kana and case make no difference."""
    return "".join(folded(without_unseen(text)).split())


def mark_key(mark: str) -> str:
    """Return what all ways to type a mark have in common."""
    key = plain(mark)
    return _FIRST_OF.get(key, key)


def is_bullet(mark: str) -> bool:
    """Tell whether lines that begin with the mark may be a plain list."""
    return mark_key(mark) in {mark_key(each) for each in _BULLETS}
