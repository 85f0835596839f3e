"""Where new siblings stand among those that are there, and what is then printed before each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.numbering import number
from kyodo_desktop.services.importing.contents import unusual

if TYPE_CHECKING:
    from collections.abc import Sequence


class Present(NamedTuple):
    """A sibling that is there: its number as it is kept, and as it is shown."""

    id: int
    kept: str
    shown: str


class Wanted(NamedTuple):
    """A sibling of the table. `number` is nothing where it may follow from the place."""

    id: int
    number: str
    is_new: bool


def arranged(
    present: Sequence[Present], wanted: Sequence[Wanted], numbering: str
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


def _order(present: Sequence[int], wanted: Sequence[Wanted]) -> list[int]:
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


def _kept(known: Present | None, wanted: str | None, numbering: str, place: int) -> str:
    if known is None:
        return unusual(wanted, numbering, place) if wanted else ""
    shown = wanted or known.shown
    if (known.kept or number(numbering, place + 1)) == shown:
        return known.kept
    return unusual(shown, numbering, place)
