"""What of the styles of an OpenDocument sheet says something about its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = f"{_ODF}office:1.0}}", f"{_ODF}table:1.0}}", f"{_ODF}text:1.0}}"
STYLE, NUMBER = f"{_ODF}style:1.0}}", f"{_ODF}datastyle:1.0}}"
_FO = f"{_ODF}xsl-fo-compatible:1.0}}"
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d+)?)(in|cm|mm|pt|pc)$")
_POINTS = {"in": 72, "cm": 28.35, "mm": 2.835, "pt": 1, "pc": 12}
_STEP = 10  # points of one step of indentation
_MOST_PARENTS = 20
_DATE_PARTS = {f"{NUMBER}{name}": name for name in ("year", "month", "day", "hours", "era")}


class OpenStyle(NamedTuple):
    """`struck` is None where neither the style nor its parents say it.

    `data` names how numbers and dates are shown.
    """

    parent: str = ""
    struck: bool | None = None
    indent: int = 0
    data: str = ""
    hidden: bool = False


class OpenStyles:
    """The styles of all families by their names, and the ways dates are shown."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], OpenStyle] = {}
        self._dates: dict[str, frozenset[str]] = {}
        self._whole: dict[tuple[str, str | None], OpenStyle] = {}

    def take(self, element: Element) -> bool:
        """Keep a style; tell whether the element was one. All come before the cells."""
        if element.tag == f"{STYLE}style":
            key = element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")
            self._styles[key] = _style(element)
        elif element.tag == f"{NUMBER}date-style":
            parts = frozenset(_DATE_PARTS[each.tag] for each in element if each.tag in _DATE_PARTS)
            self._dates[element.get(f"{STYLE}name", "")] = parts
        else:
            return False
        return True

    def style(self, family: str, name: str | None) -> OpenStyle:
        """Return a style with what it has from its parents."""
        if (family, name) not in self._whole:
            self._whole[family, name] = self._with_parents(family, name)
        return self._whole[family, name]

    def _with_parents(self, family: str, name: str | None) -> OpenStyle:
        whole = OpenStyle()
        for _ in range(_MOST_PARENTS):
            each = self._styles.get((family, name or ""))
            if each is None:
                break
            whole = OpenStyle(
                each.parent,
                each.struck if whole.struck is None else whole.struck,
                whole.indent or each.indent,
                whole.data or each.data,
                whole.hidden or each.hidden,
            )
            name = each.parent
        return whole

    def date_parts(self, style: OpenStyle) -> frozenset[str]:
        """Return which of year, month and day a style shows a date with, if that is known."""
        return self._dates.get(style.data, frozenset())


def _style(element: Element) -> OpenStyle:
    text = element.find(f"{STYLE}text-properties")
    paragraph = element.find(f"{STYLE}paragraph-properties")
    table = element.find(f"{STYLE}table-properties")
    return OpenStyle(
        element.get(f"{STYLE}parent-style-name", ""),
        None if text is None else _strikes(text),
        0 if paragraph is None else _steps(paragraph.get(f"{_FO}margin-left", "")),
        element.get(f"{STYLE}data-style-name", ""),
        table is not None and table.get(f"{TABLE}display") == "false",
    )


def _strikes(properties: Element) -> bool | None:
    said = [
        value
        for key in ("style", "type")
        if (value := properties.get(f"{STYLE}text-line-through-{key}")) is not None
    ]
    return any(value != "none" for value in said) and "none" not in said if said else None


def _steps(length: str) -> int:
    found = _LENGTH.match(length)
    points = float(found[1]) * _POINTS[found[2]] if found else 0
    return max(1, round(points / _STEP)) if points else 0
