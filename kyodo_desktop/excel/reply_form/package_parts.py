"""What a workbook has beside its cells: when it was saved, and what is drawn over the sheets."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.form import Aside
from kyodo_desktop.excel.reading import package, refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES = "docProps/core.xml", "meta.xml"  # of Excel's and of OpenDocument's workbooks
_PICTURES = ("xl/media/", "pictures/")
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_MOST_BYTES = 2_000_000  # of a part; a drawing of text boxes has some thousands
_MODIFIED = re.compile(rb"<(?:\w+:modified|dc:date)\b[^>]*>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)\b.*?</(?:\w+:)?(?:sp|cxnSp)>", re.DOTALL)
_PARAGRAPH = re.compile(rb"<a:p\b.*?</a:p>", re.DOTALL)
_TEXT = re.compile(rb"<a:t(?:\s[^>]*)?>([^<]*)</a:t>")


class PackageParts(NamedTuple):
    """When a workbook says that it was saved, in UTC or nothing, and the words drawn over it."""

    saved_at: str = ""
    asides: tuple[Aside, ...] = ()


def package_parts(name: str, content: bytes) -> PackageParts:
    """Read what is beside the cells; a file that is no zip has nothing. Raises ReadingError."""
    if not content.startswith(refusals.ZIP):
        return PackageParts()
    with package.opened_package(name, content) as parts:
        return PackageParts(_saved_at(parts), tuple(_drawn(parts)))


def _saved_at(parts: package.Package) -> str:
    path = next((each for each in _PROPERTIES if each in parts), "")
    found = _MODIFIED.search(_content(parts, path)) if path else None
    return found[1].decode() if found else ""


def _drawn(parts: package.Package) -> Iterator[Aside]:
    """Yield the texts of shapes, and how many pictures there are, in which words may stand."""
    names = parts.namelist()
    for path in names:
        if _DRAWING.fullmatch(path.lower()):
            for shape in _SHAPE.findall(_content(parts, path)):
                lines = (b"".join(_TEXT.findall(each)) for each in _PARAGRAPH.findall(shape))
                text = "\n".join(html.unescape(line.decode(errors="replace")) for line in lines)
                if text.strip():
                    yield Aside("", 0, "図形（テキストボックスなど）の文字", text.strip())
    if pictures := sum(each.lower().startswith(_PICTURES) for each in names):
        yield Aside("", 0, f"貼り付けられた画像（{pictures}枚。中の文字は読み取れません）", "")


def _content(parts: package.Package, path: str) -> bytes:
    with parts.open(path) as part:
        return part.read(_MOST_BYTES)
