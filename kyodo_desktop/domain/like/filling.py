"""What is written into a copy of an office's table, and what is notices of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import CellPlace, Unread

MISSING_SHEET = "元の表にない実行計画"


class CellWrite(NamedTuple):
    """The whole new text of a cell, in the form in which `Grid` gives the texts of cells."""

    place: CellPlace
    text: str


class TableFilling(NamedTuple):
    """`missing` are the rows of a sheet for what has no place in the table, its heading first.

    `notices` says of cells what was not or not plainly written; `gone` are the actions that stand
    in the table but no longer in the plan.
    """

    writes: tuple[CellWrite, ...]
    missing: tuple[tuple[str, ...], ...] = ()
    notices: tuple[Unread, ...] = ()
    gone: tuple[Unread, ...] = ()
