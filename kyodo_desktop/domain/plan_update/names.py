"""Which rounds, statuses, directions and sections of a plan a table speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.plan_update.pairing import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundPlan, FoundRound
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round


class Known(NamedTuple):
    """Ids of the plan by the table's names, marks and labels; what is new is not among them."""

    rounds: dict[str, int]
    statuses: dict[str, int]
    directions: dict[str, int]
    sections: dict[str, int]


class PlanWords:
    """The plan's own words for those of a table; what is new stays as the table has it."""

    def __init__(self, outline: Outline, known: Known) -> None:
        self._marks = {name: outline.statuses[row].mark for name, row in known.statuses.items()}
        self._labels = {
            name: outline.directions[row].label for name, row in known.directions.items()
        }
        self._sections = {name: outline.sections[row].name for name, row in known.sections.items()}

    def mark(self, mark: str) -> str:
        """Return the mark of a status."""
        return self._marks.get(mark, mark)

    def direction(self, label: str) -> str:
        """Return the label of a direction."""
        return self._labels.get(label, label)

    def section(self, name: str) -> str:
        """Return the name of a section."""
        return self._sections.get(name, name)


def known_names(outline: Outline, found: FoundPlan) -> Known:
    """Return what the plan has of all that is named in a table."""
    marks = {key(each.mark): each.id for each in reversed(outline.statuses.values())}
    words = {key(each.label): each.id for each in reversed(outline.statuses.values())}
    statuses = {
        each.mark: status_id
        for each in found.statuses
        if (status_id := marks.get(key(each.mark)) or words.get(key(each.label)))
    }
    directions = {key(each.label): each.id for each in reversed(outline.directions.values())}
    names = {key(each.name): each.id for each in reversed(outline.sections.values())}
    return Known(
        _known_rounds(outline, found),
        statuses,
        {each: directions[key(each)] for each in found.directions if key(each) in directions},
        {each: names[key(each)] for each in sections_of(found.actions) if key(each) in names},
    )


def sections_of(actions: Iterable[FoundAction]) -> list[str]:
    """Return the names of all sections, in the order in which they appear."""
    names: dict[str, None] = {}
    for action in actions:
        names.update(dict.fromkeys(action.sections))
        names.update(dict.fromkeys(action.related_sections))
        names.update((line.section, None) for line in action.lines if line.section)
    return list(names)


def _known_rounds(outline: Outline, found: FoundPlan) -> dict[str, int]:
    """Return the rounds with the same name, or the only ones of the same fiscal year."""
    named = {key(each.name): each.id for each in outline.rounds.values()}
    known = {each.name: named[key(each.name)] for each in found.rounds if key(each.name) in named}
    for each in found.rounds:
        same = [row for row in outline.rounds.values() if _same_year(row, each)]
        alone = sum(_same_year(other, each) for other in found.rounds) == 1
        if each.name not in known and alone and len(same) == 1:
            known[each.name] = same[0].id
    return known


def _same_year(one: Round | FoundRound, other: FoundRound) -> bool:
    return one.fiscal_year == other.fiscal_year
