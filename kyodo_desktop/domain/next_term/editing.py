"""The edits of a draft of the next term; each gives another draft or is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors, inputs, plan
from kyodo_desktop.domain.next_term.draft import Disposition, Draft
from kyodo_desktop.domain.nodes import heading_node, is_placement, kind_of, placement_node, row_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.next_term.terms import NextTerm


def choose(draft: Draft, action_ids: Collection[int], choice: plan.Choice) -> Draft:
    """Make a choice for old actions; what should go into a dropped one waits for another."""
    dispositions = draft.dispositions | dict.fromkeys(action_ids, Disposition(choice))
    if choice is plan.Choice.DROP:
        waiting = [each for each in draft.dispositions if dispositions[each].into in action_ids]
        dispositions |= dict.fromkeys(waiting, Disposition(plan.Choice.MERGE))
    return replace(draft, dispositions=dispositions)


def merge(draft: Draft, action_ids: Collection[int], into: int) -> Draft:
    """Let old actions go into another one, with all that should go into them.

    The other one may be among them: then all of them become one under its name. Raises
    RefusedError where the other one is dropped.
    """
    into = draft.dispositions[into].into or into
    if draft.dispositions[into].choice is plan.Choice.DROP and into not in action_ids:
        title = draft.actions[into]
        raise errors.RefusedError(
            f"「{title}」は引き継がないことになっているため、統合先にできません。"
            "先に継続または拡充にするか、別の統合先を選んでください。"
        )
    dispositions = dict(draft.dispositions)
    if into in action_ids:
        dispositions[into] = Disposition(plan.Choice.MERGE)
    for action_id, disposition in draft.dispositions.items():
        if action_id != into and (action_id in action_ids or disposition.into in action_ids):
            dispositions[action_id] = Disposition(plan.Choice.MERGE, into)
    return replace(draft, dispositions=dispositions)


def set_term(draft: Draft, term: NextTerm) -> Draft:
    """Call the term something else, or give it other years."""
    return replace(draft, term=term)


def rename(draft: Draft, node: int, title: str) -> Draft:
    """Give a heading or an action another title. Raises InvalidInputError."""
    title = inputs.checked_title(title, f"{draft.level(node).name}名")
    if node in draft.headings:
        return replace(draft, headings={**draft.headings, node: title})
    return replace(draft, actions={**draft.actions, draft.places[node]: title})


def add_heading(draft: Draft, parent: int, *, after: int | None = None) -> tuple[Draft, int]:
    """Add a heading under another one or the root, called after its level; return its node.

    Raises RefusedError where it would stand too deep.
    """
    depth = draft.depth(parent) + 1
    reason = _too_deep(draft, depth)
    if reason:
        raise errors.RefusedError(reason)
    node = heading_node(min((row_id(each) for each in draft.headings if each < 0), default=0) - 1)
    titled = {**draft.headings, node: f"新しい{draft.outline.levels[depth].name}"}
    return _placed(replace(draft, headings=titled), node, parent, after), node


def add_action(draft: Draft, heading: int, *, after: int | None = None) -> tuple[Draft, int]:
    """Add an action under a heading, called after its level; return the node of its place.

    Raises RefusedError where that is no heading.
    """
    if heading not in draft.headings:
        name = draft.outline.levels[-1].name
        raise errors.RefusedError(f"{name}は見出しの下に追加してください。先に見出しを選びます。")
    action_id = min(*draft.actions, 0) - 1 if draft.actions else -1
    node = placement_node(action_id)
    title = f"新しい{draft.outline.levels[-1].name}"
    grown = replace(
        draft,
        actions={**draft.actions, action_id: title},
        places={**draft.places, node: action_id},
    )
    return _placed(grown, node, heading, after), node


def remove(draft: Draft, node: int) -> Draft:
    """Take a heading, a re-listing or an action out of the next term.

    An old action that loses its last place is dropped; a heading must be empty. Raises
    RefusedError where it is not.
    """
    if node in draft.headings:
        actions = {draft.places[each] for each in draft.below(node) if each in draft.places}
        if actions:
            raise errors.RefusedError(
                f"「{draft.title(node)}」には実行計画が{len(actions)}件あるため外せません。"
                "先に実行計画を別の見出しへ移すか、除いてください。"
            )
        return replace(draft, hidden=draft.hidden | {node, *draft.below(node)})
    action_id = draft.places[node]
    others = [each for each, of in draft.places.items() if of == action_id and each != node]
    if action_id in draft.dispositions and not any(map(draft.is_shown, others)):
        return choose(draft, [action_id], plan.Choice.DROP)
    return replace(draft, hidden=draft.hidden | {node})


def remove_empty_headings(draft: Draft) -> Draft:
    """Take every heading out that no action stands under."""
    return replace(draft, hidden=draft.hidden | set(draft.empty_headings()))


def move(draft: Draft, node: int, parent: int, before: int | None = None) -> Draft:
    """Move a node under a parent, before one of its children or to the end.

    Raises RefusedError with the reason of `refusal`.
    """
    reason = refusal(draft, node, parent)
    if reason:
        raise errors.RefusedError(reason)
    return _put(draft, node, parent, before)


def shift(draft: Draft, node: int, steps: int) -> Draft:
    """Move a node one step up (-1) or down (+1), at the end of a heading into the next one.

    Raises RefusedError where there is no further place, or with the reason of `refusal`.
    """
    parent = draft.parent(node)
    beside = [each for each in draft.shown(parent) if kind_of(each) is kind_of(node)]
    place = beside.index(node) + steps
    if 0 <= place < len(beside):
        behind = beside[place + 1 :] if steps > 0 else beside[place:]
        return _put(draft, node, parent, next(iter(behind), None))
    depth = draft.depth(parent)
    parents = [
        each
        for each in draft.below(draft.root)
        if each in draft.headings and draft.depth(each) == depth
    ]
    place = parents.index(parent) + steps if parent in parents else -1
    if not 0 <= place < len(parents):
        side = ("先頭", "上") if steps < 0 else ("末尾", "下")
        raise errors.RefusedError(f"{side[0]}のため、これより{side[1]}には移動できません。")
    there = [each for each in draft.shown(parents[place]) if kind_of(each) is kind_of(node)]
    return move(draft, node, parents[place], next(iter(there), None) if steps > 0 else None)


def refusal(draft: Draft, node: int, parent: int) -> str:
    """Return why a node cannot stand under `parent`; empty when it can."""
    if parent in draft.places:
        return "実行計画の下には移動できません。見出しの上に置いてください。"
    if node in draft.headings:
        if node == parent or parent in _all_below(draft, node):
            return "自分自身の中には移動できません。"
        return _too_deep(draft, draft.depth(parent) + 1 + _height(draft, node))
    if parent not in draft.headings:
        return "実行計画は見出しの下に置いてください。"
    beside = (each for each in draft.children.get(parent, ()) if each not in (node, *draft.hidden))
    if any(draft.places.get(each) == draft.places[node] for each in beside):
        return f"「{draft.label(parent)}」には同じ実行計画が既に掲載されています。"
    return ""


def _too_deep(draft: Draft, depth: int) -> str:
    levels = draft.outline.levels
    if depth <= len(levels) - 2:
        return ""
    return f"見出しは{levels[-2].name}までの{len(levels) - 1}段です。"


def _height(draft: Draft, node: int) -> int:
    below = [each for each in draft.children.get(node, ()) if each in draft.headings]
    return max((1 + _height(draft, each) for each in below), default=0)


def _all_below(draft: Draft, node: int) -> set[int]:
    below = draft.children.get(node, ())
    return {*below, *(each for child in below for each in _all_below(draft, child))}


def _placed(draft: Draft, node: int, parent: int, after: int | None) -> Draft:
    """Put a new node behind a sibling, or to the end."""
    beside = draft.children.get(parent, ())
    behind = beside[beside.index(after) + 1 :] if after in beside else ()
    return _put(draft, node, parent, next(iter(behind), None))


def _put(draft: Draft, node: int, parent: int, before: int | None) -> Draft:
    children = {
        above: tuple(each for each in nodes if each != node)
        for above, nodes in draft.children.items()
    }
    beside = children.get(parent, ())
    place = beside.index(before) if before in beside else len(beside)
    ordered = (*beside[:place], node, *beside[place:])
    # Actions before sub-headings, as they are printed; hidden ones keep their place.
    children[parent] = tuple(sorted(ordered, key=lambda each: not is_placement(each)))
    return replace(draft, children=children)
