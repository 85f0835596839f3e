"""Finds the file of a font by the name that people know it by."""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_REGULAR = 400
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
