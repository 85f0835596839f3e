"""The texts that a workbook before 2007 keeps for all its sheets, in pieces of several fonts.

They go on from record to record: a text that is cut begins anew with how wide its characters are,
what follows a text does not.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading.record_facts import pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.excel.reading.string_table import PiecedText

_WIDE, _HAS_MORE, _HAS_RUNS = 0x01, 0x04, 0x08
_COUNTS = 8


def struck_texts(segments: Sequence[bytes], struck: set[int]) -> dict[int, PiecedText]:
    """Return the texts in several fonts by their places; what ends too early is left out."""
    found: dict[int, PiecedText] = {}
    reader = _Segments(segments)
    try:
        _, count = struct.unpack("<II", reader.take(_COUNTS))
        for place in range(count):
            wide, runs = _text(reader)
            if runs:
                found[place] = pieces_of(wide, runs, struck)
    except (EOFError, struct.error):
        return found
    return found


def _text(reader: _Segments) -> tuple[bytes, list[tuple[int, int]]]:
    length, flags = struct.unpack("<HB", reader.take(3))
    runs = struct.unpack("<H", reader.take(2))[0] if flags & _HAS_RUNS else 0
    more = struct.unpack("<I", reader.take(4))[0] if flags & _HAS_MORE else 0
    wide = reader.characters(length, is_wide=bool(flags & _WIDE))
    fonts = [struct.unpack("<HH", reader.take(4)) for _ in range(runs)]
    reader.take(more)
    return wide, fonts


class _Segments:
    """Reads on from one record to the next; raises EOFError behind the last."""

    def __init__(self, segments: Sequence[bytes]) -> None:
        self._segments = segments
        self._number = self._at = 0

    def take(self, size: int) -> bytes:
        """Return so many bytes, wherever they are."""
        taken = b""
        while len(taken) < size:
            left = self._left()
            piece = left[: size - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def characters(self, count: int, *, is_wide: bool) -> bytes:
        """Return so many characters as UTF-16."""
        found = b""
        while len(found) < 2 * count:
            if self._at >= len(self._segments[self._number]):
                is_wide = bool(self._left()[0] & _WIDE)
                self._at += 1
            size = 1 + is_wide
            piece = self._left()[: size * (count - len(found) // 2)]
            piece = piece[: len(piece) // size * size]
            if not piece:
                raise EOFError
            self._at += len(piece)
            found += piece if is_wide else piece.decode("latin-1").encode("utf-16-le")
        return found

    def _left(self) -> bytes:
        """Return what is left of a record, or the next one that has anything."""
        while self._number < len(self._segments):
            left = self._segments[self._number][self._at :]
            if left:
                return left
            self._number, self._at = self._number + 1, 0
        raise EOFError
