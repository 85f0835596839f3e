"""The rows of 進捗状況一覧 before they are put on pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.excel import report_columns
from kyodo_desktop.excel.paper import TALLEST_ROW
from kyodo_desktop.excel.report_columns import CONTINUED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.excel.table_layout import TableLayout

_PIECE = 180.0
"""Points of one piece of an action that is too long for one row: small enough to fill pages."""

_PHRASE_ENDS = "\n。、）"


@dataclass(slots=True)
class TableRow:
    """One row of the table; `path` are the heading nodes above it, from the top.

    An action that is too long for a row goes on in further ones (`begins`, `ends`).
    """

    path: tuple[int, ...]
    node: int | None
    texts: tuple[str, ...]
    status: Status | None
    height: float
    begins: bool = True
    ends: bool = True


def rows_below(outline: Outline, layout: TableLayout, term: int) -> Iterator[TableRow]:
    """Yield the rows of a term; a heading without actions has an empty one."""
    for path, node in _walk(outline, term, ()):
        if node is None:
            empty = ("",) * len(layout.columns)
            yield TableRow(path, None, empty, None, layout.tallest(empty))
            continue
        texts = tuple(column.text(outline, node) for column in layout.columns)
        status = outline.status(outline.action_id_at(node))
        row = TableRow(path, node, texts, status, layout.tallest(texts))
        if row.height <= TALLEST_ROW:
            yield row
        else:
            yield from _pieces(layout, row)


def groups(rows: list[TableRow], level: int) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each run of rows under the same heading of a level."""
    start = 0
    for _, run in groupby(rows, key=lambda row: row.path[: level + 1]):
        stop = start + sum(1 for _ in run)
        yield start, stop
        start = stop


def _walk(
    outline: Outline, node: int, path: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], int | None]]:
    """Yield each placement with the headings above it; nothing for a childless heading."""
    children = outline.children.get(node, ())
    if not children and path:
        yield path, None
    for child in children:
        if is_placement(child):
            yield path, child
        else:
            yield from _walk(outline, child, (*path, child))


def _pieces(layout: TableLayout, row: TableRow) -> Iterator[TableRow]:
    """Divide a row; each piece could also show the title again, at the top of a page."""
    room = layout.room_for_lines(_PIECE)
    columns = [
        list(_divided(layout, text, place, room))
        for place, text in enumerate(row.texts, start=layout.headings)
    ]
    pieces = list(zip_longest(*columns, fillvalue=""))
    guide = 0.0
    if report_columns.ACTION in layout.columns:
        place = layout.columns.index(report_columns.ACTION)
        title = layout.lines(row.texts[place] + CONTINUED, layout.headings + place)
        guide = layout.height_of(min(room, len(title)))
    for count, texts in enumerate(pieces, start=1):
        height = max(guide, layout.tallest(texts))
        begins, ends = count == 1, count == len(pieces)
        yield replace(row, texts=texts, height=height, begins=begins, ends=ends)


def _divided(layout: TableLayout, text: str, column: int, room: int) -> Iterator[str]:
    """Yield parts of a text with at most so many lines, ending with a phrase if one is near."""
    while text:
        lines = layout.lines(text, column)
        part = "".join(lines[:room])
        if len(lines) > room:
            phrase = max(map(part.rfind, _PHRASE_ENDS)) + 1
            part = part[:phrase] if phrase > len(part) - 2 * len(lines[0]) else part
        yield part.removesuffix("\n")
        text = text[len(part) :]
