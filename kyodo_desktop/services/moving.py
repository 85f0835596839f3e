"""Moves headings and actions in the tree, within what makes sense."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.nodes import is_heading, is_placement, is_term, kind_of, row_id
from kyodo_desktop.services.rows import fetch, place_all
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


class Way(Enum):
    """Where Alt and an arrow key move a node."""

    UP = auto()
    DOWN = auto()
    IN = auto()
    OUT = auto()


def refusal(outline: Outline, nodes: Sequence[int], parent: int) -> str:
    """Return why the nodes cannot stand under `parent`; empty when they can."""
    if is_placement(parent):
        return "実行計画の下には移動できません。見出しの上に置いてください。"
    return next((why for node in nodes if (why := _refusal_of(outline, node, parent))), "")


def move(
    workspace: Workspace, nodes: Sequence[int], parent: int, before: int | None = None
) -> None:
    """Move the nodes under `parent`, before one of its children or to the end.

    Raises RefusedError with the reason of `refusal`.
    """
    outline = workspace.outline
    reason = refusal(outline, nodes, parent)
    if reason:
        raise RefusedError(reason)
    nodes = _tops(outline, nodes)
    beside = outline.children.get(parent, ())
    rest = [each for each in beside if each not in nodes]
    behind = beside[beside.index(before) :] if before in beside else ()
    place = next((rest.index(each) for each in behind if each in rest), len(rest))
    label = f"「{outline.title(nodes[0])}」{f'など{len(nodes)}件' if len(nodes) > 1 else ''}を移動"
    with workspace.transact(label) as session:
        for node in nodes:
            if is_placement(node):
                fetch(session, tables.PlacementRow, row_id(node)).heading_id = row_id(parent)
            else:
                above = row_id(parent) if is_heading(parent) else None
                fetch(session, tables.HeadingRow, row_id(node)).parent_id = above
        place_all(session, [*rest[:place], *nodes, *rest[place:]])
        for left in {outline.parent(node) for node in nodes} - {parent, None}:
            assert left is not None
            place_all(session, [each for each in outline.children[left] if each not in nodes])


def shift(workspace: Workspace, node: int, way: Way) -> None:
    """Move a node one step among its siblings, or one level in or out.

    Raises RefusedError with the reason where that cannot be.
    """
    outline = workspace.outline
    above = outline.parent(node)
    if above is None:
        raise RefusedError("期は移動できません。")
    kind = kind_of(node)
    beside = [each for each in outline.children[above] if kind_of(each) is kind]
    place = beside.index(node)
    match way:
        case Way.UP:
            if place == 0:
                raise RefusedError("先頭のため、これより上には移動できません。")
            move(workspace, [node], above, before=beside[place - 1])
        case Way.DOWN:
            if place == len(beside) - 1:
                raise RefusedError("末尾のため、これより下には移動できません。")
            move(workspace, [node], above, before=_after(beside, place + 1))
        case Way.IN:
            move(workspace, [node], _heading_before(outline, above, node))
        case Way.OUT:
            _move_out(workspace, node, above)


def _move_out(workspace: Workspace, node: int, above: int) -> None:
    outline = workspace.outline
    higher = outline.parent(above)
    if higher is None or (is_placement(node) and is_term(higher)):
        raise RefusedError("いちばん上の階層のため、これより外には移動できません。")
    beside = [each for each in outline.children[higher] if kind_of(each) is kind_of(node)]
    before = _after(beside, beside.index(above)) if above in beside else None
    move(workspace, [node], higher, before=before)


def _heading_before(outline: Outline, above: int, node: int) -> int:
    beside = outline.children[above]
    headings = [each for each in beside if is_heading(each)]
    if is_heading(node):
        headings = headings[: headings.index(node)]
        if not headings:
            raise RefusedError("すぐ上に見出しがないため、一段下げることはできません。")
        return headings[-1]
    if not headings:
        raise RefusedError("実行計画の下には移動できません。入れ先の見出しがありません。")
    return headings[0]


def _after(beside: Sequence[int], place: int) -> int | None:
    return beside[place + 1] if place + 1 < len(beside) else None


def _tops(outline: Outline, nodes: Sequence[int]) -> list[int]:
    """Return the nodes without those that go along under another one."""
    chosen = set(nodes)
    return [node for node in nodes if chosen.isdisjoint(outline.ancestors(node))]


def _refusal_of(outline: Outline, node: int, parent: int) -> str:
    if is_term(node):
        return "期は移動できません。"
    if outline.parent(node) == parent:
        return ""
    if node == parent or node in outline.ancestors(parent):
        return "自分自身の中には移動できません。"
    if _term_of(outline, node) != _term_of(outline, parent):
        return "期をまたいで移動することはできません。期ごとに別々の計画として残します。"
    if is_placement(node):
        return _placement_refusal(outline, node, parent)
    depth = outline.depth(parent) + 1 + _height(outline, node)
    if depth > len(outline.levels) - 2:
        return f"見出しは{outline.levels[-2].name}までの{len(outline.levels) - 1}段です。"
    return ""


def _placement_refusal(outline: Outline, node: int, parent: int) -> str:
    if is_term(parent):
        return "実行計画は見出しの下に置いてください。"
    action = outline.action_at(node)
    if any(outline.action_at(each) == action for each in outline.children.get(parent, ())):
        return f"「{outline.label(parent)}」には同じ実行計画が既に掲載されています。"
    return ""


def _term_of(outline: Outline, node: int) -> int:
    return [node, *outline.ancestors(node)][-1]


def _height(outline: Outline, heading: int) -> int:
    """Return how many levels of headings stand below the heading."""
    below = [each for each in outline.children.get(heading, ()) if is_heading(each)]
    return max((1 + _height(outline, each) for each in below), default=0)
