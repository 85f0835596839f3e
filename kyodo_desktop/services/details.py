"""Edits what an action says of itself: texts, dates, 今後の方向性 and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.assigning import Giving, given, parts
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import parse_month
from kyodo_desktop.domain.inputs import YEARS, checked_text
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services.assignments import write_parts
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store.tables import ActionRow, OutlookRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
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


def assign(
    workspace: Workspace,
    action_ids: Sequence[int],
    section_id: int,
    role: Role,
    giving: Giving = Giving.HAND_OVER,
) -> int:
    """Let the section lead or help in the actions, and return how many of them that changes."""
    outline = workspace.outline
    before = {each: parts(outline.assignments.get(each, ())) for each in action_ids}
    after = {each: given(had, section_id, role, giving) for each, had in before.items()}
    changed = {each: after[each] for each, had in before.items() if after[each] != had}
    name, several = outline.sections[section_id].name, _several(changed)
    label = {
        Giving.HAND_OVER: f"「{name}」を{role.label}にする{several}",
        Giving.REPLACE: f"{role.label}を「{name}」に置き換える{several}",
        Giving.ADD: f"{role.label}に「{name}」を加える{several}",
    }[giving]
    with workspace.transact(label) as session:
        write_parts(session, changed)
    return len(changed)


def unassign(
    workspace: Workspace, action_ids: Sequence[int], section_id: int, role: Role | None = None
) -> int:
    """Take the section out of the actions, or out of those where it has just this part.

    Returns how many of them that changes.
    """
    outline = workspace.outline
    taken = {
        action_id: {key: part for key, part in had.items() if key != section_id}
        for action_id in action_ids
        if (had := parts(outline.assignments.get(action_id, ()))).get(section_id)
        in ((Role.LEAD, Role.RELATED) if role is None else (role,))
    }
    part, name = role.label if role else "担当", outline.sections[section_id].name
    with workspace.transact(f"{part}から「{name}」を外す{_several(taken)}") as session:
        write_parts(session, taken)
    return len(taken)


def _several(actions: Collection[int]) -> str:
    return f"（{len(actions)}件）" if len(actions) > 1 else ""


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
