"""The words at the head of each column: of one to three rows, merged or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.header_words import is_year
from kyodo_desktop.domain.importing.plain import one_line, squeezed
from kyodo_desktop.domain.importing.table_area import counts_columns

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.table_area import TableArea

SEPARATOR = " ／ "


def heading_words(view: SheetView, area: TableArea) -> dict[int, tuple[str, ...]]:
    """Return by column the words above it, from the top row to the lowest, each once."""
    words: dict[int, list[str]] = {}
    rows = range(area.first_heading_row, area.last_heading_row + 1)
    right = max((max(cells) for row in rows if (cells := view.row(row))), default=0)
    right = max(
        [right, *(view.across.get((row, column), 0) for row in rows for column in view.row(row))]
    )
    for row in rows:
        if counts_columns(view, row):
            continue
        spread = _spread(view, row, right, is_lowest=row == area.last_heading_row)
        for column, text in spread.items():
            texts = words.setdefault(column, [])
            if squeezed(text) not in map(squeezed, texts):
                texts.append(one_line(text))
    return {column: tuple(texts) for column, texts in sorted(words.items())}


def _spread(view: SheetView, row: int, right: int, *, is_lowest: bool) -> dict[int, str]:
    """Give the text of a merged cell to all its columns.

    Where nothing is merged (a text file), a year goes on to the next text of its row.
    """
    cells = view.row(row)
    spread: dict[int, str] = {}
    for column, text in cells.items():
        for each in range(column, view.across.get((row, column), column) + 1):
            spread[each] = text
    if not is_lowest and not view.grid.merges:
        last = ""
        below = view.row(row + 1)
        for column in range(1, right + 1):
            text = spread.get(column, "")
            last = text or last
            if last and not text and column in below:
                spread[column] = last
    return spread


def joined(words: tuple[str, ...]) -> str:
    """Return the words of a column as one text, by which it is known."""
    return SEPARATOR.join(words)


def leaf(words: tuple[str, ...]) -> str:
    """Return the lowest words that are no year: what the column is, not when."""
    return next(
        (text for text in reversed(words) if not is_year(text)), words[-1] if words else ""
    )
