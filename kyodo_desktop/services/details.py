"""Edits what belongs to an action: texts, dates, 今後の方向性, sections, what is done first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from kyodo_desktop.domain import action_fields, errors, field_types, plan, prerequisites
from kyodo_desktop.domain.assigning import Giving, Parts, given, parts
from kyodo_desktop.services.rows import fetch, write_values
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def write_parts(session: Session, wanted: Mapping[int, Parts]) -> None:
    """Let the actions have just these sections with these parts."""
    rows: defaultdict[int, dict[int, tables.AssignmentRow]] = defaultdict(dict)
    for row in fetching.fetch_where(session, tables.AssignmentRow, action_id=wanted):
        rows[row.action_id][row.section_id] = row
    for action_id, roles in wanted.items():
        known = rows[action_id]
        for section_id in known.keys() - roles:
            session.delete(known[section_id])
        for section_id, role in roles.items():
            if section_id in known:
                known[section_id].role = role.value
            else:
                session.add(
                    tables.AssignmentRow(
                        action_id=action_id, section_id=section_id, role=role.value
                    )
                )


T = TypeVar("T")
SaveText = Callable[["Workspace", int, str], None]


def save_typed(field: action_fields.Field[Any]) -> SaveText:
    """Return what saves a text that is typed for a field of an action; always the same one.

    It raises InvalidInputError where the text is no value of the field.
    """
    return _SAVE_TYPED[field]


def set_value(
    workspace: Workspace, action_ids: Sequence[int], field: action_fields.Field[T], value: T
) -> None:
    """Give actions a value, in the round that is shown where the field belongs to one.

    Raises InvalidInputError where the field cannot have it.
    """
    value = field.type.check(value, field.label)
    action_ids = tuple(dict.fromkeys(action_ids))
    with workspace.transact(f"{field.label}を変更{_several(action_ids)}") as session:
        for action_id in action_ids:
            write_values(session, workspace.outline, action_id, {field: value})


def _save_typed(
    field: action_fields.Field[Any], workspace: Workspace, action_id: int, typed: str
) -> None:
    value = field.type.parse(typed, field_types.OutlineNames(workspace.outline), field.label)
    verb = "入力" if field.type.is_running_text else "変更"
    typing = (field.name, action_id)
    with workspace.transact(f"{field.label}を{verb}", typing=typing) as session:
        write_values(session, workspace.outline, action_id, {field: value})


_SAVE_TYPED: dict[action_fields.Field[Any], SaveText] = {
    field: partial(_save_typed, field)
    for field in action_fields.taking_part(
        action_fields.Use.EDITOR, action_fields.Scope.ACTION, action_fields.Scope.ROUND
    )
    if field.column is not None
}


def assign(
    workspace: Workspace,
    action_ids: Sequence[int],
    section_id: int,
    role: plan.Role,
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
    workspace: Workspace, action_ids: Sequence[int], section_id: int, role: plan.Role | None = None
) -> int:
    """Take the section out of the actions, or out of those where it has just this part.

    Returns how many of them that changes.
    """
    outline = workspace.outline
    taken = {
        action_id: {key: part for key, part in had.items() if key != section_id}
        for action_id in action_ids
        if (had := parts(outline.assignments.get(action_id, ()))).get(section_id)
        in ((plan.Role.LEAD, plan.Role.RELATED) if role is None else (role,))
    }
    part, name = role.label if role else "担当", outline.sections[section_id].name
    with workspace.transact(f"{part}から「{name}」を外す{_several(taken)}") as session:
        write_parts(session, taken)
    return len(taken)


def _several(actions: Collection[int]) -> str:
    return f"（{len(actions)}件）" if len(actions) > 1 else ""


def set_links(
    workspace: Workspace,
    action_ids: Sequence[int],
    field: action_fields.Field[tuple[int, ...]],
    wanted: Collection[int],
    *,
    among: Collection[int] | None = None,
) -> None:
    """Let the actions have these 主体, or follow these 基本原則.

    Where only some are asked about (`among`), the actions keep what they have of the others.
    Raises GoneError.
    """
    links = field.type
    assert isinstance(links, field_types.Links)
    asked = getattr(workspace.outline, links.to.rows) if among is None else among
    kind: Any = tables.RECORDED[links.table]
    with workspace.transact(f"{field.label}を変更{_several(action_ids)}") as session:
        known = {
            (link.action_id, getattr(link, links.column)): link
            for link in fetching.fetch_where(session, kind, action_id=action_ids)
        }
        for action_id in dict.fromkeys(action_ids):
            fetch(session, tables.ActionRow, action_id)
            for each in asked:
                link = known.get((action_id, each))
                if link is None and each in wanted:
                    session.add(kind(action_id=action_id, **links.row_to(each)))
                elif link is not None and each not in wanted:
                    session.delete(link)


def refusal(outline: Outline, action_id: int, required_id: int) -> str:
    """Return why the action cannot wait for the required one; empty when it can."""
    action, required = outline.actions[action_id], outline.actions[required_id]
    if action_id == required_id:
        return f"「{action.title}」を自分自身より先に終える実行計画にすることはできません。"
    if action.term_id != required.term_id:
        return f"「{required.title}」は別の期の実行計画のため、先に終える実行計画にできません。"
    circle = prerequisites.chain(outline, required_id, action_id)
    if circle:
        way = prerequisites.chain_label(outline, (action_id, *circle))
        return (
            f"{way}と順番が一巡してしまうため、設定しませんでした。"
            "先に、このうちのどれかを「先に終える実行計画」から外してください。"
        )
    return ""


def add_prerequisite(workspace: Workspace, action_id: int, required_id: int) -> None:
    """Let the action wait for the required one; what it waits for already is passed over.

    Raises RefusedError with the reason of `refusal`. Raises GoneError where one of them is no
    longer in the plan.
    """
    outline = workspace.outline
    for each in (action_id, required_id):
        if each not in outline.placed:
            raise errors.GoneError("この実行計画はもう計画にありません。変更は行いませんでした。")
    if required_id in prerequisites.required_by(outline, action_id):
        return
    reason = refusal(outline, action_id, required_id)
    if reason:
        raise errors.RefusedError(reason)
    with workspace.transact(
        f"先に終える実行計画に「{outline.actions[required_id].title}」を追加"
    ) as session:
        session.add(tables.PrerequisiteRow(action_id=action_id, required_id=required_id))


def remove_prerequisite(workspace: Workspace, action_id: int, required_id: int) -> None:
    """Let the action no longer wait for the other one. Raises GoneError."""
    outline = workspace.outline
    rows = [
        each
        for each in outline.prerequisites.get(action_id, ())
        if each.required_id == required_id
    ]
    if not rows:
        return
    with workspace.transact(
        f"先に終える実行計画から「{outline.actions[required_id].title}」を外す"
    ) as session:
        session.delete(fetch(session, tables.PrerequisiteRow, rows[0].id))
