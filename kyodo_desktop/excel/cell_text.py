"""Texts of cells: what a cell cannot hold is replaced visibly, and parts can be marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.texts import CONTROLS, sign, with_signs
from kyodo_desktop.pages.looks import CHANGED_INK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.comparing.text_diff import Segments


CELL_LIMIT = 32_767
"""Characters of a cell, as Excel counts them: those beyond U+FFFF are two."""

CUT_MARK = "…（以下省略）"
_ESCAPE_LOOKALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Replacement(NamedTuple):
    """A part of a text that the workbook shows differently; `place` counts from 1."""

    sheet: str
    cell: str
    place: int
    what: str
    shown: str

    @property
    def message(self) -> str:
        """The sentence that the user reads."""
        where = f"{self.sheet}!{self.cell} {self.place}文字目"
        return f"{where}: {self.what}を「{self.shown}」に置き換えました。"


def sanitize(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """Return the text as a cell can hold it, and (place, what, shown) of each replacement.

    Excel would read `_x0041_` as the letter A, so such an underscore is written as
    `_x005F_`; the reader of a workbook sees the text as it was.
    """
    notes: list[tuple[int, str, str]] = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROLS.search(text):
        notes = list(_controls(text))
        text = with_signs(text)
    if not fits(text):
        kept = _room(text)
        notes.append((kept + 1, f"{CELL_LIMIT:,}文字を超える{len(text) - kept:,}文字", CUT_MARK))
        text = text[:kept] + CUT_MARK
    if "_x" in text:
        text = _ESCAPE_LOOKALIKE.sub("_x005F_", text)
    return text, notes


def fits(text: str) -> bool:
    """Tell whether a cell can hold so many characters."""
    return len(text) * 2 <= CELL_LIMIT or _room(text) == len(text)


def _controls(text: str) -> Iterator[tuple[int, str, str]]:
    for found in CONTROLS.finditer(text):
        yield found.start() + 1, f"表示できない文字 U+{ord(found[0]):04X} ", sign(found[0])


def _room(text: str) -> int:
    """Return how many characters may stay; all of them, or fewer by the mark of the cut."""
    units = len(text.encode("utf-16-le")) // 2
    if units <= CELL_LIMIT:
        return len(text)
    room = CELL_LIMIT - len(CUT_MARK)
    return len(text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore"))


class RichText(NamedTuple):
    """Changed runs are underlined and in another ink; for that they name font and size."""

    runs: Segments
    font: str
    size: float

    def __str__(self) -> str:
        """Return the text without its marks."""
        return "".join(run.text for run in self.runs)

    @property
    def mark(self) -> str:
        """What the XML of a changed run begins with, in the order that Excel keeps."""
        return (
            f'<rPr><u/><sz val="{self.size:g}"/><color rgb="FF{CHANGED_INK}"/>'
            f'<rFont val="{quoted(self.font)}"/></rPr>'
        )


def escaped(text: str) -> str:
    """Return the text as it stands between the tags of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Return the text as it stands in an attribute of XML."""
    return escaped(text).replace('"', "&quot;")
