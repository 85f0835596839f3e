"""From when to when a plan goes, by what is printed above its table and in its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.rounds import span_in, years_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice

_TOP, _LONGEST = 12, 120
_USUAL_YEARS = 5


def plan_years(book: Book, mapping: Mapping) -> tuple[int, int]:
    """Return first and last fiscal year: as a span that is printed, else all that are named."""
    years = [each.fiscal_year for each in mapping.rounds]
    near = max(years, default=2015)
    grids = {grid.sheet: grid for grid in book.grids}
    for choice in mapping.sheets:
        if choice.sheet not in grids:
            continue
        for text in _printed(grids[choice.sheet], choice):
            span = span_in(text, near)
            if span is not None:
                years += [span.first, span.last]
        for column in choice.columns:
            years += [year for year in years_in(column.words, near) if abs(year - near) < _TOP]
    if not years:
        return near, near + _USUAL_YEARS - 1
    first, last = min(years), max(years)
    return first, last


def _printed(grid: Grid, choice: SheetChoice) -> Iterator[str]:
    for row in grid.rows[: min(choice.first_heading_row - 1, _TOP)]:
        for text in row:
            if text and len(text) <= _LONGEST:
                yield text
