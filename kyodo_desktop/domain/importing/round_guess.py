"""The rounds of a table, and which column speaks of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import fiscal_year_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.rounds import round_of, year_of, years_in
from kyodo_desktop.domain.importing.sheet_guess import sheet_year
from kyodo_desktop.domain.importing.titles import printed_years, stem_of

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import RoundChoice
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess


def guess_rounds(
    book: Book, sheets: list[SheetGuess], near: int, this_year: int
) -> tuple[tuple[RoundChoice, ...], list[dict[int, str]]]:
    """Return the rounds in the order of their years, and by sheet and column the round's name.

    A column that names no round is left to the table's own, the last one: of `this_year` where
    nothing tells its year.
    """
    own = [_own_round(book, each, near, this_year) for each in sheets]
    found: dict[int, RoundChoice] = {}
    years = []
    for sheet, mine in zip(sheets, own, strict=True):
        by_row = _years_of_rows(sheet, near)
        found.update((year, round_of(year)) for year in by_row)
        by_column = sheet.round_years(mine.fiscal_year)
        told = {year for year in by_column.values() if year is not None}
        if (None in by_column.values() and not by_row) or not by_column:
            found[mine.fiscal_year] = mine
        for year in told:
            found.setdefault(year, mine if mine.fiscal_year == year else round_of(year))
        own_year = None if by_row else mine.fiscal_year
        years.append({col: own_year if y is None else y for col, y in by_column.items()})
    rounds = tuple(found[year] for year in sorted(found))
    if len(rounds) == 1:
        return rounds, [{} for _ in sheets]
    return rounds, [
        {col: found[year].name for col, year in each.items() if year is not None} for each in years
    ]


def _years_of_rows(sheet: SheetGuess, near: int) -> set[int]:
    """Return the years of a column that tells of each row which round it is about."""
    column = next((at for at, (role, _) in sheet.roles.items() if role is ColumnRole.ROUND), None)
    if column is None:
        return set()
    rows = sheet.view.filled(sheet.area.last_heading_row + 1, sheet.area.last_row)
    texts = {sheet.view.text(row, column) for row in rows}
    return {year for text in texts if text and (year := year_of(text, near)) is not None}


def _own_round(book: Book, sheet: SheetGuess, near: int, this_year: int) -> RoundChoice:
    """Return the round of the columns that name none."""
    lines = sheet.lines
    named, span, as_of = printed_years(lines, near)
    below = _lines_below(sheet)
    as_of = as_of or printed_years(below, near)[2]
    judged = [
        each.year
        for each in sheet.columns
        if sheet.roles[each.column][0] in (ColumnRole.STATUS, ColumnRole.PROGRESS)
    ]
    told = [year for year in judged if year is not None]
    year = sheet_year(sheet, near)
    if year is not None:
        return round_of(year, as_of=as_of)
    if named and (None in judged or not told):
        return round_of(named[-1], as_of=as_of)
    if told:
        return round_of(max(told), as_of=as_of)
    if as_of is not None:
        return round_of(fiscal_year_of(as_of), as_of=as_of)
    if span is not None and span.last <= near + 1:
        return round_of(span.last, name=span.text)
    years = years_in(stem_of(book.name), near)
    return round_of(years[-1] if years else this_year)


def _lines_below(sheet: SheetGuess) -> list[str]:
    """Return the texts of the last rows, where the day of a table may be printed."""
    last = sheet.area.last_row
    rows = range(max(sheet.area.last_heading_row + 1, last - 5), last + 1)
    return [text for row in rows for text in list(sheet.view.row(row).values())[:1]]
