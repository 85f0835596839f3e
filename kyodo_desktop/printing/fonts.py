"""The letters of a report: the face that its lines were measured with, so that a PDF is searched.

Qt writes into a PDF, as what a letter is, the first code point that has its shape. In Japanese
fonts that is for 日, 月, 行 and two hundred more a radical of a dictionary, which nobody types. So
Qt is given a copy of the face, in memory and under a name of its own, in which such code points
are missing; Qt takes them from another font where they are wanted.
"""

from __future__ import annotations

import itertools
import struct
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGlyphRun, QRawFont

from kyodo_desktop.pages import text_metrics
from kyodo_desktop.pages.options import FONTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from fontTools.ttLib import TTFont
    from PySide6.QtGui import QPainter

    from kyodo_desktop.pages.text_metrics import Face

_OUTLINES = {
    *("head", "hhea", "maxp", "OS/2", "post", "hmtx", "CFF "),
    *("glyf", "loca", "cvt ", "fpgm", "prep", "gasp"),
}
"""The tables that a letter is drawn by. Without the others there is no kerning: the widths are
those that lines were broken by."""

_FORBIDDEN, _PICTURES_ONLY, _ALLOWED = 0x2, 0x200, 0xC
"""Whether a face may be put into a document, as it says itself."""

_POSTSCRIPT_NAME = 6
_MOST_OF_QT, _PRIVATE = 0xFFFF, 0xF8FF
_KANA = 0x30FF
_numbers = itertools.count(1)


class PaperFonts:
    """The letters of a report that uses such characters; for the thread that made them.

    `lent` are codes by which a PDF of Qt's calls characters of more than 16 bits.
    """

    def __init__(self, name: str, characters: AbstractSet[str]) -> None:
        face = text_metrics.installed_face(name)
        if face is None:
            name = next(filter(text_metrics.is_installed, FONTS), name)
            face = text_metrics.installed_face(name)
        self.lent = _lent_codes(characters)
        used = frozenset(map(ord, characters))
        self._regular = _family(face, used, self.lent) or name
        self._bold = _family(text_metrics.bold_face(name), used, self.lent) or self._regular
        self._made: dict[tuple[int, bool], Letters] = {}

    def letters(self, size: float, *, bold: bool) -> Letters:
        """Return letters of a size in units of the drawing; where no face is bold Qt makes one."""
        key = (round(size), bold)
        if key not in self._made:
            font = QFont(self._bold if bold else self._regular)
            font.setPixelSize(key[0])
            font.setBold(bold)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setKerning(False)
            self._made[key] = Letters(font)
        return self._made[key]


class Letters:
    """Letters of one face and size, in units of the drawing.

    A line is handed to Qt as glyphs in their places: it would part texts where kanji and kana
    meet, which takes five times as long, and readers of a PDF would take the parts for lines.
    """

    def __init__(self, font: QFont) -> None:
        self._font, self._raw = font, QRawFont.fromFont(font)
        self._glyphs, self._points = _Glyphs(self._raw), _Points()

    def pieces(self, text: str) -> list[Stretch]:
        """Return the parts of a text that the face has, and those for which Qt looks elsewhere."""
        if not text:
            return []
        found = [self._glyphs[each] for each in text]
        if _MISSING not in found:
            return [_placed(text, found)]
        if any(map(_is_mark, text)):
            return [self._sought(text)]  # a mark and its letter belong together
        pieces = []
        for is_missing, group in groupby(text, lambda each: self._glyphs[each] == _MISSING):
            part = "".join(group)
            own = [self._glyphs[each] for each in part]
            pieces.append(self._sought(part) if is_missing else _placed(part, own))
        return pieces

    def _sought(self, text: str) -> Stretch:
        return Stretch(text, QFontMetricsF(self._font).horizontalAdvance(text), (), ())

    def write(self, painter: QPainter, at: QPointF, piece: Stretch) -> None:
        """Write a piece from a point on its base line on."""
        if not piece.glyphs:
            painter.setFont(self._font)
            painter.drawText(at, piece.text)
            return
        run = QGlyphRun()
        run.setRawFont(self._raw)
        run.setGlyphIndexes(piece.glyphs)
        run.setPositions([self._points[x] for x in piece.places])
        painter.drawGlyphRun(at, run)

    def underline(self, at: QPointF, width: float) -> QRectF:
        """Return the line below what is so wide from a point on its base line on.

        Qt would draw that of glyphs elsewhere, where a picture is scaled.
        """
        thickness = self._raw.lineThickness()
        top = at.y() + self._raw.underlinePosition() - thickness / 2
        return QRectF(at.x(), top, width, thickness)


class Stretch(NamedTuple):
    """A part of a line, its width and where its glyphs are; without any Qt looks elsewhere."""

    text: str
    width: float
    glyphs: Sequence[int]
    places: Sequence[float]


def _placed(text: str, found: Sequence[tuple[int, float]]) -> Stretch:
    glyphs, advances = zip(*found, strict=True)
    places = list(accumulate(advances, initial=0.0))
    return Stretch(text, places.pop(), glyphs, places)


class _Points(dict[float, QPointF]):
    """Points of the base line: making them anew for each letter takes longer than all else."""

    def __missing__(self, x: float) -> QPointF:
        self[x] = QPointF(x, 0)
        return self[x]


_MISSING = (0, 0.0)


class _Glyphs(dict[str, tuple[int, float]]):
    """The number of each character's shape in the face, and its advance."""

    def __init__(self, raw: QRawFont) -> None:
        super().__init__()
        self._raw = raw

    def __missing__(self, character: str) -> tuple[int, float]:
        found = _MISSING
        indexes = [] if _is_mark(character) else self._raw.glyphIndexesForString(character)
        if any(indexes):
            (advance,) = self._raw.advancesForGlyphIndexes(indexes)
            found = indexes[0], advance.x()
        self[character] = found
        return found


def _is_mark(character: str) -> bool:
    """Tell what changes the shape of the letter before it."""
    return unicodedata.category(character) in {"Mn", "Me"}


class _Shapes(NamedTuple):
    """The glyph of each code point, those code points that share one, and one that none has."""

    cmap: dict[int, str]
    shared: list[list[int]]
    spare: str


def _lent_codes(characters: AbstractSet[str]) -> dict[int, str]:
    """Return private codes that the report does not use; no two of them follow each other."""
    far = sorted(each for each in characters if ord(each) > _MOST_OF_QT)
    codes = (code for code in range(_PRIVATE, 0xE000, -2) if chr(code) not in characters)
    return dict(zip(codes, far, strict=False))


def _family(face: Face | None, used: AbstractSet[int], lent: Mapping[int, str]) -> str:
    """Return the name under which Qt has the copy of a face; nothing where it can have none."""
    shapes = None if face is None else _shapes(face)
    if face is None or shapes is None:
        return ""
    changed: dict[int, str] = {}
    if shapes.spare:  # or Qt gives the tab the shape of the space, and that its name
        changed[ord("\t")] = shapes.spare
    for codes in shapes.shared:
        changed |= dict.fromkeys((code for code in codes if code < _ordinary(codes, used)), "")
    for code, letter in lent.items():
        changed[code] = shapes.cmap.get(ord(letter), "")
    return _registered(face, tuple(sorted(changed.items())))


def _ordinary(codes: list[int], used: AbstractSet[int]) -> int:
    """Return which of the code points with one shape is the one that is meant."""
    wanted = [code for code in codes if code in used] or codes
    return min(wanted, key=lambda code: (not _is_plain(code), code))


def _is_plain(code: int) -> bool:
    """Tell what people type from what looks like it."""
    letter = chr(code)
    try:
        letter.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return unicodedata.normalize("NFC", letter) == letter


@lru_cache(maxsize=16)
def _shapes(face: Face) -> _Shapes | None:
    """Read a face; nothing where it cannot be read, or must not stand in a document."""
    from fontTools.ttLib import TTLibError

    try:
        with text_metrics.open_face(face) as font:
            kind = font["OS/2"].fsType
            if kind & _PICTURES_ONLY or (kind & _FORBIDDEN and not kind & _ALLOWED):
                return None
            if "fvar" in font:
                return None  # a copy would have the weight of its outlines, not the regular one
            cmap: dict[int, str] = font.getBestCmap() or {}
            count = font["maxp"].numGlyphs
    except (OSError, TTLibError, KeyError, AssertionError, struct.error):
        return None
    of_shape = defaultdict(list)
    for code, glyph in cmap.items():
        of_shape[glyph].append(code)
    shared = [sorted(codes) for codes in of_shape.values() if len(codes) > 1]
    spare = (name for number in range(1, count) if (name := str(number)) not in of_shape)
    return _Shapes(cmap, shared, next(spare, ""))


@lru_cache(maxsize=16)
def _registered(face: Face, changed: tuple[tuple[int, str], ...]) -> str:
    """Give Qt a copy with other shapes for some codes, or none; once, it stays for all reports."""
    shapes = _shapes(face)
    assert shapes is not None
    shown = {code: glyph for code, glyph in (shapes.cmap | dict(changed)).items() if glyph}
    place = QFontDatabase.addApplicationFontFromData(_copy(face, shown))
    families = QFontDatabase.applicationFontFamilies(place) if place >= 0 else []
    return families[0] if families else ""


def forget_fonts() -> None:
    """Register all anew from now on, where Qt has ended and with it what it was given."""
    _registered.cache_clear()


def _copy(face: Face, cmap: dict[int, str]) -> bytes:
    """Return the file of a font with the outlines of a face, and letters for these codes."""
    from fontTools.ttLib.sfnt import calcChecksum

    with text_metrics.open_face(face) as font:
        reader = font.reader
        tables = {
            tag: (reader[tag], reader.tables[tag].checkSum)
            for tag in reader.keys()  # noqa: SIM118
            if tag in _OUTLINES
        }
        family = f"Kyodo Paper {next(_numbers)}"
        for tag, made in (("cmap", _cmap_table(font, cmap)), ("name", _name_table(font, family))):
            tables[tag] = made, calcChecksum(made)
        return _font_file(font.sfntVersion, tables)


def _font_file(kind: str, tables: dict[str, tuple[bytes, int]]) -> bytes:
    """Put tables with their checksums into one file; fontTools would sum up megabytes again."""
    from fontTools.ttLib import getSearchRange

    count, place = len(tables), 12 + 16 * len(tables)
    search = getSearchRange(count, 16)
    parts = [struct.pack(">4s4H", kind.encode("latin-1"), count, *search)]
    for tag, (table, checksum) in sorted(tables.items()):
        parts.append(struct.pack(">4s3L", tag.encode(), checksum, place, len(table)))
        place += len(table) + -len(table) % 4
    for _, (table, _) in sorted(tables.items()):
        parts += table, bytes(-len(table) % 4)
    return b"".join(parts)


def _cmap_table(font: TTFont, cmap: dict[int, str]) -> bytes:
    """Return the table of all codes, and a small one without which a font is taken for broken."""
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    table = newTable("cmap")
    table.tableVersion, table.tables = 0, []
    for kind, encoding, most in ((4, 1, _KANA), (12, 10, 0x10FFFF)):
        part = CmapSubtable.newSubtable(kind)
        part.platformID, part.platEncID, part.language = 3, encoding, 0
        part.cmap = {code: glyph for code, glyph in cmap.items() if code <= most}
        table.tables.append(part)
    compiled: bytes = table.compile(font)
    return compiled


def _name_table(font: TTFont, family: str) -> bytes:
    """Return the names by which Qt knows the copy; a PDF calls it by its real one."""
    from fontTools.ttLib import newTable

    real = font["name"].getDebugName(_POSTSCRIPT_NAME) or family.replace(" ", "")
    table = newTable("name")
    table.names = []
    for name, text in ((1, family), (2, "Regular"), (4, family), (_POSTSCRIPT_NAME, real)):
        table.setName(text, name, 3, 1, 0x409)
    compiled: bytes = table.compile(font)
    return compiled
