"""Damages workbooks and texts in the ways that happen, and in those that somebody may intend."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

from kyodo_desktop.excel.reading.compound_file import CompoundFile, compound_file_of

HOSTILE_NUMBERS = (
    "", "0", "-1", "1.5", "x", "NaN", "INF", "1e999", "99999999999999999999", "1048577", "①",
)  # fmt: skip
HOSTILE_TEXTS = (
    "", "_x0000_", "_xD800_", "_xFFFE_", "_x005F_x0041_", "&#9;", "&#0;", "&#xD800;", "&#xFFFE;",
    "#REF!", "=1+1", "あ" * 33_000, "\u202e", "é", "Ａ", "👩‍👩‍👧", "&lt;", "]]&gt;", "\x01",
)  # fmt: skip
HOSTILE_CELLS = (
    '<c r="A1" t="s"><v>999999</v></c>',
    '<c r="A1" t="s"><v>-1</v></c>',
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="A1" t="e"><v>#NAME?</v></c>',
    '<c r="A1" t="d"><v>9999-99-99T99</v></c>',
    '<c r="A1" t="b"><v>2</v></c>',
    '<c r="A1" t="zz"><v>2</v></c>',
    '<c r="B2"><f>A1</f></c>',
    '<c r="A1" s="99999"><v>-70000</v></c>',
    '<c r="A1" s="1"><v>1e308</v></c>',
    '<c t="inlineStr"><is><r><t>a</t></r><rPh sb="0" eb="1"><t>b</t></rPh></is></c>',
    '<c r="ZZZ1"><v>1</v></c>',
    "<c><c><v>1</v></c></c>",
)
HOSTILE_ROWS = (
    '<row r="1048576"><c><v>1</v></c></row>',
    '<row r="0"/>',
    '<row r="2" hidden="1" ht="x"><c><v>7</v></c></row>',
    "<row>" + "<c/>" * 3_000 + "</row>",
    "<row/>" * 2_000,
    '<row r="1"><row r="2"><c><v>1</v></c></row></row>',
)
HOSTILE_ENDS = (
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    '<mergeCells><mergeCell ref="A1"/><mergeCell ref=""/><mergeCell/></mergeCells>',
    "<mergeCells>" + '<mergeCell ref="A1:C3"/>' * 3_000 + "</mergeCells>",
    '<dataValidations count="x"><dataValidation sqref="A1:A1048576"/></dataValidations>',
    '<conditionalFormatting sqref="??"><cfRule type="?"/></conditionalFormatting>',
    '<autoFilter ref="A1:"/>',
    "<extLst><ext/></extLst>",
)
ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY c "&b;&b;&b;&b;">]>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://localhost/">%b;]>',
)
HEADS = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.4",
    b"PK\x05\x06",
    b"<html>",
    b"\xef\xbb\xbf",
)
_ATTRIBUTE = re.compile(rb'(?<=[ :])([A-Za-z]+)="([^"]*)"')
_TEXT = re.compile(rb"(?<=<t>)[^<]*|(?<=<v>)[^<]*")
_ELEMENT = re.compile(rb"<([A-Za-z:]+)[^>]*(?:/>|>[^<]*</\1>)")


def damaged_within(content: bytes, seed: int) -> bytes:
    """Return a file whose container is sound but what is in it is not.

    Few of the damages of a whole file get past the checks of a zip or of an old container.
    """
    random = Random(seed)
    if content.startswith(HEADS[0]):
        stream = CompoundFile(content).stream("Workbook")
        return compound_file_of(_flip_few(stream, random))
    parts = _parts(content)
    name = random.choice(sorted(parts))
    return _zipped({**parts, name: _flip_few(parts[name], random)})


def _flip_few(part: bytes, random: Random) -> bytes:
    """Return bytes with a few changed, most of them where lengths and kinds are written."""
    changed = bytearray(part)
    for _ in range(random.choice((1, 1, 2, 8)) if changed else 0):
        at = random.randrange(len(changed))
        hostile = random.choice((0, 1, 0x7F, 0x80, 0xFF, random.randrange(256)))
        changed[at : at + random.choice((1, 1, 4))] = bytes((hostile,))
    return bytes(changed)


def damaged(content: bytes, seed: int) -> bytes:
    """Return a workbook with one to three damages, always the same for a seed."""
    random = Random(seed)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        way = random.choice((*_PART_WAYS, *_PART_WAYS, *_PACKAGE_WAYS, *_FILE_WAYS))
        try:
            content = way(content, random)
        except Exception:
            return content  # damaged so much that nothing inside can be reached
    return content


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 3, 30, 300)) if changed else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _flip_end(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(4 if len(changed) > 400 else 0):
        changed[-random.randrange(1, 400)] = random.choice((0, 1, 255))
    return bytes(changed)


def _other_head(content: bytes, random: Random) -> bytes:
    return random.choice(HEADS) + content[random.choice((0, 4, 100)) :]


def _padded(content: bytes, random: Random) -> bytes:
    junk = random.randbytes(random.choice((1, 100, 70_000)))
    return random.choice((junk + content, content + junk, content + content))


def _without_part(content: bytes, random: Random) -> bytes:
    parts = _parts(content)
    del parts[random.choice(sorted(parts))]
    return _zipped(parts)


def _exchanged(content: bytes, random: Random) -> bytes:
    parts = _parts(content)
    one, other = random.choice(sorted(parts)), random.choice(sorted(parts))
    return _zipped({**parts, one: parts[other], other: parts[one]})


def _emptied(content: bytes, random: Random) -> bytes:
    parts = _parts(content)
    junk = (b"", b" ", b"<", b"<a/>", b"\0" * 1_000, b"\xff\xfe<\0a\0/\0>\0", random.randbytes(99))
    return _zipped({**parts, random.choice(sorted(parts)): random.choice(junk)})


def _stored_otherwise(content: bytes, random: Random) -> bytes:
    ways = (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    return _zipped(_parts(content), random.choice(ways))


def _renamed(content: bytes, random: Random) -> bytes:
    parts = _parts(content)
    name = random.choice(sorted(parts))
    return _zipped({("/" + name if key == name else key): part for key, part in parts.items()})


def _attribute(part: bytes, random: Random) -> bytes:
    hostile = random.choice((*HOSTILE_NUMBERS, *HOSTILE_TEXTS)).encode()
    return _one(_ATTRIBUTE, part, random, lambda found: found[1] + b'="' + hostile + b'"')


def _text(part: bytes, random: Random) -> bytes:
    hostile = random.choice((*HOSTILE_NUMBERS, *HOSTILE_TEXTS)).encode()
    return _one(_TEXT, part, random, lambda _: hostile)


def _element_gone(part: bytes, random: Random) -> bytes:
    return _one(_ELEMENT, part, random, lambda _: b"")


def _element_often(part: bytes, random: Random) -> bytes:
    times = random.choice((2, 2, 50, 3_000))
    return _one(_ELEMENT, part, random, lambda found: found[0] * times)


def _entity(part: bytes, random: Random) -> bytes:
    head, mark, rest = part.partition(b"?>")
    return (head + mark if rest else b"") + random.choice(ENTITIES) + (rest or head)


def _encoding(part: bytes, random: Random) -> bytes:
    text = part.decode("utf-8", "replace").partition("?>")[2] or part.decode("utf-8", "replace")
    name = random.choice(("utf-16", "utf-16-be", "cp932", "utf-7", "utf-32", "nonsense"))
    head = f'<?xml version="1.0" encoding="{name}"?>'
    written = name if name != "nonsense" else "utf-8"
    return (head + text).encode(written, "replace")


def _cut_part(part: bytes, random: Random) -> bytes:
    return part[: random.randrange(len(part) + 1)]


def _nested(part: bytes, random: Random) -> bytes:
    depth = random.choice((100, 5_000, 100_000))
    return part.replace(b"<sheetData>", b"<a>" * depth + b"</a>" * depth + b"<sheetData>", 1)


def _hostile_sheet(part: bytes, random: Random) -> bytes:
    rows = random.choice(HOSTILE_ROWS + tuple(f"<row>{cell}</row>" for cell in HOSTILE_CELLS))
    where, what = random.choice(
        ((b"<sheetData>", b"<sheetData>" + rows.encode()),
         (b"</sheetData>", rows.encode() + b"</sheetData>"),
         (b"</sheetData>", b"</sheetData>" + random.choice(HOSTILE_ENDS).encode()))
    )  # fmt: skip
    return part.replace(where, what, 1)


_FILE_WAYS = (_cut, _flip, _flip_end, _other_head, _padded)
_PACKAGE_WAYS = (_without_part, _exchanged, _emptied, _stored_otherwise, _renamed)


def _in_one_part(content: bytes, random: Random) -> bytes:
    parts = _parts(content)
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    ways = (_attribute, _attribute, _text, _element_gone, _element_often, _entity, _encoding,
            _cut_part)  # fmt: skip
    name = random.choice(names)
    return _zipped({**parts, name: random.choice(ways)(parts[name], random)})


def _in_one_sheet(content: bytes, random: Random) -> bytes:
    parts = _parts(content)
    name = random.choice(sorted(name for name in parts if name.startswith("xl/worksheets/s")))
    ways = (_hostile_sheet, _hostile_sheet, _attribute, _text, _nested, _element_often)
    return _zipped({**parts, name: random.choice(ways)(parts[name], random)})


_PART_WAYS = (_in_one_part, _in_one_part, _in_one_sheet, _in_one_sheet)


def _one(pattern, part: bytes, random: Random, change) -> bytes:
    found = list(pattern.finditer(part))
    if not found:
        return part
    chosen = random.choice(found)
    return part[: chosen.start()] + change(chosen) + part[chosen.end() :]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if not parts:
        raise KeyError
    return parts


def _zipped(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()
