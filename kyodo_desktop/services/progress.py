"""Keeps the marked lines of 進捗状況 in the round that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def set_status(workspace: Workspace, action_ids: Sequence[int], status_id: int) -> None:
    """Give every line of the actions the status; an action without a line gets one.

    Raises GoneError and RefusedError.
    """
    outline = workspace.outline
    round_id = open_round_id(outline)
    status = outline.statuses[status_id]
    label = f"状態を「{status.word}」に変更"
    action_ids = list(dict.fromkeys(action_ids))  # 再掲 may be selected beside their home
    with workspace.transact(f"{label}{_several(action_ids)}") as session:
        for action_id in action_ids:
            lines = outline.lines.get(action_id, ())
            if not lines:
                session.add(_new_line(round_id, action_id, 0, status_id))
            for line in lines:
                _edit(session, line.id, status_id=status_id)


def add_line(
    workspace: Workspace, action_id: int, text: str = "", *, status_id: int | None = None
) -> int:
    """Add a line behind the others and return its id.

    Raises InvalidInputError and RefusedError.
    """
    round_id = open_round_id(workspace.outline)
    text = checked_text(text, "進捗状況")
    place = len(workspace.outline.lines.get(action_id, ()))
    with workspace.transact("進捗状況の行を追加") as session:
        line = _new_line(round_id, action_id, place, status_id)
        line.text = text
        session.add(line)
        session.flush()
        assert line.id is not None
        return line.id


def set_line_text(workspace: Workspace, line_id: int, text: str) -> None:
    """Write the text of a line. Raises GoneError, InvalidInputError and RefusedError."""
    open_round_id(workspace.outline)
    text = checked_text(text, "進捗状況")
    with workspace.transact("進捗状況を入力", typing=("progress", line_id)) as session:
        _edit(session, line_id, text=text)


def set_first_line(workspace: Workspace, action_id: int, text: str) -> None:
    """Write the text of the first line of an action, which may have none yet.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    outline = workspace.outline
    round_id = open_round_id(outline)
    text = checked_text(text, "進捗状況")
    lines = outline.lines.get(action_id, ())
    with workspace.transact("進捗状況を入力", typing=("first_line", action_id)) as session:
        if lines:
            _edit(session, lines[0].id, text=text)
        elif text:
            fetch(session, tables.ActionRow, action_id)
            line = _new_line(round_id, action_id, 0, None)
            line.text = text
            session.add(line)


def set_line_status(workspace: Workspace, line_id: int, status_id: int | None) -> None:
    """Give one line a mark of its own, or none. Raises GoneError and RefusedError."""
    open_round_id(workspace.outline)
    with workspace.transact("行の状態を変更") as session:
        _edit(session, line_id, status_id=status_id)


def set_line_section(workspace: Workspace, line_id: int, section_id: int | None) -> None:
    """Say which section a line is from. Raises GoneError and RefusedError."""
    open_round_id(workspace.outline)
    with workspace.transact("行の担当課を変更") as session:
        _edit(session, line_id, section_id=section_id)


def move_line(workspace: Workspace, line_id: int, steps: int) -> None:
    """Move a line among those of its action; at either end it stays.

    Raises GoneError and RefusedError.
    """
    open_round_id(workspace.outline)
    with workspace.transact("進捗状況の行を移動") as session:
        lines = _line_rows(session, workspace.outline, fetch(session, tables.ProgressRow, line_id))
        old = next(place for place, line in enumerate(lines) if line.id == line_id)
        lines.insert(max(0, old + steps), lines.pop(old))
        for position, line in enumerate(lines):
            line.position = position


def delete_line(workspace: Workspace, line_id: int) -> None:
    """Delete a line. Raises GoneError and RefusedError."""
    open_round_id(workspace.outline)
    with workspace.transact("進捗状況の行を削除") as session:
        row = fetch(session, tables.ProgressRow, line_id)
        rest = [each for each in _line_rows(session, workspace.outline, row) if each is not row]
        session.delete(row)
        for position, line in enumerate(rest):
            line.position = position


def _edit(session: Session, line_id: int, **values: Any) -> None:
    """Change a line; from then on it does not stand as in the round before."""
    row = fetch(session, tables.ProgressRow, line_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.carried = 0


def _new_line(
    round_id: int, action_id: int, place: int, status_id: int | None
) -> tables.ProgressRow:
    return tables.ProgressRow(
        round_id=round_id, action_id=action_id, position=place, status_id=status_id
    )


def _line_rows(
    session: Session, outline: Outline, line: tables.ProgressRow
) -> list[tables.ProgressRow]:
    """Return the rows of all lines of the line's action, in order."""
    ids = [each.id for each in outline.lines[line.action_id]]
    rows = {row.id: row for row in fetching.fetch_where(session, tables.ProgressRow, id=ids)}
    return [rows[line_id] for line_id in ids]


def _several(action_ids: Sequence[int]) -> str:
    return f"（{len(action_ids)}件）" if len(action_ids) > 1 else ""
