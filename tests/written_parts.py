"""Reads a report as it was written, whatever its form: each part as its texts and numbers.

They come in the order in which they are read; a text of several lines is several of them.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.web.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.web.reader import Element

Piece = str | int | float
_NUMBER = re.compile(r"(?P<minus>▲?)(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)")
_PAGE = re.compile(r"[0-9,]+ / [0-9,]+")


class NumberedRow(NamedTuple):
    """Numbers beside each other, and all words since those before them."""

    words: tuple[str, ...]
    numbers: tuple[float, ...]

    @property
    def name(self) -> str:
        """The word right before the numbers."""
        return self.words[-1] if self.words else ""

    @property
    def text(self) -> str:
        """All words in one, without spaces; paper may break them anywhere."""
        return "".join("".join(self.words).split())


def numbered_rows(pieces: Iterable[Piece]) -> Iterator[NumberedRow]:
    words: list[str] = []
    numbers: list[float] = []
    for piece in (*pieces, ""):
        if not isinstance(piece, str):
            numbers.append(piece)
            continue
        if numbers:
            yield NumberedRow(tuple(words), tuple(numbers))
            words, numbers = [], []
        words.append(piece)


def parts_in(path: Path) -> dict[str, list[Piece]]:
    """Return what a workbook, a PDF or a page says, by the names of its parts."""
    readers = {".xlsx": _of_workbook, ".pdf": _of_pdf, ".html": _of_page}
    return readers[path.suffix](path)


def _of_workbook(path: Path) -> dict[str, list[Piece]]:
    with closing(load_workbook(path, read_only=True)) as book:
        rows = {sheet.title: sheet.iter_rows(values_only=True) for sheet in book}
        return {
            title: [piece for row in of_sheet for value in row for piece in _of_cell(value)]
            for title, of_sheet in rows.items()
        }


def _of_cell(value: Piece | None) -> list[Piece]:
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return [] if value is None else [value]


def _of_pdf(path: Path) -> dict[str, list[Piece]]:
    """Read the pages; the name of the part stands at their feet, before the number."""
    found: dict[str, list[Piece]] = {}
    for page in PdfReader(path).pages:
        lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        foot = next(at for at, line in enumerate(lines) if _PAGE.fullmatch(line))
        name = lines[foot - 1].rpartition(" ")[2]
        found.setdefault(name, []).extend(map(_as_piece, lines[: foot - 1]))
    return found


def _of_page(path: Path) -> dict[str, list[Piece]]:
    found = {}
    for section in read(path.read_text(encoding="utf-8")).all("section"):
        title, *others = _texts(section)
        found[title] = [_as_piece(line.strip()) for text in others for line in text.splitlines()]
    return found


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts of headings, paragraphs and cells, but of figures and of the filter."""
    for each in element.content:
        if isinstance(each, str) or each.tag in ("figure", "form", "nav"):
            continue
        if each.tag in ("h2", "h3", "p", "th", "td"):
            if text := each.text(("unseen",)).strip():
                yield text
        else:
            yield from _texts(each)


def _as_piece(text: str) -> Piece:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    number = float(found["digits"].replace(",", ""))
    return -number if found["minus"] else number
