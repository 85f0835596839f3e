"""Makes the copy of an office's workbook: reads it as it is, edits its parts, writes it beside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import ExportError, ReadingError
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.like.filling import MISSING_SHEET
from kyodo_desktop.excel.like.added_sheet import added_sheet
from kyodo_desktop.excel.like.cell_formats import CellFormats, TextRoom, formats_of
from kyodo_desktop.excel.like.package_copy import copied
from kyodo_desktop.excel.like.sheet_edit import BookStyles, edited
from kyodo_desktop.excel.reading.cell_styles import cell_styles
from kyodo_desktop.excel.reading.damage import translate_parse_errors
from kyodo_desktop.excel.reading.file_content import content_of
from kyodo_desktop.excel.reading.package import Package, opened_package
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.reading.workbook_map import workbook_map
from kyodo_desktop.excel.reading.xml_part import XmlPart
from kyodo_desktop.garbage import gc_paused
from kyodo_desktop.pages.export_file import atomic_export

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kyodo_desktop.domain.like.filling import CellWrite, TableFilling
    from kyodo_desktop.excel.reading.workbook_map import SheetPart, WorkbookMap

FORMS = (".xlsx", ".xlsm")
_OTHERS = {
    ".xls": "古い形式のExcelファイル（.xls）",
    ".xlsb": "バイナリ形式のブック（.xlsb）",
    ".ods": "OpenDocument形式の表計算ファイル（.ods）",
    ".csv": "文字だけの表（.csv）",
    ".tsv": "文字だけの表（.tsv）",
    ".txt": "文字だけの表（.txt）",
}
_SIGNED = "電子署名のあるブックです。写しでは署名が無効になります。必要なら署名し直してください。"
_PROTECTED = "保護されたシートです。保護はそのままで、値だけを書き込みました。"
OTHERWISE = "書き込みましたが、読み直すと違う値になります"
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_MOST = 5_000_000


class FilledCopy(NamedTuple):
    """`written` counts the cells; `notices` is what was not or not plainly written, and warnings.

    `sheet` is the name of the sheet that was added, or empty.
    """

    written: int
    notices: tuple[Unread, ...]
    sheet: str


def expect_table(table: Path) -> None:
    """Raise ExportError for a table that cannot be filled in."""
    suffix = table.suffix.lower()
    if suffix not in FORMS:
        what = _OTHERS.get(suffix, "Excelのブックではないファイル")
        raise ExportError(
            f"「{table.name}」は{what}のため、元の表の形では出力できません。何も書いていません。"
            "Excelで開き、「名前を付けて保存」で「Excel ブック（*.xlsx）」にしてから、"
            "そのブックを指定してください。"
        )


def expect_form(table: Path, out: Path) -> None:
    """Raise ExportError for a table that cannot be filled in, and for writing over it."""
    expect_table(table)
    suffix = table.suffix.lower()
    if out.suffix.lower() != suffix:
        raise ExportError(
            f"「{out.name}」には出力できません。元の表が{suffix}なので、"
            f"出力するファイルの名前も{suffix}で終わらせてください。"
        )
    if _is_same(table, out):
        raise ExportError(
            f"「{out.name}」は元の表そのものです。元の表は書き換えません。"
            "別の名前を指定してください。"
        )


def write_filled_copy(
    table: Path, out: Path, filling: TableFilling, control: JobControl | None = None
) -> FilledCopy:
    """Write a copy of the table with what is to be filled in.

    Raises ExportError, ReadingError and CancelledError; then nothing was written.
    """
    control = control or JobControl()
    expect_form(table, out)
    with atomic_export(out, out.suffix.lower()) as beside:
        with gc_paused():
            content, copy = filled(table.name, content_of(table), filling, control)
        control.check()
        beside.write_bytes(content)
        other = tuple(_not_there(beside, table.name, filling, copy))
    return copy._replace(notices=(*copy.notices, *other))


def _not_there(
    written: Path, name: str, filling: TableFilling, copy: FilledCopy
) -> Iterator[Unread]:
    """Read the copy before anybody gets it; yield what does not stand in it as it should.

    Raises ExportError where it cannot be read.
    """
    try:
        grids = {grid.sheet: grid for grid in read_table(written).grids}
    except ReadingError as error:
        raise ExportError(
            f"「{name}」の写しを作りましたが、読み直せないため出力していません。"
            "元の表はそのままです。元の表をExcelで開き、上書き保存してから、もう一度お試しください。"
        ) from error
    known = {each.place for each in copy.notices}
    for place, text in filling.writes:
        grid = grids.get(place.sheet)
        read = grid.text(place.row, place.column) if grid is not None else ""
        if read != text and place not in known and _differs(text, read):
            yield Unread(place, text, f"{OTHERWISE}（「{read}」）。")


def _differs(text: str, read: str) -> bool:
    """Tell whether two texts differ in more than what a sheet cannot hold."""
    return "".join(text.split()) != "".join(read.split())


def filled(
    name: str, content: bytes, filling: TableFilling, control: JobControl
) -> tuple[bytes, FilledCopy]:
    """Return the bytes of the copy, and what is told of it. Raises ReadingError."""
    with opened_package(name, content) as package, translate_parse_errors(name):
        where = workbook_map(package, control)
        work = _Work(package, where, _styles(package, where, control))
        for sheet in where.sheets:
            control.check()
            work.fill(sheet, [each for each in filling.writes if each.place.sheet == sheet.name])
        if filling.missing:
            work.add(filling.missing)
        return copied(content, work.replaced, work.added), work.result()


class _Work:
    """Gathers the parts that are new."""

    def __init__(self, package: Package, where: WorkbookMap, styles: BookStyles) -> None:
        self._package, self._where, self._styles = package, where, styles
        self.replaced: dict[str, bytes] = {}
        self.added: dict[str, bytes] = {}
        self._notices: list[Unread] = []
        self._written, self._sheet = 0, ""

    def fill(self, sheet: SheetPart, writes: list[CellWrite]) -> None:
        if not writes:
            return
        done = edited(self._package.read(sheet.path), writes, self._styles)
        self._notices += done.notices
        self._written += done.written
        if done.written:
            self.replaced[self._package.spelled(sheet.path)] = done.content
            if done.is_protected:
                self._notices.append(Unread(CellPlace(sheet.name, 1, 1), "", _PROTECTED))

    def add(self, rows: tuple[tuple[str, ...], ...]) -> None:
        package, style = self._package, self._styles.formats.plain
        new = added_sheet(MISSING_SHEET, rows, package.namelist(), package.read, style=style)
        self._sheet = new.name
        self.replaced |= {package.spelled(name): part for name, part in new.replaced.items()}
        self.added |= new.added

    def result(self) -> FilledCopy:
        names = (each.lower() for each in self._package.namelist())
        if self.replaced and any(each.startswith("_xmlsignatures/") for each in names):
            self._notices.append(Unread(CellPlace("", 0, 0), "", _SIGNED))
        return FilledCopy(self._written, tuple(self._notices), self._sheet)


def _styles(package: Package, where: WorkbookMap, control: JobControl) -> BookStyles:
    """Read what the workbook keeps for all its sheets."""
    shown: list[Callable[[str], str | None]] = []
    formats = CellFormats([], TextRoom(), 0)
    if where.styles:
        with package.open(where.styles) as source:
            part = XmlPart(source, control, _MOST)
            shown = [each.shown for each in cell_styles(part, from_1904=where.from_1904)]
        with package.open(where.styles) as source:
            *_, root = XmlPart(source, control, _MOST, whole=True).elements()
            formats = formats_of(root)
    texts, rich = _shared_texts(package, where, control)
    names = {each.lower() for each in package.namelist()}
    calculates = any(each.endswith("/calcchain.xml") for each in names) or any(
        _FORMULA.search(package.read(sheet.path)) for sheet in where.sheets
    )
    return BookStyles(
        shown=shown,
        formats=formats,
        texts=texts,
        rich=rich,
        from_1904=where.from_1904,
        calculates=calculates,
    )


def _shared_texts(
    package: Package, where: WorkbookMap, control: JobControl
) -> tuple[list[str], set[int]]:
    """Return the shared texts, and the places of those with a font of their own in a part."""
    texts: list[str] = []
    rich: set[int] = set()
    if not where.strings:
        return texts, rich
    with package.open(where.strings) as source:
        part = XmlPart(source, control, _MOST)
        for element in part.elements():
            if element.tag != f"{part.namespace}si":
                continue
            runs = element.findall(f"{part.namespace}r")
            if runs:
                rich.add(len(texts))
            pieces = (each.findtext(f"{part.namespace}t") for each in runs or (element,))
            texts.append("".join(filter(None, pieces)))
            element.clear()
            part.settle()
    return texts, rich


def _is_same(table: Path, out: Path) -> bool:
    try:
        return out.exists() and table.samefile(out)
    except OSError:
        return False
