"""Makes a binary workbook (.xlsb) anew of the parts that a library reads values from."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from kyodo_desktop.excel.reading.binary_records import (
    bundles,
    expect_records,
    sheet_facts,
    struck_texts,
    styles_in,
)
from kyodo_desktop.excel.reading.damage import TooLargeError
from kyodo_desktop.excel.reading.record_facts import (
    BookFacts,
    SheetFacts,
    expect_room,
    styles_of,
)
from kyodo_desktop.excel.reading.workbook_map import comment_parts, targets_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.package import Package

_BOOK, _STRINGS, _STYLES = "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_LARGEST = 200 * 1024 * 1024  # of the parts that are read, unpacked
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def looked_through(package: Package, control: JobControl) -> tuple[bytes, BookFacts]:
    """Return a package of the parts that hold values, and what is known of them.

    Raises DamageError and TooLargeError.
    """
    targets = targets_of(package, _BOOK, control)
    one = {kind: path for kind, path in targets.values() if kind in {"sharedStrings", "styles"}}
    parts = {_BOOK: _part(package, _BOOK, {})}
    for kind, path in (("sharedStrings", _STRINGS), ("styles", _STYLES)):
        if kind in one:
            parts[path] = _part(package, one[kind], parts)
    struck, formats, codes = styles_in(parts.get(_STYLES, b""))
    sheets, related = [], []
    for place, each in enumerate(bundles(parts[_BOOK])):
        kind, path = targets.get(each.relation, ("", ""))
        folder = "worksheets" if kind == "worksheet" else "chartsheets"
        related.append((each.relation, f"{folder}/{place}.bin"))
        if kind == "worksheet":
            part = parts[f"xl/{folder}/{place}.bin"] = _part(package, path, parts)
            sheets.append(sheet_facts(part, with_texts=bool(struck)))
            sheets[-1].has_notes = any(comment_parts(package, path, control))
        else:
            sheets.append(SheetFacts())
    expect_room(sheets)
    strings = parts.get(_STRINGS, b"")
    expect_records(strings)
    styles = styles_of(formats, struck, codes)
    facts = BookFacts(tuple(sheets), styles, struck_texts(strings, struck))
    return _package_of(parts, related), facts


def _part(package: Package, path: str, others: dict[str, bytes]) -> bytes:
    if sum(map(len, others.values())) + package.size(path) > _LARGEST:
        raise TooLargeError
    return package.read(path)


def _package_of(parts: dict[str, bytes], related: Sequence[tuple[str, str]]) -> bytes:
    relations = "".join(
        f'<Relationship Id={quoteattr(relation)} Type="{_RELATION}/worksheet" Target="{target}"/>'
        for relation, target in related
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"></Types>'
        )
        archive.writestr(
            _RELATIONS,
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
        for path, part in parts.items():
            archive.writestr(path, part)
    return file.getvalue()
