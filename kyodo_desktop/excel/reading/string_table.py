"""The texts of cells: shared, in pieces of several fonts, and with characters written as codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.inputs import with_plain_ends
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.excel.reading.damage import TooLargeError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kyodo_desktop.excel.reading.xml_part import XmlPart

_ESCAPES = re.compile("(?:_x[0-9A-Fa-f]{4}_)+")
_LONGEST_TEXTS = 120_000_000  # characters
_NOT_STRUCK = {"0", "false"}
_GONE = "\0"  # stands in no XML
_STRUCK_LINE = re.compile(r"[^\n]+")


class Struck(NamedTuple):
    """A text of which something is struck out (見え消し): what stays of it, and what is gone."""

    text: str
    gone: str


class PiecedText(NamedTuple):
    """A text in pieces; `struck` is None where a piece has the font of its cell."""

    pieces: tuple[tuple[str, bool | None], ...]

    @property
    def length(self) -> int:
        """Return how many characters it has."""
        return sum(len(text) for text, _ in self.pieces)

    def shown(self, *, cell_is_struck: bool) -> str | Struck:
        """Return what is not struck out; lines of which nothing is left are no lines."""
        pieces = [
            (text, cell_is_struck if struck is None else struck) for text, struck in self.pieces
        ]
        gone = "".join(text for text, struck in pieces if struck)
        if not gone.strip():
            return "".join(text for text, _ in pieces)
        marked = "".join(
            _STRUCK_LINE.sub(_GONE, text) if struck else text for text, struck in pieces
        )
        lines = marked.split("\n")
        left = (line for line in lines if _GONE not in line or line.strip(f"{_GONE} \u3000"))
        return Struck("\n".join(left).replace(_GONE, ""), gone)


def shared_strings(part: XmlPart) -> list[str | PiecedText]:
    """Return the texts that cells name by their place."""
    item, length = f"{part.namespace}si", 0
    texts: list[str | PiecedText] = []
    for element in part.elements():
        if element.tag == item:
            text = text_of(element, part.namespace)
            texts.append(text)
            length += len(text) if isinstance(text, str) else text.length
            if length > _LONGEST_TEXTS:
                raise TooLargeError
            element.clear()
            part.settle()
    return texts


def text_of(element: Element, namespace: str) -> str | PiecedText:
    """Return a text without its ふりがな, and without its fonts unless they can strike it out."""
    plain, run = f"{namespace}t", f"{namespace}r"
    if len(element) == 1 and element[0].tag == plain:
        return unescaped(element[0].text or "")
    pieces = tuple(
        (unescaped(text), _is_struck(each, namespace))
        for each in element
        if each.tag in {plain, run}
        and (text := each.text if each.tag == plain else each.findtext(plain))
    )
    if all(struck is None for _, struck in pieces):
        return "".join(text for text, _ in pieces)
    return PiecedText(pieces)


def _is_struck(run: Element, namespace: str) -> bool | None:
    """Tell whether the font of a run strikes it out; None is a run without a font."""
    font = run.find(f"{namespace}rPr")
    return None if font is None else strikes(font, namespace)


def strikes(font: Element, namespace: str) -> bool:
    """Tell whether a font strikes out."""
    strike = font.find(f"{namespace}strike")
    return strike is not None and strike.get("val") not in _NOT_STRUCK


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
