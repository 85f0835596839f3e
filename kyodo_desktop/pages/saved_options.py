"""The choices of a report as they are remembered: plain values for JSON, and back."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.pages.options import (
    PARTS,
    Edition,
    HeadingStyle,
    Paper,
    ReportOptions,
    SheetUnit,
)
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Choice = TypeVar("Choice", bound=Enum)


def as_values(options: ReportOptions) -> dict[str, Any]:
    """Return what JSON can hold of the choices."""
    narrowing = options.narrowing
    return {
        "edition": options.edition.value,
        "parts": list(options.parts),
        "paper": options.paper.value,
        "columns": list(options.columns),
        "headings": options.headings.value,
        "unit": options.unit.value,
        "font": options.font,
        "terms": list(narrowing.terms),
        "tops": list(narrowing.headings),
        "sections": list(narrowing.sections),
        "statuses": list(narrowing.statuses),
        "changed_only": narrowing.changed_only,
    }


def from_values(values: Mapping[str, Any]) -> ReportOptions:
    """Return the choices; each that is missing or no longer known is the usual one.

    What narrows the plan is kept as it is written: whether the plan still knows it is asked
    when it is used, since without it the report would say more than was wanted.
    """
    usual = ReportOptions()
    font = values.get("font")
    return ReportOptions(
        edition=_one(Edition, values.get("edition"), usual.edition),
        parts=_known(PARTS, values.get("parts")) or usual.parts,
        paper=_one(Paper, values.get("paper"), usual.paper),
        columns=_known(REPORT_COLUMNS, values.get("columns")) or usual.columns,
        headings=_one(HeadingStyle, values.get("headings"), usual.headings),
        unit=_one(SheetUnit, values.get("unit"), usual.unit),
        font=font if isinstance(font, str) and font.strip() else usual.font,
        narrowing=Narrowing(
            terms=texts_in(values.get("terms")),
            headings=texts_in(values.get("tops")),
            sections=texts_in(values.get("sections")),
            statuses=texts_in(values.get("statuses")),
            changed_only=values.get("changed_only") is True,
        ),
    )


class SavedOptions(NamedTuple):
    """Choices as they stand under a name in a plan; `endings` are those of the window's files."""

    options: ReportOptions
    endings: tuple[str, ...] = ()


def from_body(body: str) -> SavedOptions:
    """Return the choices in a text."""
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    known = values if isinstance(values, dict) else {}
    return SavedOptions(from_values(known), texts_in(known.get("endings")))


def as_body(saved: SavedOptions) -> str:
    """Return the choices as a text."""
    values = {**as_values(saved.options), "endings": list(saved.endings)}
    return json.dumps(values, ensure_ascii=False)


def _one(kind: type[Choice], value: object, usual: Choice) -> Choice:
    return next((each for each in kind if each.value == value), usual)


def _known(words: Collection[str], values: object) -> tuple[str, ...]:
    return tuple(each for each in texts_in(values) if each in words)


def texts_in(values: object) -> tuple[str, ...]:
    """Return the texts of a list, whatever else was remembered in its place."""
    known = values if isinstance(values, list | tuple) else ()
    return tuple(each for each in known if isinstance(each, str))
