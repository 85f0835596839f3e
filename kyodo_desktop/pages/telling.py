"""What the parts of a report are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.reporting import Extras
    from kyodo_desktop.pages.options import ReportOptions


class Telling(NamedTuple):
    """The plan as far as it is told, what no outline holds, and how it shall be told.

    `made_on` is a day or a moment in ISO form.
    """

    outline: Outline
    extras: Extras
    options: ReportOptions
    terms: tuple[int, ...]
    """The nodes of the terms that are told."""
    made_on: str
    about: str = ""
    """What of the plan the outline has, where no choice says it."""

    @property
    def names_terms(self) -> bool:
        """Whether it must be said of what term each thing is."""
        return len(self.terms) > 1
