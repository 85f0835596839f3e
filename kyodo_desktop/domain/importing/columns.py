"""The columns of a table: their words and a sample of what stands below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.contents import Contents, contents_of
from kyodo_desktop.domain.importing.header_words import Weights, is_year, weights_of
from kyodo_desktop.domain.importing.headings import heading_words, joined, leaf
from kyodo_desktop.domain.importing.mapping import Role
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.rounds import year_of, years_in

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.table_area import TableArea

_SAMPLE = 300
_TIMELESS = (Role.ACTION, Role.HEADING, Role.DESCRIPTION)
_PLANNED = re.compile("計画|予定|目標|見込|方針|目安")


class Column(NamedTuple):
    """One column; `year` is the fiscal year that its words name."""

    column: int
    words: tuple[str, ...]
    weights: Weights
    contents: Contents
    cells: tuple[str, ...]
    year: int | None

    @property
    def title(self) -> str:
        """The words as one text."""
        return joined(self.words)

    @property
    def leaf(self) -> str:
        """The lowest words that are no year."""
        return leaf(self.words)

    @property
    def is_year(self) -> bool:
        """Tell whether the lowest words are a year and nothing else."""
        return bool(self.words) and is_year(self.words[-1])


def columns_of(view: SheetView, area: TableArea, near: int) -> list[Column]:
    """Return the columns that have a heading or anything below it."""
    words = heading_words(view, area)
    rows = _sample(view, area)
    texts: dict[int, list[str]] = {column: [] for column in words}
    for row in rows:
        for column, text in view.row(row).items():
            texts.setdefault(column, []).append(text)
    return [
        Column(
            column,
            words.get(column, ()),
            _weights(words.get(column, ()), near),
            contents_of(cells, len(rows)),
            tuple(cells),
            _year(words.get(column, ()), near),
        )
        for column, cells in sorted(texts.items())
    ]


def _sample(view: SheetView, area: TableArea) -> list[int]:
    """Return the first rows that hold more than one cell and do not repeat the headings."""
    heading = {
        squeezed(text)
        for row in range(area.first_heading_row, area.last_heading_row + 1)
        for text in view.row(row).values()
    }
    rows: list[int] = []
    for row in range(area.last_heading_row + 1, area.last_row + 1):
        cells = view.row(row)
        if len(cells) > 1 and not all(squeezed(text) in heading for text in cells.values()):
            rows.append(row)
            if len(rows) == _SAMPLE:
                break
    return rows


def _weights(words: tuple[str, ...], near: int) -> Weights:
    """Return what the lowest words say that say anything.

    What is a title elsewhere is, of a year, what was planned or done in it.
    """
    for text in reversed(words):
        found = weights_of(text)
        if found:
            timed = any(is_year(each) or years_in(each, near) for each in words)
            if timed and max(found, key=lambda role: found[role]) in _TIMELESS:
                role = Role.DESCRIPTION if _PLANNED.search(text) else Role.PROGRESS
                return {role: max(found.values())}
            return found
    return {}


def _year(words: tuple[str, ...], near: int) -> int | None:
    years = [year for text in reversed(words) if (year := year_of(text, near)) is not None]
    return years[0] if years else None
