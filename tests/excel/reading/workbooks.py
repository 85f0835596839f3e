"""Workbooks made for the tests: a small table, and the same with one part changed by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def bytes_of(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def table() -> Workbook:
    """A table of three columns with one row, in a sheet named 進捗."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "進捗"
    sheet.append(["番号", "実行計画", "状態"])
    sheet.append(["①", "相談窓口を開く", "✓"])
    return workbook


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def changed(part: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """Return a workbook with one part of it changed."""
    parts = parts_of(content or bytes_of(table()))
    return zipped({**parts, part: change(parts[part])})


def with_sheet_data(data: str, *, after: str = "") -> bytes:
    """Return a workbook whose sheet has rows written by hand, and more behind them."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'
    return changed(SHEET, lambda _: sheet.encode())


def with_shared_strings(*texts: str, cells: tuple[int, ...]) -> bytes:
    """Return a workbook as Excel writes it: the texts in a part of their own."""
    row = "".join(f'<c t="s"><v>{each}</v></c>' for each in cells)
    parts = parts_of(with_sheet_data(f"<row>{row}</row>"))
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts[STRINGS] = f'<sst xmlns="{MAIN}">{items}</sst>'.encode()
    related = f'<Relationship Id="s" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    end = b"</Relationships>"
    parts[RELATIONS] = parts[RELATIONS].replace(end, related.encode() + end)
    kind = f'<Override PartName="/{STRINGS}" ContentType="{STRINGS_TYPE}"/></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", kind.encode())
    return zipped(parts)


def saved(folder: Path, content: bytes, name: str = "表.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
