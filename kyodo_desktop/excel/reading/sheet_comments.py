"""The notes and the comments that stand at the cells of a sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading.merged_areas import column_number
from kyodo_desktop.excel.reading.string_table import PiecedText, text_of, unescaped
from kyodo_desktop.excel.reading.xml_part import XmlPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.package import Package
    from kyodo_desktop.excel.reading.room import Room
    from kyodo_desktop.excel.reading.workbook_map import CommentParts

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})$")


def sheet_comments(
    package: Package, parts: CommentParts, room: Room, control: JobControl
) -> dict[tuple[int, int], str]:
    """Return the texts by (row, column); those who spoke one after the other stand in lines.

    Excel puts a note that only says so at a cell with such a talk; that note is left out.
    """
    notes = dict(_read(package, parts.notes, "comment", room, control))
    talks: dict[tuple[int, int], list[str]] = {}
    for cell, text in _read(package, parts.talks, "threadedComment", room, control):
        talks.setdefault(cell, []).append(text)
    return notes | {cell: "\n".join(texts) for cell, texts in talks.items()}


def _read(
    package: Package, paths: Iterable[str], tag: str, room: Room, control: JobControl
) -> Iterator[tuple[tuple[int, int], str]]:
    for path in paths:
        with package.open(path) as source:
            part = XmlPart(source, control, room.elements)
            space = part.namespace
            for element in part.elements():
                if element.tag != f"{space}{tag}":
                    continue
                found = _CELL.match(element.get("ref", ""))
                text = _text(element, space)
                element.clear()
                part.settle()
                if found and text:
                    room.take((text,))
                    yield (int(found[2]), column_number(found[1])), text
        room.elements -= part.count


def _text(comment: Element, space: str) -> str:
    body = comment.find(f"{space}text")
    if body is None:
        return ""
    if not len(body):
        return unescaped(body.text or "")
    text = text_of(body, space)
    return "".join(piece for piece, _ in text.pieces) if isinstance(text, PiecedText) else text
