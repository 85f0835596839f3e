"""What the rows of a part are where no page divides them: paragraphs, tables, figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages.content import Cell, PageOf, PageRow, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.pages.content import Chart


class HeadingBlock(NamedTuple):
    """What stands above something else than a table; of a table it is the caption."""

    row: PageRow


class TextBlock(NamedTuple):
    """A row that belongs to no table."""

    row: PageRow


class ChartBlock(NamedTuple):
    """A figure; the numbers in it are in a table of the same part."""

    chart: Chart


@dataclass
class TableBlock:
    """Rows under one head; `caption` is nothing where another thing stands between."""

    caption: PageRow | None
    head: list[PageRow] = field(default_factory=list)
    body: list[PageRow] = field(default_factory=list)

    @property
    def has_facets(self) -> bool:
        """Whether rows of it are about actions by which it can be filtered."""
        return any(row.facets for row in self.body)

    @property
    def tells_pages(self) -> bool:
        """Whether it says on which pages things are."""
        return any(isinstance(cell.value, PageOf) for row in self.body for cell in row.cells)


Block = HeadingBlock | TextBlock | ChartBlock | TableBlock


def blocks_of(rows: Iterable[PageRow]) -> Iterator[Block]:
    """Yield what the rows are; the part's own heading is none of them."""
    caption: PageRow | None = None
    table: TableBlock | None = None
    for row in rows:
        if row.kind in _OF_TABLES:
            if table is None or (row.kind is RowRole.HEADER and table.body):
                if table is not None:
                    yield table
                table, caption = TableBlock(caption), None
            (table.head if row.kind is RowRole.HEADER else table.body).append(row)
            continue
        if table is not None:
            yield table
            table = None
        if caption is not None:
            yield HeadingBlock(caption)
            caption = None
        if row.kind is RowRole.CAPTION:
            caption = row
        elif row.kind is RowRole.TEXT and any(cell.text.strip() for cell in row.cells):
            yield TextBlock(row)
        elif row.chart is not None:
            yield ChartBlock(row.chart)
    if table is not None:
        yield table
    if caption is not None:
        yield HeadingBlock(caption)


_OF_TABLES = frozenset((RowRole.HEADER, RowRole.BAND, RowRole.BODY, RowRole.TOTAL))


class Placed(NamedTuple):
    """A cell from the grid column `left` to before `right`, over so many rows."""

    cell: Cell
    left: int
    right: int
    rows: int = 1


def placed(rows: Iterable[PageRow]) -> list[list[Placed]]:
    """Return the cells of rows that follow each other; a run is where it begins."""
    grid = [[*_side_by_side(row.cells)] for row in rows]
    return [
        [
            each._replace(rows=_rows_of(each, grid[place:]))
            for each in row
            if not (place and _goes_on(each, grid[place - 1]))
        ]
        for place, row in enumerate(grid)
    ]


def _side_by_side(cells: Iterable[Cell]) -> Iterator[Placed]:
    left = 0
    for cell in cells:
        yield Placed(cell, left, left + cell.columns)
        left += cell.columns


def _goes_on(each: Placed, above: Iterable[Placed]) -> bool:
    return each.cell.run is not None and any(
        (other.left, other.right, other.cell.run) == (each.left, each.right, each.cell.run)
        for other in above
    )


def _rows_of(each: Placed, grid: list[list[Placed]]) -> int:
    """Return over how many rows a cell goes, of which the first is its own."""
    count = 1
    while count < len(grid) and _goes_on(each, grid[count]):
        count += 1
    return count
