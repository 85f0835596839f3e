"""Which sheets a workbook has and where they are in its package."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.string_table import unescaped
from kyodo_desktop.excel.reading.xml_part import XmlPart

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.package import Package

LARGEST_MAP = 32 * 1024 * 1024
MOST_IN_MAP = 1_000_000
_USUAL = "xl/workbook.xml"
_OF_COMMENTS = ("comments", "threadedComment")


class SheetPart(NamedTuple):
    """A sheet with cells and the part that holds them."""

    name: str
    path: str
    hidden: bool


class WorkbookMap(NamedTuple):
    """`strings` and `styles` are parts, or empty where the workbook has none."""

    sheets: tuple[SheetPart, ...]
    strings: str
    styles: str
    from_1904: bool


class CommentParts(NamedTuple):
    """The parts with the notes of a sheet, and with what people said in turns."""

    notes: tuple[str, ...]
    talks: tuple[str, ...]


def comment_parts(package: Package, sheet: str, control: JobControl) -> CommentParts:
    """Return where the notes and the comments of a sheet's part are."""
    if _relations(sheet) not in package:
        return CommentParts((), ())
    targets = targets_of(package, sheet, control).values()
    return CommentParts(
        *(tuple(path for found, path in targets if found == kind) for kind in _OF_COMMENTS)
    )


def workbook_map(package: Package, control: JobControl) -> WorkbookMap:
    """Read where things are. A sheet without a part, or with a chart alone, is left out.

    Two sheets of one part are damage: a thousand of them would be read a thousand times.
    """
    main = _main_part(package, control)
    targets = targets_of(package, main, control)
    sheets: list[SheetPart] = []
    from_1904 = False
    for element in _elements(package, main, control):
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            from_1904 = element.get("date1904") in {"1", "true"}
        elif tag == "sheet":
            kind, path = targets.get(_relation_id(element), ("", ""))
            if path in {sheet.path for sheet in sheets}:
                raise DamageError
            if kind == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                name = unescaped(element.get("name", ""))
                sheets.append(SheetPart(name, path, hidden))
    one = dict(targets.values())
    return WorkbookMap(
        tuple(sheets), one.get("sharedStrings", ""), one.get("styles", ""), from_1904
    )


def _main_part(package: Package, control: JobControl) -> str:
    if "_rels/.rels" in package:
        for kind, path in targets_of(package, "", control).values():
            if kind == "officeDocument":
                return path
    if _USUAL not in package:
        raise DamageError
    return _USUAL


def targets_of(package: Package, part: str, control: JobControl) -> dict[str, tuple[str, str]]:
    """Return (kind, path) of what a part relates to, by the id of the relation."""
    part = part.replace("\\", "/")
    folder, path = posixpath.dirname(part), _relations(part)
    if path not in package:
        raise DamageError
    targets = {}
    for element in _elements(package, path, control):
        target = element.get("Target", "").replace("\\", "/")
        whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if element.get("TargetMode") != "External" and whole in package:
            kind = element.get("Type", "").rpartition("/")[2]
            targets[element.get("Id", "")] = (kind, package.spelled(whole))
    return targets


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


def _elements(package: Package, path: str, control: JobControl) -> list[Element]:
    if package.size(path) > LARGEST_MAP:
        raise DamageError
    with package.open(path) as source:
        return list(XmlPart(source, control, MOST_IN_MAP, whole=True).elements())
