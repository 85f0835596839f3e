"""The container that workbooks before 2007 are in: a file system of sectors in a file.

A chain of sectors that bites its own tail, or a table that claims to be larger than the file, is
told here, before a library follows it.
"""

from __future__ import annotations

import struct
from array import array
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.damage import DamageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _ENTRY, _MINI = 512, 128, 64
_LAST, _FREE, _OF_TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_IN_HEADER = 109  # numbers of sectors of the table
_STREAM, _ROOT = 2, 5
_SECTOR = 4096
_SMALL = 4096  # streams below it are in the small sectors


class _Entry(NamedTuple):
    name: str
    kind: int
    around: tuple[int, int]
    child: int
    start: int
    size: int


class CompoundFile:
    """Reads streams of the outermost folder. Raises DamageError, as do its methods."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER or not content.startswith(_MARK):
            raise DamageError
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in {9, 12}:
            raise DamageError
        self._content = content
        self._size = 1 << shift
        self._count = max(0, (len(content) - 1) // self._size)
        first_entry, _, _, mini, _, more, _ = struct.unpack_from("<7I", content, 48)
        self._table = self._joined(self._table_sectors(more))[: self._count]
        self._entries = list(self._read_entries(first_entry))
        self._mini_table = self._joined(self._chain(mini, self._table))

    def stream(self, *names: str) -> bytes | None:
        """Return the first of these streams that there is."""
        found = {each.name.lower(): each for each in self._outermost() if each.kind == _STREAM}
        for name in names:
            if name.lower() in found:
                return self._content_of(found[name.lower()])
        return None

    def _content_of(self, entry: _Entry) -> bytes:
        if entry.size >= _SMALL:
            chain = self._chain(entry.start, self._table)
            return self._bytes(islice(chain, entry.size // self._size + 1))[: entry.size]
        minis = self._bytes(self._chain(self._entries[0].start, self._table))
        chain = islice(self._chain(entry.start, self._mini_table), entry.size // _MINI + 1)
        return b"".join(minis[at * _MINI : (at + 1) * _MINI] for at in chain)[: entry.size]

    def _table_sectors(self, more: int) -> Iterator[int]:
        """Yield the sectors that the table itself is in."""
        yield from array("I", self._content[76:_HEADER])
        for _ in range(self._count):
            if more >= self._count:
                return
            *numbers, more = array("I", self._sector(more))
            yield from numbers

    def _joined(self, sectors: Iterator[int]) -> array[int]:
        known = (each for each in sectors if each < _OF_TABLE)
        return array("I", self._bytes(islice(known, self._count + 1)))

    def _chain(self, at: int, table: array[int]) -> Iterator[int]:
        for _ in range(len(table) + 1):
            if at >= _OF_TABLE:
                return
            yield at
            if at >= len(table):
                raise DamageError
            at = table[at]
        raise DamageError

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        content = self._content[start : start + self._size]
        if not content:
            raise DamageError
        return content.ljust(self._size, b"\0")

    def _bytes(self, sectors: Iterator[int]) -> bytes:
        return b"".join(map(self._sector, sectors))

    def _read_entries(self, first: int) -> Iterator[_Entry]:
        content = self._bytes(self._chain(first, self._table))
        for at in range(0, len(content), _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            left, right, child = struct.unpack_from("<3I", content, at + 68)
            start, size = struct.unpack_from("<2I", content, at + 116)
            name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, (left, right), child, start, size)

    def _outermost(self) -> Iterator[_Entry]:
        """Yield what lies in the outermost folder: what is embedded has the same names."""
        if not self._entries or self._entries[0].kind != _ROOT:
            raise DamageError
        waiting, seen = [self._entries[0].child], set[int]()
        while waiting:
            at = waiting.pop()
            if at in seen or at >= len(self._entries):
                continue
            seen.add(at)
            yield self._entries[at]
            waiting += self._entries[at].around


def compound_file_of(stream: bytes) -> bytes:
    """Return a file with a workbook's stream in it and nothing else."""
    stream = stream.ljust(-(-max(len(stream), 1) // _SECTOR) * _SECTOR, b"\0")
    count = len(stream) // _SECTOR
    numbers = _SECTOR // 4
    tables = 1
    while tables * numbers < tables + 1 + count:
        tables += 1
    if tables > _IN_HEADER:
        raise DamageError
    first = tables + 1
    chain = [*(_OF_TABLE,) * tables, _LAST, *range(first + 1, first + count), _LAST]
    chain += [_FREE] * (tables * numbers - len(chain))
    places = [*range(tables), *(_FREE,) * (_IN_HEADER - tables)]
    header = struct.pack(
        f"<8s16x5H6x9I{_IN_HEADER}I",
        *(_MARK, 0x3E, 4, 0xFFFE, 12, 6),
        *(1, tables, tables, 0, _SECTOR, _LAST, 0, _LAST, 0),
        *places,
    )
    folder = _entry("Root Entry", _ROOT, 1, 0, 0) + _entry(
        "Workbook", _STREAM, _FREE, first, len(stream)
    )
    return b"".join(
        (
            header.ljust(_SECTOR, b"\0"),
            array("I", chain).tobytes(),
            folder.ljust(_SECTOR, b"\0"),
            stream,
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    word = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBB3I36xIQ", word, len(word), kind, 1, _FREE, _FREE, child, start, size
    )
