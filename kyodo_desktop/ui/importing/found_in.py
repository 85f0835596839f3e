"""What jobs find in a file: a book, how it is read, and all that the page shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.importing.grid import Book, Unread
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.found_rows import FoundRows, counts, status_counts
from kyodo_desktop.ui.importing.row_kinds import row_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.job_control import JobControl


class Found(NamedTuple):
    """A book as it is read by a mapping. `kinds` are those of the rows of each sheet.

    `counts` and `marks` say in words how much was found, `unread` lists what was not.

    `is_known` tells that the mapping was saved for a table with the same columns.
    """

    book: Book
    mapping: Mapping
    rows: FoundRows
    kinds: dict[str, bytes]
    counts: str
    marks: str
    unread: tuple[Unread, ...]
    is_known: bool = False


def found_in_file(path: Path, saved: Iterable[str], control: JobControl) -> Found:
    """Read a file by the first saved mapping (JSON) that fits it, else as it is guessed.

    Raises PlanError.
    """
    from kyodo_desktop.domain.importing.readings import guess_mapping
    from kyodo_desktop.excel.reading.tables import read_table
    from kyodo_desktop.services.importing.mappings import mapping_for

    book = read_table(path, control)
    known = mapping_for(book, saved)
    if known is not None:
        return found_by(book, known, control)._replace(is_known=True)
    return found_by(book, guess_mapping(book), control)


def fitted_to_book(saved: Mapping, book: Book, control: JobControl) -> Found:
    """Read a book as another table was read. Raises PlanError."""
    from kyodo_desktop.domain.importing.fitting import fitted

    return found_by(book, fitted(saved, book), control)


def found_by(book: Book, mapping: Mapping, control: JobControl) -> Found:
    """Read a book as a mapping says."""
    from kyodo_desktop.domain.importing.reading import read_plan

    plan = read_plan(book, mapping, control.report)
    rows = FoundRows(plan, [grid.sheet for grid in book.grids])
    kinds = {
        grid.sheet: row_kinds(grid, choosing.sheet_of(mapping, grid.sheet), rows)
        for grid in book.grids
    }
    unread = dict.fromkeys([*(each for grid in book.grids for each in grid.unread), *plan.unread])
    return Found(book, mapping, rows, kinds, counts(plan), status_counts(plan), tuple(unread))


def with_sheet(book: Book, mapping: Mapping, sheet: str, control: JobControl) -> Found:
    """Take in one more sheet, where its table is guessed; without one nothing of it is taken."""
    from kyodo_desktop.domain.importing.readings import guess_mapping

    grid = next(each for each in book.grids if each.sheet == sheet)
    try:
        [choice] = guess_mapping(Book(book.name, (grid,))).sheets
    except RefusedError:
        choice = choosing.blank_sheet(grid)
    wider = choosing.with_sheet(mapping, choosing.lowered(choice, len(mapping.levels)), book)
    return found_by(book, wider, control)
