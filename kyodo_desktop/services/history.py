"""Shows what was done to the plan, and takes single steps back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import changes, errors, predecessors, prerequisites, refresh, texts
from kyodo_desktop.store.history import Entry, read_entries, read_entry
from kyodo_desktop.store.replaying import replay

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

__all__ = ["Entry", "entries", "revert_operation"]


def entries(
    workspace: Workspace,
    *,
    action_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Return steps, the newest first: of the plan or of one action, older than `before`.

    The history of an action is also that of those which were joined into it.
    """
    ids = (
        None
        if action_id is None
        else [action_id, *predecessors.joined_into(workspace.outline, action_id)]
    )
    with workspace.reading() as connection:
        found = read_entries(connection, action_ids=ids, before=before, limit=limit)
    return [Entry._make(texts.row_with_signs(each)) for each in found]


def revert_operation(workspace: Workspace, operation_id: int) -> None:
    """Take one step of the history back, however old, as a new step.

    Raises ConflictError where a later edit changed the same again or builds on it. Raises
    GoneError where there is no such step, and RefusedError where it cannot be reverted.
    """
    with workspace.reading() as connection:
        entry = read_entry(connection, operation_id)
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
