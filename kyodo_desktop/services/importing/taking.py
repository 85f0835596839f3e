"""Takes what was chosen of a table into the plan that is open, as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ConflictError
from kyodo_desktop.services.importing.action_rows import ActionRows
from kyodo_desktop.services.importing.mappings import keep_mapping
from kyodo_desktop.services.importing.names import NameIndex
from kyodo_desktop.services.importing.round_rows import RoundRows
from kyodo_desktop.services.importing.tree_rows import TreeRows
from kyodo_desktop.services.importing.updating import compared
from kyodo_desktop.services.rounds import RoundInput, record_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.services.importing.update import Update
    from kyodo_desktop.services.workspace import Workspace


def take_update(workspace: Workspace, update: Update, chosen: Collection[int]) -> None:
    """Take the chosen differences, by their place in the update, as one step 「取込：ファイル名」.

    One that needs another which is not chosen is left out. What closed rounds say stays as
    it is. Raises ConflictError where the plan has changed since it was compared.
    """
    comparison = compared(workspace, update.found, update.apart)
    if tuple(comparison.differences) != update.differences:
        raise ConflictError(
            "確認している間に計画が変更されました。何も取り込んでいません。"
            "もう一度、表を読み込んで確認してください。"
        )
    sides, taken = comparison.sides, list(update.taken(chosen).values())
    before = {row.name: record_before(workspace, RoundInput(*row)) for row in sides.found.rounds}
    with workspace.transact(f"取込：{update.source or sides.found.title}") as session:
        names = NameIndex(session, sides)
        names.add(taken)
        tree = TreeRows(session, sides, taken)
        tree.write()
        ActionRows(session, sides, names).write(taken, tree.actions)
        RoundRows(session, comparison, names, before).write(taken)
        if update.mapping_json:
            name = update.mapping_name or sides.found.title
            keep_mapping(session, name, update.mapping_json)
