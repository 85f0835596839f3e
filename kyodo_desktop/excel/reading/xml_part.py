"""The elements of one part of a workbook, as they end, within bounds of memory and time.

defusedxml parses in Python, five times as slow as this: what it forbids (a DTD, without which
there are no entities) can stand before the first element only, and is looked for there.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, cast
from xml.etree.ElementTree import XMLPullParser
from xml.parsers import expat

from kyodo_desktop.excel.reading.damage import DamageError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kyodo_desktop.domain.job_control import JobControl

_CHUNK = 64 * 1024
# of a row, say: a cell has 32,767 characters at most, a row 16,384 cells
_MOST_UNSETTLED, _MOST_UNSETTLED_ELEMENTS = 8 * 1024 * 1024, 500_000
_EMPTY = re.compile(
    rb'<c r="[A-Z]{1,3}\d+"(?: s="\d+")?\s*/>|<row r="\d+"[^<>]*(?:/>|(?<!/)></row>)'
)
_CDATA = b"<![CDATA["


class XmlPart:
    """Reads a part once. `namespace` is that of its first element, as tags begin with it.

    `count` elements were read so far, `most` are read at all. Where all of them are to stay
    in memory, `whole` is said; else the caller says now and then that it has settled.
    """

    def __init__(
        self, source: IO[bytes], control: JobControl, most: int, *, whole: bool = False
    ) -> None:
        self._source = source
        self._control = control
        self._most = most
        self._whole = whole
        self._head = source.read(_CHUNK)
        self._read = self._settled = 0
        self.count = self._settled_count = 0
        self.namespace = _namespace(self._head)

    def settle(self) -> None:
        """Say that what was read so far is no longer in memory."""
        self._settled = self._read
        self._settled_count = self.count

    def elements(self, *, without_empty_cells: bool = False) -> Iterator[Element]:
        """Yield each element at its end; the caller clears what it does not need."""
        parser: XMLPullParser[Element] = XMLPullParser(("end",))
        for chunk in self._chunks(without_empty_cells=without_empty_cells):
            parser.feed(chunk)
            for element in _ended(parser):
                self.count += 1
                yield element
            self._check()
        parser.close()
        yield from _ended(parser)

    def _check(self) -> None:
        unsettled = not self._whole and (
            self._read - self._settled > _MOST_UNSETTLED
            or self.count - self._settled_count > _MOST_UNSETTLED_ELEMENTS
        )
        if unsettled or self.count > self._most:
            raise TooLargeError

    def _chunks(self, *, without_empty_cells: bool) -> Iterator[bytes]:
        """Yield the content; empty cells that are only formatted cost nothing this way."""
        rest, chunk = b"", self._head
        while chunk:
            self._read += len(chunk)
            self._control.advance(len(chunk))
            if without_empty_cells and _CDATA not in chunk:
                whole, end, rest = (rest + chunk).rpartition(b">")
                yield _EMPTY.sub(b"", whole + end)
            else:
                yield rest + chunk
                rest = b""
            if len(rest) > _MOST_UNSETTLED:
                raise TooLargeError
            chunk = self._source.read(_CHUNK)
        if rest:
            yield rest


def _ended(parser: XMLPullParser[Element]) -> Iterator[Element]:
    events = cast("Iterator[tuple[str, Element]]", parser.read_events())
    return (element for _, element in events)


class _RootFoundError(Exception):
    pass


def _namespace(head: bytes) -> str:
    """Return the namespace of the first element as `{…}`; refuse a DTD before it."""
    parser = expat.ParserCreate(namespace_separator="}")
    found = ""

    def root(name: str, _: object) -> None:
        nonlocal found
        found = name
        raise _RootFoundError

    def doctype(*_: object) -> None:
        raise DamageError

    parser.StartElementHandler = root
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(head, False)
    except _RootFoundError:
        address, mark, _ = found.rpartition("}")
        return "{" + address + mark if mark else ""
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DamageError from error
    raise DamageError
