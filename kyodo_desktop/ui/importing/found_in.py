"""What jobs find in a file: a book, how it is read, and all that the page shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.importing.grid import Book
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.doubt_rows import DoubtRows
from kyodo_desktop.ui.importing.found_rows import FoundRows, counts, status_counts
from kyodo_desktop.ui.importing.row_kinds import row_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kyodo_desktop.domain.importing.grid import Grid
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice
    from kyodo_desktop.domain.importing.readings import Reading
    from kyodo_desktop.domain.job_control import JobControl

_MOST_READINGS, _SENSIBLE = 6, 0.5  # that are offered, and how sensible they must be
_SOON_READ = 3000  # rows
_FREED_AT_ONCE = 500


class ReadingChoice(NamedTuple):
    """A way to read the book that is offered; of a large book `actions` are not counted."""

    label: str
    mapping: Mapping
    actions: int | None = None


class Found(NamedTuple):
    """A book as it is read by a mapping. `kinds` are those of the rows of each sheet.

    `counts` and `marks` say in words how much was found, `doubts` list what to look at.

    `is_known` tells that the mapping was saved for a table with the same columns. `readings`
    are the ways that are offered for a file just opened, the most sensible first.
    """

    book: Book
    mapping: Mapping
    rows: FoundRows
    kinds: dict[str, bytes]
    counts: str
    marks: str
    doubts: DoubtRows
    is_known: bool = False
    readings: tuple[ReadingChoice, ...] = ()


def found_in_file(path: Path, saved: Iterable[str], control: JobControl) -> Found:
    """Read a file by the first saved mapping (JSON) that fits it, else as it is guessed.

    Raises PlanError.
    """
    from kyodo_desktop.domain.importing.readings import readings_of
    from kyodo_desktop.excel.data_book import refuse_written_out
    from kyodo_desktop.excel.reading.tables import read_table
    from kyodo_desktop.services.importing.mappings import mapping_for

    refuse_written_out(path)
    book = read_table(path, control)
    readings = readings_of(book)
    known = mapping_for(book, saved, readings)
    found = found_by(book, known or readings[0].mapping, control)
    return found._replace(
        is_known=known is not None, readings=_offered(book, readings, found, control)
    )


def fitted_to_book(saved: Mapping, book: Book, control: JobControl) -> Found:
    """Read a book as another table was read. Raises PlanError."""
    from kyodo_desktop.domain.importing.fitting import fitted

    return found_by(book, fitted(saved, book), control)


def found_by(book: Book, mapping: Mapping, control: JobControl) -> Found:
    """Read a book as a mapping says."""
    from kyodo_desktop.domain.importing.doubts import doubts_of
    from kyodo_desktop.domain.importing.reading import read_plan

    plan = read_plan(book, mapping, control.report)
    rows = FoundRows(plan, [grid.sheet for grid in book.grids])
    kinds = {grid.sheet: row_kinds(grid, mapping, rows) for grid in book.grids}
    unread = dict.fromkeys([*(each for grid in book.grids for each in grid.unread), *plan.unread])
    doubts = DoubtRows(doubts_of(plan, unread))
    return Found(book, mapping, rows, kinds, counts(plan), status_counts(plan), doubts)


def with_sheet(book: Book, mapping: Mapping, sheet: str, control: JobControl) -> Found:
    """Take in one more sheet, where its table is guessed; without one nothing of it is taken."""
    grid = next(each for each in book.grids if each.sheet == sheet)
    if mapping.form is None:
        choice = choosing.lowered(_guessed_sheet(book, grid), len(mapping.levels))
        wider = choosing.with_sheet(mapping, choice, book)
    else:
        wider = choosing.with_form_sheet(mapping, sheet, book)
    return found_by(book, wider, control)


def let_go(past: list[Found]) -> None:
    """Free results that nobody shows, some rows at a time: a thread stops all others meanwhile."""
    parts: list[object] = []
    while past:
        rows, doubts = past[-1].rows, past.pop().doubts
        parts += [*rows.found.actions, *rows.rows, *doubts.rows]
        del rows, doubts
    while parts:
        del parts[-_FREED_AT_ONCE:]


def _guessed_sheet(book: Book, grid: Grid) -> SheetChoice:
    from kyodo_desktop.domain.importing.readings import readings_of

    try:
        readings = readings_of(Book(book.name, (grid,)))
    except RefusedError:
        return choosing.blank_sheet(grid)
    lists = [each.mapping.sheets for each in readings if each.mapping.form is None]
    return lists[0][0] if lists else choosing.blank_sheet(grid)


def _offered(
    book: Book, readings: Sequence[Reading], found: Found, control: JobControl
) -> tuple[ReadingChoice, ...]:
    """Return the best readings, with how much each finds where that is soon known."""
    from kyodo_desktop.domain.importing.reading import read_plan

    def watch(_done: int, _total: int) -> None:
        control.check()

    is_small = sum(len(grid.rows) for grid in book.grids) <= _SOON_READ
    offered = []
    for each in readings[:_MOST_READINGS]:
        count = None
        if each.mapping == found.mapping:
            count = len(found.rows.found.actions)
        elif is_small:
            count = len(read_plan(book, each.mapping, watch).actions)
        if each is readings[0] or (count != 0 and each.score.total >= _SENSIBLE):
            offered.append(ReadingChoice(each.label, each.mapping, count))
    return tuple(offered)
