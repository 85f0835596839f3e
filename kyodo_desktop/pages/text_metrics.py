"""The room that a text takes: the file of a font, its widths, its line breaks (禁則処理)."""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fontTools.ttLib import TTFont


_LIKELY_FILES = {
    "游ゴシック": "YuGothR.ttc",
    "游明朝": "yumin.ttf",
    "メイリオ": "meiryo.ttc",
    "MS ゴシック": "msgothic.ttc",
    "MS Pゴシック": "msgothic.ttc",
    "MS 明朝": "msmincho.ttc",
    "MS P明朝": "msmincho.ttc",
    "BIZ UDゴシック": "BIZ-UDGothicR.ttc",
    "BIZ UDPゴシック": "BIZ-UDGothicR.ttc",
    "Noto Sans CJK JP": "NotoSansCJK-Regular.ttc",
    "IPAexゴシック": "ipaexg.ttf",
}
_COLLECTIONS = frozenset((".ttc", ".otc"))
_SUFFIXES = _COLLECTIONS | {".ttf", ".otf"}
_REGULAR, _BOLD, _BOLD_ENOUGH = 400, 700, 600
_ALIKE = 5  # letters with which the files of one family begin: YuGothR, YuGothB
_FAMILY, _FULL_NAME, _TYPOGRAPHIC_FAMILY = 1, 4, 16


class Face(NamedTuple):
    """One font in a file; a .ttc holds several, a .ttf one, whose number is -1."""

    file: Path
    number: int


def font_folders() -> list[Path]:
    """Return the folders where this system keeps its fonts, and the user's own."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))
        return [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            Path(local) / "Microsoft" / "Windows" / "Fonts",
        ]
    home = Path.home()
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    ]


def plain_name(name: str) -> str:
    """Return the name without the widths and cases in which it is written here and there."""
    return unicodedata.normalize("NFKC", name).casefold()


def is_installed(name: str) -> bool:
    """Tell whether the file known for this font is there, without opening it."""
    known = _known_file(plain_name(name))
    return any(file.name.lower() == known for file in font_files())


def find_face(name: str, files: Iterable[Path]) -> Face | None:
    """Return the upright, regular face of that name in one of the files, or nothing.

    The file which is known for the name is opened first: reading the names of all the fonts
    of a PC takes a second.
    """
    wanted = plain_name(name)
    known = _known_file(wanted)
    found: list[tuple[int, Face]] = []
    for file in sorted(files, key=lambda file: file.name.lower() != known):
        found += _faces_named(wanted, file)
        if any(weight == _REGULAR for weight, _ in found):
            break
    return min(found, key=lambda each: abs(each[0] - _REGULAR), default=(0, None))[1]


@lru_cache(maxsize=16)
def installed_face(name: str) -> Face | None:
    """Return the upright, regular face of that name on this PC, or nothing."""
    return find_face(name, font_files())


@lru_cache(maxsize=16)
def bold_face(name: str) -> Face | None:
    """Return the bold face beside the regular one of that name, or nothing."""
    regular = installed_face(name)
    if regular is None:
        return None
    begin = regular.file.name[:_ALIKE].lower()
    found = [
        each
        for file in font_files()
        if file.parent == regular.file.parent and file.name.lower().startswith(begin)
        for each in _faces_named(plain_name(name), file)
        if each[0] >= _BOLD_ENOUGH
    ]
    return min(found, key=lambda each: abs(each[0] - _BOLD), default=(0, None))[1]


@lru_cache(maxsize=1)
def font_files() -> tuple[Path, ...]:
    """Return the font files of this PC, as they were when first asked for."""
    return tuple(
        file
        for folder in font_folders()
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _SUFFIXES
    )


def _known_file(wanted: str) -> str:
    known = {plain_name(name): file.lower() for name, file in _LIKELY_FILES.items()}
    return known.get(wanted, "")


def _faces_named(wanted: str, file: Path) -> list[tuple[int, Face]]:
    """Return weight and face of each font in the file which bears the name."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    is_collection = file.suffix.lower() in _COLLECTIONS
    try:
        with file.open("rb") as stream:
            fonts = (
                TTCollection(stream, lazy=True) if is_collection else [TTFont(stream, lazy=True)]
            )
            return [
                (_weight(font), Face(file, number if is_collection else -1))
                for number, font in enumerate(fonts)
                if wanted in _names(font)
            ]
    except (OSError, TTLibError, KeyError, AssertionError, struct.error):
        return []  # a file that cannot be read as a font is as good as no font


def _names(font: TTFont) -> set[str]:
    return {
        plain_name(str(record))
        for record in font["name"].names
        if record.nameID in (_FAMILY, _FULL_NAME, _TYPOGRAPHIC_FAMILY)
    }


def _weight(font: TTFont) -> int:
    weight: int = font["OS/2"].usWeightClass
    italic = bool(font["head"].macStyle & 0b10)
    return weight + 1 if italic else weight


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
"""PageRow height of one line divided by the font size, as Excel gives it to an empty row:
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
        return Metrics(GuessedAdvances(narrow=0.5), line or _UNKNOWN_LINE)
    face = installed_face(font)
    if face is not None:
        return _read(face, line)
    narrow = 0.5 if name in _FIXED_PITCH else 0.62
    # Here another font will be shown in its place, and its lines may be higher.
    return Metrics(GuessedAdvances(narrow), max(line or 0.0, _UNKNOWN_LINE))


class GuessedAdvances(dict[str, float]):
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


class _FontAdvances(GuessedAdvances):
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


def open_face(face: Face) -> TTFont:
    """Return the font, its glyphs named by their numbers: reading their names takes a second."""
    from fontTools.ttLib import TTFont

    font = TTFont(face.file, fontNumber=face.number, lazy=True)
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return font


def _read(face: Face, line_in_excel: float | None) -> Metrics:
    with open_face(face) as font:
        em: int = font["head"].unitsPerEm
        windows, across = font["OS/2"], font["hhea"]
        heights = (
            windows.usWinAscent + windows.usWinDescent,
            across.ascent - across.descent + across.lineGap,
        )
        advances = _FontAdvances(font.getBestCmap() or {}, font["hmtx"].metrics, em)
        return Metrics(advances, line_in_excel or max(heights) / em + _EXCEL_LEADING)


Lengths = tuple[float, ...]
"""The em of each line of a text, as it was typed."""

LengthsOf = Callable[[str], Lengths]


def measured_once(advances: Mapping[str, float]) -> LengthsOf:
    """Return what measures texts, each of them only when it is first asked for."""

    @cache
    def lengths(text: str) -> Lengths:
        return tuple([sum(map(advances.__getitem__, line)) for line in text.split("\n")])

    return lengths


NEVER_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ°′″℃％‰ )]},.:;!?%’”"
)
NEVER_LAST = frozenset("‘“（〔［｛〈《「『【￥＄£｢([{$")
_FIRST_WIDE = "\u0250"  # below it are the letters of western words


def lines_of(text: str, advances: Mapping[str, float], width: float) -> list[str]:
    """Return the lines in which the text is shown; joined they are the text again.

    `advances` and `width` are in the same unit. A line keeps its line end.
    """
    if "\n" not in text:
        return _wrapped(text, advances, width)
    return [
        line
        for paragraph in text.splitlines(keepends=True)
        for line in _wrapped(paragraph, advances, width)
    ]


def _wrapped(paragraph: str, advances: Mapping[str, float], width: float) -> list[str]:
    ends = list(accumulate(map(advances.__getitem__, paragraph)))
    if not ends or ends[-1] <= width:
        return [paragraph]
    lines: list[str] = []
    start = 0
    while (limit := bisect_right(ends, (ends[start - 1] if start else 0.0) + width)) < len(ends):
        cut = _cut(paragraph, start, limit)
        lines.append(paragraph[start:cut])
        start = cut
        if start == len(paragraph):
            return lines
    lines.append(paragraph[start:])
    return lines


def _cut(text: str, start: int, limit: int) -> int:
    """Return where the next line begins: as near to `limit` as the rules allow."""
    while limit < len(text) and text[limit] in " \n":
        limit += 1  # a space or a line end may hang over the edge
    for place in range(limit, start, -1):
        if place == len(text) or may_break(text[place - 1], text[place]):
            return place
    return max(limit, start + 1)


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters (禁則処理)."""
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    return before == " " or before >= _FIRST_WIDE or after >= _FIRST_WIDE
