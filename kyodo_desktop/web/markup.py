"""HTML that is made of texts which nobody can trust: only what went through here is markup."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NewType

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.pages.content import PageOf, is_runs
from kyodo_desktop.pages.looks import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.pages.content import Cell
    from kyodo_desktop.pages.looks import Look

Markup = NewType("Markup", str)

NOTHING = Markup("")
_MINUS = "▲"
_WHOLE = re.compile("(第 ?[0-9０-９〇一二三四五六七八九十]+[次期回版]?)")
_VOID = frozenset(("meta", "input", "col"))
_ON_LINES = frozenset(
    ("head", "style", "header", "nav", "section", "p", "h2", "h3", "tr", "table", "li", "figure")
)
"""After these a line ends, for those who look into the file."""


def text(words: str) -> Markup:
    """Return words as they are read; what nobody sees in them is shown as a sign."""
    return Markup(html.escape(_shown(words), quote=False))


def title_text(words: str) -> Markup:
    """Return the words of a title, of which a line never ends within 第3次."""
    pieces = _WHOLE.split(words)
    return joined(
        element("span", text(each), class_="whole") if place % 2 else text(each)
        for place, each in enumerate(pieces)
    )


def element(tag: str, /, *content: Markup, **attributes: str | int | bool | None) -> Markup:
    """Return an element; its attributes go by their names with _ for -, or after them.

    Those that are None or false are left out.
    """
    opening = tag + "".join(
        f" {key.rstrip('_').replace('_', '-')}{_attribute(value)}"
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Markup(f"<{opening}>")
    end = "\n" if tag in _ON_LINES else ""
    return Markup(f"<{opening}>{''.join(content)}</{tag}>{end}")


def joined(pieces: Iterable[Markup], between: str = "") -> Markup:
    """Return pieces as one, with nothing or white space between them."""
    return Markup(between.join(pieces))


def content_of(cell: Cell, look: Look) -> Markup:
    """Return what stands in a cell: changed runs are marked, numbers as their format says."""
    value = cell.value
    if isinstance(value, PageOf) or value is None:
        return NOTHING
    if isinstance(value, str):
        return text(value)
    if is_runs(value):
        runs = ((text(run.text), run.changed) for run in value)
        return joined(element("mark", each) if is_new else each for each, is_new in runs)
    assert not isinstance(value, tuple)
    number = number_text(value, look.format)
    if not number.startswith(_MINUS):
        return text(number)
    # What offices print for minus has no such name where it is read aloud.
    sign = element("span", text(_MINUS), aria_hidden="true")
    return joined((sign, element("span", text("マイナス"), class_="unseen"), text(number[1:])))


def _attribute(value: str | int | bool) -> str:
    return "" if value is True else f'="{html.escape(_shown(str(value)))}"'


def _shown(words: str) -> str:
    """Return words with the line ends that a browser makes of all others."""
    return with_signs(words.replace("\r\n", "\n").replace("\r", "\n"))
