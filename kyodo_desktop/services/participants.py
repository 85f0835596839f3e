"""Says who carries an action (主体) and which principles (基本原則) it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlmodel import Session

    from kyodo_desktop.services.workspace import Workspace


def set_actors(
    workspace: Workspace,
    action_ids: Sequence[int],
    actor_ids: Collection[int],
    *,
    among: Collection[int] | None = None,
) -> None:
    """Let the actions have these actors.

    Where only some are asked about (`among`), the actions keep what they have of the others.
    """
    asked = workspace.outline.actors if among is None else among
    with workspace.transact("主体を変更") as session:
        _link(session, tables.ActionActorRow, "actor_id", action_ids, actor_ids, asked)


def set_principles(
    workspace: Workspace,
    action_ids: Sequence[int],
    principle_ids: Collection[int],
    *,
    among: Collection[int] | None = None,
) -> None:
    """Let the actions follow these principles, in the manner of `set_actors`."""
    asked = workspace.outline.principles if among is None else among
    with workspace.transact("基本原則を変更") as session:
        _link(session, tables.ActionPrincipleRow, "principle_id", action_ids, principle_ids, asked)


def _link(
    session: Session,
    kind: type[tables.ActionActorRow | tables.ActionPrincipleRow],
    column: str,
    action_ids: Sequence[int],
    wanted: Collection[int],
    asked: Collection[int],
) -> None:
    """Add the links that are missing and delete those that are too many, as far as asked about."""
    links = {
        (link.action_id, getattr(link, column)): link
        for link in fetch_where(session, kind, action_id=action_ids)
    }
    for action_id in dict.fromkeys(action_ids):
        fetch(session, tables.ActionRow, action_id)
        for each in asked:
            link = links.get((action_id, each))
            if link is None and each in wanted:
                session.add(kind(**{"action_id": action_id, column: each}))
            elif link is not None and each not in wanted:
                session.delete(link)
