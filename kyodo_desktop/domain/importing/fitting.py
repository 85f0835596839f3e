"""Fits a saved mapping to next year's table: the same columns, wherever they stand by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import squeezed, status_key
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.importing.words_apart import without_years

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import (
        ColumnChoice,
        Mapping,
        SheetChoice,
        StatusChoice,
    )


def fitted(mapping: Mapping, book: Book) -> Mapping:
    """Return the mapping with the rows, columns and rounds of this book.

    What people chose for a column is kept for the column with the same words, years apart;
    what is new is guessed. Raises RefusedError where there is no table in the book.
    """
    guess = guess_mapping(book)
    known = _choices(mapping)
    sheets = tuple(_fitted_sheet(each, known) for each in guess.sheets)
    same_depth = _depth(mapping.sheets) == _depth(guess.sheets)
    return guess._replace(
        title=mapping.title,
        sheets=sheets if same_depth else guess.sheets,
        levels=mapping.levels if len(mapping.levels) == len(guess.levels) else guess.levels,
        statuses=_statuses(mapping.statuses, guess.statuses),
        group_rows=mapping.group_rows,
        sheet_headings=guess.sheet_headings and mapping.sheet_headings,
    )


def _choices(mapping: Mapping) -> dict[str, ColumnChoice]:
    """Return the columns by their words; the words of two columns tell nothing."""
    found: dict[str, ColumnChoice] = {}
    for sheet in mapping.sheets:
        for column in sheet.columns:
            key = without_years(column.words)
            known = found.get(key)
            if key and (known is None or known.role is ColumnRole.IGNORED):
                found[key] = column
    return found


def _fitted_sheet(sheet: SheetChoice, known: dict[str, ColumnChoice]) -> SheetChoice:
    return sheet._replace(columns=tuple(_fitted_column(each, known) for each in sheet.columns))


def _fitted_column(column: ColumnChoice, known: dict[str, ColumnChoice]) -> ColumnChoice:
    """Keep the role that was chosen; the round is that of the new words."""
    choice = known.get(without_years(column.words))
    return column if choice is None else column._replace(role=choice.role, level=choice.level)


def _depth(sheets: tuple[SheetChoice, ...]) -> int:
    return max(
        (
            column.level
            for sheet in sheets
            for column in sheet.columns
            if column.role in (ColumnRole.HEADING, ColumnRole.ACTION)
        ),
        default=0,
    )


def _statuses(
    known: tuple[StatusChoice, ...], met: tuple[StatusChoice, ...]
) -> tuple[StatusChoice, ...]:
    """Keep what people said of a status; add those which are new."""
    keys = {status_key(each.mark) for each in known} | {squeezed(each.label) for each in known}
    new = [each for each in met if status_key(each.mark) not in keys]
    return known + tuple(each for each in new if squeezed(each.label) not in keys)


def is_of_the_same_table(saved: Mapping, fitted_mapping: Mapping) -> bool:
    """Tell whether most columns of one table stand in the other, whatever their years."""
    before, after = _words(saved), _words(fitted_mapping)
    return bool(before) and 2 * len(before & after) > len(before | after)


def _words(mapping: Mapping) -> set[str]:
    words = (without_years(each.words) for sheet in mapping.sheets for each in sheet.columns)
    return set(filter(None, words))
