"""The rounds of a table, and which column speaks of which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import fiscal_year_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.moments import When, round_of, when_of, years_in
from kyodo_desktop.domain.importing.sheet_guess import sheet_moment
from kyodo_desktop.domain.importing.titles import plan_title, printed_years, stem_of

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import RoundChoice
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess

_STACKED = re.compile(r"上段\s*[：:…]?\s*([^下]+?)[\s　、,／/]*下段\s*[：:…]?\s*(.+)")
_LONGEST = 60
_FEWEST = 2  # months of a year that are rounds of their own


def guess_rounds(
    book: Book, sheets: list[SheetGuess], near: int, this_year: int
) -> tuple[tuple[RoundChoice, ...], list[dict[int, str]]]:
    """Return the rounds in the order of time, and by sheet and column the round's name.

    A column that names no round is left to the table's own, the last one: of `this_year` where
    nothing tells its year.
    """
    with_months = _has_months(sheets)
    found: dict[When, RoundChoice] = {}
    moments: list[dict[int, When | None]] = []
    for sheet in sheets:
        own, round_ = _own_round(book, sheet, sheets[0], near, this_year)
        by_row = {_kept(each, with_months) for each in _moments_of_rows(sheet, near)}
        found.update((when, when.round) for when in by_row)
        by_column = {
            column: when and _kept(when, with_months)
            for column, when in sheet.moments(own).items()
        }
        month = _month_of(round_, set(by_column.values()))
        own, round_ = (month, month.round) if month else (own, round_)
        if (None in by_column.values() and not by_row) or not by_column:
            found.setdefault(own, round_)
        for when in by_column.values():
            if when is not None:
                found.setdefault(when, round_ if when == own else when.round)
        rest = None if by_row else own
        moments.append({column: when or rest for column, when in by_column.items()})
    rounds = sorted(found.values(), key=lambda each: (each.fiscal_year, each.as_of))
    if len(rounds) == 1:
        return tuple(rounds), [{} for _ in sheets]
    return tuple(rounds), [
        {column: found[when].name for column, when in each.items() if when is not None}
        for each in moments
    ]


def stacked_rounds(sheets: list[SheetGuess], near: int) -> tuple[RoundChoice, ...]:
    """Return the rounds of the upper and the lower row of each action: 上段：… 下段：…."""
    lines = (line for sheet in sheets for line in sheet.lines)
    found = next((match for line in lines if (match := _STACKED.search(line))), None)
    whens = [when_of(part, near) for part in found.groups()] if found else []
    return tuple(when.round for when in whens if when) if all(whens) else ()


def _has_months(sheets: list[SheetGuess]) -> bool:
    """Tell whether the ends of months are rounds of their own: at least two of one year."""
    told = (ColumnRole.STATUS, ColumnRole.PROGRESS)
    months: dict[int, set[int]] = {}
    for sheet in sheets:
        for each in sheet.columns:
            if each.when and "月" in each.when.part and sheet.roles[each.column][0] in told:
                months.setdefault(each.when.fiscal_year, set()).add(each.when.month)
    return any(len(each) >= _FEWEST for each in months.values())


def _kept(when: When, with_months: bool) -> When:
    return When(when.fiscal_year) if "月" in when.part and not with_months else when


def _month_of(round_: RoundChoice, told: set[When | None]) -> When | None:
    """Return the month that the day of a table ends, where the table tells of months."""
    return next(
        (each for each in told if each and each.part and each.round.as_of == round_.as_of), None
    )


def _moments_of_rows(sheet: SheetGuess, near: int) -> set[When]:
    """Return the moments of a column that tells of each row which round it is about."""
    column = next((at for at, (role, _) in sheet.roles.items() if role is ColumnRole.ROUND), None)
    if column is None:
        return set()
    rows = sheet.view.filled(sheet.area.last_heading_row + 1, sheet.area.last_row)
    texts = {sheet.view.text(row, column) for row in rows}
    return {when for text in texts if text and (when := when_of(text, near)) is not None}


def _own_round(
    book: Book, sheet: SheetGuess, first: SheetGuess, near: int, this_year: int
) -> tuple[When, RoundChoice]:
    """Return the round of the columns that name none."""
    lines = sheet.lines
    if sheet.view.sheet == first.view.sheet and not printed_years(lines, near)[0]:
        lines = first.lines  # one of several tables below each other
    named, span, as_of = printed_years(lines, near)
    named = printed_years([plan_title(lines, "")], near)[0] or named
    as_of = as_of or printed_years(_lines_below(sheet), near)[2]
    judged = [
        each.when
        for each in sheet.columns
        if sheet.roles[each.column][0] in (ColumnRole.STATUS, ColumnRole.PROGRESS)
    ]
    told = [when for when in judged if when is not None]
    title = _title_moment(lines, near)
    year = sheet_moment(sheet, near)
    of_title = printed_years([plan_title(lines, "")], near)[0]
    if as_of is not None and told and fiscal_year_of(as_of) in {w.fiscal_year for w in told}:
        when = When(fiscal_year_of(as_of))
    elif year is not None and not of_title:
        when = year
    elif named and (None in judged or not told):
        when = title if title and title.fiscal_year == named[-1] else When(named[-1])
    elif told:
        when = When(max(each.fiscal_year for each in told))
    elif as_of is not None:
        when = When(fiscal_year_of(as_of))
    elif span is not None and span.last <= near + 1:
        return When(span.last), round_of(span.last, name=span.text)
    else:
        years = years_in(stem_of(book.name), near)
        when = When(years[-1] if years else this_year)
    return when, when.round if when.part else round_of(when.fiscal_year, as_of=as_of)


def _title_moment(lines: list[str], near: int) -> When | None:
    """Return the half of a year that a line above the table is about."""
    found = (when_of(line, near) for line in lines if len(line) <= _LONGEST)
    return next((when for when in found if when and when.part and "月" not in when.part), None)


def _lines_below(sheet: SheetGuess) -> list[str]:
    """Return the texts of the last rows, where the day of a table may be printed."""
    last = sheet.area.last_row
    rows = range(max(sheet.area.last_heading_row + 1, last - 5), last + 1)
    return [text for row in rows for text in list(sheet.view.row(row).values())[:1]]
