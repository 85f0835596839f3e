"""A draft of the next term as text, so that it can be gone on with another day."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.next_term.draft import Draft, Fate
from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.domain.plan import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNREADABLE = "控えの内容を読み取れないため、続きから開けません。計画は元のままです。"


def draft_as_json(draft: Draft) -> str:
    """Return what was chosen; the plan itself is not in it."""
    return json.dumps(
        {
            "term_id": draft.term_id,
            "name": draft.term.name,
            "years": [draft.term.first_fiscal_year, draft.term.last_fiscal_year],
            "fates": [[each, *fate] for each, fate in draft.fates.items()],
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
            raise ReadingError(
                "控えは別の期についてのものなので、続きから開けません。計画は元のままです。"
            )
        return _merged(first, saved)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReadingError(_UNREADABLE) from error


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
        fates=_fates(first, saved["fates"]),
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


def _fates(first: Draft, saved: Iterable[tuple[int, str, int | None]]) -> dict[int, Fate]:
    chosen = {
        each: Fate(Choice(choice), into if into in first.fates else None)
        for each, choice, into in saved
        if each in first.fates
    }
    return first.fates | chosen


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
