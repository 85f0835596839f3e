"""Which heading and which action of one state of a plan is which in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import heading_node, is_heading, row_id, term_node
from kyodo_desktop.domain.terms import is_spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline

Terms = frozenset[int]


@dataclass(frozen=True, slots=True)
class Side:
    """The terms of a plan that are compared."""

    outline: Outline
    terms: Terms

    @property
    def headings(self) -> set[int]:
        """The ids of the headings."""
        rows = self.outline.headings.values()
        return {row.id for row in rows if row.term_id in self.terms}

    @property
    def actions(self) -> list[int]:
        """The ids of the actions that stand in the plan."""
        known = self.outline.actions
        return [each for each in self.outline.placed if known[each].term_id in self.terms]

    def nodes(self) -> Iterator[int]:
        """Yield headings and actions in printed order, an action where its home is."""
        for term_id in self.outline.terms:
            if term_id in self.terms:
                yield from filter(self._is_itself, self.outline.below(term_node(term_id)))

    def _is_itself(self, node: int) -> bool:
        return not self.outline.is_relisted(node)


def terms_of_round(outline: Outline) -> Terms:
    """Return the terms that the round which is shown is about: those of its fiscal year.

    Where it says nothing of those it is the terms that it does speak of; without a round, or
    where nothing is in any of them yet, it is all of them.
    """
    if outline.round is not None:
        year = outline.round.fiscal_year
        found = frozenset(
            term.id
            for term in outline.terms.values()
            if term.first_fiscal_year <= year <= term.last_fiscal_year
            and outline.children.get(term_node(term.id))
        )
        spoken = frozenset(each for each in outline.terms if is_spoken_of(outline, each))
        if found and (found & spoken or not spoken):
            return found
        if found:
            return spoken
    return frozenset(outline.terms)


def paired_headings(before: Side, after: Side) -> dict[int, int]:
    """Return the heading after by the heading before: by id, between terms by equal title."""
    olds, news = before.headings, after.headings
    pairs = {each: each for each in olds & news}
    if before.terms == after.terms:
        return pairs
    free = [row_id(node) for node in after.nodes() if is_heading(node)]
    free = [each for each in free if each not in pairs]
    for node in before.nodes():
        if is_heading(node) and row_id(node) not in pairs:
            found = _of_equal_title(before, after, row_id(node), free, pairs)
            if found is not None:
                pairs[row_id(node)] = found
                free.remove(found)
    return pairs


def _of_equal_title(
    before: Side, after: Side, old: int, free: list[int], pairs: dict[int, int]
) -> int | None:
    """Return a heading with the same title, if there is one at the same place."""
    row = before.outline.headings[old]
    parent = None if row.parent_id is None else pairs.get(row.parent_id)
    known = after.outline.headings
    equal = [each for each in free if known[each].title == row.title]
    depth = before.outline.depth(heading_node(old))
    level = [each for each in equal if after.outline.depth(heading_node(each)) == depth]
    here = [each for each in level if known[each].parent_id == parent]
    return next(iter(here or level), None)


@dataclass(frozen=True, slots=True)
class PairedActions:
    """`old` is the action before by the action after; `merged` is the reverse.

    A merged action of before has become part of one that is paired with another.
    """

    old: dict[int, int]
    merged: dict[int, int]


def paired_actions(before: Side, after: Side) -> PairedActions:
    """Pair the actions by id, then each new one with what it continues."""
    olds, news = before.actions, after.actions
    known = set(news)
    old = {each: each for each in olds if each in known}
    left = [each for each in olds if each not in known]
    free = set(left)
    for new in news:
        continues = after.outline.actions[new].continues_id
        if new not in old and continues in free:
            old[new] = continues
            free.discard(continues)
    merged: dict[int, int] = {}
    for each in left:
        successor = _successor(after.outline, each)
        if each not in free or successor not in known:
            continue
        if successor in old:
            merged[each] = successor
        else:
            old[successor] = each
    return PairedActions(old, merged)


def _successor(outline: Outline, action_id: int) -> int | None:
    """Return the action that an action has become part of, in the next term or in its own."""
    if action_id in outline.successions:
        return outline.successions[action_id].successor_id
    joining = outline.joinings.get(action_id)
    return None if joining is None else joining.into_id
