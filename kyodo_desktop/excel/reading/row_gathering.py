"""Gathers what the cells of a sheet say into a grid, whatever format they are read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.date_numbers import meant_numbers
from kyodo_desktop.domain.importing.grid import CellPlace, Grid, Unread
from kyodo_desktop.excel.reading.cell_values import Unreadable
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.merged_areas import merges_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.grid import Area
    from kyodo_desktop.excel.reading.room import Room
    from kyodo_desktop.excel.reading.string_table import Struck

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_LISTED = 1_000  # cells that could not be read
_BACK = "取り込むときは、もとの表で取り消し線を外して、読み取り直してください。"
_STRUCK_PART = "取り消し線の引かれた部分です。残りだけを読み取りました。" + _BACK
_STRUCK_CELL = "取り消し線が引かれているため、読み取っていません。" + _BACK
_STRUCK_ROW = "行全体に取り消し線が引かれているため、この行は読み取っていません。" + _BACK


class RowGathering:
    """The rows of a sheet so far, and what is known of them; all count from 1."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._rows: list[tuple[str, ...]] = []
        self._indents: dict[tuple[int, int], int] = {}
        self._hidden_rows: list[range] = []
        self._hidden_columns: list[range] = []
        self._unread: list[tuple[int, int, Unreadable]] = []
        self._unlisted = 0
        self._struck: dict[tuple[int, int], str] = {}
        self._struck_now: dict[int, Struck] = {}
        self._comments: dict[tuple[int, int], str] = {}
        self._shown: dict[tuple[int, int], str] = {}

    def hide_rows(self, first: int, last: int) -> None:
        """Note that rows are hidden."""
        self._hidden_rows.append(range(first, last + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """Note that columns are hidden."""
        self._hidden_columns.append(range(first, last + 1))

    def indent(self, row: int, column: int, steps: int) -> None:
        """Note that a cell is indented."""
        self._indents[row, column] = steps

    def show(self, row: int, column: int, date: str, shown: str) -> None:
        """Note how the sheet shows a date, where it is in another way."""
        if shown != date:
            self._shown[row, column] = shown

    def comment(self, row: int, column: int, text: str) -> None:
        """Note what somebody said at a cell."""
        self._room.take((text,))
        self._comments[row, column] = text

    def kept(self, row: int, column: int, read: Struck | Unreadable) -> str:
        """Return what is a text of a cell that is struck out or cannot be read; note the rest."""
        if isinstance(read, Unreadable):
            self._list(row, column, read)
            return ""
        self._struck[row, column] = read.gone
        self._struck_now[column] = read
        return read.text

    def put(self, row: int, cells: list[str], times: int = 1) -> None:
        """Put a row in its place, or several rows of the same texts; one that comes twice is one.

        Raises DamageError and TooLargeError.
        """
        if self._struck_now:
            self._tell_struck(row, is_whole_row=not any(cells))
        if not cells:
            return
        if not 0 < row <= row + times - 1 <= LAST_ROW:
            raise DamageError
        self._room.take(cells, times)
        gap = row - len(self._rows) - 1
        if gap < 0:
            self._rows[row - 1] = _both(self._rows[row - 1], cells)
            return
        if gap:
            self._rows.extend(((),) * gap)
        self._rows.extend((tuple(cells),) * times)

    def grid(self, name: str, merges: Iterable[Area], *, hidden: bool) -> Grid:
        """Return the sheet; what is told of rows and columns without texts is left out."""
        last, width = len(self._rows), max(map(len, self._rows), default=0)
        areas = tuple(merges_of(merges, self._rows))
        self._take_numbers()
        return Grid(
            name,
            tuple(self._rows),
            areas,
            self._indents,
            _up_to(last, self._hidden_rows),
            tuple(self._listed(name)),
            hidden,
            _up_to(width, self._hidden_columns),
            self._comments,
            self._struck,
            self._shown,
        )

    def _take_numbers(self) -> None:
        """Put the numbers in the place of the dates that a spreadsheet made of them."""
        for each in meant_numbers(self._rows, self._shown):
            cells = list(self._rows[each.row - 1])
            cells[each.column - 1] = each.number
            self._rows[each.row - 1] = tuple(cells)
            self._list(each.row, each.column, Unreadable(each.shown, each.reason))

    def _tell_struck(self, row: int, *, is_whole_row: bool) -> None:
        struck, self._struck_now = self._struck_now, {}
        if is_whole_row and len(struck) > 1:
            whole = "　".join(each.gone for each in struck.values())
            self._list(row, min(struck), Unreadable(whole, _STRUCK_ROW))
            return
        for column, each in struck.items():
            reason = _STRUCK_PART if each.text else _STRUCK_CELL
            self._list(row, column, Unreadable(each.gone, reason))

    def _list(self, row: int, column: int, cell: Unreadable) -> None:
        if len(self._unread) <= _MOST_LISTED:
            self._unread.append((row, column, cell))
        else:
            self._unlisted += 1

    def _listed(self, name: str) -> Iterator[Unread]:
        """Yield the first cells that could not be read, the last of them for all others."""
        for row, column, cell in self._unread[: -1 if self._unlisted else None]:
            yield Unread(CellPlace(name, row, column), cell.text, cell.reason)
        if self._unlisted:
            row, column, _ = self._unread[-1]
            reason = f"ここから先に、読み取れないセルがさらに{self._unlisted + 1:,}個あります。"
            yield Unread(CellPlace(name, row, column), "", reason)


def _up_to(last: int, ranges: Iterable[range]) -> frozenset[int]:
    return frozenset(
        each for ends in ranges for each in range(max(1, ends.start), min(ends.stop, last + 1))
    )


def _both(before: tuple[str, ...], cells: list[str]) -> tuple[str, ...]:
    longer = max(len(before), len(cells))
    old, new = (each + ("",) * (longer - len(each)) for each in (before, tuple(cells)))
    return tuple(b or a for a, b in zip(old, new, strict=True))


def add_cell(cells: list[str], column: int, text: str, times: int = 1) -> None:
    """Put a text, or the same several times, at a column of the cells of a row."""
    gap = column - len(cells) - 1
    if gap < 0:
        cells[column - 1 : column - 1 + times] = [text] * times
        return
    if gap:
        cells.extend([""] * gap)
    cells.extend([text] * times)
