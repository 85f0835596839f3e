"""Fits a saved mapping to next year's table: the same columns or labels, wherever they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.columns import without_years
from kyodo_desktop.domain.importing.mapping import ColumnRole, ValueSide
from kyodo_desktop.domain.importing.plain import squeezed, status_key
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import readings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import (
        ColumnChoice,
        FormMapping,
        LabelChoice,
        Mapping,
        SheetChoice,
        StatusChoice,
    )
    from kyodo_desktop.domain.importing.readings import Reading


def fitted(mapping: Mapping, book: Book, readings: Sequence[Reading] = ()) -> Mapping:
    """Return the mapping with the rows, columns, labels and rounds of this book.

    What people chose for a column or a label is kept for the one with the same words, years
    apart; what is new is as in that of the `readings` (of the book) which is most like the
    mapping. Raises RefusedError where there is no table in the book.
    """
    guesses = [each.mapping for each in readings or readings_of(book)]
    if mapping.form is not None:
        return _fitted_form(mapping, mapping.form, guesses, book)
    lists = [each for each in guesses if each.form is None]
    return _fitted_list(mapping, _most_like(mapping, lists)) if lists else guesses[0]


def _most_like(mapping: Mapping, guesses: Sequence[Mapping]) -> Mapping:
    """Return the guess with most of the words, and of those the one with most of the roles."""
    words, roles = _words(mapping), _roles(mapping)

    def likeness(guess: Mapping) -> tuple[float, int]:
        met = _words(guess)
        return len(words & met) / max(len(words | met), 1), len(roles & _roles(guess))

    return max(guesses, key=likeness)


def _fitted_list(mapping: Mapping, guess: Mapping) -> Mapping:
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
        splits=mapping.splits,
        joins=mapping.joins,
        hidden=mapping.hidden,
    )


def _fitted_form(
    mapping: Mapping, form: FormMapping, guesses: Sequence[Mapping], book: Book
) -> Mapping:
    """Fit the labels of forms; forms too few to be guessed are known by their labels alone."""
    forms = [each for each in guesses if each.form is not None]
    if not forms:
        alone = mapping._replace(form=form._replace(sheets=()))
        return alone if read_plan(book, alone).actions else guesses[0]
    guess = _most_like(mapping, forms)
    assert guess.form is not None
    labels = guess.form.labels
    same_levels = len(mapping.levels) == len(guess.levels)
    if same_levels:
        known = {_label_key(each): each for each in form.labels}
        labels = tuple(_fitted_label(each, known) for each in labels)
    return guess._replace(
        title=mapping.title,
        levels=mapping.levels if same_levels else guess.levels,
        statuses=_statuses(mapping.statuses, guess.statuses),
        form=guess.form._replace(labels=labels),
    )


def _label_key(label: LabelChoice) -> tuple[str, ...]:
    """Return the words of a label without years; a line without one is known by its place."""
    return label.key if label.side is ValueSide.ALONE else tuple(map(without_years, label.key))


def _fitted_label(label: LabelChoice, known: dict[tuple[str, ...], LabelChoice]) -> LabelChoice:
    choice = known.get(_label_key(label))
    return label if choice is None else label._replace(role=choice.role, level=choice.level)


_Named = tuple[str, int]


def _choices(mapping: Mapping) -> dict[_Named, ColumnChoice]:
    """Return the columns by their words, and which of the columns with these words it is."""
    found: dict[_Named, ColumnChoice] = {}
    for sheet in mapping.sheets:
        for name, column in _named(sheet):
            known = found.get(name)
            if name[0] and (known is None or known.role is ColumnRole.IGNORED):
                found[name] = column
    return found


def _named(sheet: SheetChoice) -> Iterator[tuple[_Named, ColumnChoice]]:
    counts: Counter[str] = Counter()
    for column in sheet.columns:
        words = without_years(column.words)
        yield (words, counts[words]), column
        counts[words] += 1


def _fitted_sheet(sheet: SheetChoice, known: dict[_Named, ColumnChoice]) -> SheetChoice:
    return sheet._replace(
        columns=tuple(_fitted_column(name, column, known) for name, column in _named(sheet))
    )


def _fitted_column(
    name: _Named, column: ColumnChoice, known: dict[_Named, ColumnChoice]
) -> ColumnChoice:
    """Keep the role that was chosen; the round is that of the new words.

    One column more with the same words is as the last of them was.
    """
    words, nth = name
    choices = (known.get((words, each)) for each in range(nth, -1, -1))
    choice = next((each for each in choices if each is not None), None)
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
    """Tell whether most columns or labels of one table stand in the other, years apart."""
    if (saved.form is None) != (fitted_mapping.form is None):
        return False
    before, after = _words(saved), _words(fitted_mapping)
    return bool(before) and 2 * len(before & after) > len(before | after)


def _words(mapping: Mapping) -> set[str]:
    return {words for words, _, _ in _roles(mapping)}


def _roles(mapping: Mapping) -> set[tuple[str, ColumnRole, int]]:
    """Return what the columns or the labels are, by their words without years."""
    choices: list[ColumnChoice | LabelChoice] = [
        column for sheet in mapping.sheets for column in sheet.columns
    ]
    choices += mapping.form.labels if mapping.form is not None else ()
    said = ((without_years(each.words), each.role, each.level) for each in choices)
    return {each for each in said if each[0]}
