"""The choices of a report as they are remembered: plain values for JSON, and back."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

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
            terms=_texts(values.get("terms")),
            headings=_texts(values.get("tops")),
            sections=_texts(values.get("sections")),
            statuses=_texts(values.get("statuses")),
            changed_only=values.get("changed_only") is True,
        ),
    )


def from_body(body: str) -> ReportOptions:
    """Return the choices that stand under a name in a plan."""
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    return from_values(values if isinstance(values, dict) else {})


def as_body(options: ReportOptions) -> str:
    """Return the choices as they stand under a name in a plan."""
    return json.dumps(as_values(options), ensure_ascii=False)


def _one(kind: type[Choice], value: object, usual: Choice) -> Choice:
    return next((each for each in kind if each.value == value), usual)


def _known(words: Collection[str], values: object) -> tuple[str, ...]:
    return tuple(each for each in _texts(values) if each in words)


def _texts(values: object) -> tuple[str, ...]:
    known = values if isinstance(values, list | tuple) else ()
    return tuple(each for each in known if isinstance(each, str))
