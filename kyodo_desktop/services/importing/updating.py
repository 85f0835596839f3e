"""Compares a table with the plan that is open, and takes what was chosen as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ConflictError
from kyodo_desktop.domain.importing.found_plan import FoundRound
from kyodo_desktop.domain.importing.plain import status_key
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.plan_update.comparison import UpdateComparison
from kyodo_desktop.domain.plan_update.fitting import fitted_to_plan
from kyodo_desktop.domain.plan_update.rows import update_rows
from kyodo_desktop.domain.plan_update.update import Update
from kyodo_desktop.services.importing.mappings import keep_mapping
from kyodo_desktop.services.importing.new_file import present_round
from kyodo_desktop.store import replaying
from kyodo_desktop.store.reading import read_record

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.services.workspace import Workspace


def compared_with(
    workspace: Workspace,
    found: FoundPlan,
    *,
    source: str = "",
    mapping_json: str = "",
    mapping_name: str = "",
    apart: tuple[int, ...] = (),
    control: JobControl | None = None,
) -> Update:
    """Return what the table would change in the plan; nothing is changed by asking.

    What the table does not speak of stays as it is. The actions `apart`, by their place in
    the table, are new although their titles are near those of others. Raises RefusedError
    where the table cannot be taken into this plan, InvalidInputError and CancelledError.
    """
    control = control or JobControl()
    control.begin(len(found.actions))
    comparison = compared(workspace, found, apart, control)
    return Update(
        tuple(comparison.differences),
        tuple(comparison.gone()),
        tuple(comparison.refused()),
        comparison.unchanged,
        comparison.found,
        source,
        mapping_json,
        mapping_name,
        apart,
        tuple(comparison.outside()),
    )


def take_update(
    workspace: Workspace,
    update: Update,
    chosen: Collection[int],
    control: JobControl | None = None,
) -> None:
    """Take the chosen differences, by their place in the update, as one step 「取込：ファイル名」.

    One that needs another which is not chosen is left out. What closed rounds say stays as
    it is. Raises ConflictError where the plan has changed since it was compared, and
    CancelledError.
    """
    control, taken = control or JobControl(), update.taken(chosen).values()
    control.begin(len(update.found.actions) + len(taken))
    comparison = compared(workspace, update.found, update.apart, control)
    if tuple(comparison.differences) != update.differences:
        raise ConflictError(
            "確認している間に計画が変更されました。何も取り込んでいません。"
            "もう一度、表を読み込んで確認してください。"
        )
    with workspace.reading() as connection:
        first_ids = replaying.read_free_ids(connection)
    rows = update_rows(comparison, taken, first_ids)
    with workspace.transact(f"取込：{update.source or comparison.found.title}") as session:
        replaying.replay(session, rows, control)
        if update.mapping_json:
            name = update.mapping_name or comparison.found.title
            keep_mapping(session, name, update.mapping_json)


def compared(
    workspace: Workspace, found: FoundPlan, apart: Collection[int], control: JobControl
) -> UpdateComparison:
    """Compare a table with the plan as it is now: with its levels, and with a round."""
    outline = workspace.outline
    newest = next(reversed(outline.rounds.values()), None)
    known = {status_key(each.mark) for each in outline.statuses.values()}
    usual = FoundRound(*newest[1:4]) if newest else present_round(workspace.now())
    fitted = fitted_to_plan(
        found._replace(
            title=outline.plan.title,
            rounds=found.rounds or (usual,),
            levels=tuple((level.name, level.numbering) for level in outline.levels),
            untold=tuple(each for each in found.untold if status_key(each) not in known),
        ),
        outline.plan.title,
    )
    with workspace.reading() as connection:
        return UpdateComparison(
            outline,
            fitted,
            lambda round_id: read_record(connection, outline, round_id),
            apart,
            control,
        )
