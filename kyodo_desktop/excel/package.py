"""Puts a workbook of openpyxl and the rows of its sheets into one file."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl import Workbook

    from kyodo_desktop.excel.sheet_writer import SheetWriter

_PROPERTIES = "docProps/core.xml"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")


def save(workbook: Workbook, writers: Iterable[SheetWriter], path: Path) -> None:
    """Write the file; the same plan and options give the same bytes."""
    from openpyxl.xml.functions import tostring

    empty = io.BytesIO()
    workbook.save(empty)
    workbook.properties.modified = workbook.properties.created
    filled = {writer.sheet.path.removeprefix("/"): writer for writer in writers}
    with ZipFile(empty) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            content = source.read(name)
            if name == _PROPERTIES:
                content = tostring(workbook.properties.to_tree())
            if name in filled:
                content = _with_rows(content, filled[name])
            target.writestr(entry, content)


def _with_rows(sheet: bytes, writer: SheetWriter) -> bytes:
    """Return the XML of an empty sheet with the rows in it."""
    before, after = _NO_ROWS.split(sheet)
    size = b'<dimension ref="A1:' + writer.last_cell.encode() + b'"/>'
    rows = "".join(writer.rows).encode()
    return b"".join((_DIMENSION.sub(size, before), b"<sheetData>", rows, b"</sheetData>", after))
