"""Copies a zip with some of its parts replaced; all others keep their very bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.damage import DamageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_CENTRAL_HEADER = struct.Struct("<4s6H3I5H2I")
_END_RECORD = struct.Struct("<4s4H2IH")
_SIZES_FOLLOW, _UTF8 = 0x8, 0x800
_DEFLATED, _VERSION = 8, 20
_IN_EXTRA = 0xFFFF_FFFF  # the real number stands in the extra field of a large zip
_LARGE_EXTRA = 1
_NEW_DATE = (1 << 5) | 1  # 1980-01-01, as Excel itself dates the parts


class _Entry(NamedTuple):
    """A part as the directory tells of it; `record` are the numbers of its header there."""

    record: tuple[int, ...]
    name: bytes
    extra: bytes
    comment: bytes


def copied(content: bytes, replaced: Mapping[str, bytes], added: Mapping[str, bytes]) -> bytes:
    """Return the zip with other parts of some names, and with new ones at its end.

    What stays is copied as it is: compressed bytes, headers, dates and order. Raises
    DamageError where the zip makes no sense, which a zip that `zipfile` opened seldom does.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        infos, directory, comment = package.infolist(), package.start_dir, package.comment
    # of two parts with one name the last one counts
    changed = {info.filename: place for place, info in enumerate(infos)}
    new = {changed[name]: part for name, part in replaced.items()}
    ends = _ends([info.header_offset for info in infos], directory)
    body, records = bytearray(), bytearray()
    for place, (info, entry) in enumerate(zip(infos, _entries(content, directory), strict=True)):
        offset = len(body)
        if place in new:
            body += _packed(entry, new[place], offset, records)
            continue
        raw = content[info.header_offset : ends[info.header_offset]]
        if not raw.startswith(_LOCAL):
            raise DamageError
        body += raw
        records += _moved(entry, info, offset)
    for name, part in added.items():
        body += _packed(_new_entry(name), part, len(body), records)
    count = len(infos) + len(added)
    sizes = (count, count, len(records), len(body), len(comment))
    end = _END_RECORD.pack(_END, 0, 0, *sizes)
    return bytes(body + records + end + comment)


def _new_entry(name: str) -> _Entry:
    sizes = (0, 0, 0, len(name.encode()))
    record = (_VERSION, _VERSION, _UTF8, _DEFLATED, 0, _NEW_DATE, *sizes, *(0,) * 6)
    return _Entry(record, name.encode(), b"", b"")


def _ends(offsets: list[int], directory: int) -> dict[int, int]:
    """Return where each part ends, what describes its data behind it included."""
    starts = sorted({*offsets, directory})
    return dict(pairwise(starts))


def _entries(content: bytes, at: int) -> Iterator[_Entry]:
    while content[at : at + 4] == _CENTRAL:
        numbers = _CENTRAL_HEADER.unpack_from(content, at)
        at += _CENTRAL_HEADER.size
        parts = []
        for length in numbers[10:13]:
            parts.append(content[at : at + length])
            at += length
        yield _Entry(numbers[1:], *parts)


def _moved(entry: _Entry, info: zipfile.ZipInfo, offset: int) -> bytes:
    """Return the record of a part that stands elsewhere now."""
    numbers, extra = list(entry.record), entry.extra
    if _IN_EXTRA in (numbers[7], numbers[8], numbers[15]):
        numbers[7], numbers[8] = info.compress_size, info.file_size
        extra = _without_large(extra)
        numbers[10] = len(extra)
    numbers[15] = offset
    return _CENTRAL_HEADER.pack(_CENTRAL, *numbers) + entry.name + extra + entry.comment


def _packed(entry: _Entry, part: bytes, offset: int, records: bytearray) -> bytes:
    """Return a new part, and add its record; name, date and attributes stay."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(part) + packer.flush()
    made, _, flags, _, time, date = entry.record[:6]
    extra = _without_large(entry.extra)
    sizes = (zlib.crc32(part), len(data), len(part), len(entry.name))
    common = (_VERSION, flags & ~_SIZES_FOLLOW, _DEFLATED, time, date, *sizes)
    rest = (len(extra), len(entry.comment), *entry.record[12:15], offset)
    records += _CENTRAL_HEADER.pack(_CENTRAL, made, *common, *rest)
    records += entry.name + extra + entry.comment
    return _LOCAL_HEADER.pack(_LOCAL, *common, 0) + entry.name + data


def _without_large(extra: bytes) -> bytes:
    """Return an extra field without the numbers of a large zip."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _LARGE_EXTRA:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
