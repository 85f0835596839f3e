"""How high a row has to be for what is now in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel.text_sheet import TALLEST_ROW
from kyodo_desktop.pages.laid import PIXEL, whole_pixels
from kyodo_desktop.pages.text_metrics import lines_of, metrics_of

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Area
    from kyodo_desktop.excel.like.cell_formats import CellFormats
    from kyodo_desktop.excel.like.sheet_map import SheetMap

_PADDING = 5  # pixels that Excel keeps free at the sides of a cell
_AIR = 3.0  # points above and below a text together
_USUAL_WIDTH = 8.38  # characters


class Heights:
    """Measures with the fonts of the workbook."""

    def __init__(self, sheet: SheetMap, formats: CellFormats) -> None:
        self._sheet, self._rooms, self._usual = sheet, formats.rooms, formats.usual
        usual = self._usual
        self._digit = max(round(metrics_of(usual.font).advances["0"] * usual.size / PIXEL), 1)

    def lines(self, text: str, style: int, area: Area) -> int:
        """Return how many lines a text takes in a cell or a merged area."""
        room = self._rooms[style] if style < len(self._rooms) else self._usual
        if not room.wraps:
            return 1
        pixels = sum(map(self._width, range(area.left, area.right + 1))) - _PADDING
        advances = metrics_of(room.font).advances
        return len(lines_of(text, advances, max(pixels * PIXEL / room.size, 1.0)))

    def height(self, lines: int, style: int) -> float:
        """Return the points that so many lines take."""
        room = self._rooms[style] if style < len(self._rooms) else self._usual
        line = metrics_of(room.font).line * room.size
        return min(whole_pixels(lines * line + _AIR), TALLEST_ROW)

    def _width(self, column: int) -> float:
        """Return the pixels of a column."""
        width = self._sheet.default_width or _USUAL_WIDTH
        for each in self._sheet.columns:
            if each.first <= column <= each.last:
                width = each.width or 0.0
        return width * self._digit
