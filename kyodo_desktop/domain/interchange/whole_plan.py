"""All rows of a plan's file: what every form of export says, and every import gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Value = str | int | None
Row = Mapping[str, Value]
"""A row by the columns of the database. One that is new has no `id` yet."""

FORMAT = "kyodo-plan"
VERSION = 1
"""Goes up when an older program could no longer read what is written."""


class WholePlan(NamedTuple):
    """The rows by table, in the order of `TABLES`; `places` say where each was read from.

    `places` is keyed by table and the row's place in it.
    """

    tables: dict[str, list[Row]]
    places: Mapping[tuple[str, int], str] = {}


class Misfit(NamedTuple):
    """A row that does not fit: which, in what column, and why.

    Without a place it is the rows of the table together. `reason` goes on where the name of
    the place ends.
    """

    table: str
    place: int | None
    column: str
    reason: str
