"""Copies a heading with all below it, or an action, as new items of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.nodes import (
    heading_node,
    is_heading,
    is_placement,
    placement_node,
    row_id,
)
from kyodo_desktop.services.rows import next_to, place_all
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def duplicate(workspace: Workspace, node: int) -> int:
    """Copy a node with all below it behind itself, and return the copy's node.

    Sections, 主体 and 基本原則 are copied, progress and history are not: the copy is new and
    未記入. What stands twice
    inside the copied part stands twice in the copy; a lone 再掲 becomes an action of its own.
    """
    outline = workspace.outline
    above = outline.parent(node)
    if above is None:
        raise RefusedError("期は複製できません。")
    with workspace.transact(f"「{outline.title(node)}」を複製") as session:
        copy = _Copier(session, outline).copied(node, row_id(above) if is_heading(above) else None)
        place_all(session, next_to(outline.children[above], copy, after=node))
    return copy


class _Copier:
    """Remembers the copy of each action, so that its 再掲 are copies of the same."""

    def __init__(self, session: Session, outline: Outline) -> None:
        self._session = session
        self._outline = outline
        self._actions: dict[int, int] = {}

    def copied(self, node: int, parent_id: int | None) -> int:
        if is_placement(node):
            return self._placement(row_id(node), parent_id)
        return self._heading(node, parent_id)

    def _heading(self, node: int, parent_id: int | None) -> int:
        heading = self._outline.headings[row_id(node)]
        copy_id = self._added(
            tables.HeadingRow(
                **{**heading._asdict(), "id": None, "parent_id": parent_id, "number": ""}
            )
        )
        for child in self._outline.children.get(node, ()):
            self.copied(child, copy_id)
        return heading_node(copy_id)

    def _placement(self, placement_id: int, heading_id: int | None) -> int:
        place = self._outline.placements[placement_id]
        action_id = self._actions.get(place.action_id) or self._action(place.action_id)
        fields = {"id": None, "heading_id": heading_id, "action_id": action_id, "number": ""}
        return placement_node(self._added(tables.PlacementRow(**{**place._asdict(), **fields})))

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
