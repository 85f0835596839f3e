"""Adds, names, numbers, re-lists and copies headings and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import errors, inputs, nodes
from kyodo_desktop.services.rows import fetch, next_to, place_all
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def add_heading(
    workspace: Workspace, parent: int, title: str = "", *, after: int | None = None
) -> int:
    """Add a heading under a term or a heading and return its node.

    Without a title it is called after its level, to be renamed at once. Raises GoneError,
    InvalidInputError and RefusedError.
    """
    outline = workspace.outline
    level = outline.levels[_depth_below(outline, parent)]
    title = inputs.checked_title(title or f"新しい{level.name}", f"{level.name}名")
    with workspace.transact(f"{level.name}「{title}」を追加") as session:
        row = tables.HeadingRow(**_place_of_heading(outline, parent), position=0, title=title)
        session.add(row)
        session.flush()
        assert row.id is not None
        node = nodes.heading_node(row.id)
        place_all(session, next_to(outline.children.get(parent, ()), node, after))
    return node


def add_action(
    workspace: Workspace, heading: int, title: str = "", *, after: int | None = None
) -> int:
    """Add an action under a heading and return the node of its placement.

    Raises RefusedError where that is no heading.
    """
    outline = workspace.outline
    level = outline.levels[-1]
    if not nodes.is_heading(heading):
        raise errors.RefusedError(
            f"{level.name}は見出しの下に追加してください。先に見出しを選びます。"
        )
    title = inputs.checked_title(title or f"新しい{level.name}", f"{level.name}名")
    with workspace.transact(f"{level.name}「{title}」を追加") as session:
        term_id = outline.headings[nodes.row_id(heading)].term_id
        action = tables.ActionRow(term_id=term_id, title=title)
        session.add(action)
        session.flush()
        assert action.id is not None
        return _place(session, outline, action.id, heading, after)


def rename(workspace: Workspace, node: int, title: str) -> None:
    """Give a term, a heading or an action another title.

    Raises GoneError and InvalidInputError.
    """
    outline = workspace.outline
    kind = nodes.kind_of(node)
    level = "期" if kind is nodes.NodeKind.TERM else outline.level_of(node).name
    title = inputs.checked_title(title, f"{level}名")
    with workspace.transact(f"{level}名を変更", typing=(node, "title")) as session:
        if kind is nodes.NodeKind.TERM:
            fetch(session, tables.TermRow, nodes.row_id(node)).name = title
        elif kind is nodes.NodeKind.HEADING:
            fetch(session, tables.HeadingRow, nodes.row_id(node)).title = title
        else:
            action_id = fetch(session, tables.PlacementRow, nodes.row_id(node)).action_id
            fetch(session, tables.ActionRow, action_id).title = title


def renumber(workspace: Workspace, node: int, number: str) -> None:
    """Print another number; an empty one follows from the position again.

    Raises RefusedError for a term.
    """
    if nodes.is_term(node):
        raise errors.RefusedError("期には番号がありません。")
    table = tables.HeadingRow if nodes.is_heading(node) else tables.PlacementRow
    number = inputs.checked_text(number.strip(), "番号", inputs.NUMBER_LIMIT)
    with workspace.transact("番号を変更", typing=(node, "number")) as session:
        fetch(session, table, nodes.row_id(node)).number = number


def relist(workspace: Workspace, placement: int, heading: int) -> int:
    """Let an action stand under another heading too (再掲) and return that placement's node.

    Raises RefusedError with the reason of `relisting_refusal`.
    """
    outline = workspace.outline
    action = outline.action_at(placement)
    if action is None:
        raise errors.RefusedError("再掲できるのは実行計画だけです。")
    reason = relisting_refusal(outline, placement, heading)
    if reason:
        raise errors.RefusedError(reason)
    with workspace.transact(f"「{action.title}」を再掲") as session:
        return _place(session, outline, action.id, heading, None)


def relisting_refusal(outline: Outline, placement: int, heading: int) -> str:
    """Return why the action cannot stand under the heading too; empty when it can."""
    action = outline.action_at(placement)
    if action is None or not nodes.is_heading(heading):
        return "再掲先には見出しを選んでください。"
    if outline.headings[nodes.row_id(heading)].term_id != action.term_id:
        return "別の期には再掲できません。"
    if any(outline.action_at(node) == action for node in outline.children.get(heading, ())):
        return f"「{outline.label(heading)}」には既に掲載されています。"
    return ""


def _depth_below(outline: Outline, parent: int) -> int:
    """Return the depth of a heading under `parent`; raises RefusedError where none may be."""
    if nodes.is_placement(parent):
        raise errors.RefusedError("実行計画の下に見出しは置けません。")
    depth = outline.depth(parent) + 1
    if depth > len(outline.levels) - 2:
        lowest = outline.levels[-2].name
        raise errors.RefusedError(
            f"この計画の見出しは{lowest}までです。{lowest}の下には実行計画を置きます。"
        )
    return depth


def _place_of_heading(outline: Outline, parent: int) -> dict[str, Any]:
    if nodes.is_term(parent):
        return {"term_id": nodes.row_id(parent), "parent_id": None}
    above = outline.headings[nodes.row_id(parent)]
    return {"term_id": above.term_id, "parent_id": above.id}


def _place(
    session: Session, outline: Outline, action_id: int, heading: int, after: int | None
) -> int:
    row = tables.PlacementRow(heading_id=nodes.row_id(heading), position=0, action_id=action_id)
    session.add(row)
    session.flush()
    assert row.id is not None
    node = nodes.placement_node(row.id)
    place_all(session, next_to(outline.children.get(heading, ()), node, after))
    return node


def duplicate(workspace: Workspace, node: int) -> int:
    """Copy a node with all below it behind itself, and return the copy's node.

    Sections, 主体 and 基本原則 are copied, progress and history are not: it is new and 未記入.
    What stands twice inside the copied part stands twice in the copy; a lone 再掲 becomes an
    action of its own. Raises RefusedError for a term.
    """
    outline = workspace.outline
    above = outline.parent(node)
    if above is None:
        raise errors.RefusedError("期は複製できません。")
    with workspace.transact(f"「{outline.title(node)}」を複製") as session:
        copy = _Copier(session, outline).copied(
            node, nodes.row_id(above) if nodes.is_heading(above) else None
        )
        place_all(session, next_to(outline.children[above], copy, after=node))
    return copy


def duplicate_all(workspace: Workspace, chosen: Sequence[int]) -> list[int]:
    """Copy several nodes in one step, each behind itself, and return the nodes of the copies.

    What stands below another of them is copied with that. Otherwise as `duplicate`. Raises
    RefusedError for a term.
    """
    outline, copies = workspace.outline, []
    highest = [node for node in chosen if not set(outline.ancestors(node)) & set(chosen)]
    if any(outline.parent(node) is None for node in highest):
        raise errors.RefusedError("期は複製できません。")
    siblings: dict[int, list[int]] = {}
    with workspace.transact(f"{len(highest)}件を複製") as session:
        copier = _Copier(session, outline)
        for node in highest:
            above = outline.parent(node)
            assert above is not None, "terms have been refused"
            parent_id = nodes.row_id(above) if nodes.is_heading(above) else None
            copies.append(copier.copied(node, parent_id))
            beside = siblings.get(above, outline.children[above])
            siblings[above] = next_to(beside, copies[-1], after=node)
        for each in siblings.values():
            place_all(session, each)
    return copies


class _Copier:
    """Remembers the copy of each action, so that its 再掲 are copies of the same."""

    def __init__(self, session: Session, outline: Outline) -> None:
        self._session = session
        self._outline = outline
        self._actions: dict[int, int] = {}

    def copied(self, node: int, parent_id: int | None) -> int:
        if nodes.is_placement(node):
            return self._placement(nodes.row_id(node), parent_id)
        return self._heading(node, parent_id)

    def _heading(self, node: int, parent_id: int | None) -> int:
        heading = self._outline.headings[nodes.row_id(node)]
        copy_id = self._added(
            tables.HeadingRow(
                **{**heading._asdict(), "id": None, "parent_id": parent_id, "number": ""}
            )
        )
        for child in self._outline.children.get(node, ()):
            self.copied(child, copy_id)
        return nodes.heading_node(copy_id)

    def _placement(self, placement_id: int, heading_id: int | None) -> int:
        place = self._outline.placements[placement_id]
        action_id = self._actions.get(place.action_id) or self._action(place.action_id)
        fields = {"id": None, "heading_id": heading_id, "action_id": action_id, "number": ""}
        return nodes.placement_node(
            self._added(tables.PlacementRow(**{**place._asdict(), **fields}))
        )

    def _action(self, action_id: int) -> int:
        outline = self._outline
        fields = {"id": None, "continues_id": None}
        copy_id = self._added(
            tables.ActionRow(**{**outline.actions[action_id]._asdict(), **fields})
        )
        for kind, belonging in (
            (tables.AssignmentRow, outline.assignments),
            (tables.ActionActorRow, outline.action_actors),
            (tables.ActionPrincipleRow, outline.action_principles),
        ):
            for each in belonging.get(action_id, ()):
                self._added(kind(**{**each._asdict(), "id": None, "action_id": copy_id}))
        self._actions[action_id] = copy_id
        return copy_id

    def _added(self, row: SQLModel) -> int:
        self._session.add(row)
        self._session.flush()
        added: int = row.id  # type: ignore[attr-defined]
        return added
