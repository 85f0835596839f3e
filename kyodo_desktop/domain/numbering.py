"""How headings and actions are numbered in print: 1, (1), ①, ア, (ア), Ⅰ or not at all.

A style is stored as its own first number.
"""

from __future__ import annotations

PLAIN, BRACKETED, CIRCLED, KANA, BRACKETED_KANA, ROMAN, FREE = (
    "1",
    "(1)",
    "①",
    "ア",
    "(ア)",
    "Ⅰ",
    "",
)
STYLES = {
    PLAIN: "1 2 3 …",
    BRACKETED: "(1) (2) (3) …",
    CIRCLED: "① ② ③ …",
    KANA: "ア イ ウ …",
    BRACKETED_KANA: "(ア) (イ) (ウ) …",
    ROMAN: "Ⅰ Ⅱ Ⅲ …",
    FREE: "番号なし・自由入力",
}
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"


def number(style: str, place: int) -> str:
    """Return the printed number of the `place`-th item (from 1).

    Where a series of characters ends (㊿, ン, Ⅻ), plain numbers go on.
    """
    match style:
        case "1":
            return str(place)
        case "(1)":
            return f"({place})"
        case "①":
            return _circled(place)
        case "ア":
            return _of(_KANA, place)
        case "(ア)":
            return f"({_of(_KANA, place)})"
        case "Ⅰ":
            return _of(_ROMAN, place)
        case _:
            return ""


def _of(series: str, place: int) -> str:
    return series[place - 1] if place <= len(series) else str(place)


def _circled(place: int) -> str:
    for last, offset in ((20, 0x2460), (35, 0x3251 - 20), (50, 0x32B1 - 35)):
        if place <= last:
            return chr(offset + place - 1)
    return f"({place})"
