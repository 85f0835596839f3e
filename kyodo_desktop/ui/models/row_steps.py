"""From the rows that are shown to those that shall be, by taking some away and adding others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Nodes = tuple[int, ...]


class RowSteps(NamedTuple):
    """What changes under one parent.

    Runs are (first, last) rows: those to take away, from the last to the first; then those of
    `after` to add, from the first to the last.
    """

    after: Nodes
    away: list[tuple[int, int]]
    added: list[tuple[int, int]]


def row_steps(before: Nodes, after: Nodes) -> RowSteps | None:
    """Return the steps, or nothing where rows change places."""
    if before is after or before == after:
        return RowSteps(after, [], [])
    staying = set(before).intersection(after)
    if [node for node in before if node in staying] != [node for node in after if node in staying]:
        return None
    away = list(_runs([node not in staying for node in before]))
    added = list(_runs([node not in staying for node in after]))
    return RowSteps(after, away[::-1], added)


def _runs(chosen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each unbroken run of chosen ones."""
    start = None
    for place, each in enumerate((*chosen, False)):
        if each and start is None:
            start = place
        elif not each and start is not None:
            yield start, place - 1
            start = None
