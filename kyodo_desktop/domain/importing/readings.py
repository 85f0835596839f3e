"""Reads a book in several ways at once: whole readings compete, and the most sensible one wins.

A first wrong step poisons all that follow, so no step is final: each thing that a reading takes
for granted is also supposed otherwise, the first rows are read, and the plans that come of it are
compared as wholes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.fiscal_year import Near, fiscal_year_of
from kyodo_desktop.domain.importing.forms.propose import propose_forms
from kyodo_desktop.domain.importing.grid import column_letter
from kyodo_desktop.domain.importing.lists import ListReader, Supposition
from kyodo_desktop.domain.importing.mapping import ColumnRole, Mapping
from kyodo_desktop.domain.importing.moments import year_of, years_in
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.scoring import score_of
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.importing.table_area import MOST_AREAS
from kyodo_desktop.domain.importing.titles import stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.lists import Proposal
    from kyodo_desktop.domain.importing.mapping import FormMapping
    from kyodo_desktop.domain.importing.scoring import Score

_LONGEST_LINE = 120
_MOST_GROUPS, _MOST_ACTIONS = 3, 3
_BACK = 30  # years
_ERA = re.compile(
    r"(?:令和|平成|昭和|(?<![A-Za-z])[RHSrhs]\.?(?=[0-9元]))\s*(?:元|[0-9０-９]{1,2})年?"
    "|20[0-9]{2}"
)
_ENOUGH = 300  # rows of a sheet
_TELL_LITTLE = (ColumnRole.IGNORED, ColumnRole.NOTE)
_CLEARLY, _DOUBT, _BOLD = 0.01, 0.12, 0.02  # by which another supposition must be better


class Reading(NamedTuple):
    """One way to read a book; `label` tells it from the others in words for people."""

    label: str
    mapping: Mapping
    score: Score


def readings_of(book: Book, today: date | None = None) -> tuple[Reading, ...]:
    """Return the ways to read the book, the most sensible first.

    `today` is the day by which a year is guessed where the book names none. Raises RefusedError
    where there is no table in the book.
    """
    found = _Competition(book, today or date.today()).run()
    if not found:
        raise RefusedError(
            f"「{book.name}」に表が見つかりません。"
            "見出しの行（例: 番号、事業名、担当課、進捗状況）と、"
            "その下に2行以上続く表を探しました。"
            "表のあるシートを含むファイルかどうかをお確かめください。"
        )
    return found


def guess_mapping(book: Book, today: date | None = None) -> Mapping:
    """Return how the best reading reads the book; raises RefusedError as `readings_of`."""
    return readings_of(book, today)[0].mapping


class _Competition:
    """Supposes one thing after the other differently, and goes on from what is best."""

    def __init__(self, book: Book, today: date) -> None:
        self._whole, self._book = book, _first_rows(book)
        views = _views(self._book)
        self._this_year = fiscal_year_of(today.isoformat())
        self._near = _near(book, views, self._this_year)
        self._lists = ListReader(self._book, views, self._near, self._this_year)
        self._read: dict[Mapping, Reading] = {}
        self._outcomes: dict[Reading, FoundPlan] = {}
        self._supposed: dict[Reading, Supposition] = {}

    def run(self) -> tuple[Reading, ...]:
        """Return the readings with different outcomes, the best first."""
        best = Supposition()
        top = self._try(best)
        for alternatives in _ALTERNATIVES:
            known = best
            for other in alternatives(known):
                reading = self._try(other)
                bold = _BOLD * (other.action != best.action)
                if reading and (top is None or self._is_better(reading, top, bold)):
                    best, top = other, reading
        for form in propose_forms(self._book, self._near):
            reading = self._try_form(form)
            if top is None or self._is_better(reading, top):
                top = reading
        ranked = sorted(self._read.values(), key=lambda each: -each.score.total)
        if top is not None:
            ranked = [top, *(each for each in ranked if each is not top)]
        found = list(self._different(ranked)) or ranked[:1]
        return (*map(self._of_whole, found[:1]), *map(self._to_the_end, found[1:]))

    def _of_whole(self, reading: Reading) -> Reading:
        """Return the best reading of the first rows as one of the whole book."""
        supposed = self._supposed.get(reading)
        if self._whole is self._book or supposed is None:
            return reading
        lists = ListReader(self._whole, _views(self._whole), self._near, self._this_year)
        proposal = lists.propose(supposed)
        return reading if proposal is None else reading._replace(mapping=proposal.mapping)

    def _to_the_end(self, reading: Reading) -> Reading:
        """Return another reading so that it reads all rows of the book."""
        heights = {grid.sheet: len(grid.rows) for grid in self._whole.grids}
        sheets = tuple(
            each._replace(last_row=heights[each.sheet]) if each.last_row >= _ENOUGH else each
            for each in reading.mapping.sheets
        )
        return reading._replace(mapping=reading.mapping._replace(sheets=sheets))

    def _try(self, supposed: Supposition) -> Reading | None:
        proposal = self._lists.propose(supposed)
        if proposal is None:
            return None
        if proposal.mapping not in self._read:
            score = score_of(self._book, proposal.plan, proposal.mapping)
            reading = Reading(_label(proposal), proposal.mapping, score)
            self._read[proposal.mapping] = reading
            self._outcomes[reading], self._supposed[reading] = proposal.plan, supposed
        return self._read[proposal.mapping]

    def _try_form(self, form: FormMapping) -> Reading:
        mapping = Mapping(form.title, (), form.levels, form.statuses, form.rounds, form=form)
        plan = read_plan(self._book, mapping)
        label = f"様式（{len(form.sheets)}枚のシート）"
        reading = Reading(label, mapping, score_of(self._book, plan, mapping))
        self._read[mapping] = reading
        self._outcomes[reading] = plan
        return reading

    def _is_better(self, reading: Reading, top: Reading, bold: float = 0.0) -> bool:
        """Tell whether a less usual reading makes clearly more sense; few rows prove little."""
        proofs = len(self._outcomes[top].actions)
        form = reading.mapping.form
        if form is not None:  # each label that was understood proves as much as a row
            proofs = max(proofs, sum(each.role not in _TELL_LITTLE for each in form.labels))
        margin = _CLEARLY + bold + _DOUBT / max(proofs, 1)
        return reading.score.total > top.score.total + margin

    def _different(self, ranked: list[Reading]) -> Iterator[Reading]:
        """Yield the readings that find actions, others or otherwise than all better ones."""
        seen: set[frozenset[tuple[object, ...]]] = set()
        for each in ranked:
            actions = self._outcomes[each].actions
            outcome = frozenset((a.path, squeezed(a.title), len(a.lines)) for a in actions)
            if actions and outcome not in seen:
                seen.add(outcome)
                yield each


def _views(book: Book) -> list[SheetView]:
    shown = [SheetView(grid) for grid in book.grids if not grid.hidden]
    return shown or [SheetView(grid) for grid in book.grids]


def _first_rows(book: Book) -> Book:
    """Return the book with as many rows of each sheet as tell how it is read."""
    if all(len(grid.rows) <= _ENOUGH for grid in book.grids):
        return book
    return book._replace(grids=tuple(g._replace(rows=g.rows[:_ENOUGH]) for g in book.grids))


def _label(proposal: Proposal) -> str:
    sheet = proposal.mapping.sheets[0]
    action = next((each for each in sheet.columns if each.role is ColumnRole.ACTION), None)
    column = f"、実行計画は{column_letter(action.column)}列" if action else ""
    first, last = sheet.first_heading_row, sheet.last_heading_row
    rows = f"{first}行目" if first == last else f"{first}～{last}行目"
    ways = "" if proposal.mapping.splits else "、セルの中は分けない"
    ways += "、続きの行をつなぐ" if proposal.mapping.joins else ""
    name = f"「{sheet.sheet}」の" if sheet.sheet else ""
    return f"{name}一覧（見出しは{rows}{column}{ways}）"


# What may be supposed otherwise, from what decides most to what decides least.
_ALTERNATIVES: tuple[Callable[[Supposition], list[Supposition]], ...] = (
    lambda known: [known._replace(sheets=place) for place in range(1, _MOST_GROUPS)],
    lambda known: [
        known._replace(area=area, action=action)
        for area in range(MOST_AREAS)
        for action in range(_MOST_ACTIONS)
    ],
    lambda _: [Supposition(parts=True)],
    lambda known: [known._replace(splits=not known.splits)],
    lambda known: [known._replace(joins=not known.joins)],
    lambda known: [known._replace(blocks=not known.blocks)],
)


def _near(book: Book, views: list[SheetView], this_year: int) -> int:
    """Return a year that the years without an era are near to."""
    top = [text for view in views for row in range(1, 9) for text in view.row(row).values()]
    short = [text for text in (*top, stem_of(book.name)) if len(text) <= _LONGEST_LINE]
    found = (years_in(text, this_year) for text in short if _ERA.search(text))
    named = next((max(years) for years in found if years), None)
    if named is not None:
        return named
    days = (_ERA.search(squeezed(text)) for text in short)
    day = next((year_of(f"{each[0]}度", this_year) for each in days if each), None)
    past = Near(this_year - _BACK, this_year + 1, this_year)  # what is told has been
    bare = (years_in(text, past) for text in short)
    return day or next((max(years) for years in bare if years), this_year)
