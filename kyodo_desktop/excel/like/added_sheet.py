"""Adds a sheet of texts at the end of a workbook, with the fewest edits of what lists sheets."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.cell_text import escaped, sanitize
from kyodo_desktop.excel.like.sheet_map import as_utf8
from kyodo_desktop.excel.reading.damage import DamageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_SPACE = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TYPES, _USUAL = "[Content_Types].xml", "xl/workbook.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = re.compile(rb"<(?P<prefix>(?:[\w.-]+:)?)sheet\s[^<>]*?(?P<id>[\w.-]+:id)\s*=[^<>]*>")
_LONGEST_NAME = 31
_WIDTHS = (28, 8, 40, 20, 14, 60, 16, 40, 14)  # characters


class AddedSheet(NamedTuple):
    """`name` is that of the sheet, `replaced` and `added` are parts by their names."""

    name: str
    replaced: dict[str, bytes]
    added: dict[str, bytes]


def added_sheet(
    name: str,
    rows: Sequence[Sequence[str]],
    names: Collection[str],
    read: Callable[[str], bytes],
    *,
    style: int,
) -> AddedSheet:
    """Return the parts with one more sheet. `names` are those of all parts.

    The sheet's cells have `style`. Raises DamageError where the parts do not list the sheets
    as usual.
    """
    taken = {each.replace("\\", "/").lstrip("/").lower() for each in names}
    main = _main(read, taken)
    folder, file = posixpath.split(main)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    workbook, links, types = (as_utf8(read(each)) for each in (main, relations, _TYPES))
    number = next(
        n for n in range(1, 100_000) if f"{folder}/worksheets/sheet{n}.xml".lower() not in taken
    )
    part = posixpath.join(folder, "worksheets", f"sheet{number}.xml")
    sheet = _SHEET.search(workbook)
    if sheet is None:
        raise DamageError
    is_strict = _STRICT_SPACE.encode() in workbook
    link = _free(links, rb"\sId\s*=\s*[\"']([^\"']*)", "rIdKyodo")
    ids = [int(each) for each in re.findall(rb"\ssheetId\s*=\s*[\"'](\d{1,9})", workbook)]
    shown = _free_name(name, workbook)
    kind = _STRICT_LINKS if is_strict else _LINKS
    prefix, id_name = sheet["prefix"].decode(), sheet["id"].decode()
    # Some programs declare the prefix of the id at each sheet anew.
    entry = (
        f'<{prefix}sheet xmlns:{id_name.removesuffix(":id")}="{kind}" name="{escaped(shown)}" '
        f'sheetId="{max(ids, default=0) + 1}" {id_name}="{link}"/>'
    )
    replaced = {
        main: _before_end(workbook, "sheets", entry),
        relations: _before_end(
            links,
            "Relationships",
            lambda tag: (
                f'<{tag}Relationship Id="{link}" Type="{kind}/worksheet" Target="/{part}"/>'
            ),
        ),
        _TYPES: _before_end(
            types,
            "Types",
            lambda tag: f'<{tag}Override PartName="/{part}" ContentType="{_CONTENT}"/>',
        ),
    }
    space = _STRICT_SPACE if is_strict else _SPACE
    return AddedSheet(shown, replaced, {part: _sheet(rows, space, style)})


def _main(read: Callable[[str], bytes], names: Collection[str]) -> str:
    """Return the part that lists the sheets, as the reader finds it."""
    relations = as_utf8(read("_rels/.rels")) if "_rels/.rels" in names else b""
    for relation in re.findall(rb"<[^<>]*Relationship\s[^<>]*>", relations):
        if re.search(rb"Type\s*=\s*[\"'][^\"']*/officeDocument[\"']", relation):
            target = re.search(rb"Target\s*=\s*[\"']([^\"']*)", relation)
            main = target[1].decode("utf-8", "replace").lstrip("/") if target is not None else ""
            if main.lower() in names:
                return main
    if _USUAL in names:
        return _USUAL
    raise DamageError


def _free(content: bytes, pattern: bytes, wanted: str) -> str:
    taken = {each.decode("utf-8", "replace").lower() for each in re.findall(pattern, content)}
    numbered = (f"{wanted}{number}" for number in range(1, 100_000))
    return next(each for each in (wanted, *numbered) if each.lower() not in taken)


def _free_name(wanted: str, workbook: bytes) -> str:
    """Return a name that no sheet has; Excel tells no case apart."""
    names = re.findall(rb"<(?:[\w.-]+:)?sheet\s[^<>]*?name\s*=\s*[\"']([^\"']*)", workbook)
    taken = {each.decode("utf-8", "replace").lower() for each in names}
    for number in range(1, 100_000):
        suffix = "" if number == 1 else f"（{number}）"
        name = wanted[: _LONGEST_NAME - len(suffix)] + suffix
        if name.lower() not in taken:
            return name
    raise DamageError


def _before_end(content: bytes, tag: str, new: str | Callable[[str], str]) -> bytes:
    found = list(re.finditer(rb"</([\w.-]+:)?" + tag.encode() + rb"\s*>", content))
    if not found:
        raise DamageError
    prefix = (found[-1][1] or b"").decode()
    text = new if isinstance(new, str) else new(prefix)
    at = found[-1].start()
    return content[:at] + text.encode() + content[at:]


def _sheet(rows: Sequence[Sequence[str]], space: str, style: int) -> bytes:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    lines = "".join(f"<row>{''.join(_cell(text, style) for text in row)}</row>" for row in rows)
    body = f"<cols>{widths}</cols><sheetData>{lines}</sheetData>"
    return f'{_HEAD}<worksheet xmlns="{space}">{body}</worksheet>'.encode()


def _cell(text: str, style: int) -> str:
    styled = f' s="{style}"' if style else ""
    if not text:
        return f"<c{styled}/>"
    return (
        f'<c{styled} t="inlineStr"><is><t xml:space="preserve">'
        f"{escaped(sanitize(text)[0])}</t></is></c>"
    )
