"""Links between an action and those of the term before and after it: 前期から継続, 後期へ統合."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.domain.plan import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Action

_NEXT = "次の期"


def term_links(outline: Outline, node: int) -> str:
    """Return where an action comes from and where it goes on, as links; empty where neither."""
    action = outline.action_at(node)
    if action is None:
        return ""
    return "<br>".join([*_from(outline, action), *_onward(outline, action)])


def _from(outline: Outline, action: Action) -> Iterator[str]:
    merged = {
        each.action_id: Choice(each.choice).label
        for each in outline.successions.values()
        if each.successor_id == action.id
    }
    if action.continues_id is not None:
        merged.setdefault(action.continues_id, Choice.CONTINUE.label)
    for word in dict.fromkeys(merged.values()):
        old = [outline.actions[each] for each, choice in merged.items() if choice == word]
        links = "、".join(_link(outline, each) for each in old)
        yield f"{escape(outline.terms[old[0].term_id].name)}から{word}：{links}"


def _onward(outline: Outline, action: Action) -> Iterator[str]:
    found = outline.successions.get(action.id)
    if found is None:
        return
    if found.successor_id is None:
        terms = outline.terms.values()
        name = next((each.name for each in terms if each.continues_id == action.term_id), _NEXT)
        yield f"{escape(name)}へは引き継いでいません（{Choice.DROP.label}）"
        return
    heir = outline.actions[found.successor_id]
    name = escape(outline.terms[heir.term_id].name)
    yield f"{name}へ{Choice(found.choice).label}：{_link(outline, heir)}"


def _link(outline: Outline, action: Action) -> str:
    """Return the label of an action, leading to its home if it stands anywhere."""
    places = outline.placed.get(action.id)
    if not places:
        return escape(action.title)
    node = placement_node(places[0])
    return f'<a href="{node}">{escape(outline.label(node))}</a>'
