"""Adds what was pasted as one step: actions below a heading, or lines to an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import action_fields, errors, inputs, plan
from kyodo_desktop.domain.nodes import is_heading, placement_node, row_id
from kyodo_desktop.services.rows import open_round_id, place_all, set_columns
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.pasting import PastedAction, PastedLine
    from kyodo_desktop.services.workspace import Workspace


def paste_actions(
    workspace: Workspace, heading: int, actions: Sequence[PastedAction]
) -> list[int]:
    """Add actions behind the others of a heading and return the nodes of their placements.

    A section that the plan does not know becomes one of its sections. Raises RefusedError
    where something is said of progress and no round is open for it.
    """
    outline = workspace.outline
    word = outline.levels[-1].name
    if not outline.exists(heading) or not is_heading(heading):
        raise errors.RefusedError(
            f"{word}は見出しの下に貼り付けます。先に見出しを選んでください。"
        )
    if not actions:
        raise errors.RefusedError(f"貼り付けられる{word}がありません。")
    if any(_says_something(action) for action in actions):
        open_round_id(outline)
    with workspace.transact(f"貼り付け：{word}{len(actions)}件") as session:
        paster = _Paster(session, outline, heading)
        nodes = [paster.added(action) for action in actions]
        place_all(session, [*outline.children.get(heading, ()), *nodes])
    return nodes


def paste_lines(workspace: Workspace, action_id: int, lines: Sequence[PastedLine]) -> None:
    """Add lines of progress behind those of an action, in the round that is shown.

    Raises RefusedError where that is closed, the action is gone or there is nothing to add.
    """
    outline = workspace.outline
    round_id = open_round_id(outline)
    if action_id not in outline.placed:
        raise errors.RefusedError(
            "進捗状況を貼り付ける先がありません。先に実行計画を選んでください。"
        )
    if not lines:
        raise errors.RefusedError("貼り付けられる進捗状況がありません。")
    with workspace.transact(f"貼り付け：進捗状況{len(lines)}行") as session:
        _add_lines(session, round_id, action_id, len(outline.lines.get(action_id, ())), lines)


def _says_something(action: PastedAction) -> bool:
    return bool(action.lines) or any(
        field.scope is action_fields.Scope.ROUND for field in action.values
    )


class _Paster:
    """Adds the rows of each action, and new sections as they come up."""

    def __init__(self, session: Session, outline: Outline, heading: int) -> None:
        self._session = session
        self._heading_id = row_id(heading)
        self._term_id = outline.headings[self._heading_id].term_id
        self._round_id = outline.round.id if outline.round else None
        self._sections = {each.name: each.id for each in outline.sections.values()}

    def added(self, action: PastedAction) -> int:
        row = tables.ActionRow(term_id=self._term_id, title=action.title)
        set_columns(row, action.values, action_fields.Scope.ACTION)
        action_id = self._flushed(row)
        place = tables.PlacementRow(heading_id=self._heading_id, position=0, action_id=action_id)
        node = placement_node(self._flushed(place))
        self._assign(action_id, action)
        if _says_something(action):
            assert self._round_id is not None, "without a round it was refused"
            _add_lines(self._session, self._round_id, action_id, 0, action.lines)
            outlook = tables.OutlookRow(round_id=self._round_id, action_id=action_id)
            set_columns(outlook, action.values, action_fields.Scope.ROUND)
            if not action_fields.is_empty_outlook(outlook):
                self._session.add(outlook)
        return node

    def _assign(self, action_id: int, action: PastedAction) -> None:
        roles = dict.fromkeys(action.related, plan.Role.RELATED) | dict.fromkeys(
            action.leads, plan.Role.LEAD
        )
        for name, role in sorted(roles.items(), key=lambda each: each[1] is plan.Role.RELATED):
            section_id = self._section_id(name)
            self._session.add(
                tables.AssignmentRow(action_id=action_id, section_id=section_id, role=role.value)
            )

    def _section_id(self, name: str) -> int:
        if name not in self._sections:
            name = inputs.checked_title(name, "担当課名", inputs.SECTION_LIMIT)
            row = tables.SectionRow(name=name, position=len(self._sections))
            self._sections[name] = self._flushed(row)
        return self._sections[name]

    def _flushed(self, row: tables.ActionRow | tables.PlacementRow | tables.SectionRow) -> int:
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id


def _add_lines(
    session: Session, round_id: int, action_id: int, first: int, lines: Sequence[PastedLine]
) -> None:
    for position, line in enumerate(lines, start=first):
        session.add(
            tables.ProgressRow(
                round_id=round_id,
                action_id=action_id,
                position=position,
                status_id=line.status_id,
                text=line.text,
            )
        )
