"""Puts texts into the cells of a sheet by editing the text of its part; all else stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import Area, CellPlace, Unread, column_letter
from kyodo_desktop.excel.cell_text import escaped, sanitize
from kyodo_desktop.excel.like.cell_formats import number_for
from kyodo_desktop.excel.like.row_heights import Heights
from kyodo_desktop.excel.like.sheet_map import areas_in, as_utf8, sheet_map

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kyodo_desktop.domain.like.filling import CellWrite
    from kyodo_desktop.excel.like.cell_formats import CellFormats
    from kyodo_desktop.excel.like.sheet_map import CellSpan, RowSpan, SheetMap

FORMULA = "計算式のセルのため書き込んでいません。もとの表で直してください。"
RICH = "セルの一部だけの書式（色・太字など）がありましたが、書き込んだ文字ではなくなりました。"

_TYPE = re.compile(rb"\s(?:t|cm|vm)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_SPANS = re.compile(rb"\sspans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HEIGHT = re.compile(rb"\sht\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class BookStyles(NamedTuple):
    """What a workbook keeps for all its sheets. `rich` tells which shared texts have fonts."""

    shown: Sequence[Callable[[str], str | None]]
    formats: CellFormats
    texts: Sequence[str]
    rich: Collection[int]
    from_1904: bool
    calculates: bool


class Edited(NamedTuple):
    """`written` counts the cells; `notices` names those that were not or not plainly written."""

    content: bytes
    written: int
    notices: tuple[Unread, ...]
    is_protected: bool


class _Edit(NamedTuple):
    """Bytes that take the place of others, or that come in between where both are the same."""

    start: int
    end: int
    new: bytes


def edited(content: bytes, writes: Sequence[CellWrite], styles: BookStyles) -> Edited:
    """Return the part with the texts in its cells. Raises DamageError."""
    content = as_utf8(content)
    areas = {(area.top, area.left): area for area in areas_in(content)}
    wanted = _at_first_cells(writes, list(areas.values()))
    rows = {row for row, _ in wanted}
    below = {row for row, column in wanted for row in _rows_of(areas.get((row, column)))}
    sheet = sheet_map(content, rows | below)
    surgery = _Surgery(sheet, styles, areas)
    return surgery.carried_out(wanted)


def _at_first_cells(
    writes: Sequence[CellWrite], areas: list[Area]
) -> dict[tuple[int, int], CellWrite]:
    """Return the writes by row and column, those into a merged area at its first cell."""
    found = {}
    for each in writes:
        place = each.place
        for area in areas:
            if area.top <= place.row <= area.bottom and area.left <= place.column <= area.right:
                place = CellPlace(place.sheet, area.top, area.left)
                break
        found[place.row, place.column] = each._replace(place=place)
    return found


def _rows_of(area: Area | None) -> range:
    return range(area.top, area.bottom + 1) if area else range(0)


class _Surgery:
    """Gathers the edits of one sheet."""

    def __init__(
        self, sheet: SheetMap, styles: BookStyles, areas: Mapping[tuple[int, int], Area]
    ) -> None:
        self._sheet, self._styles, self._areas = sheet, styles, areas
        self._rows = {row.number: row for row in sheet.rows}
        self._heights = Heights(sheet, styles.formats)
        self._notices: list[Unread] = []
        self._needed: dict[int, float] = {}
        self._written = 0

    def carried_out(self, wanted: dict[tuple[int, int], CellWrite]) -> Edited:
        by_row: dict[int, dict[int, CellWrite]] = {}
        for (number, column), write in sorted(wanted.items()):
            by_row.setdefault(number, {})[column] = write
        edits: list[_Edit] = []
        missing: dict[int, bytes] = {}
        for number, cells in by_row.items():
            row = self._rows.get(number)
            if row is None:
                missing[number] = self._new_row(number, cells)
            else:
                edits += self._row_edits(row, cells)
        for number, height in self._needed.items():
            if number in self._rows:
                edits = self._with_height(edits, self._rows[number], height)
        edits += self._row_insertions(missing)
        if self._written and self._styles.calculates:
            edits.append(self._calculation())
        return Edited(
            _applied(self._sheet.content, edits),
            self._written,
            tuple(self._notices),
            self._sheet.is_protected,
        )

    # Cells

    def _row_edits(self, row: RowSpan, cells: dict[int, CellWrite]) -> list[_Edit]:
        known = {cell.column: cell for cell in row.cells}
        edits, added = [], {}
        for column, write in cells.items():
            cell = known.get(column)
            if (cell is not None and cell.has_formula) or self._is_in_array(row.number, column):
                self._notices.append(Unread(write.place, write.text, FORMULA))
            elif cell is not None:
                edits.append(_Edit(cell.start, cell.end, self._changed(cell, write)))
            elif write.text:
                added[column] = write
        for column, write in added.items():
            at = next((cell.start for cell in row.cells if cell.column > column), row.closing)
            new = self._new_cell(write, self._style_at(row, column))
            if row.is_single_tag:
                at = row.start
            edits.append(_Edit(at, at, new))
        if added:
            edits = self._opened(row, edits)
        return edits

    def _opened(self, row: RowSpan, edits: list[_Edit]) -> list[_Edit]:
        """Let a row take more cells: neither `<row/>` nor with the columns that it spanned."""
        tag = _SPANS.sub(b"", self._sheet.content[row.start : row.opened])
        if not row.is_single_tag:
            return [_Edit(row.start, row.opened, tag), *edits]
        inside = b"".join(each.new for each in edits)
        name = self._sheet.prefix + b"row>"
        tag = tag.removesuffix(b"/>").rstrip() + b">"
        return [_Edit(row.start, row.end, tag + inside + b"</" + name)]

    def _changed(self, cell: CellSpan, write: CellWrite) -> bytes:
        self._written += 1
        if cell.is_rich or (cell.kind == "s" and self._shared(cell) in self._styles.rich):
            self._notices.append(Unread(write.place, write.text, RICH))
        tag = self._sheet.content[cell.start : cell.opened]
        tag = _TYPE.sub(b"", tag).removesuffix(b">").removesuffix(b"/").rstrip()
        self._measure(write, cell.style, self._text_before(cell))
        return self._filled(tag, write, cell.style, cell.value if cell.kind == "n" else None)

    def _new_cell(self, write: CellWrite, style: int) -> bytes:
        self._written += 1
        _, row, column = write.place
        tag = f'c r="{column_letter(column)}{row}"' + (f' s="{style}"' if style else "")
        self._measure(write, style, "")
        return self._filled(b"<" + self._sheet.prefix + tag.encode(), write, style, "")

    def _filled(self, tag: bytes, write: CellWrite, style: int, number: str | None) -> bytes:
        """Return a cell. `number` is what stood there if it was a number or nothing."""
        if not write.text:
            return tag + b"/>"
        prefix = self._sheet.prefix.decode()
        if number is not None and (value := self._number(write.text, style, number)):
            return tag + f"><{prefix}v>{value}</{prefix}v></{prefix}c>".encode()
        text, notes = sanitize(write.text)
        for place, what, shown in notes:
            reason = f"{place}文字目の{what}を「{shown}」に置き換えました。"
            self._notices.append(Unread(write.place, write.text, reason))
        inside = (
            f'<{prefix}is><{prefix}t xml:space="preserve">{escaped(text)}</{prefix}t></{prefix}is>'
        )
        return tag + f' t="inlineStr">{inside}</{prefix}c>'.encode()

    def _number(self, text: str, style: int, before: str) -> str | None:
        """Return the number to write where a number stood, or where the format is a date's."""
        shown = self._styles.shown
        if style >= len(shown):
            return None
        found = number_for(text, before, shown[style], from_1904=self._styles.from_1904)
        return None if not before and found == text else found

    def _style_at(self, row: RowSpan, column: int) -> int:
        if row.style is not None:
            return row.style
        return next((c.style for c in self._sheet.columns if c.first <= column <= c.last), 0)

    def _is_in_array(self, row: int, column: int) -> bool:
        return any(
            area.top <= row <= area.bottom and area.left <= column <= area.right
            for area in self._sheet.arrays
        )

    def _shared(self, cell: CellSpan) -> int:
        return int(cell.value) if cell.value.isdecimal() else -1

    def _text_before(self, cell: CellSpan) -> str:
        if cell.kind == "inlineStr":
            return cell.value
        place = self._shared(cell) if cell.kind == "s" else -1
        return self._styles.texts[place] if 0 <= place < len(self._styles.texts) else ""

    # Rows

    def _new_row(self, number: int, cells: dict[int, CellWrite]) -> bytes:
        style = {
            column: next((c.style for c in self._sheet.columns if c.first <= column <= c.last), 0)
            for column in cells
        }
        inside = b"".join(
            self._new_cell(write, style[column]) for column, write in cells.items() if write.text
        )
        prefix = self._sheet.prefix
        return b"<" + prefix + f'row r="{number}">'.encode() + inside + b"</" + prefix + b"row>"

    def _row_insertions(self, missing: dict[int, bytes]) -> list[_Edit]:
        sheet = self._sheet
        if sheet.rows_single_tag and missing:
            at = sheet.rows_end
            end = sheet.content.index(b">", at) + 1
            name = sheet.prefix + b"sheetData>"
            return [_Edit(at, end, b"<" + name + b"".join(missing.values()) + b"</" + name)]
        edits = []
        for number, new in missing.items():
            at = next((row.start for row in sheet.rows if row.number > number), sheet.rows_end)
            edits.append(_Edit(at, at, new))
        return edits

    def _measure(self, write: CellWrite, style: int, before: str) -> None:
        """Note how high a row has to be that holds more lines than before."""
        _, number, column = write.place
        area = self._areas.get((number, column), Area(number, column, number, column))
        lines = self._heights.lines(write.text, style, area)
        if lines <= self._heights.lines(before, style, area):
            return
        rows = [self._rows.get(each) for each in range(area.top, area.bottom + 1)]
        heights = [row.height if row else None for row in rows]
        is_alone = len(rows) == 1 and area.left == area.right
        if is_alone and heights[0] is None:
            return  # Excel finds the height when it opens the file
        usual = self._sheet.default_height
        lacking = self._heights.height(lines, style) - sum(each or usual for each in heights)
        if lacking > 0:
            whole = (heights[-1] or usual) + lacking
            self._needed[area.bottom] = max(self._needed.get(area.bottom, 0.0), whole)

    def _with_height(self, edits: list[_Edit], row: RowSpan, height: float) -> list[_Edit]:
        """Give a row another height, in the edit that rewrites its first tag if there is one."""
        size = f' ht="{height:g}"'.encode()
        if b"customHeight" not in self._sheet.content[row.start : row.opened]:
            size += b' customHeight="1"' if row.height is None else b""
        name = len(b"<" + self._sheet.prefix + b"row")
        for place, each in enumerate(edits):
            if each.start == row.start and each.end > each.start:
                head, mark, rest = each.new.partition(b">")
                head = _HEIGHT.sub(b"", head)
                new = head[:name] + size + head[name:] + mark + rest
                return [*edits[:place], each._replace(new=new), *edits[place + 1 :]]
        tag = _HEIGHT.sub(b"", self._sheet.content[row.start : row.opened])
        return [*edits, _Edit(row.start, row.opened, tag[:name] + size + tag[name:])]

    def _calculation(self) -> _Edit:
        """Ask for sums to be made anew when the file is opened: they count other values now."""
        at, is_there = self._sheet.calculates
        content, closing = self._sheet.content, b"/>"
        end = content.index(b">", at) + 1 if is_there else at
        if is_there and content[end - 2 : end] != closing:
            closing = b">"
        new = b"<" + self._sheet.prefix + b'sheetCalcPr fullCalcOnLoad="1"' + closing
        return _Edit(at, end, new)


def _applied(content: bytes, edits: list[_Edit]) -> bytes:
    """Return the content with the edits, which do not overlap."""
    pieces, at = [], 0
    for each in sorted(edits, key=lambda each: each[:2]):
        pieces += [content[at : each.start], each.new]
        at = each.end
    return b"".join([*pieces, content[at:]])
