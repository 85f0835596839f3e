"""What a reader can narrow a table down to; its script does it, without which all rows are read.

The rows carry numbers only: all words are texts of the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.narrowing import SECTION_CHOICE, STATUS_CHOICE
from kyodo_desktop.web.markup import NOTHING, element, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.pages.content import Facets, Part
    from kyodo_desktop.web.markup import Markup

_ALL = "すべて"
_SEARCH, _RESET = "語句", "条件を解除"
_NONE = f"条件に合うものはありません。条件を変えるか、「{_RESET}」を押してください。"


class Filter(NamedTuple):
    """The headings, sections and statuses of a part's actions, as they come in it."""

    headings: tuple[str, ...]
    sections: tuple[str, ...]
    statuses: tuple[str, ...]

    def attributes(self, facets: Facets | None) -> dict[str, str | int]:
        """Return what the row of an action says to the script."""
        if facets is None:
            return {}
        return {
            "data_heading": self.headings.index(facets.heading),
            "data_section": " ".join(str(self.sections.index(each)) for each in facets.sections),
            "data_status": self.statuses.index(facets.status),
        }

    def form(self, name: str, about: str, heading: str) -> Markup:
        """Return what is filled in, hidden until the script shows it; `name` begins its ids.

        It is `about` the part of that title; `heading` is what the topmost headings are called.
        """
        if not self.statuses:
            return NOTHING
        choices = (
            ("heading", heading, self.headings),
            ("section", SECTION_CHOICE, self.sections),
            ("status", STATUS_CHOICE, self.statuses),
        )
        search = f"{name}-search"
        return element(
            "form",
            *(_choice(name, key, label, words) for key, label, words in choices if len(words) > 1),
            element(
                "p",
                element("label", text(_SEARCH), for_=search),
                element("input", type="search", id=search, name="search", autocomplete="off"),
            ),
            element("p", element("button", text(_RESET), type="reset")),
            element(
                "p",
                element("span", class_="found"),
                element("span", text(_NONE), class_="none", hidden=True),
                role="status",
                class_="count",
            ),
            class_="filter",
            hidden=True,
            aria_label=f"{about}の絞り込み",
        )


def filter_of(part: Part) -> Filter:
    """Return what the rows of a part differ by."""
    found = [row.facets for row in part.rows if row.facets is not None]
    return Filter(
        _once(each.heading for each in found),
        _once(section for each in found for section in each.sections),
        _once(each.status for each in found),
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _choice(form: str, key: str, label: str, words: Iterable[str]) -> Markup:
    options = (element("option", text(each), value=place) for place, each in enumerate(words))
    name = f"{form}-{key}"
    return element(
        "p",
        element("label", text(label), for_=name),
        element("select", element("option", text(_ALL), value=""), *options, id=name, name=key),
    )
