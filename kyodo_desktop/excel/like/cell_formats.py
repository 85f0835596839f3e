"""What a cell's style says of how its value is shown and how much room it takes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FONT, _SIZE = "ＭＳ Ｐゴシック", 11.0
_LAST_OF_MONTH, _LARGEST_FONT = 28, 409


class TextRoom(NamedTuple):
    """The font of a cell, its size in points, and whether its text runs over several lines."""

    font: str = _FONT
    size: float = _SIZE
    wraps: bool = False


class CellFormats(NamedTuple):
    """`rooms` are those of the styles, `usual` is that of the workbook, in which widths count.

    `plain` is a style without fill and number format, for texts of several lines if there is one.
    """

    rooms: list[TextRoom]
    usual: TextRoom
    plain: int


def formats_of(root: Element) -> CellFormats:
    """Return what the part of the styles says."""
    space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
    fonts = [_font(each, space) for each in root.findall(f"{space}fonts/{space}font")]
    usual = TextRoom(*fonts[0]) if fonts else TextRoom()
    rooms, plain = [], 0
    for at, each in enumerate(root.findall(f"{space}cellXfs/{space}xf")):
        place = _whole(each.get("fontId"))
        font, size = fonts[place] if place < len(fonts) else usual[:2]
        alignment = each.find(f"{space}alignment")
        wraps = alignment is not None and (
            alignment.get("wrapText") in {"1", "true"} or alignment.get("vertical") == "justify"
        )
        if wraps and not plain and not _whole(each.get("fillId")) + _whole(each.get("numFmtId")):
            plain = at
        rooms.append(TextRoom(font, size, wraps))
    return CellFormats(rooms, usual, plain)


def _font(font: Element, space: str) -> tuple[str, float]:
    name, size = font.find(f"{space}name"), font.find(f"{space}sz")
    return (
        (name.get("val") if name is not None else None) or _FONT,
        _size(size.get("val") if size is not None else None),
    )


def _size(text: str | None) -> float:
    try:
        found = float(text or "")
    except ValueError:
        return _SIZE
    return found if 1 <= found <= _LARGEST_FONT else _SIZE


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


def number_for(
    text: str, before: str, shown: Callable[[str], str | None], *, from_1904: bool
) -> str | None:
    """Return the number that the cell's format shows as the text, or None where none does.

    `before` is the number that stands in the cell: the last day of a month stays a last day.
    """
    return next(
        (each for each in _candidates(text, before, from_1904) if shown(each) == text), None
    )


def _candidates(text: str, before: str, from_1904: bool) -> list[str]:
    plain = text.replace(",", "").replace("▲", "-").replace("△", "-")
    if plain.endswith("%") and _NUMBER.fullmatch(plain[:-1]):
        return [f"{float(plain[:-1]) / 100:.15g}"]
    if _NUMBER.fullmatch(plain):
        return [plain]
    found = _DAY.fullmatch(text)
    if found is None:
        return []
    epoch = _EPOCH_1904 if from_1904 else _EPOCH
    year, month = int(found[1]), int(found[2])
    days = [int(found[3])] if found[3] else _days(before, epoch)
    serials = []
    for day in days:
        try:
            serials.append(str((date(year, month, day) - epoch).days))
        except ValueError:
            continue
    return serials


def _days(before: str, epoch: date) -> list[int]:
    """Return the days of a month to try: the one that stands there, a last day as a last day."""
    try:
        day = epoch + timedelta(days=int(float(before)))
    except (ValueError, OverflowError):
        return [1]
    is_last = (day + timedelta(days=1)).month != day.month
    return [31, 30, 29, 28] if is_last else [min(day.day, _LAST_OF_MONTH)]
