"""The whole plan as JSON, CSV or a workbook of plain rows, in the form that a name asks for."""

from __future__ import annotations

import codecs
import math
import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors, field_types, job_control, open_data, tables
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.interchange import (
    checking,
    csv_form,
    escaping,
    flat_rows,
    json_form,
    report_sheets,
    sheet_rows,
)
from kyodo_desktop.excel import layout, styles
from kyodo_desktop.excel.reading import refusals
from kyodo_desktop.excel.reading.file_content import content_of
from kyodo_desktop.excel.reading.package import opened_package
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.workbook import SheetWriter, new_workbook, save
from kyodo_desktop.pages import export_file, looks, options, text_metrics
from kyodo_desktop.pages.footers import footer
from kyodo_desktop.pages.laid import PAPERS
from kyodo_desktop.pages.options import Paper
from kyodo_desktop.pages.text_files import write_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

    from kyodo_desktop.domain.importing.grid import Grid
    from kyodo_desktop.domain.interchange.whole_plan import WholePlan
    from kyodo_desktop.excel.reading.package import Package


OTHER_SHEET, HISTORY_SHEET = "データ（その他）", "データ（履歴）"
_OF_HISTORY = ("operation", "change")
_SHEETS = {
    options.DATA_SHEET: ("progress",),
    OTHER_SHEET: tuple(name for name in tables.TABLES if name not in ("progress", *_OF_HISTORY)),
    HISTORY_SHEET: _OF_HISTORY,
}
_OF_TABLE = {name: sheet for sheet, names in _SHEETS.items() for name in names}
_FONT, _SIZE = "游ゴシック", 10.0
_PAPER, _LEAST_SCALE = Paper.A3_LANDSCAPE, 0.5  # of print, smaller ones cannot be read
_NUMBERS = frozenset(
    column.heading
    for table in tables.TABLES.values()
    for column in table.columns
    if column.type.storage is field_types.Storage.NUMBER and column.refers not in tables.NAMES
) | {"キー"}
_WIDTHS = {"文": 60.0, "実行計画": 36.0, "操作": 36.0, "日時": 26.0}
_WIDE, _NARROW = 18.0, 9.0
_NAMES_OF_SHEETS = "xl/workbook.xml"
_OUR_WORD = "実行計画キー"  # a heading of every export, and of no other table
_HOLDS_TEXT = re.compile(r"^(?:content\.xml|xl/sharedstrings\.(?:xml|bin)|xl/worksheets/[^/]+)$")
_SEARCHED = 1024 * 1024  # bytes of each part; the headings come first
_MOST_ROWS = 1_048_576
_MADE_ON = "2000-01-01"


def write_workbook(whole: WholePlan, path: Path, control: job_control.JobControl) -> None:
    """Write the workbook; raises ExportError where a sheet cannot hold so many rows."""
    workbook = new_workbook(_FONT, _MADE_ON)
    book = styles.StyleBook(workbook, _FONT)
    sheets = {title: _SheetOfRows(workbook, title, book, control) for title in _SHEETS}
    for row in flat_rows.flat_rows(whole):
        sheets[_OF_TABLE.get(row.table, OTHER_SHEET)].add(row)
    save(workbook, [sheet.finished() for sheet in sheets.values()], path)


def read_workbook(path: Path, control: job_control.JobControl | None = None) -> WholePlan:
    """Read the workbook; raises ReadingError, CancelledError, and RefusedError naming the cell."""
    book = read_table(path, control)
    sheets = {grid.sheet: sheet_rows.Sheet(grid.sheet, grid.rows) for grid in _checked(book.grids)}
    ours = [each for each in sheets.values() if each.is_ours]
    if len(ours) == 1 and report_sheets.DEFINITION_SHEET not in sheets:
        return sheet_rows.from_sheets([_unguarded(ours[0])], path.name)
    if report_sheets.DEFINITION_SHEET in sheets and options.DATA_SHEET in sheets:
        return report_sheets.from_report(
            sheets[options.DATA_SHEET], sheets[report_sheets.DEFINITION_SHEET]
        )
    return sheet_rows.from_sheets(sheets.values(), path.name)


def _checked(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Return the sheets; raises RefusedError for the first cell that could not be read."""
    for grid in grids:
        for (sheet, row, column), _, reason in grid.unread:
            # a number that became a date is one again; what is of no cell is of no plan
            is_read = (row, column) not in grid.struck and grid.text(row, column)
            if row and not is_read:
                where = CellPlace(sheet, row, column).label
                raise checking.refused(where, f"の値を読み取れません。{reason}")
    return grids


def _unguarded(sheet: sheet_rows.Sheet) -> sheet_rows.Sheet:
    """Return a CSV of ours that was opened and saved as a workbook: all rows in one sheet."""
    rows = [[*map(escaping.unguarded, row)] for row in sheet.rows]
    return sheet._replace(rows=rows)


def is_data_book(path: Path) -> bool:
    """Tell a workbook of ours by the names of its sheets or by its headings.

    All of it is read only where the words of our headings are found in it. Raises ReadingError.
    """
    content = content_of(path)
    if not content.startswith(_ZIP):
        return _OUR_WORD.encode("utf-16-le") in content and _has_our_headings(path)
    with opened_package(path.name, content) as package:
        names = package.read(_NAMES_OF_SHEETS) if _NAMES_OF_SHEETS in package else b""
        titles = OTHER_SHEET, report_sheets.DEFINITION_SHEET
        if any(title.encode() in names for title in titles):
            return True
        words = tuple(map(_OUR_WORD.encode, ("utf-8", "utf-16-le")))
        parts = [each for each in package.namelist() if _HOLDS_TEXT.search(each.lower())]
        is_likely = any(word in _head(package, part) for part in parts for word in words)
    return is_likely and _has_our_headings(path)


def _head(package: Package, part: str) -> bytes:
    with package.open(part) as source:
        return source.read(_SEARCHED)


def _has_our_headings(path: Path) -> bool:
    grids = read_table(path).grids
    return any(sheet_rows.Sheet(each.sheet, each.rows).is_ours for each in grids)


def _width(heading: str) -> float:
    """Return the width of a column in digits."""
    return _WIDTHS.get(heading, _NARROW if heading in _NUMBERS else _WIDE)


class _SheetOfRows:
    """One sheet while it is written."""

    def __init__(
        self,
        workbook: Workbook,
        title: str,
        book: styles.StyleBook,
        control: job_control.JobControl,
    ) -> None:
        from openpyxl.utils import get_column_letter

        own = set(flat_rows.CONTEXT).union(
            *(flat_rows.OWN[tables.TABLES[name].word] for name in _SHEETS[title])
        )
        if title == OTHER_SHEET:
            own |= flat_rows.OWN[flat_rows.MORE_WORD] | flat_rows.OWN[flat_rows.FORMAT_WORD]
        self._title = title
        self._headings = [heading for heading in flat_rows.HEADINGS if heading in own]
        text, number = (book.name(look, _SIZE) for look in (looks.DATA, looks.DATA_NUMBER))
        self._styles = tuple(number if each in _NUMBERS else text for each in self._headings)
        self._writer = SheetWriter(workbook.create_sheet(title), control)
        header = book.name(looks.DATA_HEADER, _SIZE)
        self._writer.row(self._headings, (header,) * len(self._headings))
        for place, heading in enumerate(self._headings, start=1):
            column = self._writer.sheet.column_dimensions[get_column_letter(place)]
            column.width = _width(heading)
            # so that what is typed into an empty cell stays text
            column.number_format = looks.INTEGER if heading in _NUMBERS else looks.TEXT
        self._writer.sheet.freeze_panes = "A2"

    def add(self, row: flat_rows.FlatRow) -> None:
        if self._writer.row_number == _MOST_ROWS:
            raise errors.ExportError(
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
        self._set_up_print()
        self._writer.finish()
        return self._writer

    def _set_up_print(self) -> None:
        """Repeat the headings on each page, and what tells a row where one has several."""
        sheet, paper = self._writer.sheet, PAPERS[_PAPER]
        width = sum(map(_width, self._headings)) * layout.points_a_digit(_FONT)
        abreast = math.ceil(width * _LEAST_SCALE / paper.width)
        layout.set_up(sheet, paper, abreast=abreast)
        sheet.print_title_rows = "1:1"
        if abreast > 1:
            sheet.page_setup.pageOrder = "overThenDown"
            sheet.print_title_cols = "A:B"
        below = footer(self._title, "", paper, text_metrics.metrics_of(_FONT))
        layout.set_footer(
            sheet, below._replace(centre="&P / &N"), notice=options.Edition.INTERNAL.label
        )


_BEGINNING = 4_000  # bytes that tell what a file is
_ZIP, _OLE = refusals.ZIP, refusals.OLE


def write_export(
    whole: WholePlan,
    path: Path,
    control: job_control.JobControl | None = None,
) -> None:
    """Write the file, whole or not at all.

    `control` counts the rows of the tables. Raises ExportError and CancelledError.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        known = "、".join(_WRITERS)
        raise errors.ExportError(
            f"「{path.name}」には書き出せません。名前の終わりを{known}のどれかにしてください。"
        )
    control = control or job_control.JobControl()
    control.begin(sum(map(len, whole.tables.values())))
    with export_file.atomic_export(path, path.suffix.lower()) as beside:
        write(whole, beside, control)


def is_ours(path: Path) -> bool:
    """Tell whether the file is an export that `read_export` brings back without loss."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning.startswith((_ZIP, _OLE)):
            return is_data_book(path)
    except (OSError, errors.ReadingError):
        return False
    text = _text(beginning, "ignore")
    return (
        json_form.is_json_export(text)
        or csv_form.is_csv_export(text)
        or _is_in_old_code(beginning)
    )


def refuse_written_out(path: Path) -> None:
    """Raise RefusedError for what this program writes out as data, which is no city's table.

    Read as one, its keys and signs would become texts of the plan.
    """
    if is_ours(path):
        raise errors.RefusedError(
            f"「{path.name}」はこのプログラムで書き出した全データのため、表としては取り込めません。"
            "「表を取り込む」（コマンドは「import」）でこのファイルを選ぶと、同じ計画を作れます。"
        )
    try:
        with path.open("rb") as file:
            beginning = _text(file.read(_BEGINNING), "ignore")
    except OSError:
        return  # which is told when it is read
    if open_data.is_open_data(beginning):
        raise errors.RefusedError(
            f"「{path.name}」はこのプログラムで書き出した公開データのため、表としては取り込めません。"
            "計画に取り込むときは、「全データ」を書き出してお使いください。"
        )


def read_export(
    path: Path,
    control: job_control.JobControl | None = None,
) -> WholePlan:
    """Read an export, also one that Excel or Calc saved in another form.

    Raises ReadingError, CancelledError, and RefusedError, which names the place.
    """
    content = content_of(path)
    if content.startswith((_ZIP, _OLE)):
        return read_workbook(path, control)
    try:
        text = _text(content, "strict")
    except UnicodeDecodeError as error:
        raise _not_utf8(path.name, content) from error
    if csv_form.is_csv_export(text[:_BEGINNING]):
        return csv_form.from_csv(text, path.name)
    return json_form.from_json(text, path.name)


def _text(content: bytes, on_error: str) -> str:
    """Return the text of an export; Excel's Unicode テキスト is UTF-16."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_wide else "utf-8-sig", on_error)


def _is_in_old_code(content: bytes) -> bool:
    """Tell an export that Excel saved as the CSV which knows no ✓."""
    return csv_form.is_csv_export(content[:_BEGINNING].decode("cp932", "replace"))


def _not_utf8(file: str, content: bytes) -> errors.RefusedError:
    if _is_in_old_code(content):
        return errors.RefusedError(
            f"「{file}」は{refusals.LOST_MARKS}計画のファイルは作成していません。"
        )
    return errors.RefusedError(
        f"「{file}」はUTF-8の文字として読み取れません。"
        "書き出したファイルをもう一度選んでください。計画のファイルは作成していません。"
    )


_WRITERS: dict[str, Callable[[WholePlan, Path, job_control.JobControl], None]] = {
    ".json": lambda whole, path, control: write_lines(
        path, json_form.as_json(whole), control, "utf-8"
    ),
    ".csv": lambda whole, path, control: write_lines(path, csv_form.as_csv(whole), control),
    ".xlsx": write_workbook,
}
