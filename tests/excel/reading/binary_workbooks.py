"""Binary workbooks made record by record: no program here writes .xlsb, and none lies as these."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from tests.excel.reading.workbooks import RELATION, TYPES, zipped

ROW, BLANK, RK, ERROR, REAL, TEXT, SHARED = 0, 1, 2, 3, 5, 6, 7
BEGIN_DATA, END_DATA, BEGIN_SHEET, END_SHEET, DIMENSIONS = 145, 146, 129, 130, 148


def record(kind: int, data: bytes = b"") -> bytes:
    ends = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, size = len(data), b""
    while True:
        size += bytes((length & 0x7F | (0x80 if length > 0x7F else 0),))
        length >>= 7
        if not length:
            return ends + size + data


def word(text: str) -> bytes:
    wide = text.encode("utf-16-le")
    return struct.pack("<I", len(wide) // 2) + wide


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    head = struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0)
    return record(ROW, head + struct.pack("<I", 0)) + b"".join(cells)


def cell(column: int, value: str | float, style: int = 0) -> bytes:
    head = struct.pack("<II", column, style)
    if isinstance(value, str):
        return record(TEXT, head + word(value))
    return record(REAL, head + struct.pack("<d", value))


def shared(column: int, place: int) -> bytes:
    return record(SHARED, struct.pack("<III", column, 0, place))


def texts(*items: tuple[str, tuple[tuple[int, int], ...]]) -> bytes:
    """Return the shared texts, each with where its fonts begin."""
    found = record(159, struct.pack("<II", len(items), len(items)))
    for text, runs in items:
        fonts = b"".join(struct.pack("<HH", *run) for run in runs)
        more = struct.pack("<I", len(runs)) + fonts if runs else b""
        found += record(19, bytes((bool(runs),)) + word(text) + more)
    return found + record(160)


def error(column: int, number: int) -> bytes:
    return record(ERROR, struct.pack("<IIB", column, 0, number))


def columns(first: int, last: int) -> bytes:
    return record(60, struct.pack("<IIIIH", first, last, 2000, 0, 1))


def merge(*edges: int) -> bytes:
    return record(176, struct.pack("<4I", *edges))


def sheet(rows: Iterable[bytes], *, before: bytes = b"", after: bytes = b"") -> bytes:
    dimensions = record(DIMENSIONS, struct.pack("<4I", 0, 1_048_575, 0, 16_383))
    infos = record(390) + before + record(391) if before else b""
    data = record(BEGIN_DATA) + b"".join(rows) + record(END_DATA)
    return record(BEGIN_SHEET) + dimensions + infos + data + after + record(END_SHEET)


def styles() -> bytes:
    """Two fonts, the second strikes out; formats of cells: plain, day, percent, struck out."""
    fonts = b"".join(record(43, struct.pack("<HH", 220, flag) + bytes(20)) for flag in (0, 8))
    formats = b"".join(
        record(47, struct.pack("<HHHHHBBH", 0, number, font, 0, 0, 0, indent, 0))
        for number, font, indent in ((0, 0, 0), (14, 0, 0), (9, 0, 0), (0, 1, 0), (0, 0, 2))
    )
    return (
        record(278)
        + record(611, struct.pack("<I", 2)) + fonts + record(612)
        + record(617, struct.pack("<I", 5)) + formats + record(618)
        + record(279)
    )  # fmt: skip


def binary_workbook(*sheets: bytes, hidden: Iterable[int] = (), strings: bytes = b"") -> bytes:
    """Return a workbook of these sheets, named シート1 and so on."""
    listed = b"".join(
        record(
            156,
            struct.pack("<II", place in hidden, place + 1) + word(f"r{place}")
            + word(f"シート{place + 1}"),
        )
        for place in range(len(sheets))
    )  # fmt: skip
    book = record(131) + record(143) + listed + record(144) + record(157) + record(132)
    related = "".join(
        f'<Relationship Id="r{place}" Type="{RELATION}/worksheet"'
        f' Target="worksheets/sheet{place}.bin"/>'
        for place in range(len(sheets))
    )
    related += f'<Relationship Id="s" Type="{RELATION}/styles" Target="styles.bin"/>'
    related += f'<Relationship Id="t" Type="{RELATION}/sharedStrings" Target="sharedStrings.bin"/>'
    relations = f'<Relationships xmlns="http://x">{related}</Relationships>'
    parts = {f"xl/worksheets/sheet{place}.bin": each for place, each in enumerate(sheets)}
    return zipped(
        {
            TYPES: b"<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations.encode(),
            "xl/styles.bin": styles(),
            "xl/sharedStrings.bin": strings or texts(),
            **parts,
        }
    )


def progress() -> bytes:
    """Return a table with all that a binary sheet can tell of its cells."""
    rows = (
        row(0, cell(0, "番号"), cell(1, "目標"), cell(2, "取組"), cell(3, "完了予定")),
        row(1, cell(0, "1-1"), cell(1, "Ⅰ しくみ", 4), cell(2, "窓口"), cell(3, 42460.0, 1)),
        row(2, cell(0, 2.0), cell(2, "育てる"), cell(3, 0.5, 2), cell(4, "メモ")),
        row(3, cell(0, "1-3"), cell(2, "隠した取組"), hidden=True),
        row(4, cell(0, "1-4", 3), cell(2, "やめた取組", 3)),
        row(5, cell(0, "2-1"), shared(2, 1), error(3, 7)),
    )
    strings = texts(("ただの文", ()), ("旧い名新しい名", ((0, 1), (3, 0))))
    first = sheet(rows, before=columns(4, 4), after=merge(1, 3, 1, 1))
    return binary_workbook(first, sheet((row(2, cell(1, "控え")),)), hidden=(1,), strings=strings)
