"""Edits what an action says of itself: texts, dates, 今後の方向性 and sections."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.action_fields import Field, Scope, Use
from kyodo_desktop.domain.assigning import Giving, given, parts
from kyodo_desktop.domain.field_types import OutlineNames
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services.assignments import write_parts
from kyodo_desktop.services.rows import write_values

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kyodo_desktop.services.workspace import Workspace

T = TypeVar("T")
SaveText = Callable[["Workspace", int, str], None]


def save_typed(field: Field[Any]) -> SaveText:
    """Return what saves a text that is typed for a field of an action; always the same one.

    It raises InvalidInputError where the text is no value of the field.
    """
    return _SAVE_TYPED[field]


def set_value(workspace: Workspace, action_ids: Sequence[int], field: Field[T], value: T) -> None:
    """Give actions a value, in the round that is shown where the field belongs to one.

    Raises InvalidInputError where the field cannot have it.
    """
    value = field.type.check(value, field.label)
    with workspace.transact(f"{field.label}を変更") as session:
        for action_id in dict.fromkeys(action_ids):
            write_values(session, workspace.outline, action_id, {field: value})


def _save_typed(field: Field[Any], workspace: Workspace, action_id: int, typed: str) -> None:
    value = field.type.parse(typed, OutlineNames(workspace.outline), field.label)
    verb = "入力" if field.type.is_running_text else "変更"
    typing = (field.name, action_id)
    with workspace.transact(f"{field.label}を{verb}", typing=typing) as session:
        write_values(session, workspace.outline, action_id, {field: value})


_SAVE_TYPED: dict[Field[Any], SaveText] = {
    field: partial(_save_typed, field)
    for field in action_fields.taking_part(Use.EDITOR, Scope.ACTION, Scope.ROUND)
    if field.column is not None
}
set_description = save_typed(action_fields.DESCRIPTION)
set_note = save_typed(action_fields.NOTE)
set_due = save_typed(action_fields.DUE)
set_outlook_text = save_typed(action_fields.OUTLOOK)


def set_start(workspace: Workspace, action_id: int, fiscal_year: int | None) -> None:
    """Set the fiscal year in which the action begins."""
    set_value(workspace, [action_id], action_fields.START, fiscal_year)


def set_direction(
    workspace: Workspace, action_ids: Sequence[int], direction_id: int | None
) -> None:
    """Choose 今後の方向性 for the actions in the round that is shown."""
    set_value(workspace, action_ids, action_fields.DIRECTION, direction_id)


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
