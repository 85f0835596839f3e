"""A table beside the plan: which of its actions and words are which of the plan's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kyodo_desktop.domain.like.word_forms import Word

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.outline import Outline


@dataclass(frozen=True, slots=True)
class TableMatch:
    """`outline` is the plan in the round to write; `found` the table as a plan would take it.

    `raw` is the table as it was read. `actions` are the plan's by their place in the table,
    `headings` the plan's by the path of the table's. Statuses, directions and sections are
    ids of the plan by the table's names. `round` is the table's name of the round whose cells
    are written.
    """

    outline: Outline
    found: FoundPlan
    raw: FoundPlan
    term_id: int
    round: str
    actions: dict[int, int]
    headings: dict[tuple[tuple[str, str], ...], int]
    statuses: dict[str, int] = field(default_factory=dict)
    directions: dict[str, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)

    def section(self, name: str) -> str:
        """Return the plan's name of a section."""
        known = self.outline.sections.get(self.sections.get(name, 0))
        return known.name if known is not None else name

    def status_word(self, status_id: int) -> Word:
        """Return a status in the words of the table, else in those of the plan."""
        for each in self.raw.statuses:
            if self.statuses.get(each.mark) == status_id:
                return Word(each.mark, each.label)
        status = self.outline.statuses[status_id]
        return Word(status.mark, status.label)

    def direction_word(self, direction_id: int) -> Word:
        """Return a direction in the words of the table, else in those of the plan."""
        for label, known in self.directions.items():
            if known == direction_id:
                return Word("", label)
        return Word("", self.outline.directions[direction_id].label)
