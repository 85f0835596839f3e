"""What a workbook has beside its cells: when it was saved, and what is drawn over the sheets."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.form import Aside
from kyodo_desktop.excel.reading import package, refusals

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_PROPERTIES, _PICTURES = "docprops/core.xml", "xl/media/"
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_MOST_BYTES = 2_000_000  # of a part; a drawing of text boxes has some thousands
_MODIFIED = re.compile(rb"<(?:\w+:)?modified\b[^>]*>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
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


def _saved_at(parts: zipfile.ZipFile) -> str:
    path = next((each for each in parts.namelist() if each.lower() == _PROPERTIES), "")
    found = _MODIFIED.search(_content(parts, path)) if path else None
    return found[1].decode() if found else ""


def _drawn(parts: zipfile.ZipFile) -> Iterator[Aside]:
    """Yield the texts of shapes, and how many pictures there are, in which words may stand."""
    names = [each.lower() for each in parts.namelist()]
    for path, lower in zip(parts.namelist(), names, strict=True):
        if _DRAWING.fullmatch(lower):
            for shape in _SHAPE.findall(_content(parts, path)):
                lines = (b"".join(_TEXT.findall(each)) for each in _PARAGRAPH.findall(shape))
                text = "\n".join(html.unescape(line.decode(errors="replace")) for line in lines)
                if text.strip():
                    yield Aside("", 0, "図形（テキストボックスなど）の文字", text.strip())
    if pictures := sum(lower.startswith(_PICTURES) for lower in names):
        yield Aside("", 0, f"貼り付けられた画像（{pictures}枚。中の文字は読み取れません）", "")


def _content(parts: zipfile.ZipFile, path: str) -> bytes:
    with parts.open(path) as part:
        return part.read(_MOST_BYTES)
