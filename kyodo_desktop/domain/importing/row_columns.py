"""The columns by which the rows of a sheet are told apart, and what its titles look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.shapes import FoundTitle, UsualShapes, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.shapes import Shape
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_GRADES = (ColumnRole.STATUS, ColumnRole.PROGRESS)
NAMES = (
    ColumnRole.IGNORED,
    ColumnRole.NUMBER,
    ColumnRole.HEADING,
    ColumnRole.ACTION,
    ColumnRole.RELISTED,
    ColumnRole.ROUND,
)
_PAIR, _FEW_CELLS = 2, 3
_SAMPLE = 300


class RowColumns:
    """What is known of a sheet's columns: `telling` are those that say something of an action.

    `action` and `number` are 0 where there is no such column.
    """

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        self._view, self._choice = view, choice
        self.roles = {each.column: each.role for each in choice.columns}
        self.telling = {column for column, role in self.roles.items() if role not in NAMES}
        self.graded = {column for column, role in self.roles.items() if role in _GRADES}
        self.first = min(self.roles, default=0)
        self.action, self.number = _columns_of_action(choice)
        self._headings = [
            {column: squeezed(text) for column, text in view.row(row).items()}
            for row in range(choice.first_heading_row, choice.last_heading_row + 1)
        ]
        self._heading_words = {key for words in self._headings for key in words.values()}
        self.usual = UsualShapes(self._titles(self.graded))
        if not self.usual:
            self.usual = UsualShapes(self._titles(self.telling))
        self.first_headings = self._shapes_of_first_headings()

    def repeats_headings(self, cells: dict[int, str]) -> bool:
        """Tell whether a row is the heading row once more, as at a page break."""
        keys = {column: squeezed(text) for column, text in cells.items()}
        same = sum(1 for key in keys.values() if key in self._heading_words)
        if same < _PAIR or same * 2 < len(cells):
            return False
        return same == len(cells) or any(
            sum(1 for column, key in keys.items() if words.get(column) == key) * 2 >= len(cells)
            for words in self._headings
        )

    def _titles(self, telling: set[int]) -> Iterator[FoundTitle]:
        """Yield the titles of the first rows that have a text in one of the columns."""
        choice, left = self._choice, _SAMPLE
        for row in self._view.filled(choice.last_heading_row + 1, choice.last_row):
            cells = self._view.row(row)
            title = cells.get(self.action)
            if not title or telling.isdisjoint(cells) or self.repeats_headings(cells):
                continue
            yield FoundTitle(
                cells.get(self.number, ""), title, self._view.indent(row, self.action)
            )
            left -= 1
            if not left:
                return

    def _shapes_of_first_headings(self) -> frozenset[Shape]:
        """Return what the headings of the first column look like beside actions.

        In a text file nothing is merged, so that other headings may stand alone in it.
        """
        choice, first = self._choice, self.first
        rows = self._view.filled(choice.last_heading_row + 1, choice.last_row)
        texts: dict[str, int] = {}
        for row in rows if self.roles.get(first) is ColumnRole.HEADING else ():
            cells = self._view.row(row)
            if first in cells and len(cells) > _FEW_CELLS and not self.repeats_headings(cells):
                texts.setdefault(cells[first], row)
                if len(texts) == _SAMPLE:
                    break
        shapes = {shape_of(text, self._view.indent(row, first)) for text, row in texts.items()}
        return frozenset(shapes)


def _columns_of_action(choice: SheetChoice) -> tuple[int, int]:
    """Return the columns of the actions' titles and of their numbers; 0 where there is none."""
    action = next((each for each in choice.columns if each.role is ColumnRole.ACTION), None)
    if action is None:
        return 0, 0
    numbers = (each for each in choice.columns if each.role is ColumnRole.NUMBER)
    own = next((each.column for each in numbers if each.level == action.level), 0)
    return action.column, own
