"""What the editor offers as 主体 and 基本原則, what is chosen, and how that is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.services import participants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

Offered = list[tuple[int, str]]


def actors(outline: Outline) -> Offered:
    """Return the 主体 of the plan."""
    return [(each.id, each.name) for each in outline.actors.values()]


def principles(outline: Outline) -> Offered:
    """Return the 基本原則 of the plan."""
    return [
        (each.id, f"{each.number} {each.text}".strip()) for each in outline.principles.values()
    ]


def actor_ids(outline: Outline, action_id: int) -> set[int]:
    """Return the 主体 of an action."""
    return {each.actor_id for each in outline.action_actors.get(action_id, ())}


def principle_ids(outline: Outline, action_id: int) -> set[int]:
    """Return the 基本原則 that an action follows."""
    return {each.principle_id for each in outline.action_principles.get(action_id, ())}


def give_actor(editing: Editing, action_ids: Sequence[int], actor_id: int, on: bool) -> None:
    """Give the actions one of the 主体, or take it away; the others stay."""
    wanted, among = ([actor_id] if on else []), [actor_id]
    editing.do(
        lambda workspace: participants.set_actors(workspace, action_ids, wanted, among=among)
    )


def give_principle(
    editing: Editing, action_ids: Sequence[int], principle_id: int, on: bool
) -> None:
    """Let the actions follow one of the 基本原則, or not; the others stay."""
    wanted, among = ([principle_id] if on else []), [principle_id]
    editing.do(
        lambda workspace: participants.set_principles(workspace, action_ids, wanted, among=among)
    )
