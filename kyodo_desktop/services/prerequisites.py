"""Says which action waits for which (前提), and never lets them wait in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import GoneError, RefusedError
from kyodo_desktop.domain.waiting import chain, chain_label, required_by
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def refusal(outline: Outline, action_id: int, required_id: int) -> str:
    """Return why the action cannot wait for the required one; empty when it can."""
    action, required = outline.actions[action_id], outline.actions[required_id]
    if action_id == required_id:
        return f"「{action.title}」を自分自身の前提にすることはできません。"
    if action.term_id != required.term_id:
        return f"「{required.title}」は別の期の実行計画のため、前提にできません。"
    circle = chain(outline, required_id, action_id)
    if circle:
        way = chain_label(outline, (action_id, *circle))
        return (
            f"{way}と前提が一巡してしまうため、設定しませんでした。"
            "先に、このうちのどれかの前提を外してください。"
        )
    return ""


def add_prerequisite(workspace: Workspace, action_id: int, required_id: int) -> None:
    """Let the action wait for the required one; what it waits for already is passed over.

    Raises RefusedError with the reason of `refusal`.
    """
    outline = workspace.outline
    for each in (action_id, required_id):
        if each not in outline.placed:
            raise GoneError("この実行計画はもう計画にありません。変更は行いませんでした。")
    if required_id in required_by(outline, action_id):
        return
    reason = refusal(outline, action_id, required_id)
    if reason:
        raise RefusedError(reason)
    with workspace.transact(f"前提に「{outline.actions[required_id].title}」を追加") as session:
        session.add(tables.PrerequisiteRow(action_id=action_id, required_id=required_id))


def remove_prerequisite(workspace: Workspace, action_id: int, required_id: int) -> None:
    """Let the action no longer wait for the other one."""
    outline = workspace.outline
    rows = [
        each
        for each in outline.prerequisites.get(action_id, ())
        if each.required_id == required_id
    ]
    if not rows:
        return
    with workspace.transact(f"前提から「{outline.actions[required_id].title}」を外す") as session:
        session.delete(fetch(session, tables.PrerequisiteRow, rows[0].id))
