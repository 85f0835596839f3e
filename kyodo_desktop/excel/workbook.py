"""A workbook while it is written: its font, its rows as text that stays text, its file."""

from __future__ import annotations

import io
import posixpath
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.excel import cell_text, layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.native_chart import NativeChart


_CREATOR = "協働プラン進捗管理"


def new_workbook(font: str, made_on: str) -> Workbook:
    """Return a workbook without sheets; `made_on` is a day or a moment in ISO form.

    A moment goes into its properties in UTC, as these want it.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # openpyxl has no other way to give a new workbook its standard font.
    ruler = layout.ruler_for(font)
    standard = Font(name=ruler.font, size=ruler.size)
    workbook._fonts = IndexedList([standard])  # type: ignore[attr-defined]  # noqa: SLF001
    workbook._named_styles["Normal"].font = standard  # type: ignore[attr-defined]  # noqa: SLF001
    workbook.properties.creator = _CREATOR
    made = datetime.fromisoformat(made_on)
    if made.tzinfo is not None:
        made = made.astimezone(UTC).replace(tzinfo=None)
    workbook.properties.created = made
    return workbook


MOST_PAGES = 1_000
"""Of a sheet: Excel refuses one with more than 1,026 page breaks of ours."""

Value = str | cell_text.RichText | int | float | None
Styles = tuple[str | None, ...]


class SheetWriter:
    """Collects rows as the XML of a worksheet; `save` puts them into the package.

    openpyxl makes an object and an element tree of every cell, which takes three times as
    long as all the layout of the table; everything but the rows is left to it. Text is
    written as an inline string, which no program takes for a formula or an error.
    """

    def __init__(self, sheet: Worksheet, control: JobControl) -> None:
        self.sheet = sheet
        self.rows: list[str] = []
        self.replacements: list[cell_text.Replacement] = []
        self._control = control
        self._patterns: dict[Styles, list[tuple[str, int] | None]] = {}
        self.charts: list[NativeChart] = []
        self._merges: list[str] = []
        self._breaks: list[int] = []

    @property
    def row_number(self) -> int:
        """The number of the last row."""
        return len(self.rows)

    @property
    def last_cell(self) -> str:
        """The cell at the lower right of what was written."""
        return _reference(max(map(len, self._patterns), default=1), max(1, self.row_number))

    def row(
        self,
        values: Sequence[Value],
        styles: Styles,
        height: float | None = None,
        *,
        grows: bool = False,
    ) -> None:
        """Append a row; a cell without a style stays empty, height is in points.

        One that `grows` is made higher by Excel while someone types into it.
        """
        number = self.row_number + 1
        parts = [f'<row r="{number}">']
        if height is not None:
            kept = "" if grows else ' customHeight="1"'
            parts = [f'<row r="{number}" ht="{height:g}"{kept}>']
        for place, value in zip(self._pattern(styles), values, strict=True):
            if place is None:
                continue
            cell = f'<c r="{place[0]}{number}" s="{place[1]}"'
            if not value and value != 0:
                parts.append(f"{cell}/>")
            elif isinstance(value, str):
                text = _text(self._fitted(value, f"{place[0]}{number}"))
                parts.append(f'{cell} t="inlineStr"><is>{text}</is></c>')
            elif isinstance(value, cell_text.RichText):
                runs = self._runs(value, f"{place[0]}{number}")
                parts.append(f'{cell} t="inlineStr"><is>{runs}</is></c>')
            else:
                parts.append(f"{cell}><v>{value}</v></c>")
        parts.append("</row>")
        self.rows.append("".join(parts))
        self._control.advance()

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Make one cell of several, unless it is one already."""
        if (first_row, first_column) != (last_row, last_column):
            first = _reference(first_column, first_row)
            self._merges.append(f"{first}:{_reference(last_column, last_row)}")

    def add_chart(self, chart: NativeChart) -> None:
        """Put a chart over its row."""
        self.sheet.add_chart(chart)
        self.charts.append(chart)

    def end_page(self) -> None:
        """Let a new page begin below the last row."""
        self._breaks.append(self.row_number)

    def finish(self) -> None:
        """Give the sheet its merged cells and page breaks.

        All at once: openpyxl looks through all earlier ones for each that is added. In a list:
        its own set has another order each time.
        """
        from openpyxl.worksheet.pagebreak import Break

        self.sheet.merged_cells = self._merges  # type: ignore[assignment]
        self.sheet.row_breaks.brk = [Break(id=row) for row in self._breaks]

    def _pattern(self, styles: Styles) -> list[tuple[str, int] | None]:
        """Return column letter and style number of each cell, looked up once a pattern."""
        found = self._patterns.get(styles)
        if found is None:
            found = self._patterns[styles] = [
                None if style is None else (_letter(column), self._style_number(style))
                for column, style in enumerate(styles, start=1)
            ]
        return found

    def _style_number(self, style: str) -> int:
        from openpyxl.cell import Cell

        cell = Cell(self.sheet, row=1, column=1)
        cell.style = style
        number: int = cell.style_id
        return number

    def _runs(self, value: cell_text.RichText, cell: str) -> str:
        """Return the runs; a text that must be cut loses its marks with its end."""
        runs = value.runs if cell_text.fits(str(value)) else (Segment(str(value), False),)
        parts, place = [], 0
        for run in runs:
            text = _text(self._fitted(run.text, cell, place))
            parts.append(f"<r>{value.mark if run.changed else ''}{text}</r>")
            place += len(run.text)
        return "".join(parts)

    def _fitted(self, value: str, cell: str, offset: int = 0) -> str:
        text, notes = cell_text.sanitize(value)
        self.replacements += [
            cell_text.Replacement(self.sheet.title, cell, place + offset, what, shown)
            for place, what, shown in notes
        ]
        return cell_text.escaped(text)


def _text(text: str) -> str:
    return f'<t xml:space="preserve">{text}</t>'


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _reference(column: int, row: int) -> str:
    return f"{_letter(column)}{row}"


_CORE, _APPLICATION = "docProps/core.xml", "docProps/app.xml"
_PROGRAM = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
)
"""As openpyxl writes it, but for its own name: by this programs tell how a file is to be read."""
_CALCULATED = 191029  # by Excel 2016 and later, which then neither calculates nor asks to save
_DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
_STYLES = "xl/styles.xml"
_FONT_OF_STYLES = re.compile(rb"(?<=<font>)(?:<\w+[^>]*/>)+(?=</font>)")
_PART_OF_FONT = re.compile(rb"<(\w+)[^>]*/>")
_PARTS_OF_FONT = (b"b", b"i", b"u", b"sz", b"color", b"name", b"family", b"charset", b"scheme")
_DRAWING = re.compile(r"^xl/drawings/drawing\d+\.xml$")
_RELATIONS = re.compile(r"^(?P<folder>.*)_rels/[^/]+\.rels$")
_ABSOLUTE = re.compile(r'Target="/([^"]+)"')


def save(workbook: Workbook, writers: Sequence[SheetWriter], path: Path) -> None:
    """Write the file; the same plan and options give the same bytes."""
    from openpyxl.workbook.properties import CalcProperties
    from openpyxl.xml.functions import tostring

    workbook.calculation = CalcProperties(calcId=_CALCULATED, fullCalcOnLoad=None)
    empty = io.BytesIO()
    workbook.save(empty)
    workbook.properties.modified = workbook.properties.created
    # openpyxl numbers the drawings in the order of their sheets.
    drawings = (writer.charts for writer in writers if writer.charts)
    filled = {writer.sheet.path.removeprefix("/"): writer for writer in writers}
    with ZipFile(empty) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            content = source.read(name)
            if name == _CORE:
                content = tostring(workbook.properties.to_tree())
            elif name == _APPLICATION:
                content = _PROGRAM
            elif name in filled:
                content = _with_rows(content, filled[name])
            elif name == _STYLES:
                content = _FONT_OF_STYLES.sub(_with_sorted_parts, content)
            elif _DRAWING.match(name):
                content = "".join(_drawing(next(drawings))).encode()
            elif relations := _RELATIONS.match(name):
                content = _relative(content.decode(), relations["folder"]).encode()
            target.writestr(entry, content)


def _with_rows(sheet: bytes, writer: SheetWriter) -> bytes:
    """Return the XML of an empty sheet with the rows in it."""
    before, after = _NO_ROWS.split(sheet)
    size = b'<dimension ref="A1:' + writer.last_cell.encode() + b'"/>'
    rows = "".join(writer.rows).encode()
    return b"".join((_DIMENSION.sub(size, before), b"<sheetData>", rows, b"</sheetData>", after))


def _with_sorted_parts(font: re.Match[bytes]) -> bytes:
    """Return a font's parts in the order that the standard gives them; openpyxl has its own."""
    parts = _PART_OF_FONT.finditer(font[0])
    return b"".join(
        part[0] for part in sorted(parts, key=lambda part: _PARTS_OF_FONT.index(part[1]))
    )


def _drawing(charts: Sequence[NativeChart]) -> Iterator[str]:
    """Yield the XML of the charts of a sheet, with what each shows in words.

    openpyxl cannot say these, and writes names without the prefixes that exceljs knows them by.
    """
    main = "http://schemas.openxmlformats.org/drawingml/2006"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    yield f'<xdr:wsDr xmlns:xdr="{main}/spreadsheetDrawing" xmlns:a="{main}/main">'
    for number, chart in enumerate(charts, start=1):
        words = cell_text.quoted(cell_text.sanitize(chart.words)[0])
        edges = ("from", 0, chart.row - 1), ("to", chart.columns, chart.row)
        yield '<xdr:twoCellAnchor editAs="twoCell">'
        for name, column, row in edges:
            yield f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
            yield f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        yield (
            '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
            f'<xdr:cNvPr id="{number + 1}" name="{words}" descr="{words}"/>'
            "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
            '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
            f'<a:graphic><a:graphicData uri="{main}/chart">'
            f'<c:chart xmlns:c="{main}/chart" xmlns:r="{relations}" r:id="rId{number}"/>'
            "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
        )
    yield "</xdr:wsDr>"


def _relative(relations: str, folder: str) -> str:
    """Return the relationships of a folder's parts with targets as seen from there.

    Not every program understands those that begin at the package's root.
    """

    def seen(found: re.Match[str]) -> str:
        return f'Target="{posixpath.relpath(found[1], folder or ".")}"'

    return _ABSOLUTE.sub(seen, relations)
