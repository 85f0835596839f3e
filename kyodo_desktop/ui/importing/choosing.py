"""The choices that the page offers, and what each of them makes of a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kyodo_desktop.domain.importing.mapping import (
    ColumnChoice,
    ColumnRole,
    LabelChoice,
    SheetChoice,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.importing.mapping import Mapping

BY_ROUND = (
    ColumnRole.STATUS,
    ColumnRole.PROGRESS,
    ColumnRole.ISSUE,
    ColumnRole.DIRECTION,
    ColumnRole.OUTLOOK,
)
"""What a table may have once for each year."""
_FORMS_YEAR = "様式の年度"  # that which stands in the form, beside or above the value
_LISTS_ONLY = (ColumnRole.RELISTED, ColumnRole.ROW_KIND)


Choice = TypeVar("Choice", ColumnChoice, LabelChoice)


class Meaning(NamedTuple):
    """What a column can be said to hold: a role, and where it matters its level or round."""

    role: ColumnRole
    level: int = 0
    round: str = ""


def meaning_of(mapping: Mapping, choice: ColumnChoice) -> Meaning:
    """Return what a column holds, without what does not matter for its role."""
    level = choice.level if choice.role in (ColumnRole.HEADING, ColumnRole.NUMBER) else 0
    own = mapping.rounds[-1].name if mapping.rounds else ""
    return Meaning(choice.role, level, (choice.round or own) if choice.role in BY_ROUND else "")


def meanings(mapping: Mapping, role: ColumnRole) -> list[Meaning]:
    """Return all that a column or a label of this role can be about."""
    if role is ColumnRole.HEADING:
        return [Meaning(role, level) for level in range(len(mapping.levels) - 1)]
    if role is ColumnRole.NUMBER:
        return [Meaning(role, level) for level in range(len(mapping.levels))]
    if role in BY_ROUND and mapping.form is not None:
        names = [each.name for each in mapping.rounds] if len(mapping.rounds) > 1 else []
        return [Meaning(role, 0, name) for name in ("", *names)]
    if mapping.form is not None and role in _LISTS_ONLY:
        return []
    if role in BY_ROUND and mapping.rounds:
        return [Meaning(role, 0, each.name) for each in mapping.rounds]
    return [Meaning(role)]


def detail(mapping: Mapping, meaning: Meaning) -> str:
    """Return the level or the round as people read it; empty where there is but one."""
    if meaning.role in (ColumnRole.HEADING, ColumnRole.NUMBER):
        level = min(meaning.level, len(mapping.levels) - 1)
        return mapping.levels[level][0]
    if meaning.role in BY_ROUND and len(mapping.rounds) > 1:
        if mapping.form is not None and not meaning.round:
            return _FORMS_YEAR
        return meaning.round or mapping.rounds[-1].name
    return ""


def label(mapping: Mapping, meaning: Meaning) -> str:
    """Return a meaning as people read it: 見出し：推進項目."""
    more = detail(mapping, meaning)
    role = mapping.levels[-1][0] if meaning.role is ColumnRole.ACTION else meaning.role.label
    return f"{role}：{more}" if more else role


# What a choice makes of a mapping


def sheet_of(mapping: Mapping, sheet: str) -> SheetChoice | None:
    """Return where the table of a sheet is; None where the sheet is left out."""
    return next((each for each in mapping.sheets if each.sheet == sheet), None)


def column_of(choice: SheetChoice, grid: Grid, column: int) -> ColumnChoice:
    """Return what is chosen for a column; one that nobody spoke of is left out."""
    found = next((each for each in choice.columns if each.column == column), None)
    return found or ColumnChoice(column, heading_words(grid, choice, column), ColumnRole.IGNORED)


def with_sheet(mapping: Mapping, choice: SheetChoice, book: Book) -> Mapping:
    """Take a sheet in, or take it in another way; sheets keep the order of the file."""
    others = [each for each in mapping.sheets if not _overlap(each, choice)]
    names = [grid.sheet for grid in book.grids]
    chosen = sorted((*others, choice), key=lambda each: (names.index(each.sheet), each[1:3]))
    return mapping._replace(sheets=tuple(chosen))


def _overlap(one: SheetChoice, other: SheetChoice) -> bool:
    """Tell whether two choices are of the same table; a sheet may hold several of them."""
    return (
        one.sheet == other.sheet
        and one.first_heading_row <= other.last_row
        and other.first_heading_row <= one.last_row
    )


def without_sheet(mapping: Mapping, sheet: str) -> Mapping:
    """Leave a sheet out."""
    if mapping.form is not None:
        sheets = tuple(each for each in mapping.form.sheets if each != sheet)
        return mapping._replace(form=mapping.form._replace(sheets=sheets))
    return mapping._replace(sheets=tuple(each for each in mapping.sheets if each.sheet != sheet))


def with_column(choice: SheetChoice, grid: Grid, column: int, meaning: Meaning) -> SheetChoice:
    """Say what a column holds."""
    said = column_of(choice, grid, column)._replace(
        role=meaning.role, level=meaning.level, round=meaning.round
    )
    others = [each for each in choice.columns if each.column != column]
    return choice._replace(columns=tuple(sorted([*others, said])))


def with_rows(choice: SheetChoice, grid: Grid, first: int, last: int, end: int) -> SheetChoice:
    """Say which rows are the heading rows and where the table ends; they stay in their order."""
    rows = max(len(grid.rows), 1)
    first = min(max(first, 1), rows)
    last = min(max(last, first), rows)
    moved = choice._replace(
        first_heading_row=first, last_heading_row=last, last_row=min(max(end, last), rows)
    )
    columns = (
        each._replace(words=heading_words(grid, moved, each.column)) for each in choice.columns
    )
    return moved._replace(columns=tuple(columns))


def is_taken(mapping: Mapping, sheet: str) -> bool:
    """Tell whether anything of a sheet is taken."""
    if mapping.form is not None:
        return sheet in mapping.form.sheets
    return sheet_of(mapping, sheet) is not None


def first_sheet(mapping: Mapping) -> str | None:
    """Return the first sheet of which something is taken."""
    if mapping.form is not None:
        return next(iter(mapping.form.sheets), None)
    return next((each.sheet for each in mapping.sheets), None)


def with_form_sheet(mapping: Mapping, sheet: str, book: Book) -> Mapping:
    """Take the forms of one more sheet in; sheets keep the order of the file."""
    assert mapping.form is not None
    taken = {*mapping.form.sheets, sheet}
    sheets = tuple(grid.sheet for grid in book.grids if grid.sheet in taken)
    return mapping._replace(form=mapping.form._replace(sheets=sheets))


def with_label(mapping: Mapping, label: LabelChoice, meaning: Meaning) -> Mapping:
    """Say what the values of a label are."""

    def said(each: LabelChoice) -> LabelChoice:
        if each != label:
            return each
        return each._replace(role=meaning.role, level=meaning.level, round=meaning.round)

    return _with_labels(mapping, said)


def meaning_of_label(label: LabelChoice) -> Meaning:
    """Return what the values of a label are, without what does not matter for their role."""
    level = label.level if label.role in (ColumnRole.HEADING, ColumnRole.NUMBER) else 0
    return Meaning(label.role, level, label.round if label.role in BY_ROUND else "")


def _with_labels(mapping: Mapping, change: Callable[[LabelChoice], LabelChoice]) -> Mapping:
    form = mapping.form
    if form is None:
        return mapping
    return mapping._replace(form=form._replace(labels=tuple(map(change, form.labels))))


def blank_sheet(grid: Grid) -> SheetChoice:
    """Return the choice for a sheet in which no table was found: nothing is taken yet."""
    return SheetChoice(grid.sheet, 1, 1, max(len(grid.rows), 1), ())


def with_levels(mapping: Mapping, levels: tuple[tuple[str, str], ...]) -> Mapping:
    """Give the plan other levels; what belonged to the actions belongs to them still."""
    before, after = len(mapping.levels) - 1, len(levels) - 1

    def fitted(each: Choice) -> Choice:
        if each.role is ColumnRole.NUMBER and each.level >= before:
            return each._replace(level=after)
        if each.role in (ColumnRole.HEADING, ColumnRole.NUMBER):
            return each._replace(level=min(each.level, after - 1))
        return each

    sheets = (
        sheet._replace(columns=tuple(map(fitted, sheet.columns))) for sheet in mapping.sheets
    )
    fitting = mapping._replace(levels=levels, sheets=tuple(sheets))
    return _with_labels(fitting, fitted)


def lowered(choice: SheetChoice, levels: int) -> SheetChoice:
    """Fit a sheet that was looked at alone into a plan of so many levels and its own rounds."""
    columns = (
        each._replace(
            level=min(each.level, levels - 1 if each.role is ColumnRole.NUMBER else levels - 2)
        )
        if each.role in (ColumnRole.NUMBER, ColumnRole.HEADING)
        else each._replace(round="")
        for each in choice.columns
    )
    return choice._replace(columns=tuple(columns))


def renamed_round(mapping: Mapping, before: str, after: str) -> Mapping:
    """Let the columns of a round follow its new name."""
    sheets = (
        sheet._replace(
            columns=tuple(
                each._replace(round=after) if each.round == before else each
                for each in sheet.columns
            )
        )
        for sheet in mapping.sheets
    )

    def renamed(each: LabelChoice) -> LabelChoice:
        return each._replace(round=after) if each.round == before else each

    return _with_labels(mapping._replace(sheets=tuple(sheets)), renamed)


def heading_words(grid: Grid, choice: SheetChoice, column: int) -> str:
    """Return the words of a column's heading rows."""
    rows = range(choice.first_heading_row, choice.last_heading_row + 1)
    return "\n".join(dict.fromkeys(filter(None, (grid.text(row, column) for row in rows))))
