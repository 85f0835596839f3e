"""How the rows of a part are told in the width of the paper, and how wide its columns are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages import widths
from kyodo_desktop.pages.records import Fitted, in_records
from kyodo_desktop.pages.stacking import Stacking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.pages.content import PageRow, Part
    from kyodo_desktop.pages.text_metrics import LengthsOf

_LOOKED_AT = 120  # rows; more would not change the way
_FROM_LINES = 5
"""Of the rows of a table, all in all, from which on records are tried."""
_WORTH = 0.9
"""Of the height of a table with long texts below single rows, that records may have."""


def fitted(part: Part, lengths_of: LengthsOf, *, size: float, width: float) -> Fitted:
    """Return a part for letters of a size and a width in points, its rows as low as they can be.

    Its long texts stand beside what is short, or below it, where that is better.
    """
    return _Room(lengths_of, size, width).lowest(part)


class _Room(NamedTuple):
    lengths_of: LengthsOf
    size: float
    width: float

    def lowest(self, part: Part) -> Fitted:
        if any(cell.flows for row in part.rows for cell in row.cells):
            records = self._in_records(part) if self._are_records_lower(part) else None
            return records or self._stacked(self._plain(part))
        return self._plain(part)

    def _are_records_lower(self, part: Part) -> bool:
        """Tell by some of the rows whether all are better told in records."""
        some = replace(part, rows=part.rows[:: 1 + len(part.rows) // _LOOKED_AT])
        plain = self._plain(some)
        if self._lines(plain) < len(some.rows) * _FROM_LINES:
            return False
        records, stacked = self._in_records(some), self._stacked(plain)
        return records is not None and self._lines(records) < self._lines(stacked) * _WORTH

    def _plain(self, part: Part) -> Fitted:
        return Fitted(part, self._widths(part, part.rows))

    def _in_records(self, part: Part) -> Fitted | None:
        return in_records(part, self.lengths_of, size=self.size, width=self.width)

    def _stacked(self, plain: Fitted) -> Fitted:
        """Return a part with the long texts of rows below these, where they are lower so."""
        part = plain.part
        stacking = self._stacking(plain)
        low = tuple(row for row in part.rows if not stacking.is_better(row))
        if len(low) == len(part.rows):
            return plain
        found = Fitted(part, self._widths(part, low))
        rows = self._stacking(found).rows(part.rows)
        return found._replace(part=replace(part, rows=tuple(rows)))

    def _stacking(self, plain: Fitted) -> Stacking:
        return Stacking(plain.part, plain.widths, self.lengths_of, self.size)

    def _widths(self, part: Part, rows: Sequence[PageRow]) -> list[float]:
        return widths.column_widths(part, rows, self.lengths_of, size=self.size, width=self.width)

    def _lines(self, found: Fitted) -> float:
        return found.lines(self.lengths_of, self.size)
