"""Deletes headings and actions, with all that belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, plan
from kyodo_desktop.domain.nodes import (
    heading_node,
    is_heading,
    is_placement,
    is_term,
    placement_node,
    row_id,
)
from kyodo_desktop.services.rows import place_all
from kyodo_desktop.store import fetching, reading, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


class Removal(NamedTuple):
    """What deleting some nodes takes with it: ids, and the lines of all open rounds.

    `staying` are the placements whose action stands elsewhere too, and stays. `recorded` are
    the actions of which closed rounds speak: they leave the plan, their record does not.
    """

    headings: frozenset[int]
    placements: frozenset[int]
    actions: frozenset[int]
    lines: int
    staying: frozenset[int]
    recorded: frozenset[int] = frozenset()

    @property
    def sentence(self) -> str:
        """Say it, for the question whether to go on."""
        parts = [
            f"見出し {len(self.headings)}件" if self.headings else "",
            f"実行計画 {len(self.actions)}件" if self.actions else "",
            f"進捗状況 {self.lines}行" if self.lines else "",
            f"再掲 {len(self.staying)}件（元の実行計画は残ります）" if self.staying else "",
        ]
        sentence = "、".join(part for part in parts if part) + "を削除します。"
        return f"{sentence}確定済みの調査の記録は残ります。" if self.recorded else sentence


def preview_deletion(workspace: Workspace, nodes: Sequence[int]) -> Removal:
    """Return what deleting the nodes would take with it.

    An action goes when its last placement goes.
    """
    outline = workspace.outline
    all_nodes = {below for node in nodes for below in (node, *outline.below(node))}
    placements = frozenset(row_id(node) for node in all_nodes if is_placement(node))
    touched = {outline.placements[place].action_id for place in placements}
    actions = frozenset(each for each in touched if placements.issuperset(outline.placed[each]))
    with workspace.reading() as connection:
        lines = list(reading.read_of_actions(connection, plan.Progress, actions))
        outlooks = list(reading.read_of_actions(connection, plan.Outlook, actions))
    closed = {each.id for each in outline.rounds.values() if each.closed_at is not None}
    return Removal(
        frozenset(row_id(node) for node in all_nodes if is_heading(node)),
        placements,
        actions=actions,
        lines=sum(line.round_id not in closed for line in lines),
        staying=frozenset(
            each for each in placements if outline.placements[each].action_id not in actions
        ),
        recorded=frozenset(
            {line.action_id for line in lines if line.round_id in closed}
            | {outlook.action_id for outlook in outlooks if outlook.round_id in closed}
        ),
    )


def delete(workspace: Workspace, nodes: Sequence[int]) -> None:
    """Delete the nodes with everything below them, of all open rounds.

    Raises RefusedError where a term is among them, or an action that the next term continues.
    """
    outline = workspace.outline
    nodes = [node for node in nodes if outline.exists(node)]
    if any(is_term(node) for node in nodes):
        raise errors.RefusedError("期は削除できません。中の見出しを選んで削除してください。")
    if not nodes:
        return
    removal = preview_deletion(workspace, nodes)
    _refuse_continued(outline, removal)
    title = outline.title(nodes[0])
    label = f"「{title}」を削除" if len(nodes) == 1 else f"「{title}」など{len(nodes)}件を削除"
    with workspace.transact(label) as session:
        _refuse_opinions(session, outline, removal)
        _delete_rows(session, outline, removal)
        for above in {outline.parent(node) for node in nodes}:
            _close_up(session, outline, above, removal)


def _refuse_continued(outline: Outline, removal: Removal) -> None:
    continued = {
        action_id: outline.actions[action_id].continues_id for action_id in outline.placed
    }
    merged = [(each.successor_id, each.action_id) for each in outline.successions.values()]
    for action_id, old_id in (*continued.items(), *merged):
        if old_id in removal.actions and action_id and action_id not in removal.actions:
            raise errors.RefusedError(
                f"「{outline.actions[action_id].title}」が引き継いでいるため削除できません。"
                "先に、引き継いだ後の実行計画を削除してください。"
            )


def _refuse_opinions(session: Session, outline: Outline, removal: Removal) -> None:
    for opinion in fetching.fetch_where(session, tables.OpinionRow, heading_id=removal.headings):
        asked = outline.rounds[opinion.round_id]
        if asked.closed_at is not None:
            title = outline.headings[opinion.heading_id or 0].title
            raise errors.RefusedError(
                f"「{asked.name}」は確定済みで、「{title}」"
                "への委員会意見があるため削除できません。見出しはそのまま残っています。"
            )


def _delete_rows(session: Session, outline: Outline, removal: Removal) -> None:
    for line in fetching.fetch_where(session, tables.ProgressRow, action_id=removal.actions):
        if outline.rounds[line.round_id].closed_at is None:
            session.delete(line)
    for outlook in fetching.fetch_where(session, tables.OutlookRow, action_id=removal.actions):
        if outline.rounds[outlook.round_id].closed_at is None:
            session.delete(outlook)
    for table in (
        tables.AssignmentRow,
        tables.PrerequisiteRow,
        tables.ActionActorRow,
        tables.ActionPrincipleRow,
        tables.SuccessionRow,
    ):
        for row in fetching.fetch_where(session, table, action_id=removal.actions):
            session.delete(row)
    for waiting in fetching.fetch_where(
        session, tables.PrerequisiteRow, required_id=removal.actions
    ):
        session.delete(waiting)
    for succession in fetching.fetch_where(
        session, tables.SuccessionRow, successor_id=removal.actions
    ):
        session.delete(succession)
    for opinion in fetching.fetch_where(session, tables.OpinionRow, heading_id=removal.headings):
        session.delete(opinion)
    for place in fetching.fetch_where(session, tables.PlacementRow, id=removal.placements):
        session.delete(place)
    for action in fetching.fetch_where(
        session, tables.ActionRow, id=removal.actions - _staying(outline, removal)
    ):
        session.delete(action)
    for heading in fetching.fetch_where(session, tables.HeadingRow, id=removal.headings):
        session.delete(heading)
    session.flush()


def _staying(outline: Outline, removal: Removal) -> set[int]:
    """Return the actions whose rows stay: closed rounds, or what stands nowhere, refer to them."""
    gone = removal.actions | (outline.actions.keys() - outline.placed.keys())
    staying = set(removal.recorded)
    staying |= {joining.into_id for joining in outline.joinings.values()}
    for action_id in sorted(gone, reverse=True):
        if action_id in staying or action_id not in removal.actions:
            staying |= {outline.actions[action_id].continues_id or 0}
    return staying


def _close_up(session: Session, outline: Outline, above: int | None, removal: Removal) -> None:
    if above is None or (row_id(above) in removal.headings and is_heading(above)):
        return
    gone = {
        *map(placement_node, removal.placements),
        *map(heading_node, removal.headings),
    }
    place_all(session, [node for node in outline.children.get(above, ()) if node not in gone])
