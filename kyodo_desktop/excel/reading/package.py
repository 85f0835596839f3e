"""Opens the zip that a workbook is, once it is known to be one and of a bearable size."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from kyodo_desktop.excel.reading import refusals
from kyodo_desktop.excel.reading.damage import TOO_LARGE, translate_parse_errors
from kyodo_desktop.excel.reading.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIB = 1024 * 1024
LARGEST_PART = 400 * _MIB
LARGEST_WHOLE = 600 * _MIB
_LARGEST_DIRECTORY = 4 * _MIB  # some 40,000 parts; a workbook has dozens
_SUSPECT_SIZE, _SUSPECT_RATIO = 32 * _MIB, 400  # a sheet of 1,048,576 equal rows stays below
_ENCRYPTED = 0x1
_END, _END64_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_LONGEST_END = 22 + 65_535

_NO_WORKBOOK = "Excelのブックではありません。" + refusals.DAMAGED


class Package:
    """The parts of a workbook by their names, which differ in case from program to program."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = {_plain_name(part.filename): part for part in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return _plain_name(part) in self._parts

    def namelist(self) -> list[str]:
        """Return the names of all parts, as the file spells them."""
        return [part.filename for part in self._parts.values()]

    def spelled(self, part: str) -> str:
        """Return the name of a part as the file spells it. Raises KeyError."""
        return self._parts[_plain_name(part)].filename

    def size(self, part: str) -> int:
        """Return how many bytes a part unpacks to. Raises KeyError."""
        return self._parts[_plain_name(part)].file_size

    def open(self, part: str) -> IO[bytes]:
        """Open a part. Raises KeyError."""
        return self._archive.open(self._parts[_plain_name(part)])

    def read(self, part: str) -> bytes:
        """Return the whole content of a part. Raises KeyError."""
        with self.open(part) as source:
            return source.read()


def _plain_name(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


@contextmanager
def opened_package(name: str, content: bytes) -> Iterator[Package]:
    """Open the zip of a workbook, whose parts can then be read without fear for the memory.

    Raises ReadingError, also where the body comes upon damage in the zip.
    """
    if not content.startswith(refusals.ZIP):
        raise refusal(name, refusals.other_than_zip(content) or _NO_WORKBOOK)
    if _directory_size(content) > _LARGEST_DIRECTORY:
        raise refusal(name, TOO_LARGE)
    with translate_parse_errors(name), zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check(name, archive)
        yield Package(archive)


def _check(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise refusal(name, refusals.PASSWORD)
    if (
        sum(part.file_size for part in parts) > LARGEST_WHOLE
        or any(part.file_size > LARGEST_PART for part in parts)
        or any(_is_bomb(part) for part in parts)
    ):
        raise refusal(name, TOO_LARGE)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(_SUSPECT_SIZE, part.compress_size * _SUSPECT_RATIO)


def _directory_size(content: bytes) -> int:
    """Return the bytes of the zip's directory, which `zipfile` takes into memory as objects."""
    end = content.rfind(_END, len(content) - min(_LONGEST_END, len(content)))
    if end < 0:
        return 0
    if content[max(0, end - 20) : end].startswith(_END64_LOCATOR):
        return int.from_bytes(content[end - 36 : end - 28], "little")
    return int.from_bytes(content[end + 12 : end + 16], "little")
