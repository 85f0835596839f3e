"""Where new siblings stand among those that are there, and what is then printed before each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.numbering import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundAction

    Path = tuple[tuple[str, str], ...]


class PresentSibling(NamedTuple):
    """A sibling that is there: its number as it is kept, and as it is shown."""

    id: int
    kept: str
    shown: str


class WantedSibling(NamedTuple):
    """A sibling of the table. `number` is nothing where it may follow from the place."""

    id: int
    number: str
    is_new: bool


def arranged(
    present: Sequence[PresentSibling], wanted: Sequence[WantedSibling], numbering: str
) -> list[tuple[int, str]]:
    """Return ids and kept numbers in order: each new one stands behind its neighbour.

    Who is not `wanted` otherwise goes on being shown with the number that they had.
    """
    order = _order([each.id for each in present], wanted)
    numbers = {each.id: each.number for each in wanted if each.number}
    known = {each.id: each for each in present}
    return [
        (row_id, _kept(known.get(row_id), numbers.get(row_id), numbering, place))
        for place, row_id in enumerate(order)
    ]


def _order(present: Sequence[int], wanted: Sequence[WantedSibling]) -> list[int]:
    there = set(present)
    behind: dict[int | None, list[int]] = {}
    last = None
    for each in wanted:
        if each.is_new:
            behind.setdefault(last, []).append(each.id)
        elif each.id in there:
            last = each.id
    order = behind.get(None, [])
    for row_id in present:
        order += [row_id, *behind.get(row_id, [])]
    return order


def _kept(known: PresentSibling | None, wanted: str | None, numbering: str, place: int) -> str:
    if known is None:
        return _unusual(wanted, numbering, place) if wanted else ""
    shown = wanted or known.shown
    if (known.kept or number(numbering, place + 1)) == shown:
        return known.kept
    return _unusual(shown, numbering, place)


def _unusual(printed: str, numbering: str, place: int) -> str:
    """Return a printed number that does not follow from the place (from 0); else nothing."""
    return "" if printed == number(numbering, place + 1) else printed


class TableSibling(NamedTuple):
    """An action under a heading, as the table has it: its place among the actions.

    `again` is 0 where it is at home.
    """

    order: tuple[int, int, int]
    again: int
    nth: int
    number: str


def table_siblings(actions: Iterable[FoundAction]) -> dict[Path, list[TableSibling]]:
    """Return what stands under each heading, in the order of the table, re-listings as well."""
    sheets: dict[str, int] = {}
    below: defaultdict[Path, list[TableSibling]] = defaultdict(list)
    for index, found in enumerate(actions):
        home = (found.path, found.number, found.place)
        for again, (path, printed, place) in enumerate((home, *found.relisted)):
            order = (sheets.setdefault(place.sheet, len(sheets)), place.row, index)
            below[path].append(TableSibling(order, again, index, printed))
    return {path: sorted(each) for path, each in below.items()}
