"""A whole plan as a workbook of plain rows: one line of 進捗状況 a row, nothing merged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.field_types import Storage
from kyodo_desktop.domain.interchange.checking import refused
from kyodo_desktop.domain.interchange.flat_rows import FlatRow, flat_rows
from kyodo_desktop.domain.interchange.headings import (
    CONTEXT,
    FORMAT_WORD,
    HEADINGS,
    MORE_WORD,
    OWN,
)
from kyodo_desktop.domain.interchange.report_sheets import from_report
from kyodo_desktop.domain.interchange.sheet_rows import Sheet, from_sheets
from kyodo_desktop.domain.interchange.tables import NAMES, TABLES
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.definition_sheet import DEFINITION_SHEET
from kyodo_desktop.excel.options import DATA_SHEET
from kyodo_desktop.excel.reading.file_content import content_of
from kyodo_desktop.excel.reading.package import opened_package
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.styles import StyleBook
from kyodo_desktop.excel.workbook import SheetWriter, save

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from kyodo_desktop.domain.importing.grid import Grid
    from kyodo_desktop.domain.interchange.whole_plan import WholePlan
    from kyodo_desktop.domain.job_control import JobControl

OTHER_SHEET, HISTORY_SHEET = "データ（その他）", "データ（履歴）"
_OF_HISTORY = ("operation", "change")
_SHEETS = {
    DATA_SHEET: ("progress",),
    OTHER_SHEET: tuple(name for name in TABLES if name not in ("progress", *_OF_HISTORY)),
    HISTORY_SHEET: _OF_HISTORY,
}
_OF_TABLE = {name: sheet for sheet, names in _SHEETS.items() for name in names}
_FONT, _SIZE = "Yu Gothic", 10.0
_NUMBERS = frozenset(
    field.heading
    for table in TABLES.values()
    for field in table.fields
    if field.kind is Storage.NUMBER and field.refers not in NAMES
) | {"キー"}
_WIDTHS = {"文": 60.0, "実行計画": 36.0, "操作": 36.0, "日時": 26.0}
_WIDE, _NARROW = 18.0, 9.0
_NAMES_OF_SHEETS = "xl/workbook.xml"
_MOST_ROWS = 1_048_576
_MADE_ON = datetime(2000, 1, 1)


def write_workbook(whole: WholePlan, path: Path, control: JobControl) -> None:
    """Write the workbook; raises ExportError where a sheet cannot hold so many rows."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.created = _MADE_ON
    book = StyleBook(workbook, _FONT, {})
    sheets = {title: _SheetOfRows(workbook, title, book, control) for title in _SHEETS}
    for row in flat_rows(whole):
        sheets[_OF_TABLE.get(row.table, OTHER_SHEET)].add(row)
    save(workbook, [sheet.finished() for sheet in sheets.values()], path)


def read_workbook(path: Path, control: JobControl | None = None) -> WholePlan:
    """Read the workbook; raises ReadingError, CancelledError, and RefusedError naming the cell."""
    book = read_table(path, control)
    sheets = {grid.sheet: Sheet(grid.sheet, grid.rows) for grid in _checked(book.grids)}
    if DEFINITION_SHEET in sheets and DATA_SHEET in sheets:
        return from_report(sheets[DATA_SHEET], sheets[DEFINITION_SHEET])
    return from_sheets(sheets.values(), path.name)


def _checked(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Return the sheets; raises RefusedError for the first cell that could not be read."""
    for place, _, reason in (each for grid in grids for each in grid.unread):
        raise refused(place.label, f"の値を読み取れません。{reason}")
    return grids


def is_data_book(path: Path) -> bool:
    """Tell a workbook of ours by the names of its sheets; raises ReadingError."""
    with opened_package(path.name, content_of(path)) as package:
        names = package.read(_NAMES_OF_SHEETS) if _NAMES_OF_SHEETS in package.namelist() else b""
    return any(title.encode() in names for title in (OTHER_SHEET, DEFINITION_SHEET))


class _SheetOfRows:
    """One sheet while it is written."""

    def __init__(
        self, workbook: Workbook, title: str, book: StyleBook, control: JobControl
    ) -> None:
        from openpyxl.utils import get_column_letter

        own = set(CONTEXT).union(*(OWN[TABLES[name].word] for name in _SHEETS[title]))
        if title == OTHER_SHEET:
            own |= OWN[MORE_WORD] | OWN[FORMAT_WORD]
        self._title = title
        self._headings = [heading for heading in HEADINGS if heading in own]
        text, number = (book.name(look, _SIZE) for look in (styles.DATA, styles.DATA_NUMBER))
        self._styles = tuple(number if each in _NUMBERS else text for each in self._headings)
        self._writer = SheetWriter(workbook.create_sheet(title), control)
        header = book.name(styles.DATA_HEADER, _SIZE)
        self._writer.row(self._headings, (header,) * len(self._headings))
        for place, heading in enumerate(self._headings, start=1):
            column = self._writer.sheet.column_dimensions[get_column_letter(place)]
            column.width = _WIDTHS.get(heading, _NARROW if heading in _NUMBERS else _WIDE)
            # so that what is typed into an empty cell stays text
            column.number_format = styles.INTEGER if heading in _NUMBERS else styles.TEXT
        self._writer.sheet.freeze_panes = "A2"

    def add(self, row: FlatRow) -> None:
        if self._writer.row_number == _MOST_ROWS:
            raise ExportError(
                f"「{self._title}」シートの行数が、Excelで扱える{_MOST_ROWS:,}行を超えます。"
                "CSVかJSONで書き出してください。"
            )
        values = [row.cells.get(each) for each in self._headings]
        looks = zip(values, self._styles, strict=True)
        filled = tuple(None if value in (None, "") else style for value, style in looks)
        self._writer.row(values, filled)

    def finished(self) -> SheetWriter:
        sheet = self._writer.sheet
        sheet.auto_filter.ref = f"A1:{self._writer.last_cell}"
        self._writer.finish()
        return self._writer
