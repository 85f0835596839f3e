"""The choices that the page offers, and what each of them makes of a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.mapping import ColumnChoice, ColumnRole, SheetChoice

if TYPE_CHECKING:
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
    """Return all that a column of this role can be about."""
    if role is ColumnRole.HEADING:
        return [Meaning(role, level) for level in range(len(mapping.levels) - 1)]
    if role is ColumnRole.NUMBER:
        return [Meaning(role, level) for level in range(len(mapping.levels))]
    if role in BY_ROUND and mapping.rounds:
        return [Meaning(role, 0, each.name) for each in mapping.rounds]
    return [Meaning(role)]


def detail(mapping: Mapping, meaning: Meaning) -> str:
    """Return the level or the round as people read it; empty where there is but one."""
    if meaning.role in (ColumnRole.HEADING, ColumnRole.NUMBER):
        level = min(meaning.level, len(mapping.levels) - 1)
        return mapping.levels[level][0]
    if meaning.role in BY_ROUND and len(mapping.rounds) > 1:
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
    chosen = {each.sheet: each for each in mapping.sheets} | {choice.sheet: choice}
    names = [grid.sheet for grid in book.grids]
    return mapping._replace(sheets=tuple(chosen[name] for name in names if name in chosen))


def without_sheet(mapping: Mapping, sheet: str) -> Mapping:
    """Leave a sheet out."""
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


def blank_sheet(grid: Grid) -> SheetChoice:
    """Return the choice for a sheet in which no table was found: nothing is taken yet."""
    return SheetChoice(grid.sheet, 1, 1, max(len(grid.rows), 1), ())


def with_levels(mapping: Mapping, levels: tuple[tuple[str, str], ...]) -> Mapping:
    """Give the plan other levels; what belonged to the actions belongs to them still."""
    before, after = len(mapping.levels) - 1, len(levels) - 1

    def fitted(each: ColumnChoice) -> ColumnChoice:
        if each.role is ColumnRole.NUMBER and each.level >= before:
            return each._replace(level=after)
        if each.role in (ColumnRole.HEADING, ColumnRole.NUMBER):
            return each._replace(level=min(each.level, after - 1))
        return each

    sheets = (
        sheet._replace(columns=tuple(map(fitted, sheet.columns))) for sheet in mapping.sheets
    )
    return mapping._replace(levels=levels, sheets=tuple(sheets))


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
    return mapping._replace(sheets=tuple(sheets))


def heading_words(grid: Grid, choice: SheetChoice, column: int) -> str:
    """Return the words of a column's heading rows."""
    rows = range(choice.first_heading_row, choice.last_heading_row + 1)
    return "\n".join(dict.fromkeys(filter(None, (grid.text(row, column) for row in rows))))
