"""Edits in the list: what is typed into one cell, and a cell that is filled down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, errors, field_types, plan
from kyodo_desktop.domain.assigning import parts
from kyodo_desktop.services import details, progress
from kyodo_desktop.services.rows import fetch, open_round_id, write_values
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

    AnyField = action_fields.Field[Any]


def save_cell(workspace: Workspace, action_id: int, field: AnyField, typed: str) -> None:
    """Save what was typed into the cell of an action; of 進捗状況 it is the only line.

    Raises InvalidInputError where the text is no value of the field.
    """
    outline = workspace.outline
    if field is action_fields.PROGRESS:
        lines = outline.lines.get(action_id, ())
        if lines:
            progress.set_line_text(workspace, lines[0].id, typed)
        else:
            progress.add_line(workspace, action_id, typed)
    elif isinstance(field.type, field_types.Sections):
        names = field_types.OutlineNames(outline)
        set_sections(workspace, [action_id], field, field.type.parse(typed, names, field.label))
    else:
        field = action_fields.OUTLOOK if field is action_fields.DIRECTION else field
        details.save_typed(field)(workspace, action_id, typed)
    workspace.end_typing()


def fits(outline: Outline, field: AnyField, typed: str) -> bool:
    """Tell whether a text is a value of a field."""
    field = action_fields.OUTLOOK if field is action_fields.DIRECTION else field
    try:
        field.type.parse(typed, field_types.OutlineNames(outline), field.label)
    except errors.InvalidInputError:
        return False
    return True


def unknown_sections(outline: Outline, field: AnyField, typed: str) -> list[str]:
    """Return the names in a text that no section has; none for fields of other kinds."""
    if not isinstance(field.type, field_types.Sections):
        return []
    known = field_types.OutlineNames(outline).ids(field.type.to)
    parts = (part.strip() for part in field_types.split_names(typed, known))
    return [name for name in dict.fromkeys(parts) if name and name not in known]


def set_sections(
    workspace: Workspace,
    action_ids: Collection[int],
    field: action_fields.Field[tuple[int, ...]],
    wanted: Sequence[int],
) -> None:
    """Give the actions just these sections with the part of the field; other parts stay.

    A section that has both parts by that keeps the one that it is given.
    """
    with workspace.transact(f"{field.label}を変更{_several(action_ids)}") as session:
        _write_sections(session, workspace.outline, action_ids, field, wanted)


def _write_sections(
    session: Session,
    outline: Outline,
    action_ids: Iterable[int],
    field: AnyField,
    wanted: Sequence[int],
) -> None:
    assert isinstance(field.type, field_types.Sections)
    role = plan.Role(field.type.role)
    after = {}
    for action_id in action_ids:
        had = parts(outline.assignments.get(action_id, ()))
        kept = {section: part for section, part in had.items() if part is not role}
        after[action_id] = kept | dict.fromkeys(wanted, role)
    details.write_parts(session, after)


NEVER_FILLED = (action_fields.TITLE, action_fields.PREREQUISITES)


def fill_down(
    workspace: Workspace, source: int, targets: Sequence[int], field: AnyField
) -> list[int]:
    """Give the targets the value that the source has, in one step, and return whom that changes.

    進捗状況 is filled where there are no several lines: those left out have some. Raises
    RefusedError where the source has nothing that could be filled in, or no round is open.
    """
    outline = workspace.outline
    if field in NEVER_FILLED:
        raise errors.RefusedError(f"{field.label}は、同じ値を並べられません。")
    targets = [each for each in dict.fromkeys(targets) if each != source]
    if field is action_fields.STATUS:
        return _fill_status(workspace, source, targets)
    if field is action_fields.PROGRESS:
        return _fill_progress(workspace, source, targets)
    changed = [
        each for each in targets if _value(outline, field, each) != _value(outline, field, source)
    ]
    if not changed:
        return []
    if field.scope is action_fields.Scope.ROUND:
        open_round_id(outline)
    with workspace.transact(f"{field.label}を下へコピー{_several(changed)}") as session:
        _write(session, outline, source, changed, field)
    return changed


def _value(outline: Outline, field: AnyField, action_id: int) -> Any:
    if field is action_fields.DIRECTION:
        return field.of(outline, action_id), action_fields.OUTLOOK.of(outline, action_id)
    return field.of(outline, action_id)


def _write(
    session: Session, outline: Outline, source: int, targets: Sequence[int], field: AnyField
) -> None:
    value = field.of(outline, source)
    if isinstance(field.type, field_types.Sections):
        _write_sections(session, outline, targets, field, value)
        return
    if isinstance(field.type, field_types.Links):
        _write_links(session, targets, field.type, value)
        return
    values = {field: value}
    if field is action_fields.DIRECTION:
        values[action_fields.OUTLOOK] = action_fields.OUTLOOK.of(outline, source)
    for action_id in targets:
        write_values(session, outline, action_id, values)


def _write_links(
    session: Session, targets: Sequence[int], links: field_types.Links, wanted: Sequence[int]
) -> None:
    kind: Any = tables.RECORDED[links.table]
    for link in fetching.fetch_where(session, kind, action_id=targets):
        session.delete(link)
    session.flush()
    for action_id in targets:
        for each in wanted:
            session.add(kind(action_id=action_id, **links.row_to(each)))


def _fill_status(workspace: Workspace, source: int, targets: Sequence[int]) -> list[int]:
    outline = workspace.outline
    status = outline.status(source)
    if status is None:
        raise errors.RefusedError("いちばん上の行の状態が未記入のため、下へコピーできません。")
    changed = [each for each in targets if outline.status(each) != status]
    if changed:
        progress.set_status(workspace, changed, status.id)
    return changed


def _fill_progress(workspace: Workspace, source: int, targets: Sequence[int]) -> list[int]:
    outline = workspace.outline
    round_id = open_round_id(outline)
    lines = outline.lines.get(source, ())
    if len(lines) != 1:
        raise errors.RefusedError(
            "下へコピーできるのは、進捗状況が1行の実行計画からです。"
            if lines
            else "いちばん上の行の進捗状況が空のため、下へコピーできません。"
        )
    text = lines[0].text
    changed = [
        each
        for each in targets
        if len(outline.lines.get(each, ())) <= 1
        and [line.text for line in outline.lines.get(each, ())] != [text]
    ]
    if changed:
        with workspace.transact(f"進捗状況を下へコピー{_several(changed)}") as session:
            for action_id in changed:
                _write_line(session, outline, round_id, action_id, text)
    return changed


def _write_line(
    session: Session, outline: Outline, round_id: int, action_id: int, text: str
) -> None:
    lines = outline.lines.get(action_id, ())
    if lines:
        row = fetch(session, tables.ProgressRow, lines[0].id)
        row.text, row.carried = text, 0
    else:
        session.add(
            tables.ProgressRow(round_id=round_id, action_id=action_id, position=0, text=text)
        )


def _several(action_ids: Collection[int]) -> str:
    return f"（{len(action_ids)}件）" if len(action_ids) > 1 else ""
