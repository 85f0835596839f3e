"""Edits what an action says of itself: texts, dates, 今後の方向性 and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import parse_month
from kyodo_desktop.domain.inputs import YEARS, checked_text
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store.tables import ActionRow, AssignmentRow, OutlookRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Role
    from kyodo_desktop.services.workspace import Workspace


def set_description(workspace: Workspace, action_id: int, text: str) -> None:
    """Write what the action consists of (内容)."""
    text = checked_text(text, "内容")
    with workspace.transact("内容を入力", typing=("description", action_id)) as session:
        fetch(session, ActionRow, action_id).description = text


def set_note(workspace: Workspace, action_id: int, text: str) -> None:
    """Write 備考."""
    text = checked_text(text, "備考")
    with workspace.transact("備考を入力", typing=("note", action_id)) as session:
        fetch(session, ActionRow, action_id).note = text


def set_due(workspace: Workspace, action_id: int, typed: str) -> None:
    """Set 完了予定 from any form of a month (see `parse_month`); an empty text takes it away."""
    due = parse_month(typed, era_from=workspace.outline.plan.first_fiscal_year)
    with workspace.transact("完了予定を変更", typing=("due", action_id)) as session:
        fetch(session, ActionRow, action_id).due = due


def set_start(workspace: Workspace, action_id: int, fiscal_year: int | None) -> None:
    """Set the fiscal year in which the action begins."""
    if fiscal_year is not None and fiscal_year not in YEARS:
        raise InvalidInputError("開始年度", f"は{YEARS[0]}～{YEARS[-1]}年度で入力してください。")
    with workspace.transact("開始年度を変更") as session:
        fetch(session, ActionRow, action_id).start_fiscal_year = fiscal_year


def set_direction(
    workspace: Workspace, action_ids: Sequence[int], direction_id: int | None
) -> None:
    """Choose 今後の方向性 for the actions in the round that is shown."""
    with workspace.transact("今後の方向性を変更") as session:
        for action_id in dict.fromkeys(action_ids):
            _edit_outlook(
                session,
                workspace.outline,
                action_id,
                lambda row: setattr(row, "direction_id", direction_id),
            )


def set_outlook_text(workspace: Workspace, action_id: int, text: str) -> None:
    """Write the text of 今後の方向性 in the round that is shown."""
    text = checked_text(text, "今後の方向性")
    with workspace.transact("今後の方向性を入力", typing=("outlook", action_id)) as session:
        _edit_outlook(
            session, workspace.outline, action_id, lambda row: setattr(row, "text", text)
        )


def assign(workspace: Workspace, action_ids: Sequence[int], section_id: int, role: Role) -> None:
    """Make the section lead or related in the actions."""
    outline = workspace.outline
    name = outline.sections[section_id].name
    with workspace.transact(f"担当に「{name}」（{role.label}）を設定") as session:
        for action_id in dict.fromkeys(action_ids):
            row = _assignment(session, outline, action_id, section_id)
            if row is None:
                row = AssignmentRow(action_id=action_id, section_id=section_id, role=role.value)
                session.add(row)
            row.role = role.value


def unassign(workspace: Workspace, action_ids: Sequence[int], section_id: int) -> None:
    """Take the section out of the actions."""
    outline = workspace.outline
    with workspace.transact(f"担当から「{outline.sections[section_id].name}」を外す") as session:
        for action_id in dict.fromkeys(action_ids):
            row = _assignment(session, outline, action_id, section_id)
            if row is not None:
                session.delete(row)


def _assignment(
    session: Session, outline: Outline, action_id: int, section_id: int
) -> AssignmentRow | None:
    for each in outline.assignments.get(action_id, ()):
        if each.section_id == section_id:
            return fetch(session, AssignmentRow, each.id)
    return None


def _edit_outlook(
    session: Session, outline: Outline, action_id: int, edit: Callable[[OutlookRow], None]
) -> None:
    """Edit the action's outlook; one that says nothing any more is no outlook."""
    round_id = open_round_id(outline)
    known = outline.outlooks.get(action_id)
    if known is None:
        row = OutlookRow(round_id=round_id, action_id=action_id)
    else:
        row = fetch(session, OutlookRow, known.id)
    edit(row)
    row.carried = 0
    if row.direction_id is not None or row.text:
        session.add(row)
    elif known is not None:
        session.delete(row)
