"""A part of a plan to be printed, chosen in the plan's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from kyodo_desktop.domain import nodes, predecessors, terms
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.overview import NOT_FILLED_IN
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Opinion

Key = TypeVar("Key")

TERM_CHOICE, SECTION_CHOICE, STATUS_CHOICE = "期", "担当課", "状態"
CHANGED_CHOICE = "前回から変わったものだけ"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is left of a plan: what answers to all of these; an empty one narrows nothing.

    They are names of terms, numbers or labels of topmost headings, names of sections (lead or
    related), and marks or labels of statuses or 未記入. `changed_only` leaves that of which
    something else is said than in the round before.
    """

    terms: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    changed_only: bool = False

    def __bool__(self) -> bool:
        return self != Narrowing()


def words_of(outline: Outline, chosen: Iterable[str] = ()) -> Narrowing:
    """Return all words that can be chosen in a plan.

    Headings are those of the terms that were chosen, without any of those that are reported.
    Raises InvalidInputError for a term that the plan does not know.
    """
    tops = _heading_names(outline, _chosen_terms(outline, chosen))
    return Narrowing(
        terms=_offered(_term_names(outline)),
        headings=_offered(tops),
        sections=_offered(_section_names(outline)),
        statuses=_offered(_status_names(outline)),
        changed_only=outline.previous is not None,
    )


def narrowed(outline: Outline, narrowing: Narrowing) -> Outline:
    """Return the plan with those placements, and the headings above them, that were chosen.

    Without chosen terms they are of the terms that the round is about. What is left keeps the
    number that it has in the whole plan; an action whose home is not left is at home at the
    first of its 再掲 that are. Raises InvalidInputError, which names a word that the plan does
    not know, and all that it knows.
    """
    if not narrowing:
        return outline
    chosen = _chosen_terms(outline, narrowing.terms)
    tops = _heading_names(outline, chosen)
    kept_tops = _chosen(outline.levels[0].name, narrowing.headings, tops) or {*tops}
    wanted = _wanted_actions(outline, narrowing)
    children: dict[int, tuple[int, ...]] = {}
    for term in map(nodes.term_node, chosen):
        kept = [each for each in outline.children.get(term, ()) if each in kept_tops]
        children[term] = tuple(each for each in kept if _prune(outline, each, wanted, children))
    return _rebuilt(outline, children, tuple(chosen))


def _chosen_terms(outline: Outline, words: Iterable[str]) -> list[int]:
    named = _chosen(TERM_CHOICE, words, _term_names(outline))
    return [each for each in outline.terms if each in named] or terms.reported_terms(outline)


def _wanted_actions(outline: Outline, narrowing: Narrowing) -> set[int] | None:
    """Return the actions that were chosen for what is said of them; nothing is all of them."""
    sections = _chosen(SECTION_CHOICE, narrowing.sections, _section_names(outline))
    statuses = _chosen(STATUS_CHOICE, narrowing.statuses, _status_names(outline))
    if narrowing.changed_only and outline.previous is None:
        raise InvalidInputError(CHANGED_CHOICE, "は、前回の調査がないため選べません。")
    if not (sections or statuses or narrowing.changed_only):
        return None
    return {
        each
        for each in outline.placed
        if (not sections or sections & _sections_of(outline, each))
        and (not statuses or _status_of(outline, each) in statuses)
        and (not narrowing.changed_only or predecessors.differs_from_previous(outline, each))
    }


def _prune(
    outline: Outline, node: int, wanted: set[int] | None, children: dict[int, tuple[int, ...]]
) -> bool:
    """Keep below a node what is wanted; tell whether the node itself stays."""
    if nodes.is_placement(node):
        return wanted is None or outline.action_id_at(node) in wanted
    below = outline.children.get(node, ())
    kept = tuple(each for each in below if _prune(outline, each, wanted, children))
    if kept:
        children[node] = kept
    return wanted is None or bool(kept)


def _rebuilt(
    outline: Outline, children: dict[int, tuple[int, ...]], chosen: tuple[int, ...]
) -> Outline:
    kept = {node for below in children.values() for node in below}
    headings = {
        row.id: row._replace(number=outline.number(node))
        for row in outline.headings.values()
        if (node := nodes.heading_node(row.id)) in kept
    }
    placements = {
        row.id: row._replace(number=outline.number(node))
        for row in outline.placements.values()
        if (node := nodes.placement_node(row.id)) in kept
    }
    placed = {
        action_id: left
        for action_id, places in outline.placed.items()
        if (left := tuple(each for each in places if each in placements))
    }
    return replace(
        outline,
        headings=headings,
        placements=placements,
        children={node: below for node, below in children.items() if below},
        placed=placed,
        opinions=_opinions_at(headings, outline),
        previous=_previous_at(headings, outline.previous),
        chosen_terms=chosen,
    )


def _previous_at(headings: Collection[int], record: Record | None) -> Record | None:
    if record is None:
        return None
    return replace(record, opinions=_opinions_at(headings, record))


def _opinions_at(headings: Collection[int], record: Outline | Record) -> dict[int | None, Opinion]:
    return {key: each for key, each in record.opinions.items() if key is None or key in headings}


def _sections_of(outline: Outline, action_id: int) -> set[int]:
    return {each.section_id for each in outline.assignments.get(action_id, ())}


def _status_of(outline: Outline, action_id: int) -> int | None:
    status = outline.status(action_id)
    return None if status is None else status.id


# The words by which each can be chosen, that which is offered first


def _term_names(outline: Outline) -> dict[int, tuple[str, ...]]:
    return {each.id: (each.name,) for each in outline.terms.values()}


def _heading_names(outline: Outline, chosen: Iterable[int]) -> dict[int, tuple[str, ...]]:
    tops = (top for each in chosen for top in outline.children.get(nodes.term_node(each), ()))
    return {top: (outline.label(top), outline.number(top)) for top in tops}


def _section_names(outline: Outline) -> dict[int, tuple[str, ...]]:
    return {each.id: (each.name,) for each in outline.sections.values()}


def _status_names(outline: Outline) -> dict[int | None, tuple[str, ...]]:
    known: dict[int | None, tuple[str, ...]] = {
        each.id: (each.label or each.mark, each.mark, each.word)
        for each in outline.statuses.values()
    }
    return known | {None: (NOT_FILLED_IN,)}


def _offered(names: Mapping[Key, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first for first, *_ in names.values() if first))


def _chosen(field: str, words: Iterable[str], names: Mapping[Key, tuple[str, ...]]) -> set[Key]:
    """Return what the words name; width, case and spaces matter only between like names."""
    found: set[Key] = set()
    for word in words:
        known = {key for key, each in names.items() if word and word in each}
        if not known and (wanted := squeezed(word)):
            known = {key for key, each in names.items() if wanted in map(squeezed, each)}
        if not known:
            possible = "、".join(_offered(names)) or "ありません"
            raise InvalidInputError(field, f"に「{word}」はありません。選べるもの：{possible}")
        found |= known
    return found
