"""A part of a plan to be printed, chosen in the plan's own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kyodo_desktop.domain import nodes, predecessors, terms
from kyodo_desktop.domain.comparing.comparison import (
    Side,
    compare,
    paired_actions,
    paired_headings,
)
from kyodo_desktop.domain.comparing.fields import status_id
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.overview import NOT_FILLED_IN
from kyodo_desktop.domain.replies.answers import mark_key
from kyodo_desktop.domain.texts import squeezed
from kyodo_desktop.domain.totals import term_before

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Opinion

Key = TypeVar("Key")

TERM_CHOICE, SECTION_CHOICE, STATUS_CHOICE = "期", "担当課", "状態"
CHANGED_CHOICE = "前回から変わったものだけ"
WHOLE_SCOPE = "対象：計画全体"
"""The line above what tells of all of a plan, where that must be said."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is left of a plan: what answers to all of these; an empty one narrows nothing.

    They are names of terms, numbers or titles of topmost headings, names of sections (lead or
    related), and marks or labels of statuses or 未記入. `changed_only` leaves that of which
    something else is said than in the round before.
    """

    terms: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    changed_only: bool = False

    def __bool__(self) -> bool:
        return self != WHOLE_PLAN

    @property
    def scope_line(self) -> str:
        """The line that says so above what is left; empty for the whole plan.

        対象：企画課（関係課を含む）, for related sections are among those that are chosen.
        """
        sections = "、".join(self.sections)
        words = (
            *self.terms,
            *self.headings,
            *([f"{sections}（関係課を含む）"] if sections else ()),
            *self.statuses,
            *([CHANGED_CHOICE] if self.changed_only else ()),
        )
        return f"対象：{'、'.join(words)}" if words else ""

    @property
    def names_actions(self) -> bool:
        """Whether actions are chosen by what is said of them, not only by where they stand."""
        return bool(self.sections or self.statuses or self.changed_only)


WHOLE_PLAN = Narrowing()


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


def in_full(outline: Outline, narrowing: Narrowing) -> Narrowing:
    """Return the choice as it is told to readers: in the words that are offered, in their order.

    Raises InvalidInputError as `narrowed` does.
    """
    tops = _heading_names(outline, _chosen_terms(outline, narrowing.terms))
    level = outline.levels[0].name
    sections, statuses = _section_names(outline), _status_names(outline)
    return replace(
        narrowing,
        terms=_named(TERM_CHOICE, narrowing.terms, _term_names(outline)),
        headings=_named(level, narrowing.headings, tops),
        sections=_named(SECTION_CHOICE, narrowing.sections, sections),
        statuses=_named(STATUS_CHOICE, narrowing.statuses, statuses),
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
    choice = _choice(outline, narrowing)
    if narrowing.changed_only and outline.previous is None:
        raise InvalidInputError(CHANGED_CHOICE, "は、前回の調査がないため選べません。")
    wanted = {
        each
        for each in outline.placed
        if choice.fits(outline, each)
        and (not narrowing.changed_only or predecessors.differs_from_previous(outline, each))
    }
    below = [node for top in choice.tops for node in (top, *outline.below(top))]
    kept = {
        node for node in below if nodes.is_placement(node) and outline.action_id_at(node) in wanted
    }
    if narrowing.names_actions:
        kept |= _above(outline, kept)
    else:
        kept |= {node for node in below if nodes.is_heading(node)}
    return _part(outline, kept, choice.terms)


def with_placements(outline: Outline, wanted: Collection[int]) -> Outline:
    """Return the plan with these placements alone, the headings above them, and their terms."""
    kept = {*wanted}
    above = {each for node in kept for each in outline.ancestors(node)}
    found = tuple(each for each in outline.terms if nodes.term_node(each) in above)
    return _part(outline, kept | {each for each in above if nodes.is_heading(each)}, found)


def narrowed_comparison(comparison: Comparison, narrowing: Narrowing) -> Comparison:
    """Return the comparison of what is left of its later side with the same before.

    Of the earlier side is left what the actions that are left were then, at the headings that
    were chosen if they stood there; and what has gone since and answered to the same words.
    Raises InvalidInputError as `narrowed` does.
    """
    if not narrowing:
        return comparison
    before, whole = comparison.before, comparison.after
    choice, after = _choice(whole, narrowing), narrowed(whole, narrowing)
    then = {term_before(after, before, each) for each in choice.terms} - {None}
    old = Side(before, frozenset(each for each in before.terms if each in then))
    new = Side(whole, frozenset(choice.terms))
    if (old.terms, new.terms) != comparison.terms:
        comparison = compare(before, whole, terms=(old.terms, new.terms))
    earlier = _earlier_part(old, new, after, narrowing)
    return replace(
        comparison,
        before=earlier,
        after=after,
        transitions=Counter(
            (status_id(before, was), status_id(whole, each))
            for each, was in paired_actions(old, new).old.items()
            if each in after.placed
        ),
        changes=tuple(_changes_left(comparison, earlier, after)),
    )


def _earlier_part(old: Side, new: Side, after: Outline, narrowing: Narrowing) -> Outline:
    """Return what the part that is left was, and what of it has gone."""
    before, choice = old.outline, _choice(new.outline, narrowing)
    headings = paired_headings(old, new)
    tops = {
        nodes.heading_node(was)
        for was, now in headings.items()
        if nodes.heading_node(now) in choice.tops
    }
    olds = paired_actions(old, new).old
    stayed = {was for now, was in olds.items() if now in after.placed}
    gone = {each for each in old.actions if choice.fits(before, each)} - {*olds.values()}
    kept: set[int] = set()
    for action_id in (*stayed, *gone):
        places = {*map(nodes.placement_node, before.placed[action_id])}
        here = {each for each in places if [*before.ancestors(each)][-2] in tops}
        everywhere = places if action_id in stayed or not narrowing.headings else set()
        kept |= here or everywhere
    kept |= {nodes.heading_node(was) for was, now in headings.items() if now in after.headings}
    return _part(before, kept | _above(before, kept), tuple(sorted(old.terms)))


def _changes_left(
    comparison: Comparison, earlier: Outline, after: Outline
) -> Iterator[ItemChange]:
    """Yield the changes of what is left, at its places there."""
    for change in comparison.changes:
        now = None if change.is_gone else _place_in(after, comparison.after, change.after)
        then = _place_in(earlier, comparison.before, change.before)
        if change.is_gone and then is not None:
            merged = _place_in(after, comparison.after, change.after)
            yield change._replace(before=then, after=merged)
        elif now is not None:
            yield change._replace(before=then, after=now)


def _place_in(part: Outline, whole: Outline, node: int | None) -> int | None:
    """Return where an item of the whole stands in a part of it."""
    if node is None or nodes.is_heading(node):
        return node if node is not None and part.exists(node) else None
    action_id = whole.action_id_at(node)
    return part.home(action_id) if action_id in part.placed else None


def _above(outline: Outline, kept: Iterable[int]) -> set[int]:
    return {above for node in kept for above in outline.ancestors(node) if nodes.is_heading(above)}


def _part(outline: Outline, kept: set[int], chosen: tuple[int, ...]) -> Outline:
    """Return the plan with these headings and placements alone."""
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
    return replace(
        outline,
        headings=headings,
        placements=placements,
        children={
            node: left
            for node, below in outline.children.items()
            if (left := tuple(each for each in below if each in kept))
        },
        placed={
            action_id: left
            for action_id, places in outline.placed.items()
            if (left := tuple(each for each in places if each in placements))
        },
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


class _Choice(NamedTuple):
    """What the words name: terms, the nodes of topmost headings, sections and statuses."""

    terms: tuple[int, ...]
    tops: tuple[int, ...]
    sections: set[int]
    statuses: set[int | None]

    def fits(self, outline: Outline, action_id: int) -> bool:
        """Tell whether an action is of the sections and of the statuses, if any were named."""
        assigned = outline.assignments.get(action_id, ())
        return (
            not self.sections or any(each.section_id in self.sections for each in assigned)
        ) and (not self.statuses or status_id(outline, action_id) in self.statuses)


def _choice(outline: Outline, narrowing: Narrowing) -> _Choice:
    chosen = _chosen_terms(outline, narrowing.terms)
    tops = _heading_names(outline, chosen)
    named = _chosen(outline.levels[0].name, narrowing.headings, tops)
    return _Choice(
        tuple(chosen),
        tuple(each for each in tops if each in named or not named),
        _chosen(SECTION_CHOICE, narrowing.sections, _section_names(outline)),
        _chosen(STATUS_CHOICE, narrowing.statuses, _status_names(outline)),
    )


def _chosen_terms(outline: Outline, words: Iterable[str]) -> list[int]:
    named = _chosen(TERM_CHOICE, words, _term_names(outline))
    return [each for each in outline.terms if each in named] or terms.reported_terms(outline)


# The words by which each can be chosen, that which is offered first


def _term_names(outline: Outline) -> dict[int, tuple[str, ...]]:
    return {each.id: (each.name,) for each in outline.terms.values()}


def _heading_names(outline: Outline, chosen: Iterable[int]) -> dict[int, tuple[str, ...]]:
    tops = (top for each in chosen for top in outline.children.get(nodes.term_node(each), ()))
    return {top: (outline.label(top), outline.number(top), outline.title(top)) for top in tops}


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


def _named(
    field: str, words: Iterable[str], names: Mapping[Key, tuple[str, ...]]
) -> tuple[str, ...]:
    chosen = _chosen(field, words, names)
    return _offered({key: each for key, each in names.items() if key in chosen})


def _chosen(field: str, words: Iterable[str], names: Mapping[Key, tuple[str, ...]]) -> set[Key]:
    """Return what the words name.

    Width, case and spaces matter only between like names, and so do signs that look alike.
    """
    found: set[Key] = set()
    for word in words:
        known = {key for key, each in names.items() if word and word in each}
        if not known and (wanted := squeezed(word)):
            known = {key for key, each in names.items() if wanted in map(squeezed, each)}
        if not known and (wanted := _by_looks(word)):
            known = {key for key, each in names.items() if wanted in map(_by_looks, each)}
        if not known:
            fullest = dict.fromkeys(max(each, key=len) for each in names.values())
            possible = "、".join(filter(None, fullest)) or "ありません"
            raise InvalidInputError(field, f"に「{word}」はありません。選べるもの：{possible}")
        found |= known
    return found


def _by_looks(word: str) -> str:
    """Return what is left of a word where ○, 〇 and ◯ are one: nobody tells them apart."""
    return "".join(map(mark_key, squeezed(word)))
