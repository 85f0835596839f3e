"""Which term is drawn up from which, and what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.domain.terms import has_actions

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Term

_NAMES = {"前期": "後期", "前半": "後半", "上期": "下期"}
_OTHERWISE = "次期"


class NextTerm(NamedTuple):
    """The term to be drawn up: an empty one that is there already (`id`), or a new one."""

    id: int | None
    name: str
    first_fiscal_year: int
    last_fiscal_year: int


def present_term(outline: Outline) -> int | None:
    """Return the term with actions that the shown round is in, else the last; None without any."""
    filled = [term_id for term_id in outline.terms if has_actions(outline, term_id)]
    if not filled or outline.round is None:
        return filled[-1] if filled else None
    year = outline.round.fiscal_year
    begun = [each for each in filled if outline.terms[each].first_fiscal_year <= year]
    return begun[-1] if begun else filled[0]


def next_term(outline: Outline, term_id: int) -> NextTerm:
    """Return the term that follows another one, or what it is likely to be."""
    found = _follower(outline, term_id)
    if found is not None:
        return NextTerm(found.id, found.name, found.first_fiscal_year, found.last_fiscal_year)
    term = outline.terms[term_id]
    first = term.last_fiscal_year + 1
    as_long = first + term.last_fiscal_year - term.first_fiscal_year
    planned = outline.plan.last_fiscal_year
    return NextTerm(None, _next_name(term.name), first, planned if planned >= first else as_long)


def refusal(outline: Outline) -> str:
    """Return why no further term can be drawn up, and what to do; empty when one can."""
    term_id = present_term(outline)
    if term_id is None:
        return (
            "実行計画がまだ1件もないため、次期計画は策定できません。"
            "先に、現在の期の実行計画を追加してください。"
        )
    following = next_term(outline, term_id)
    if following.id is None or not outline.children.get(term_node(following.id)):
        return ""
    return (
        f"「{following.name}」には見出しが既にあるため、改めて策定することはできません。"
        f"そのまま手で追加・変更できます。「{outline.terms[term_id].name}」から策定し直すときは、"
        f"先に「{following.name}」の見出しをすべて削除してください。"
    )


def plan_name(term_name: str) -> str:
    """後期 → 後期計画."""
    return term_name if term_name.endswith("計画") else f"{term_name}計画"


def _follower(outline: Outline, term_id: int) -> Term | None:
    terms = list(outline.terms.values())
    later = terms[terms.index(outline.terms[term_id]) + 1 :]
    return next((each for each in later if each.continues_id == term_id), next(iter(later), None))


def _next_name(name: str) -> str:
    counted = re.fullmatch(r"(.*第)(\d+)(.*)", name)
    if counted:
        return f"{counted[1]}{int(counted[2]) + 1}{counted[3]}"
    return next((name.replace(old, new) for old, new in _NAMES.items() if old in name), _OTHERWISE)
