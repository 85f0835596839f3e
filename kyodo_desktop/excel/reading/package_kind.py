"""Which kind of workbook a zip is, told by its parts and not by the name of the file."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading import refusals

if TYPE_CHECKING:
    from kyodo_desktop.excel.reading.package import Package

_LONGEST = 1_000
_CONTENT_TYPES = "[Content_Types].xml"


class PackageKind(Enum):
    """What a package is read as."""

    WORKBOOK = auto()
    BINARY = auto()
    OPEN_DOCUMENT = auto()


def kind_of(name: str, package: Package) -> PackageKind:
    """Return what a package is. Raises ReadingError for what is no workbook."""
    said = b""
    if "mimetype" in package and package.size("mimetype") < _LONGEST:
        said = package.read("mimetype")
    if b"opendocument.spreadsheet" in said:
        return PackageKind.OPEN_DOCUMENT
    names = [each.lower() for each in package.namelist()]
    other = refusals.other_than_workbook(names, said)
    if other:
        raise refusals.refusal(name, other)
    return PackageKind.BINARY if "xl/workbook.bin" in package else PackageKind.WORKBOOK
