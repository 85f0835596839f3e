"""The texts of cells: shared, in pieces of several fonts, and with characters written as codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.inputs import with_plain_ends
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.excel.reading.damage import TooLargeError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kyodo_desktop.excel.reading.xml_part import XmlPart

_ESCAPES = re.compile("(?:_x[0-9A-Fa-f]{4}_)+")
_LONGEST_TEXTS = 120_000_000  # characters


def shared_strings(part: XmlPart) -> list[str]:
    """Return the texts that cells name by their place."""
    item, texts, length = f"{part.namespace}si", [], 0
    for element in part.elements():
        if element.tag == item:
            text = text_of(element, part.namespace)
            texts.append(text)
            length += len(text)
            if length > _LONGEST_TEXTS:
                raise TooLargeError
            element.clear()
            part.settle()
    return texts


def text_of(element: Element, namespace: str) -> str:
    """Return a text without its fonts and without its ふりがな."""
    plain, run = f"{namespace}t", f"{namespace}r"
    if len(element) == 1 and element[0].tag == plain:
        return unescaped(element[0].text or "")
    pieces = [
        each.text if each.tag == plain else each.findtext(plain)
        for each in element
        if each.tag in {plain, run}
    ]
    return unescaped("".join(piece for piece in pieces if piece))


def unescaped(text: str) -> str:
    """Read `_x000D_` as the character that Excel means by it."""
    if "_x" in text:
        text = _ESCAPES.sub(lambda found: _characters(found[0]), text)
    return visible(text)


def visible(text: str) -> str:
    """Return the text with one kind of line ends and with signs of what nobody sees."""
    return text if text.isprintable() else with_signs(with_plain_ends(text))


def _characters(escapes: str) -> str:
    """Return what `_xD83D__xDE00_` stands for; two halves make one character."""
    units = b"".join(
        int(escapes[at + 2 : at + 6], 16).to_bytes(2, "little")
        for at in range(0, len(escapes), len("_x0000_"))
    )
    return units.decode("utf-16-le", "surrogatepass")
