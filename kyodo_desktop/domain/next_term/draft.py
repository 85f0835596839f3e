"""The next term while it is thought over, also as text for another day."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import errors, plan
from kyodo_desktop.domain.nodes import is_heading, is_placement, kind_of, row_id, term_node
from kyodo_desktop.domain.numbering import FREE, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.next_term.candidates import Candidate
    from kyodo_desktop.domain.next_term.terms import NextTerm
    from kyodo_desktop.domain.outline import Outline


class Disposition(NamedTuple):
    """What becomes of an old action; one that is merged goes `into` another old one.

    A merged one which goes into none is the one that others go into, or still waits for that
    choice: it goes on by itself until then.
    """

    choice: plan.Choice
    into: int | None = None


@dataclass(frozen=True)  # without slots, for what is worked out once
class Draft:
    """A draft never changes; each edit of it gives another one.

    It holds the tree of the old term: nodes keep their numbers, those which are new have
    negative ids. Nothing leaves the tree, so that a choice can be taken back: an action that
    is dropped or merged is not shown, no more than what is in `hidden`.

    `dispositions` are keyed by old action, `headings` (titles) by node, `actions` (titles) by old
    action or new negative id; `places` gives the action of each placement node.
    """

    outline: Outline
    term_id: int
    term: NextTerm
    candidates: dict[int, Candidate]
    dispositions: dict[int, Disposition]
    headings: dict[int, str]
    actions: dict[int, str]
    places: dict[int, int]
    children: dict[int, tuple[int, ...]]
    hidden: frozenset[int] = frozenset()

    # Old actions

    def is_kept(self, action_id: int) -> bool:
        """Tell whether an action, old or new, stands in the next term under its own name."""
        disposition = self.dispositions.get(action_id)
        return disposition is None or (
            disposition.choice is not plan.Choice.DROP and disposition.into is None
        )

    def successor(self, action_id: int) -> int | None:
        """Return the action of the draft that an old one becomes; nothing where it ends."""
        disposition = self.dispositions[action_id]
        return None if disposition.choice is plan.Choice.DROP else disposition.into or action_id

    def merged_into(self, action_id: int) -> list[int]:
        """Return the old actions that go into this one."""
        return [
            each
            for each, disposition in self.dispositions.items()
            if disposition.into == action_id
        ]

    def lacks_partner(self, action_id: int) -> bool:
        """Tell whether it is still open what the action is merged with."""
        disposition = self.dispositions[action_id]
        waits = disposition.choice is plan.Choice.MERGE and disposition.into is None
        return waits and not self.merged_into(action_id)

    # The tree

    @property
    def root(self) -> int:
        """The node above the highest headings."""
        return term_node(self.term_id)

    def parent(self, node: int) -> int:
        """Return the node above a heading or a placement."""
        return self._above[node]

    def depth(self, node: int) -> int:
        """Return how deep the node stands: -1 for the root, 0 for a heading directly under it."""
        return -1 if node == self.root else self.depth(self.parent(node)) + 1

    def is_shown(self, node: int) -> bool:
        """Tell whether the node stands in the next term; a heading does with what is in it."""
        if is_placement(node):
            return node not in self.hidden and self.is_kept(self.places[node])
        return node not in self.hidden or any(map(self.is_shown, self.children.get(node, ())))

    def shown(self, above: int) -> list[int]:
        """Return what stands under a node in the next term."""
        return [node for node in self.children.get(above, ()) if self.is_shown(node)]

    def below(self, above: int) -> Iterator[int]:
        """Yield everything that stands under a node in the next term, in printed order."""
        for node in self.shown(above):
            yield node
            yield from self.below(node)

    def kept_actions(self) -> list[int]:
        """Return the actions of the next term, each once, in printed order."""
        nodes = self.below(self.root)
        return list(dict.fromkeys(self.places[node] for node in nodes if node in self.places))

    def empty_headings(self) -> list[int]:
        """Return the headings of the next term that no action stands under."""
        return [
            node
            for node in self.below(self.root)
            if node in self.headings and not any(each in self.places for each in self.below(node))
        ]

    # Reading one node

    def title(self, node: int) -> str:
        """Return the title of a heading or of the action that stands there."""
        return self.headings[node] if node in self.headings else self.actions[self.places[node]]

    def level(self, node: int) -> plan.Level:
        """Return the level of a heading or a placement."""
        levels = self.outline.levels
        if node in self.places:
            return levels[-1]
        return levels[min(self.depth(node), len(levels) - 2)]

    def number(self, node: int) -> str:
        """Return the printed number: by the place, or as it was typed where none follows."""
        style = self.level(node).numbering
        if style == FREE:
            return self.typed_number(node)
        beside = [each for each in self.shown(self.parent(node)) if kind_of(each) is kind_of(node)]
        return number(style, beside.index(node) + 1)

    def typed_number(self, node: int) -> str:
        """Return the number that a level without a style has from the old term."""
        if self.level(node).numbering != FREE:
            return ""
        table = self.outline.placements if node in self.places else self.outline.headings
        row = table.get(row_id(node))
        return row.number if row else ""

    def label(self, node: int) -> str:
        """Return number and title as one text."""
        return f"{self.number(node)} {self.title(node)}".strip()

    def is_relisted(self, node: int) -> bool:
        """Tell whether the action stands at an earlier made place, too."""
        return node in self.places and node != self._homes[self.places[node]]

    # Worked out once

    @cached_property
    def _above(self) -> dict[int, int]:
        return {node: above for above, nodes in self.children.items() for node in nodes}

    @cached_property
    def _homes(self) -> dict[int, int]:
        """Where each action stood first, of the places that it stands at."""
        shown = filter(self.is_shown, sorted(self.places, reverse=True))
        return {self.places[node]: node for node in shown}


def first_draft(
    outline: Outline, term_id: int, term: NextTerm, candidates: dict[int, Candidate]
) -> Draft:
    """Return the draft to begin with: everything where it was, with the default choices."""
    root = term_node(term_id)
    nodes = list(outline.below(root))
    places = {node: outline.action_id_at(node) for node in nodes if is_placement(node)}
    return Draft(
        outline,
        term_id,
        term=term,
        candidates=candidates,
        dispositions={
            action_id: Disposition(each.choice) for action_id, each in candidates.items()
        },
        headings={node: outline.title(node) for node in nodes if node not in places},
        actions={action_id: each.title for action_id, each in candidates.items()},
        places=places,
        children={
            node: outline.children[node] for node in (root, *nodes) if node in outline.children
        },
    )


class Counts(NamedTuple):
    """How many old actions go which way, how many are new, and how many the next term has."""

    choices: dict[plan.Choice, int]
    added: int
    total: int


def counts(draft: Draft) -> Counts:
    """Count the actions of a draft."""
    made = [disposition.choice for disposition in draft.dispositions.values()]
    kept = draft.kept_actions()
    return Counts(
        {choice: made.count(choice) for choice in plan.Choice},
        sum(each < 0 for each in kept),
        len(kept),
    )


_UNREADABLE = "控えの内容を読み取れないため、続きから開けません。計画は元のままです。"


def draft_as_json(draft: Draft) -> str:
    """Return what was chosen; the plan itself is not in it."""
    return json.dumps(
        {
            "term_id": draft.term_id,
            "name": draft.term.name,
            "years": [draft.term.first_fiscal_year, draft.term.last_fiscal_year],
            "fates": [[each, *disposition] for each, disposition in draft.dispositions.items()],
            "headings": list(draft.headings.items()),
            "actions": list(draft.actions.items()),
            "places": list(draft.places.items()),
            "children": list(draft.children.items()),
            "hidden": sorted(draft.hidden),
        },
        ensure_ascii=False,
    )


def draft_from_json(first: Draft, text: str) -> Draft:
    """Return the draft with what was chosen in it; `first` is one of the plan as it is now.

    What has left the plan since is left out, what is new in it stands where it would at first.
    Raises ReadingError for another term, and for what is no draft.
    """
    try:
        saved = json.loads(text)
        if saved["term_id"] != first.term_id:
            raise errors.ReadingError(
                "控えは別の期についてのものなので、続きから開けません。計画は元のままです。"
            )
        return _merged(first, saved)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise errors.ReadingError(_UNREADABLE) from error


def _merged(first: Draft, saved: dict[str, Any]) -> Draft:
    actions = _known(saved["actions"], first.actions)
    places = {
        node: action
        for node, action in _known(saved["places"], first.places).items()
        if action in actions
    }
    headings = _known(saved["headings"], first.headings)
    nodes = headings.keys() | places.keys()
    first_year, last_year = map(int, saved["years"])
    term = first.term._replace(
        name=str(saved["name"]), first_fiscal_year=first_year, last_fiscal_year=last_year
    )
    return replace(
        first,
        term=term,
        dispositions=_dispositions(first, saved["fates"]),
        headings=headings,
        actions=actions,
        places=places,
        children=_children(first, saved["children"], nodes),
        hidden=frozenset(saved["hidden"]) & nodes,
    )


def _known(pairs: Iterable[tuple[int, Any]], first: dict[int, Any]) -> dict[int, Any]:
    """Return what was saved of what is there still, and of what was added (below 0)."""
    kept = {each: value for each, value in pairs if each in first or each < 0}
    for each, value in kept.items():
        if not isinstance(value, type(next(iter(first.values()), value))):
            raise TypeError(each)
    return first | kept


def _dispositions(
    first: Draft, saved: Iterable[tuple[int, str, int | None]]
) -> dict[int, Disposition]:
    chosen = {
        each: Disposition(plan.Choice(choice), into if into in first.dispositions else None)
        for each, choice, into in saved
        if each in first.dispositions
    }
    return first.dispositions | chosen


def _children(
    first: Draft, saved: Iterable[tuple[int, list[int]]], nodes: set[int]
) -> dict[int, tuple[int, ...]]:
    """Return the tree as it was left; what was added under a heading that is gone moves up."""
    above = nodes | {first.root}
    children = {node: [each for each in below if each in nodes] for node, below in saved}
    homeless = [each for node in children.keys() - above for each in children.pop(node)]
    placed = {each for below in children.values() for each in below}
    for node, below in first.children.items():
        new = [each for each in below if each not in placed]
        children[node] = [*children.get(node, ()), *new]
        homeless = [each for each in homeless if each not in new]
    for each in homeless:
        children.setdefault(_new_home(first, each), []).append(each)
    return {node: tuple(below) for node, below in children.items()}


def _new_home(first: Draft, node: int) -> int:
    """Return the root for a heading, and the first heading for an action."""
    if is_heading(node):
        return first.root
    return next(iter(first.children.get(first.root, ())), first.root)
