"""Guesses how a book is to be read, so well that most people only agree."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.fiscal_year import fiscal_year_of
from kyodo_desktop.domain.importing.group_levels import names_of
from kyodo_desktop.domain.importing.level_guess import level_names, with_numbering
from kyodo_desktop.domain.importing.mapping import ColumnRole, Mapping, SheetChoice, StatusChoice
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.round_guess import guess_rounds
from kyodo_desktop.domain.importing.rounds import years_in
from kyodo_desktop.domain.importing.sheet_groups import heading_rows
from kyodo_desktop.domain.importing.sheet_guess import look_at
from kyodo_desktop.domain.importing.sheet_headings import (
    names_are_headings,
    share_headings,
    sheet_word,
)
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.importing.status_guess import guess_statuses
from kyodo_desktop.domain.importing.titles import plan_title, stem_of

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import RoundChoice
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess

_LONGEST_LINE = 120
_ROWS = 1500  # that are read to see numbers and statuses
_PLENTY = 0.55  # of the best sheet's score


def guess_mapping(book: Book, today: date | None = None) -> Mapping:
    """Return how to read the book; raises RefusedError where there is no table in it.

    `today` is the day by which a year is guessed where the book names none.
    """
    views = [SheetView(grid) for grid in book.grids if not grid.hidden]
    views = views or [SheetView(grid) for grid in book.grids]
    this_year = fiscal_year_of((today or date.today()).isoformat())
    near = _near(book, views, this_year)
    looked = [guess for view in views if (guess := look_at(view, near)) is not None]
    if not looked:
        raise RefusedError(
            f"「{book.name}」に表が見つかりません。"
            "見出しの行（例: 番号、事業名、担当課、進捗状況）と、"
            "その下に2行以上続く表を探しました。"
            "表のあるシートを含むファイルかどうかをお確かめください。"
        )
    sheets = _same_plan(looked)
    rounds, names = guess_rounds(book, sheets, near, this_year)
    return _mapping(book, views, sheets, rounds, names)


def _near(book: Book, views: list[SheetView], this_year: int) -> int:
    """Return a year that the years without an era are near to."""
    top = [text for view in views for row in range(1, 6) for text in view.row(row).values()]
    short = [text for text in (*top, stem_of(book.name)) if len(text) <= _LONGEST_LINE]
    found = (years_in(text, this_year) for text in short)
    return next((max(years) for years in found if years), this_year)


def _same_plan(looked: list[SheetGuess]) -> list[SheetGuess]:
    """Return the best sheet and those like it, in the order of the book."""
    best = max(looked, key=lambda each: each.score)
    return [
        each
        for each in looked
        if each is best or (each.is_like(best) and each.score >= _PLENTY * best.score)
    ]


def _mapping(
    book: Book,
    views: list[SheetView],
    sheets: list[SheetGuess],
    rounds: tuple[RoundChoice, ...],
    round_names: list[dict[int, str]],
) -> Mapping:
    """Put the parts together; numbering is that of the plan which this mapping reads."""
    by_year = len(sheets) > 1 and len(rounds) >= len(sheets) and _one_year_each(round_names)
    choices = tuple(each.choice(named) for each, named in zip(sheets, round_names, strict=True))
    title = plan_title(sheets[0].lines, _fallback_title(book, sheets))
    statuses = guess_statuses(views, sheets)
    draft = Mapping(title, choices, (), statuses, rounds)
    groups = heading_rows(book, draft)
    by_sheet = not by_year and not groups.above and names_are_headings(sheets)
    by_sheet = by_sheet and not share_headings(book, draft)
    names = level_names(names_of(groups.shapes), groups.left, sheets[0])
    names = [*sheet_word(sheets), *names] if by_sheet else names
    lowered = tuple(_lowered(each, len(groups.shapes), groups.left) for each in choices)
    mapping = draft._replace(
        sheets=tuple(_lowered(each, 1, 0) for each in lowered) if by_sheet else lowered,
        levels=tuple((name, "") for name in names),
        sheet_headings=by_sheet,
    )
    plan = read_plan(book, _beginning(mapping))
    met = tuple(
        StatusChoice(each.mark, each.label, each.definition, each.kind.value)
        for each in plan.statuses
    )
    return with_numbering(mapping._replace(statuses=met), plan)


def _beginning(mapping: Mapping) -> Mapping:
    """Return the same for the first rows alone: enough to see numbers and statuses."""
    sheets = tuple(
        each._replace(last_row=min(each.last_row, each.last_heading_row + _ROWS))
        for each in mapping.sheets
    )
    return mapping._replace(sheets=sheets)


def _one_year_each(names: list[dict[int, str]]) -> bool:
    years = [frozenset(each.values()) for each in names]
    return len(set(years)) == len(years)


def _fallback_title(book: Book, sheets: list[SheetGuess]) -> str:
    return stem_of(book.name) or sheets[0].view.sheet or "取り込んだ計画"


def _lowered(choice: SheetChoice, depth: int, left: int) -> SheetChoice:
    """Put the levels of the columns, but for the `left` ones, below those of the rows."""
    columns = tuple(
        each._replace(level=each.level + depth)
        if each.level >= left
        and each.role in (ColumnRole.NUMBER, ColumnRole.HEADING, ColumnRole.ACTION)
        else each
        for each in choice.columns
    )
    return choice._replace(columns=columns)
