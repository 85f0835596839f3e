"""Looks words up in all pages of the manual: in which page, below which heading, in which line."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextDocument

from kyodo_desktop.domain.search import search_key
from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Passage(NamedTuple):
    """A line, an item or a cell of a page; `block` is its number in the page."""

    page: str
    block: int
    place: str
    text: str


def passages_with(words: str) -> list[Passage]:
    """Return where all the words stand, the passages that begin with them first."""
    keys = search_key(words).split()
    if not keys:
        return []
    found = [each for each, key in _passages() if all(word in key for word in keys)]
    return sorted(found, key=lambda each: not search_key(each.text).startswith(keys[0]))


@cache
def _passages() -> tuple[tuple[Passage, str], ...]:
    pages = sorted(bundled("resources", "manual").glob("*.html"))
    return tuple((each, search_key(each.text)) for page in pages for each in _of_page(page))


def _of_page(page: Path) -> Iterator[Passage]:
    document = QTextDocument()
    document.setHtml(page.read_text(encoding="utf-8"))
    title = heading = document.metaInformation(QTextDocument.MetaInformation.DocumentTitle)
    block = document.begin()
    while block.isValid():
        text = block.text().replace("\N{OBJECT REPLACEMENT CHARACTER}", "").strip()
        level = block.blockFormat().headingLevel()
        if level:
            heading = text
        if text:
            place = title if heading == title else f"{title} › {heading}"
            yield Passage(page.stem, block.blockNumber(), place, text)
        block = block.next()
