"""Gathers what is put into cells, part by part, until each cell has its whole new text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.plain import is_nothing
from kyodo_desktop.domain.like.filling import CellWrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.found_plan import ValueOrigin
    from kyodo_desktop.domain.importing.grid import Area, Book, Grid

SHARED = (
    "このセルは複数の項目が共有していて、計画ではそれぞれ値が異なるため、書き込んでいません。"
    "セルを分けて書き入れてください。"
)
STRUCK = (
    "取り消し線の文字があったセルです。書き込んだ値に取り消し線が残っていないか確かめてください。"
)


class _Part(NamedTuple):
    start: int
    end: int
    new: str


class CellEdits:
    """Parts of cells and their new texts. Two values for one part are told and not written."""

    def __init__(self, book: Book) -> None:
        self._grids = {grid.sheet: grid for grid in book.grids}
        self._areas = {grid.sheet: _areas_by_row(grid) for grid in book.grids}
        self._parts: dict[CellPlace, dict[_Part, None]] = {}

    def first_cell(self, place: CellPlace) -> CellPlace:
        """Return the cell that has the text of a merged area; any other cell is its own."""
        for area in self._areas.get(place.sheet, {}).get(place.row, ()):
            if area.left <= place.column <= area.right:
                return CellPlace(place.sheet, area.top, area.left)
        return place

    def cell(self, place: CellPlace) -> str:
        """Return the text of a cell as it was read."""
        grid, at = self._grids.get(place.sheet), self.first_cell(place)
        return grid.text(at.row, at.column) if grid is not None else ""

    def row(self, place: CellPlace) -> list[CellPlace]:
        """Return the cells with a text in the row of a place, from the left."""
        grid = self._grids[place.sheet]
        texts = grid.rows[place.row - 1] if place.row <= len(grid.rows) else ()
        return [
            place._replace(column=column) for column, text in enumerate(texts, start=1) if text
        ]

    def column(self, place: CellPlace) -> list[CellPlace]:
        """Return the cells with a text in the column of a place, from the top."""
        grid = self._grids[place.sheet]
        rows = range(1, len(grid.rows) + 1)
        return [place._replace(row=row) for row in rows if grid.text(row, place.column)]

    def text(self, origin: ValueOrigin) -> str:
        """Return the part of a cell that a value was read from."""
        return self.cell(origin.place)[origin.start : origin.end]

    def is_free(self, origin: ValueOrigin) -> bool:
        """Tell whether a part is blank, or says only that there is nothing: －."""
        text = self.text(origin).strip()
        return not text or is_nothing(text)

    def put(self, origin: ValueOrigin, text: str) -> None:
        """Put a text in the place of a part; the same text says that it stays."""
        place = self.first_cell(origin.place)
        end = len(self.cell(place)) if origin.end is None else origin.end
        self._parts.setdefault(place, {})[_Part(origin.start, end, text)] = None

    def keep(self, origin: ValueOrigin) -> None:
        """Say that a part is to stay as it is, whatever else is put there."""
        self.put(origin, self.text(origin))

    def put_cell(self, place: CellPlace, text: str) -> None:
        """Put a text in the place of a whole cell."""
        at = self.first_cell(place)
        self._parts.setdefault(at, {})[_Part(0, len(self.cell(at)), text)] = None

    def results(self) -> tuple[list[CellWrite], list[Unread]]:
        """Return what is to be written, and what was not because of its neighbours."""
        writes: list[CellWrite] = []
        notices: list[Unread] = []
        for place, parts in self._parts.items():
            before = self.cell(place)
            after, lost = _joined(before, sorted(parts))
            notices += [Unread(place, text, SHARED) for text in lost]
            if after != before:
                writes.append(CellWrite(place, after))
                if (place.row, place.column) in self._grids[place.sheet].struck:
                    notices.append(Unread(place, after, STRUCK))
        return writes, notices


def _joined(before: str, parts: list[_Part]) -> tuple[str, list[str]]:
    """Return the text with its new parts, and those that would be written over each other."""
    lost: list[str] = []
    pieces: list[str] = []
    at = 0
    for group in _overlapping(parts):
        start, end = group[0].start, max(each.end for each in group)
        pieces.append(before[at:start])
        if len(group) == 1:
            pieces.append(group[0].new)
        else:
            pieces.append(before[start:end])
            lost += [each.new for each in group if each.new != before[each.start : each.end]]
        at = end
    return "".join(pieces) + before[at:], lost


def _overlapping(parts: list[_Part]) -> Iterator[list[_Part]]:
    """Yield the parts in groups, each alone but for those that overlap."""
    group: list[_Part] = []
    end = -1
    for part in parts:
        if group and (part.start < end or part[:2] == group[-1][:2]):
            group.append(part)
        else:
            if group:
                yield group
            group = [part]
        end = max(end, part.end)
    if group:
        yield group


def _areas_by_row(grid: Grid) -> dict[int, list[Area]]:
    found: dict[int, list[Area]] = {}
    for area in grid.merges:
        for row in range(area.top, area.bottom + 1):
            found.setdefault(row, []).append(area)
    return found
