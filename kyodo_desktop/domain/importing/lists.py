"""Proposes how the lists of a book are read, from what a reading takes for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.heading_rows import (
    heading_rows,
    names_are_headings,
    names_of,
    share_headings,
    sheet_word,
)
from kyodo_desktop.domain.importing.level_guess import level_names, with_numbering
from kyodo_desktop.domain.importing.mapping import ColumnRole, Mapping, SheetChoice
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.round_guess import guess_rounds, stacked_rounds
from kyodo_desktop.domain.importing.scoring import ROWS
from kyodo_desktop.domain.importing.sheet_guess import Looking
from kyodo_desktop.domain.importing.status_guess import guess_statuses, in_order
from kyodo_desktop.domain.importing.statuses import status_choices
from kyodo_desktop.domain.importing.titles import plan_title, stem_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import RoundChoice
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_PLENTY = 0.55  # of the best sheet's score


class Supposition(NamedTuple):
    """What a reading takes for granted; all else follows from it.

    `sheets`, `area` and `action` count the candidates, of which 0 is the likeliest: which sheets
    are the table, which rows are its headings, which column holds the actions. `splits` and
    `joins` are those of `Mapping`. `blocks` tells whether columns of unknown words whose values
    come in blocks are headings, `parts` whether a sheet holds several tables below each other.
    """

    sheets: int = 0
    area: int = 0
    action: int = 0
    splits: bool = True
    joins: bool = False
    blocks: bool = True
    parts: bool = False


class Proposal(NamedTuple):
    """A way to read a book, and the plan that comes of its first rows."""

    mapping: Mapping
    plan: FoundPlan


class ListReader:
    """The lists of a book, under one supposition after the other; nothing is read twice."""

    def __init__(self, book: Book, views: Sequence[SheetView], near: int, this_year: int) -> None:
        self._book, self._views = book, views
        self._near, self._this_year = near, this_year
        self._looking = Looking(near)
        self._drafts: dict[tuple[SheetGuess, ...], Mapping] = {}
        self._proposals: dict[Mapping, Proposal] = {}

    def propose(self, supposed: Supposition) -> Proposal | None:
        """Return how the lists are read; None where there is none like that."""
        groups = self._groups_of(supposed)
        if supposed.sheets >= len(groups):
            return None
        sheets = groups[supposed.sheets]
        key = tuple(sheets)
        if key not in self._drafts:
            self._drafts[key] = self._draft(sheets)
        draft = self._drafts[key]._replace(splits=supposed.splits, joins=supposed.joins)
        if draft not in self._proposals:
            plan = read_plan(self._book, _beginning(draft))
            met = in_order(status_choices(plan))
            mapping = with_numbering(draft._replace(statuses=met), plan)
            self._proposals[draft] = Proposal(mapping, plan)
        return self._proposals[draft]

    def _draft(self, sheets: list[SheetGuess]) -> Mapping:
        """Return how the sheets are read, but for what only rows can tell."""
        rounds, names = guess_rounds(self._book, sheets, self._near, self._this_year)
        draft = _mapping(self._book, self._views, sheets, rounds, names)
        stacked = stacked_rounds(sheets, self._near)
        if stacked:
            by_row = tuple(each.name for each in stacked)
            return draft._replace(rounds=tuple(sorted(stacked, key=_by_day)), row_rounds=by_row)
        return draft

    def _groups_of(self, supposed: Supposition) -> list[list[SheetGuess]]:
        """Return the tables that are parts of one plan, the likeliest plan first."""
        looking = self._looking
        if supposed.parts:
            parts = filter(None, map(looking.parts, self._views))
            return sorted(parts, key=lambda part: -sum(each.score for each in part))
        area, action, blocks = supposed.area, supposed.action, supposed.blocks
        looked = (looking.at(view, area, action, blocks=blocks) for view in self._views)
        groups = _groups([each for each in looked if each is not None])
        return [looking.alike(each, action, blocks=blocks) for each in groups]


def _by_day(choice: RoundChoice) -> str:
    return choice.as_of


def _groups(looked: list[SheetGuess]) -> list[list[SheetGuess]]:
    """Return the sheets in groups of like ones, the likeliest first, in the order of the book."""
    groups: list[list[SheetGuess]] = []
    left = list(looked)
    while left:
        best = max(left, key=lambda each: each.score)
        group = [
            each
            for each in left
            if each is best or (each.is_like(best) and each.score >= _PLENTY * best.score)
        ]
        groups.append(group)
        left = [each for each in left if each not in group]
    return groups


def _mapping(
    book: Book,
    views: Sequence[SheetView],
    sheets: list[SheetGuess],
    rounds: tuple[RoundChoice, ...],
    round_names: list[dict[int, str]],
) -> Mapping:
    """Put the parts together; the numbering of the levels follows when rows were read."""
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
    return draft._replace(
        sheets=tuple(_lowered(each, 1, 0) for each in lowered) if by_sheet else lowered,
        levels=tuple((name, "") for name in names),
        sheet_headings=by_sheet,
    )


def _beginning(mapping: Mapping) -> Mapping:
    """Return the same for the first rows alone: enough to see numbers and statuses."""
    sheets = tuple(
        each._replace(last_row=min(each.last_row, each.last_heading_row + ROWS))
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
