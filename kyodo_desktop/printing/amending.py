"""Adds to a PDF of Qt's what this leaves out, behind its end, as the format provides for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_MEANINGS = re.compile(rb"/ToUnicode (\d+) 0 R")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ENTRY = 20  # bytes in the table of objects


def amended(file: bytes, letters: Mapping[int, str]) -> bytes:
    """Return the file with its language, and with `letters` in the place of certain codes.

    Qt knows but 16 bits of what a letter is; one beyond them has borrowed a code of these.
    """
    start = _START.search(file)
    end = file.rfind(b"trailer")
    root = _ROOT.search(file, end)
    assert start is not None
    assert root is not None
    table, trailer = int(start[1]), file[end:]
    catalog = _body(file, table, int(root[1]))
    objects = {int(root[1]): catalog.replace(b"<<", b"<<\n/Lang (ja-JP)", 1)}
    if letters:
        for number in {int(each) for each in _MEANINGS.findall(file)}:
            text = _meanings(_body(file, table, number), letters)
            objects[number] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    return _with_objects(file, objects, trailer, table)


def _body(file: bytes, table: int, number: int) -> bytes:
    """Return an object without its number."""
    first = file.index(b"\n", file.index(b"\n", table) + 1) + 1  # after xref and 0 44
    place = int(file[first + number * _ENTRY :][:10])
    start = file.index(b"obj", place) + len(b"obj")
    return file[start : file.index(b"endobj", start)]


def _meanings(body: bytes, letters: Mapping[int, str]) -> bytes:
    """Return what a font's codes mean, which Qt leaves uncompressed."""
    stream = _STREAM.search(body)
    assert stream is not None
    text = stream[1]
    for code, letter in letters.items():
        meant = letter.encode("utf-16-be").hex().upper()
        text = text.replace(f"<{code:04X}>".encode(), f"<{meant}>".encode())
    return text


def _with_objects(file: bytes, objects: Mapping[int, bytes], trailer: bytes, before: int) -> bytes:
    """Return the file with newer versions of objects, and a table that leads to the older one."""
    parts, table, place = [file], [b"xref\n"], len(file)
    for number, body in sorted(objects.items()):
        made = b"%d 0 obj\n%s\nendobj\n" % (number, body.strip())
        parts.append(made)
        table.append(b"%d 1\n%010d 00000 n \n" % (number, place))
        place += len(made)
    end = _START.sub(b"", trailer).replace(b"<<", b"<<\n/Prev %d" % before, 1)
    return b"".join((*parts, *table, end, b"startxref\n%d\n%%%%EOF\n" % place))
