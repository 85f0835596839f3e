"""What a rule of 点検 is given, and the finding (要確認) that it gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import plan, texts
from kyodo_desktop.domain.nodes import is_heading, is_placement, placement_node
from kyodo_desktop.domain.terms import current_terms, in_term, terms_over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.checks.dates import DueDates
    from kyodo_desktop.domain.outline import Outline, Record


class RemedyKind(StrEnum):
    """What one click can do about a finding."""

    SET_DUE = "set_due"
    JOIN = "join"
    ADD_PREREQUISITE = "add_prerequisite"
    RENUMBER = "renumber"


class Remedy(NamedTuple):
    """A way out: `target` is an action id (a node for RENUMBER), `value` what it would get.

    SET_DUE has a month (`YYYY-MM`), JOIN and ADD_PREREQUISITE the id of the other action,
    RENUMBER the printed number.
    """

    kind: RemedyKind
    target: int
    value: str | int


class Finding(NamedTuple):
    """`node` is where to look; `message` says in one sentence what is wrong there.

    `subject` tells this finding from others of its rule. It changes with what is wrong, so
    that a finding which was confirmed comes back when there is something new to it.
    `suggestion` is the suggested value as people read it. A `notice` is no mistake.
    """

    rule: str
    node: int
    message: str
    subject: str
    suggestion: str = ""
    remedy: Remedy | None = None
    notice: bool = False


@dataclass(frozen=True)
class CheckContext:
    """One outline with what several rules want to know of it, found out once.

    `month` is the one in which an action is or is not late, `earlier` the round before the
    outline's previous one.
    """

    outline: Outline
    month: str
    earlier: Record | None = None

    @cached_property
    def nodes(self) -> tuple[int, ...]:
        """All headings and placements of the terms that are not over, in printed order."""
        outline, over = self.outline, terms_over(self.outline)
        return tuple(
            node
            for root, term_id in zip(outline.roots, outline.terms, strict=True)
            if term_id not in over
            for node in outline.below(root)
        )

    @cached_property
    def placements(self) -> tuple[int, ...]:
        """The placements among the nodes."""
        return tuple(node for node in self.nodes if is_placement(node))

    @cached_property
    def actions(self) -> tuple[plan.Action, ...]:
        """The actions which are to be checked, each once, where it is printed first."""
        outline = self.outline
        ids = dict.fromkeys(outline.action_id_at(node) for node in self.placements)
        return tuple(outline.actions[action_id] for action_id in ids)

    @cached_property
    def reported(self) -> tuple[plan.Action, ...]:
        """The actions of which the round that is shown is to say how far they are."""
        asked, ahead = self.outline.round, self._ahead
        if asked is None:
            return ()
        return tuple(each for each in self.actions if each.term_id not in ahead)

    @cached_property
    def _ahead(self) -> frozenset[int]:
        """Terms that have been drawn up before the one before them has ended."""
        asked, terms = self.outline.round, self.outline.terms
        filled = [terms[each] for each in {action.term_id for action in self.actions}]
        return frozenset(
            each.id
            for each in filled
            if asked is not None
            and asked.fiscal_year < each.first_fiscal_year
            and any(other.position < each.position for other in filled)
        )

    @cached_property
    def titles(self) -> dict[int, str]:
        """The titles by action, apart from how they are typed."""
        return {action.id: texts.squeezed(action.title) for action in self.actions}

    @cached_property
    def dues(self) -> DueDates:
        """What the texts say of when an action will be done."""
        # Not above: 点検 has this module at every start, and the patterns take 5 ms.
        from kyodo_desktop.domain.checks.dates import DueDates

        return DueDates(self.outline)

    def text(self, action_id: int) -> str:
        """Return the action's lines as one text."""
        return "\n".join(line.text for line in self.outline.lines.get(action_id, ()))

    def mark(self, action_id: int) -> str:
        """Return mark and word of the action's status."""
        status = self.outline.status(action_id)
        return status.word if status else "未記入"

    def place(self, node: int) -> str:
        """Return where a placement stands, in short: 1 環境づくり (2) ②."""
        outline = self.outline
        above = [each for each in outline.ancestors(node) if is_heading(each)]
        top, *rest = reversed(above)
        place = " ".join([outline.label(top), *map(outline.number, [*rest, node])]).strip()
        return in_term(outline, node, place, self._terms)

    @cached_property
    def _terms(self) -> list[int]:
        return current_terms(self.outline)


def counts_by_node(outline: Outline, found_at: Iterable[int]) -> Counter[int]:
    """Return how many of the findings at these nodes each node has, with those below it.

    An action has its own wherever it stands; the headings count it where it was found.
    """
    counts: Counter[int] = Counter()
    for node, count in Counter(found_at).items():
        for each in places_of(outline, node):
            counts[each] += count
        for above in outline.ancestors(node):
            counts[above] += count
    return counts


def places_of(outline: Outline, node: int) -> list[int]:
    """Return the nodes that are the same thing: of an action every place where it stands."""
    if not is_placement(node):
        return [node]
    return [placement_node(each) for each in outline.placed[outline.action_id_at(node)]]
