"""What was read out of a table: a plan whose every part knows the cell it is from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import CellPlace, Unread
    from kyodo_desktop.domain.importing.mapping import ColumnRole
    from kyodo_desktop.domain.vocabulary import StatusEntry


class Form(StrEnum):
    """How a value stands in its cell."""

    TEXT = "text"  # the cell, or the span of it, is the value
    TICK = "tick"  # a ○ in the column whose heading is the value
    CHOICE = "choice"  # the ■ among printed choices: ■継続 □廃止
    LED = "led"  # the mark that begins a line of a text
    ENDED = "ended"  # the mark in brackets that ends a line of a text
    NUMBERED = "numbered"  # the part of one of several actions in a cell: ①… ②…


class ValueOrigin(NamedTuple):
    """Where a value of an action stands.

    `line` counts the lines of `FoundAction.lines` and is 0 for everything else; `start` and
    `end` count the characters of the cell's text as the grid has it, an `end` of None is its
    end.
    """

    field: ColumnRole
    round: str
    line: int
    place: CellPlace
    start: int = 0
    end: int | None = None
    form: Form = Form.TEXT


class FoundRound(NamedTuple):
    """A round that the table speaks of; `as_of` is `YYYY-MM-DD`."""

    name: str
    fiscal_year: int
    as_of: str


class FoundHeading(NamedTuple):
    """A heading below those of `path`; (number, title) each, from the top."""

    path: tuple[tuple[str, str], ...]
    number: str
    title: str
    place: CellPlace

    @property
    def own_path(self) -> tuple[tuple[str, str], ...]:
        """The path of what stands below this heading."""
        return (*self.path, (self.number, self.title))


class FoundLine(NamedTuple):
    """A line of 進捗状況. `status` is a mark of `FoundPlan.statuses`, or empty."""

    round: str
    section: str
    status: str
    text: str
    place: CellPlace


class FoundOutlook(NamedTuple):
    """今後の方向性: `direction` is one of `FoundPlan.directions`, or empty."""

    round: str
    direction: str
    text: str
    place: CellPlace


class FoundAction(NamedTuple):
    """An action where it is at home; `path` as in `FoundHeading`, `due` is `YYYY-MM`.

    `relisted` are its other placements (再掲).
    """

    path: tuple[tuple[str, str], ...]
    number: str
    title: str
    place: CellPlace
    description: str = ""
    start_fiscal_year: int | None = None
    due: str | None = None
    note: str = ""
    sections: tuple[str, ...] = ()
    related_sections: tuple[str, ...] = ()
    lines: tuple[FoundLine, ...] = ()
    outlooks: tuple[FoundOutlook, ...] = ()
    relisted: tuple[FoundPlacement, ...] = ()
    origins: tuple[ValueOrigin, ...] = ()


class FoundPlacement(NamedTuple):
    """Another place of an action (再掲)."""

    path: tuple[tuple[str, str], ...]
    number: str
    place: CellPlace


class FoundPlan(NamedTuple):
    """The whole; `levels` are (name, numbering) from the top to the action.

    Headings and actions are in the order of the table; the name of a heading in `path` is
    that of a heading before it. `unread` lists what was left out that may have meant something,
    `untold` the marks of statuses of which the table does not say what they mean.
    """

    title: str
    first_fiscal_year: int
    last_fiscal_year: int
    levels: tuple[tuple[str, str], ...]
    statuses: tuple[StatusEntry, ...]
    directions: tuple[str, ...]
    rounds: tuple[FoundRound, ...]
    headings: tuple[FoundHeading, ...]
    actions: tuple[FoundAction, ...]
    unread: tuple[Unread, ...] = ()
    untold: tuple[str, ...] = ()
