"""Tables of long texts, told in records: a row of what is short, and below it the texts.

Two texts stand beside each other where that is lower, else each in the full width.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import looks, widths
from kyodo_desktop.pages.content import Cell, PageRow, RowRole, is_runs
from kyodo_desktop.pages.laid import PIXEL, em_within
from kyodo_desktop.pages.stacking import with_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.pages.content import Part
    from kyodo_desktop.pages.text_metrics import LengthsOf

_DEEPEST = 99  # level of a record's first row, below all headings
_ANY = 400.0  # em
_LEAST = 12.0  # em of a text beside another
_BESIDE = 2  # texts
_AIR = 0.3  # of a line, around the texts of a row


class Fitted(NamedTuple):
    """A part as it is told, and how wide its columns are, in points."""

    part: Part
    widths: list[float]

    def lines(self, lengths_of: LengthsOf, size: float) -> float:
        """Return the height of its rows in lines, about; merged headings aside."""
        edges = [0.0, *accumulate(self.widths)]
        found = 0.0
        for row in self.part.rows:
            highest, column = 1, 0
            for cell in row.cells:
                width = edges[column + cell.columns] - edges[column]
                column += cell.columns
                if cell.run is None and cell.text:
                    room = em_within(width, size)
                    highest = max(highest, widths.line_count(lengths_of(cell.text), room))
            found += _AIR + highest
        return found


def in_records(part: Part, lengths_of: LengthsOf, *, size: float, width: float) -> Fitted | None:
    """Return a part with a record for each row; nothing where all columns have long texts."""
    whole = [row for row in part.rows if len(row.cells) == len(part.widths)]
    below = {place for row in whole for place, cell in enumerate(row.cells) if cell.flows}
    kept = [place for place in range(len(part.widths)) if place not in below]
    if not kept or not below:
        return None
    rows = tuple(replace(row, cells=tuple(row.cells[each] for each in kept)) for row in whole)
    beside = max(len(_beside(row.cells)) for row in whole)
    least = [part.widths[each].least for each in kept]
    wanted = (
        WidthRange(each, each if place < beside else _ANY) for place, each in enumerate(least)
    )
    short = replace(part, widths=tuple(wanted), rows=rows)
    found = widths.column_widths(short, rows, lengths_of, size=size, width=width)
    grid = _Grid.of(dict(zip(kept, found, strict=True)), len(part.widths), beside)
    return _Records(part, grid, lengths_of, size).fitted()


class _Grid(NamedTuple):
    """The edges of the columns in points, and at which of them each old column begins.

    Old columns of long texts have no width. The middle is an edge, too.
    """

    edges: list[float]
    starts: list[int]

    @classmethod
    def of(cls, found: dict[int, float], columns: int, beside: int) -> _Grid:
        edges, starts = [0.0], []
        first = sum(width for column, width in found.items() if column < beside)
        middle = (first + sum(found.values())) / 2 // PIXEL * PIXEL
        for column in range(columns):
            starts.append(len(edges) - 1)
            if column in found:
                end = edges[-1] + found[column]
                edges += [middle, end] if edges[-1] < middle < end else [end]
        return cls(edges, [*starts, len(edges) - 1])


class _Split(NamedTuple):
    """Two texts beside each other: over how many columns each goes, and its room in em."""

    one: int
    two: int
    rooms: tuple[float, float]


class _Records:
    def __init__(self, part: Part, grid: _Grid, lengths_of: LengthsOf, size: float) -> None:
        self._part, self._grid, self._lengths_of, self._size = part, grid, lengths_of, size
        self._splits = cache(self._splits_from)

    def fitted(self) -> Fitted:
        part = self._part
        found = [end - start for start, end in pairwise(self._grid.edges)]
        records = replace(
            part,
            widths=tuple(part.widths[0] for _ in found),
            top=tuple(map(self._short, part.top)),
            header=tuple(map(self._short, part.header)),
            rows=tuple(self._rows()),
        )
        return Fitted(records, found)

    def _rows(self) -> Iterator[PageRow]:
        for row, names in with_names(self._part, self._part.rows):
            if len(row.cells) != len(self._part.widths) or row.kind is RowRole.HEADER:
                yield self._short(row)
            else:
                yield from self._record(row, names)

    def _short(self, row: PageRow) -> PageRow:
        return replace(row, cells=tuple(self._cells(row)))

    def _cells(self, row: PageRow) -> Iterator[Cell]:
        """Yield the cells of a row that still have columns."""
        starts, column = self._grid.starts, 0
        for cell in row.cells:
            start, stop = starts[column], starts[column + cell.columns]
            column += cell.columns
            if stop > start:
                yield cell if cell.columns == stop - start else cell._replace(columns=stop - start)

    def _record(self, row: PageRow, names: Sequence[str]) -> Iterator[PageRow]:
        """Yield the rows that tell one: what is short of it, then its texts."""
        starts = self._grid.starts
        texts = [
            _named(name, cell)
            for cell, name, (start, stop) in zip(row.cells, names, pairwise(starts), strict=True)
            if start == stop and cell.text
        ]
        short = tuple(map(_bold_name, self._cells(row)))
        yield replace(
            row,
            cells=short,
            kind=RowRole.BAND,
            level=_DEEPEST,
            joined=bool(texts) or row.joined,
            repeats=True,
        )
        beside = _beside(short)
        for cells in self._in_rows(texts, starts[len(beside)]):
            yield PageRow((*beside, *cells))

    def _in_rows(self, texts: Sequence[Cell], begin: int) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a record's texts, which begin at an edge."""
        lengths = [self._lengths_of(each.text) for each in texts]
        edges = self._grid.edges
        room = self._em(edges[-1] - edges[begin])
        lowest = sum(_AIR + widths.line_count(each, room) for each in lengths)
        found = None
        for split in self._splits(begin) if len(texts) == _BESIDE else ():
            height = _AIR + max(map(widths.line_count, lengths, split.rooms))
            if height < lowest:
                lowest, found = height, split
        if found:
            one, two = texts
            yield one._replace(columns=found.one), two._replace(columns=found.two)
        else:
            for each in texts:
                yield (each._replace(columns=len(edges) - 1 - begin),)

    def _splits_from(self, begin: int) -> Sequence[_Split]:
        """Return where two texts may meet so that both have room, near the middle first."""
        edges = self._grid.edges
        first, last = edges[begin], edges[-1]
        found = []
        for place in range(begin + 1, len(edges) - 1):
            rooms = self._em(edges[place] - first), self._em(last - edges[place])
            if min(rooms) >= _LEAST:
                found.append(_Split(place - begin, len(edges) - 1 - place, rooms))
        return sorted(found, key=lambda split: max(split.rooms))

    def _em(self, width: float) -> float:
        return em_within(width, self._size)


def _bold_name(cell: Cell) -> Cell:
    """Return a cell that stands out where it says what the record is of."""
    is_name = cell.repeats and cell.look == looks.BODY
    return cell._replace(look=looks.TOP_HEADING) if is_name else cell


def _named(name: str, cell: Cell) -> Cell:
    """Return a text behind the name of its column, if that has one."""
    label = f"{name}：" if name else ""
    if is_runs(cell.value):
        return cell._replace(value=(Segment(label, changed=False), *cell.value), is_raised=True)
    return cell._replace(value=label + cell.text, is_raised=True)


def _beside(cells: Iterable[Cell]) -> list[Cell]:
    """Return the merged headings before what is said of an action."""
    return [*takewhile(lambda cell: cell.run is not None, cells)]
