"""A table in the clipboard: the text that Excel gives and takes, and the HTML that it prefers."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cells = list[list[str]]

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_END_OF_ROW = re.compile(r"\r?\n|\r")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|^"')
# Excel takes a cell with this format for text, whatever it looks like.
_STYLE = "<style>td{mso-number-format:'\\@';white-space:pre-wrap;vertical-align:top}</style>"
_TEXT_CELL = '<td sdnum="1041;0;@">'  # the same for LibreOffice
_NEW_LINE = '<br style="mso-data-placement:same-cell">'


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as Excel puts them into the clipboard; what it would calculate is guarded.

    A cell of several lines stands in quotes.
    """
    return "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)


def as_html(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as a table of texts."""
    lines = ("<tr>" + "".join(map(_html, row)) + "</tr>\n" for row in rows)
    head = f'<html><head><meta charset="utf-8">{_STYLE}</head><body><table>\n'
    return f"{head}{''.join(lines)}</table></body></html>"


def from_text(text: str) -> Cells:
    """Return the cells, all rows of one length, without the empty rows at the end."""
    rows: Cells = [[]]
    place = 0
    while place < len(text):
        found = _QUOTED.match(text, place)
        if found:
            rows[-1].append(_unguarded(found[1].replace('""', '"')))
        else:
            found = _PLAIN.match(text, place)
            assert found is not None, "the pattern fits nothing as well"
            rows[-1].append(_unguarded(found[0]))
        place = found.end()
        end = _END_OF_ROW.match(text, place)
        if end:
            rows.append([])
            place = end.end()
        elif text[place : place + 1] == "\t":
            place += 1
            if place == len(text):
                rows[-1].append("")
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _cell(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _html(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return f"{_TEXT_CELL}{_NEW_LINE.join(escape(line, quote=False) for line in lines)}</td>"
