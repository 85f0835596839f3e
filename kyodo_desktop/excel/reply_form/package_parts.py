"""What a workbook has beside its cells: when it was saved, and what is drawn over the sheets."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.replies.form import Aside
from kyodo_desktop.excel.reading import package, refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES = "docProps/core.xml", "meta.xml"  # of Excel's and of OpenDocument's workbooks
_PICTURES = ("xl/media/", "pictures/")
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_MOST_BYTES = 2_000_000  # of a part; a drawing of text boxes has some thousands
_MODIFIED = re.compile(rb"<(?:\w+:modified|dc:date)\b[^<>]*>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_WORDS = re.compile(
    rb"<a:t(?:\s[^<>]*)?>(?P<text>[^<]*)</a:t>"
    rb"|(?P<line></a:p>)"
    rb"|(?P<shape></(?:\w+:)?(?:sp|cxnSp)>)"
)
"""The words of a drawing, and where lines and shapes end; in one pass, whatever is in the file."""


class PackageParts(NamedTuple):
    """When a workbook says that it was saved, in UTC or nothing, and the words drawn over it."""

    saved_at: str = ""
    asides: tuple[Aside, ...] = ()


def package_parts(name: str, content: bytes) -> PackageParts:
    """Read what is beside the cells; a file that is no zip has nothing.

    Its cells have been read before: what is damaged here keeps nobody from taking their answers.
    """
    if not content.startswith(refusals.ZIP):
        return PackageParts()
    try:
        with package.opened_package(name, content) as parts:
            return PackageParts(_saved_at(parts), tuple(_drawn(parts)))
    except ReadingError:
        return PackageParts("", (Aside("", 0, "壊れていて読み取れない図形など", ""),))


def _saved_at(parts: package.Package) -> str:
    path = next((each for each in _PROPERTIES if each in parts), "")
    found = _MODIFIED.search(_content(parts, path)) if path else None
    return found[1].decode() if found else ""


def _drawn(parts: package.Package) -> Iterator[Aside]:
    """Yield the texts of shapes, and how many pictures there are, in which words may stand."""
    names = parts.namelist()
    for path in names:
        if _DRAWING.fullmatch(path.lower()):
            for text in _shapes(_content(parts, path)):
                yield Aside("", 0, "図形（テキストボックスなど）の文字", text)
    if pictures := sum(each.lower().startswith(_PICTURES) for each in names):
        yield Aside("", 0, f"貼り付けられた画像（{pictures}枚。中の文字は読み取れません）", "")


def _shapes(drawing: bytes) -> Iterator[str]:
    """Yield the text of each shape that has one."""
    pieces: list[bytes] = []
    for found in _WORDS.finditer(drawing):
        if found["shape"]:
            text = html.unescape(b"".join(pieces).decode(errors="replace")).strip()
            if text:
                yield text
            pieces = []
        else:
            pieces.append(b"\n" if found["line"] else found["text"])


def _content(parts: package.Package, path: str) -> bytes:
    with parts.open(path) as part:
        return part.read(_MOST_BYTES)
