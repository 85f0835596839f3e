"""紙面: rows of the published table, and headings merged over them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import is_placement, is_term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline

    Children = Callable[[int], Sequence[int]]
    """What stands under a node, as far as it is shown."""


class PaperRow(NamedTuple):
    """One row; `path` are the headings above it, from the top.

    `node` is a placement, or none under a heading without actions. Where several terms are
    shown, each begins with a row whose node is the term.
    """

    path: tuple[int, ...]
    node: int | None

    @property
    def is_term(self) -> bool:
        """Whether it is the row that names a term."""
        return self.node is not None and is_term(self.node)


def rows_below(outline: Outline, node: int, children: Children | None = None) -> list[PaperRow]:
    """Return the rows below a term or a heading; a heading without actions has one too."""
    shown = children or (lambda above: outline.children.get(above, ()))
    return list(_walk(shown, node, ()))


def _walk(shown: Children, node: int, path: tuple[int, ...]) -> Iterator[PaperRow]:
    below = shown(node)
    if not below and path:
        yield PaperRow(path, None)
    for child in below:
        if is_placement(child):
            yield PaperRow(path, child)
        else:
            yield from _walk(shown, child, (*path, child))


def rows_of(
    outline: Outline, terms: Sequence[int], children: Children | None = None
) -> list[PaperRow]:
    """Return the rows of terms, each behind its own row where there are several."""
    found: list[PaperRow] = []
    for term in terms:
        rows = rows_below(outline, term, children)
        if len(terms) > 1 and rows:
            found.append(PaperRow((), term))
        found += rows
    return found


class Run(NamedTuple):
    """The rows over which a heading is merged: from `start` to before `stop`."""

    start: int
    stop: int


class PaperTable:
    """The rows of the table, and over which of them each heading is merged.

    `levels` is the number of columns with headings; one that stands higher than its level is
    followed by empty cells, merged like it.
    """

    def __init__(self, rows: Sequence[PaperRow], levels: int) -> None:
        self.rows = rows
        self.levels = levels
        self._starts = [self._starts_at(level) for level in range(levels)]

    def __len__(self) -> int:
        return len(self.rows)

    def run(self, row: int, level: int) -> Run:
        """Return the merged rows that a row belongs to."""
        starts = self._starts[level]
        place = bisect_right(starts, row)
        return Run(starts[place - 1], starts[place] if place < len(starts) else len(self.rows))

    def heading(self, row: int, level: int) -> int | None:
        """Return the heading that a row stands under."""
        path = self.rows[row].path
        return path[level] if level < len(path) else None

    def _starts_at(self, level: int) -> list[int]:
        runs = groupby(self.rows, key=lambda row: (row.path[: level + 1], row.is_term))
        lengths = [sum(1 for _ in run) for _, run in runs]
        return [0, *accumulate(lengths)][:-1]


def settled(
    table: PaperTable,
    row: int,
    height: Callable[[int], int],
    heading_height: Callable[[int, int], int],
    least: int,
) -> int:
    """Return the height of a row as the headings beside it need it.

    `height` is what the row's own cells need and never less than `least`, `heading_height` what
    the heading of a row at a level does. The last row of a heading gives what the rows lack, so
    that only headings of few rows ask for the heights of others.
    """
    return _settled_at(table, row, 0, (height, heading_height, least))


_Measures = tuple["Callable[[int], int]", "Callable[[int, int], int]", int]


def _settled_at(table: PaperTable, row: int, level: int, measures: _Measures) -> int:
    height, heading_height, least = measures
    if level == table.levels:
        return height(row)
    own = _settled_at(table, row, level + 1, measures)
    run = table.run(row, level)
    if row != run.stop - 1 or table.heading(row, level) is None:
        return own
    needed = heading_height(row, level)
    if (run.stop - run.start) * least >= needed:
        return own
    others = sum(
        _settled_at(table, each, level + 1, measures) for each in range(run.start, run.stop - 1)
    )
    return max(own, needed - others)
