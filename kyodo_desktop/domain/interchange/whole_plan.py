"""All rows of a plan's file: what every form of export says, and every import gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kyodo_desktop.domain.fiscal_year import Near
from kyodo_desktop.domain.importing.grid import CellPlace

Value = str | int | None
Row = Mapping[str, Value]
"""A row by the columns of the database. One that is new has no `id` yet."""

FORMAT = "kyodo-plan"
VERSION = 1
"""Goes up when an older program could no longer read what is written."""

_YEARS_UNKNOWN = 2015


def years_of(first: object, last: object) -> Near:
    """Return what years without an era are near to, where a plan may not say its own years."""
    if isinstance(first, int) and isinstance(last, int):
        return Near(first, last, last)
    return Near.of(first if isinstance(first, int) else _YEARS_UNKNOWN)


class Origin(NamedTuple):
    """Where a row was read from: a sheet and its row, or only a label; columns by heading."""

    label: str
    sheet: str = ""
    row: int = 0
    columns: Mapping[str, int] = {}

    def at(self, heading: str) -> str:
        """Return the place of a value, to begin a sentence with."""
        if heading in self.columns:
            place = CellPlace(self.sheet, self.row, self.columns[heading]).label
            return f"{self.label}{place}「{heading}」"
        return f"{self.label}「{heading}」"


class WholePlan(NamedTuple):
    """The rows by table, in the order of `TABLES`; `origins` say where each was read from.

    `origins` is keyed by table and the row's place in it, and so is `contexts`: what a row
    says of its place in the plan besides its own columns.
    """

    tables: dict[str, list[Row]]
    origins: Mapping[tuple[str, int], Origin] = {}
    contexts: Mapping[tuple[str, int], Mapping[str, str]] = {}


class Misfit(NamedTuple):
    """A row that does not fit: which, in what column, and why.

    Without a place it is the rows of the table together. `reason` goes on where the name of
    the place ends.
    """

    table: str
    place: int | None
    column: str
    reason: str
