"""The columns of the tables in a book by what they hold; a sheet may have several tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.mapping import ColumnRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundAction
    from kyodo_desktop.domain.importing.grid import Book, CellPlace, Grid
    from kyodo_desktop.domain.importing.mapping import ColumnChoice, Mapping, SheetChoice

OF_A_ROUND = frozenset(
    (
        ColumnRole.STATUS,
        ColumnRole.PROGRESS,
        ColumnRole.ISSUE,
        ColumnRole.DIRECTION,
        ColumnRole.OUTLOOK,
    )
)


class TablePart(NamedTuple):
    """One of the tables of the book: a sheet may have several below each other."""

    sheet: str
    first_row: int


class TableColumns:
    """The columns of the book's tables by what they hold.

    A column of a round in which nothing stands yet tells nothing by its contents: it is the one
    that stands as in the block of another round, under the same words.
    """

    def __init__(self, mapping: Mapping, book: Book) -> None:
        self._own = mapping.rounds[-1].name if mapping.rounds else ""
        self._row_rounds = mapping.row_rounds
        self._found: dict[tuple[TablePart, ColumnRole, str], list[ColumnChoice]] = defaultdict(
            list
        )
        self._ends = {_table(each): each.last_row for each in mapping.sheets}
        grids = {grid.sheet: grid for grid in book.grids}
        for sheet in mapping.sheets:
            for each in sorted(sheet.columns):
                named = (each.round or self._own) if each.role in OF_A_ROUND else ""
                self._found[_table(sheet), each.role, named].append(each)
            if sheet.sheet in grids:
                self._complete(sheet, grids[sheet.sheet])

    def table(self, place: CellPlace) -> TablePart:
        """Return the table in which a cell is: the last one that begins above it."""
        own = [each for each in self._ends if each.sheet == place.sheet]
        above = [each for each in own if each.first_row <= place.row]
        return max(above, default=min(own, default=TablePart(place.sheet, 0)))

    def end(self, place: CellPlace) -> int:
        """Return the last row of the table in which a cell is."""
        return self._ends[self.table(place)]

    def main_place(self, actions: Sequence[FoundAction]) -> CellPlace:
        """Return the first action of the table with most of them."""
        counts = Counter(self.table(each.place) for each in actions)
        main = counts.most_common(1)[0][0]
        return next(each.place for each in actions if self.table(each.place) == main)

    def _complete(self, sheet: SheetChoice, grid: Grid) -> None:
        """Add the columns that a block of a round has in common with another one."""
        taken = {each.column for each in sheet.columns if each.role is not ColumnRole.IGNORED}
        table = _table(sheet)
        names = dict.fromkeys(named for own, _, named in self._found if named and own == table)
        for name, other in ((one, two) for one in names for two in names if one != two):
            steps = {
                mine[0].column - theirs[0].column
                for role in OF_A_ROUND
                if (mine := self._of(table, role, name))
                and (theirs := self._of(table, role, other))
            }
            for role in OF_A_ROUND if len(steps) == 1 else ():
                theirs = self._of(table, role, other)
                if not theirs or self._of(table, role, name):
                    continue
                column = theirs[0].column + min(steps)
                word = grid.text(sheet.last_heading_row, column)
                same = word and word == grid.text(sheet.last_heading_row, theirs[0].column)
                if column not in taken and same:
                    new = theirs[0]._replace(column=column, round=name)
                    self._found[table, role, name].append(new)

    def every(self, place: CellPlace) -> list[ColumnChoice]:
        """Return all columns of a cell's table that hold something, from the left."""
        table = self.table(place)
        found = {
            each.column: each
            for (own, role, _), columns in self._found.items()
            if own == table and role is not ColumnRole.IGNORED
            for each in columns
        }
        return [found[column] for column in sorted(found)]

    def is_of(self, column: ColumnChoice, round_name: str) -> bool:
        """Tell whether a column speaks of a round."""
        return (column.round or self._own) == round_name

    def of(self, place: CellPlace, role: ColumnRole, round_name: str = "") -> list[ColumnChoice]:
        """Return the columns of a cell's table with a role, from the left.

        They are those of a round where the role is of one.
        """
        name = self._own if round_name in self._row_rounds else round_name
        return self._of(self.table(place), role, name)

    def _of(self, table: TablePart, role: ColumnRole, round_name: str) -> list[ColumnChoice]:
        return self._found.get((table, role, round_name if role in OF_A_ROUND else ""), [])

    def down(self, role: ColumnRole, round_name: str) -> int:
        """Return how far below the first row of an action a round is told of."""
        of_row = role in OF_A_ROUND and round_name in self._row_rounds
        return self._row_rounds.index(round_name) if of_row else 0


def _table(sheet: SheetChoice) -> TablePart:
    return TablePart(sheet.sheet, sheet.first_heading_row)
