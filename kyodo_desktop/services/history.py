"""Shows what was done to the plan, and takes single steps back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import (
    changes,
    errors,
    nodes,
    predecessors,
    prerequisites,
    refresh,
    texts,
)
from kyodo_desktop.store import history
from kyodo_desktop.store.history import Entry, HistoryFilter
from kyodo_desktop.store.replaying import replay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

__all__ = [
    "Entry",
    "HistoryFilter",
    "authors",
    "entries",
    "last_moments",
    "of_nodes",
    "reversed_steps",
    "revert_operation",
]


def entries(
    workspace: Workspace,
    *,
    action_id: int | None = None,
    wanted: HistoryFilter = history.EVERYTHING,
    before: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Return steps, the newest first and older than `before`, of one action or as `wanted` says.

    The history of an action is also that of those which were joined into it.
    """
    if action_id is not None:
        wanted = wanted._replace(action_ids=_with_joined(workspace.outline, [action_id]))
    with workspace.reading() as connection:
        found = history.read_entries(connection, wanted=wanted, before=before, limit=limit)
    return [Entry._make(texts.row_with_signs(each)) for each in found]


def of_nodes(outline: Outline, chosen: Sequence[int]) -> HistoryFilter:
    """Return what asks for the steps of these nodes and of all that is below them now."""
    found = {below for node in chosen for below in (node, *outline.below(node))}
    actions = {outline.action_id_at(node) for node in found if nodes.is_placement(node)}
    return HistoryFilter(
        _with_joined(outline, sorted(actions)),
        [nodes.row_id(node) for node in found if nodes.is_heading(node)],
        [nodes.row_id(node) for node in found if nodes.is_term(node)],
    )


def authors(workspace: Workspace, after: int = 0) -> tuple[list[str], int]:
    """Return who changed something after a step, else ever; and the last step, to go on from."""
    with workspace.reading() as connection:
        return history.read_authors(connection, after)


def reversed_steps(workspace: Workspace, since: int) -> set[int]:
    """Return the steps from `since` on that are reversed, and stand so."""
    with workspace.reading() as connection:
        return history.read_reversed(connection, since)


def _with_joined(outline: Outline, action_ids: Sequence[int]) -> list[int]:
    joined = outline.joinings and [
        each for known in action_ids for each in predecessors.joined_into(outline, known)
    ]
    return [*action_ids, *(joined or ())]


def last_moments(workspace: Workspace) -> dict[int, str]:
    """Return when something was last done to each action: local time with its offset."""
    with workspace.reading() as connection:
        return history.read_last_moments(connection)


def revert_operation(workspace: Workspace, operation_id: int) -> None:
    """Take one step of the history back, however old, as a new step.

    Raises ConflictError where a later edit changed the same again or builds on it. Raises
    GoneError where there is no such step, and RefusedError where it cannot be reverted.
    """
    with workspace.reading() as connection:
        entry = history.read_entry(connection, operation_id)
    if entry is None:
        raise errors.GoneError("この変更は履歴にありません。")
    if not entry.is_whole:
        raise errors.RefusedError(
            "この変更の記録の一部を読み取れないため、元に戻せません。今の内容はそのままです。"
            "必要なときは、今の内容を直接直してください。"
        )
    if not entry.rows:
        raise errors.RefusedError("計画の作成は元に戻せません。")
    if any(_reopens(row) for row in entry.rows):
        raise errors.RefusedError(
            "確定を取り消すときは、「調査」→「確定を解除」で理由を入力してください。"
        )
    wanted = [row.inverted() for row in reversed(entry.rows)]
    label = f"「{entry.label}」を元に戻す"
    with workspace.transact(label, reverses_id=operation_id) as session:
        replay(session, wanted)
        _expect_no_circle(workspace.outline, wanted)


def _reopens(row: changes.RowChange) -> bool:
    """Tell a step that closed a round: taking it back would reopen the round."""
    return row.table == "round" and bool((row.after or {}).get("closed_at"))


def _expect_no_circle(outline: Outline, wanted: list[changes.RowChange]) -> None:
    """Raise ConflictError where what comes back would close a circle with newer ones."""
    rows = tuple(row for row in wanted if row.table == "prerequisite")
    after = refresh.apply_changes(outline, changes.ChangeSet("", rows))
    for row in rows:
        if row.after and (
            circle := prerequisites.chain(after, row.after["action_id"], row.after["action_id"])
        ):
            raise errors.ConflictError(
                f"元に戻すと{prerequisites.chain_label(after, circle)}と順番が一巡してしまいます。"
                "今の内容はそのままです。先に、このうちのどれかを「先に終える実行計画」から外してください。"
            )
