"""Adds to a PDF of Qt's what this leaves out, behind its end, as the format provides for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_MEANINGS = re.compile(rb"/ToUnicode (\d+) 0 R")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_SIZE, _INFORMATION = re.compile(rb"/Size (\d+)"), re.compile(rb"/Info (\d+) 0 R")
_PAGES, _KIDS = re.compile(rb"/Pages (\d+) 0 R"), re.compile(rb"/Kids\s*\[([^\]]*)\]")
_CATALOG = b"/Lang (ja-JP)\n/ViewerPreferences << /DisplayDocTitle true >>\n"
_ENTRY = 20  # bytes in the table of objects


class Bookmark(NamedTuple):
    """A title in the list beside the pages, and the page that it leads to, counted from 0."""

    title: str
    page: int


def amended(
    file: bytes,
    letters: Mapping[int, str],
    *,
    subject: str,
    bookmarks: Sequence[Bookmark],
) -> bytes:
    """Return the file with its language, subject and bookmarks, and `letters` for certain codes.

    Qt knows but 16 bits of what a letter is; one beyond them has borrowed a code of these.
    """
    start = _START.search(file)
    assert start is not None
    table, trailer = int(start[1]), file[file.rfind(b"trailer") :]
    root, about, size = (_number(each, trailer) for each in (_ROOT, _INFORMATION, _SIZE))
    catalog = _body(file, table, root)
    outlines = [*_outlines(_pages(file, table, catalog), bookmarks, size)]
    objects = dict(enumerate(outlines, size))
    objects[root] = _with(catalog, _CATALOG + b"/Outlines %d 0 R" % size)
    objects[about] = _with(_body(file, table, about), b"/Subject " + _text(subject))
    if letters:
        for number in {int(each) for each in _MEANINGS.findall(file)}:
            text = _meanings(_body(file, table, number), letters)
            objects[number] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    trailer = _SIZE.sub(b"/Size %d" % (size + len(outlines)), trailer)
    return _with_objects(file, objects, trailer, table)


def _number(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.search(text)
    assert found is not None
    return int(found[1])


def _with(body: bytes, more: bytes) -> bytes:
    return body.replace(b"<<", b"<<\n" + more, 1)


def _text(text: str) -> bytes:
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def _pages(file: bytes, table: int, catalog: bytes) -> list[bytes]:
    """Return what leads to each page."""
    kids = _KIDS.search(_body(file, table, _number(_PAGES, catalog)))
    assert kids is not None
    return re.findall(rb"\d+ 0 R", kids[1])


def _outlines(
    pages: Sequence[bytes], bookmarks: Sequence[Bookmark], first: int
) -> Iterator[bytes]:
    """Yield the list of bookmarks, whose object is `first`, and behind it each of them."""
    last = first + len(bookmarks)
    ends = b"/First %d 0 R /Last %d 0 R /Count %d" % (first + 1, last, len(bookmarks))
    yield b"<< /Type /Outlines %s >>" % ends
    for number, each in enumerate(bookmarks, start=first + 1):
        links = [b"/Prev %d 0 R" % (number - 1)] * (number > first + 1)
        links += [b"/Next %d 0 R" % (number + 1)] * (number < last)
        yield b"<< /Title %s /Parent %d 0 R /Dest [%s /Fit] %s >>" % (
            _text(each.title),
            first,
            pages[each.page],
            b" ".join(links),
        )


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
