"""What became of each row of a sheet: a heading row, a group, an action, or left out."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.layout import Layout
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.found_rows import FoundKind

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Grid
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice
    from kyodo_desktop.ui.importing.found_rows import FoundRows


class ShownRowKind(IntEnum):
    """What the page says of a row; a later one says more than an earlier one."""

    EMPTY = 0
    OUTSIDE = 1
    LEFT_OUT = 2
    TITLES = 3
    MORE = 4
    GROUP = 5
    ACTION = 6
    UNREAD = 7

    @property
    def label(self) -> str:
        """The word beside the number of the row."""
        return _LABELS[self]

    @property
    def hint(self) -> str:
        """What the word means."""
        return _HINTS[self]


_LABELS = ("", "表の外", "取り込まない", "見出し行", "続き", "見出し", "取り込む", "確かめる")
_HINTS = (
    "",
    "表の前か後の行です。題名と凡例はここから読み取ります。",
    "小計や合計、繰り返しの見出し行、注記などとして取り込みません。",
    "列の見出しの行です。",
    "上の行の続きとして取り込みます。",
    "この行は見出しとして取り込みます。",
    "この行を取り込みます。",
    "「確かめるところ」の一覧に挙げたところがあります。",
)
_OF_FOUND = {
    FoundKind.HEADING: ShownRowKind.GROUP,
    FoundKind.ACTION: ShownRowKind.ACTION,
    FoundKind.RELISTED: ShownRowKind.ACTION,
    FoundKind.LINE: ShownRowKind.MORE,
    FoundKind.OUTLOOK: ShownRowKind.MORE,
}


def row_kinds(grid: Grid, mapping: Mapping, rows: FoundRows) -> bytes:
    """Return the kind of each row of a sheet, the first one at 0."""
    choice = choosing.sheet_of(mapping, grid.sheet)
    is_form = mapping.form is not None and grid.sheet in mapping.form.sheets
    if is_form:
        kinds = bytearray(len(grid.rows))
    else:
        kinds = bytearray(_unfound(row, number, choice) for number, row in enumerate(grid.rows, 1))
    if choice is None and not is_form:
        return bytes(kinds)
    rest = ShownRowKind.ACTION if is_form else ShownRowKind.MORE
    for number in rows.filled.get(grid.sheet, ()):
        if 0 < number <= len(kinds):
            kinds[number - 1] = max(kinds[number - 1], rest)
    if choice is not None and mapping.joins:
        _mark_joined(kinds, grid, choice, len(mapping.levels) - 1)
    for found in rows.rows:
        place = found.item.place
        if place.sheet == grid.sheet and 0 < place.row <= len(kinds):
            kinds[place.row - 1] = max(kinds[place.row - 1], _OF_FOUND[found.kind])
    for unread in rows.found.unread:
        place = unread.place
        if place.sheet == grid.sheet and 0 < place.row <= len(kinds):
            kinds[place.row - 1] = ShownRowKind.UNREAD
    return bytes(kinds)


def _mark_joined(kinds: bytearray, grid: Grid, choice: SheetChoice, depth: int) -> None:
    """Say of rows that only went on with a sentence that they were taken."""
    layout = Layout(choice.columns, "", max(depth, 1))
    whole: dict[int, str] = {}
    for row in range(choice.last_heading_row + 1, min(choice.last_row, len(kinds)) + 1):
        cells = {nth: text for nth, text in enumerate(grid.rows[row - 1], start=1) if text}
        if kinds[row - 1] != ShownRowKind.LEFT_OUT:
            whole = cells
        elif cells and layout.goes_on(cells, whole):
            kinds[row - 1] = ShownRowKind.MORE


def _unfound(row: tuple[str, ...], number: int, choice: SheetChoice | None) -> ShownRowKind:
    if not any(row):
        return ShownRowKind.EMPTY
    if choice is None:
        return ShownRowKind.OUTSIDE
    if choice.first_heading_row <= number <= choice.last_heading_row:
        return ShownRowKind.TITLES
    inside = choice.last_heading_row < number <= choice.last_row
    return ShownRowKind.LEFT_OUT if inside else ShownRowKind.OUTSIDE
