"""Damages the bytes of a plan's file as disks, drives and bad copies do, and as nobody would."""

from __future__ import annotations

from random import Random

_FIELDS = {
    16: 2,  # page size
    18: 1,  # write version
    19: 1,  # read version
    20: 1,  # reserved bytes
    21: 3,  # fractions
    24: 4,  # change counter
    28: 4,  # pages
    32: 8,  # free list
    40: 4,  # schema cookie
    44: 4,  # schema format
    52: 4,  # auto-vacuum
    56: 4,  # encoding
    60: 4,  # user version
    64: 4,  # incremental vacuum
    68: 4,  # application id
    92: 8,  # valid for, SQLite's version
}
_VALUES = (0, 1, 2, 3, 4, 5, 64, 255, 256, 512, 4096, 65535, 2**31, 2**32 - 1)


def damaged_plan(content: bytes, seed: int) -> bytes:
    """Return a plan's file with one to three damages, always the same for a seed."""
    random = Random(seed)
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        random.choice(_WAYS)(changed, random)
    return bytes(changed)


def _flip_bits(content: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 1, 3, 30))):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)


def _overwrite(content: bytearray, random: Random) -> None:
    size = random.choice((1, 16, 512, 5_000))
    start = random.randrange(len(content))
    content[start : start + size] = random.randbytes(len(content[start : start + size]))


def _cut(content: bytearray, random: Random) -> None:
    page = random.choice((1, 512, 4096))
    del content[max(1, random.randrange(len(content)) // page * page) :]


def _append(content: bytearray, random: Random) -> None:
    content += random.choice((b"\0" * 4096, b"\0", random.randbytes(999), content[:4096]))


def _swap_pages(content: bytearray, random: Random) -> None:
    one, other = _page(content, random), _page(content, random)
    content[one], content[other] = content[other], content[one]


def _copy_page(content: bytearray, random: Random) -> None:
    content[_page(content, random)] = content[_page(content, random)]


def _zero_page(content: bytearray, random: Random) -> None:
    page = _page(content, random)
    content[page] = random.choice((b"\0", b"\xff", b"F6"[:1])) * len(content[page])


def _set_header(content: bytearray, random: Random) -> None:
    start = random.choice(list(_FIELDS))
    size = _FIELDS[start]
    value = random.choice((*_VALUES, random.randrange(2**32))) % 256**size
    content[start : start + size] = value.to_bytes(size, "big")


def _set_page_header(content: bytearray, random: Random) -> None:
    """Change the kind of a page, how many cells it has, or where they begin."""
    start = _page(content, random).start + random.randrange(12)
    if start < len(content):
        content[start] = random.choice((0, 1, 2, 5, 10, 13, 255))


def _change_schema(content: bytearray, random: Random) -> None:
    """Change a letter of the statements, which lie in the first pages."""
    found = [
        place for place in range(100, min(len(content), 40_000)) if content[place] in b"aeE,("
    ]
    if found:
        content[random.choice(found)] = random.choice(b"xX)0;'\"\xff\0")


def _page(content: bytearray, random: Random) -> slice:
    """Return where one of the pages is that are whole; the first one seldom."""
    start = random.randrange(max(1, len(content) // 4096)) * 4096
    return slice(start, min(len(content), start + 4096))


_WAYS = (
    _flip_bits,
    _overwrite,
    _cut,
    _append,
    _swap_pages,
    _copy_page,
    _zero_page,
    _set_header,
    _set_page_header,
    _change_schema,
)
