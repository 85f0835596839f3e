"""Terms (期): which one a round is about, by which month it is overdue, and how they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import fiscal_year_label
from kyodo_desktop.domain.nodes import is_placement, row_id, term_node

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Term


def is_over(outline: Outline, term_id: int, fiscal_year: int | None = None) -> bool:
    """Tell whether a term has given way to a later one; see `terms_over`."""
    return term_id in terms_over(outline, fiscal_year)


def terms_over(outline: Outline, fiscal_year: int | None = None) -> frozenset[int]:
    """Return the terms that have given way to a later one by a fiscal year.

    A term goes on beyond its last year while no later term has actions: the next plan may
    come late. Without a year it is that of the round which is shown; a later term of which
    that round says nothing, though it speaks of others, was drawn up after it.
    """
    asked_of_round = fiscal_year is None
    if fiscal_year is None and outline.round is not None:
        fiscal_year = outline.round.fiscal_year
    if fiscal_year is None:
        return frozenset()
    ended = [each for each in outline.terms.values() if each.last_fiscal_year < fiscal_year]
    if not ended:
        return frozenset()
    newest = next(
        (
            each.position
            for each in reversed(outline.terms.values())
            if has_actions(outline, each.id)
            and not (asked_of_round and _is_passed_over(outline, each.id))
        ),
        0,
    )
    return frozenset(each.id for each in ended if each.position < newest)


def terms_outside(outline: Outline) -> frozenset[int]:
    """Return the terms of which the round that is shown asks nothing: over, or not yet begun."""
    over = terms_over(outline)
    ahead = (each.id for each in outline.terms.values() if _is_ahead(outline, each))
    return over.union(ahead)


def outside_the_round(outline: Outline, term_id: int) -> str:
    """Return why the round that is shown does not ask for a term; empty where it does."""
    if term_id not in outline.terms or outline.round is None:
        return ""
    term = outline.terms[term_id]
    if is_over(outline, term_id):
        return f"{term.name}は{fiscal_year_label(term.last_fiscal_year)}まで（この調査の対象外）"
    if _is_ahead(outline, term):
        began = fiscal_year_label(term.first_fiscal_year)
        return f"{term.name}は{began}から（この調査の時点では、まだ始まっていません）"
    return ""


def current_terms(outline: Outline) -> list[int]:
    """Return the terms with actions that are not over in the round that is shown."""
    over = terms_over(outline)
    return [each for each in outline.terms if each not in over and has_actions(outline, each)]


def reported_terms(outline: Outline) -> list[int]:
    """Return the terms that every output is about, in printed order.

    They are those which were chosen for it, else those which its round asks about: a term that
    is over has said its last, and one that was drawn up ahead, or after the round had spoken of
    a term whose years have gone, would only fill the report with 未記入. Without a round, or
    where nothing else is left, they are all that have actions.
    """
    if outline.chosen_terms:
        return [each for each in outline.chosen_terms if has_actions(outline, each)]
    current = current_terms(outline)
    asked = [each for each in current if not _is_drawn_up_for_later(outline, each, current)]
    return asked or current


def _is_drawn_up_for_later(outline: Outline, term_id: int, current: Collection[int]) -> bool:
    term, shown = outline.terms[term_id], outline.round
    if shown is None:
        return False
    return _is_ahead(outline, term) or (
        _is_passed_over(outline, term_id)
        and any(
            other.position < term.position and other.last_fiscal_year < shown.fiscal_year
            for other in map(outline.terms.__getitem__, current)
        )
    )


def has_actions(outline: Outline, term_id: int) -> bool:
    """Tell whether any action stands in a term."""
    return any(is_placement(node) for node in outline.below(term_node(term_id)))


def is_spoken_of(outline: Outline, term_id: int) -> bool:
    """Tell whether the round that is shown says anything of a term's actions."""
    return any(outline.actions[action_id].term_id == term_id for action_id in outline.lines)


def _is_ahead(outline: Outline, term: Term) -> bool:
    """Tell whether a term was drawn up before the one before it has ended."""
    return (
        outline.round is not None
        and outline.round.fiscal_year < term.first_fiscal_year
        and any(
            other.position < term.position and has_actions(outline, other.id)
            for other in outline.terms.values()
        )
    )


def _is_passed_over(outline: Outline, term_id: int) -> bool:
    return bool(outline.lines) and not is_spoken_of(outline, term_id)


def term_of(outline: Outline, node: int) -> int:
    """Return the id of the term that a node is in; a term is in itself."""
    return row_id([node, *outline.ancestors(node)][-1])


def in_term(outline: Outline, node: int, text: str, among: Collection[int]) -> str:
    """Return what is said of a node, behind its term where it stands among several terms."""
    if len(among) <= 1:
        return text
    return f"{outline.terms[term_of(outline, node)].name}　{text}"


def overdue_cutoff(outline: Outline, today: str) -> str:
    """Return that of a round which is history, whose late work stays late; else the present month.

    A round is history when it is closed, or when a whole year has gone since its fiscal year
    and nobody has begun another one. Months are `YYYY-MM`.
    """
    shown = outline.round
    if shown is None:
        return today
    is_left = today >= f"{shown.fiscal_year + 2}-04"
    return shown.as_of[:7] if shown.closed_at or is_left else today


def reported_month(outline: Outline, today: str) -> str:
    """Return the month by which a report says what is late: that of the day which it shows.

    So it says the same whenever it is made, and is comparable with the round before. Without a
    round it is the present one. Months are `YYYY-MM`.
    """
    return outline.round.as_of[:7] if outline.round else today
