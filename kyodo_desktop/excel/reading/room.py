"""How much a workbook may hold, so that reading it ends in seconds and in bounds of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading.damage import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ELEMENTS = 9_000_000
_MOST_CELLS, _MOST_CHARACTERS = 3_000_000, 100_000_000


class Room:
    """How much the sheets of a workbook may hold together."""

    def __init__(self) -> None:
        self.elements = MOST_ELEMENTS
        self._cells = _MOST_CELLS
        self._characters = _MOST_CHARACTERS

    def take(self, cells: Sequence[str], times: int = 1) -> None:
        """Take the room of a row, or of several alike. Raises TooLargeError."""
        self._cells -= len(cells) * times
        self._characters -= sum(map(len, cells)) * times
        if self._cells < 0 or self._characters < 0:
            raise TooLargeError
