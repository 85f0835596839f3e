"""How wide each character of a font is, and how high its lines are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.excel.font_files import Face, find_face, font_files, is_installed, plain_name

_FIXED_PITCH = frozenset(
    map(plain_name, ("ＭＳ ゴシック", "ＭＳ 明朝", "BIZ UDゴシック", "BIZ UD明朝"))
)
_LINE_IN_EXCEL = {
    plain_name(name): line
    for name, line in {
        "游ゴシック": 1.71,
        "游明朝": 1.71,
        "メイリオ": 1.75,
        "ＭＳ ゴシック": 1.26,
        "ＭＳ Ｐゴシック": 1.26,
        "ＭＳ 明朝": 1.26,
        "ＭＳ Ｐ明朝": 1.26,
    }.items()
}
"""Row height of one line divided by the font size, as Excel gives it to an empty row:
游ゴシック 11 pt has 18.75 pt, ＭＳ Ｐゴシック 11 pt 13.5 pt."""

_UNKNOWN_LINE = 1.5
_EXCEL_LEADING = 0.08  # Excel sets the lines of a font a little apart


class Metrics(NamedTuple):
    """All in em: multiply by the font size to get points."""

    advances: dict[str, float]
    line: float


@lru_cache(maxsize=16)
def metrics_of(font: str) -> Metrics:
    """Return the metrics of the installed font, or careful guesses where there is none.

    The fixed-pitch fonts are known without a file: half an em or one.
    """
    name = plain_name(font)
    line = _LINE_IN_EXCEL.get(name)
    if name in _FIXED_PITCH and is_installed(font):
        return Metrics(_GuessedAdvances(narrow=0.5), line or _UNKNOWN_LINE)
    face = find_face(font, font_files())
    if face is not None:
        return _read(face, line)
    narrow = 0.5 if name in _FIXED_PITCH else 0.62
    # Here another font will be shown in its place, and its lines may be higher.
    return Metrics(_GuessedAdvances(narrow), max(line or 0.0, _UNKNOWN_LINE))


class _GuessedAdvances(dict[str, float]):
    """Widths by Unicode's East Asian Width, where the font itself cannot be asked."""

    def __init__(self, narrow: float) -> None:
        super().__init__({"\n": 0.0})
        self._narrow = narrow

    def __missing__(self, character: str) -> float:
        match unicodedata.east_asian_width(character):
            case "W" | "F" | "A":
                width = 1.0
            case "H":
                width = 0.5
            case _:
                width = 0.0 if unicodedata.combining(character) else self._narrow
        self[character] = width
        return width


class _FontAdvances(_GuessedAdvances):
    """Widths from the font; a character that it lacks comes from some other font."""

    def __init__(
        self, glyphs: dict[int, str], metrics: dict[str, tuple[int, int]], em: int
    ) -> None:
        super().__init__(narrow=0.7)
        self._glyphs = glyphs
        self._metrics = metrics
        self._em = em

    def __missing__(self, character: str) -> float:
        glyph = self._glyphs.get(ord(character))
        if glyph is None:
            return super().__missing__(character)
        width = self[character] = self._metrics[glyph][0] / self._em
        return width


def _read(face: Face, line_in_excel: float | None) -> Metrics:
    from fontTools.ttLib import TTFont

    with TTFont(face.file, fontNumber=face.number, lazy=True) as font:
        em: int = font["head"].unitsPerEm
        windows, across = font["OS/2"], font["hhea"]
        heights = (
            windows.usWinAscent + windows.usWinDescent,
            across.ascent - across.descent + across.lineGap,
        )
        advances = _FontAdvances(font.getBestCmap() or {}, font["hmtx"].metrics, em)
        return Metrics(advances, line_in_excel or max(heights) / em + _EXCEL_LEADING)
