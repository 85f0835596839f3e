"""Writes what was chosen of an answer into the rows of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ConflictError
from kyodo_desktop.domain.replies.asking import keeps_own_grades, leads
from kyodo_desktop.domain.replies.form import LINE_FIELDS, AnswerField
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Direction, Status
    from kyodo_desktop.domain.replies.review import ReplyDifference, Review

_Line = tuple[int, int, int]  # the action, the line (0 is none), which new one of the action
_Said = dict[AnswerField, str]


def write_differences(
    session: Session, outline: Outline, section_id: int, wanted: Iterable[ReplyDifference]
) -> None:
    """Give the plan the values of the answer; the section's new lines stand behind the others."""
    lines: dict[_Line, _Said] = {}
    actions: dict[int, _Said] = {}
    for each in wanted:
        if each.field in LINE_FIELDS:
            said = lines.setdefault((each.action_id, each.line_id, each.place), {})
        else:
            said = actions.setdefault(each.action_id, {})
        said[each.field] = each.answer.value
    for row, said in _line_rows(session, outline, section_id, lines):
        if AnswerField.STATUS in said:
            row.status_id = _named(outline.statuses, "mark", said[AnswerField.STATUS])
        row.text = said.get(AnswerField.TEXT, row.text)
        row.carried = 0
    for action_id, said in actions.items():
        _write_action(session, action_id, said)
        _write_outlook(session, outline, action_id, said)


def confirm(session: Session, outline: Outline, review: Review) -> None:
    """Let what came back as it was no longer stand as in the round before (前回のまま)."""
    for action_id in dict.fromkeys(row.action_id for row in review.answer.sent):
        for line in outline.lines.get(action_id, ()):
            if line.carried and line.id in review.confirmed_lines:
                fetch(session, tables.ProgressRow, line.id).carried = 0
        outlook = outline.outlooks.get(action_id)
        if outlook and outlook.carried and action_id in review.confirmed_outlooks:
            fetch(session, tables.OutlookRow, outlook.id).carried = 0


def _line_rows(
    session: Session, outline: Outline, section_id: int, lines: dict[_Line, _Said]
) -> Iterator[tuple[tables.ProgressRow, _Said]]:
    """Yield the row of each line; one that is not there, or no longer, is added.

    A new line says whose it is where lines do so, and where it is not the lead's.
    """
    added: dict[int, int] = {}
    has_own_grades = keeps_own_grades(outline)
    for (action_id, line_id, _), said in lines.items():
        present = outline.lines.get(action_id, ())
        if any(line.id == line_id for line in present):
            yield fetch(session, tables.ProgressRow, line_id), said
            continue
        is_own = has_own_grades or not leads(outline, action_id, section_id)
        row = tables.ProgressRow(
            round_id=open_round_id(outline),
            action_id=action_id,
            position=len(present) + added.get(action_id, 0),
            section_id=section_id if is_own else None,
        )
        added[action_id] = added.get(action_id, 0) + 1
        session.add(row)
        yield row, said


def _write_action(session: Session, action_id: int, said: _Said) -> None:
    row = fetch(session, tables.ActionRow, action_id)
    row.due = said.get(AnswerField.DUE, row.due) or None
    row.note = said.get(AnswerField.NOTE, row.note)


def _write_outlook(session: Session, outline: Outline, action_id: int, said: _Said) -> None:
    """Write 今後の方向性; one that says nothing any more is no outlook."""
    if not said.keys() & {AnswerField.DIRECTION, AnswerField.OUTLOOK}:
        return
    known = outline.outlooks.get(action_id)
    row = (
        fetch(session, tables.OutlookRow, known.id)
        if known
        else tables.OutlookRow(round_id=open_round_id(outline), action_id=action_id)
    )
    if AnswerField.DIRECTION in said:
        row.direction_id = _named(outline.directions, "label", said[AnswerField.DIRECTION])
    row.text = said.get(AnswerField.OUTLOOK, row.text)
    row.carried = 0
    if row.direction_id is not None or row.text:
        session.add(row)
    elif known:
        session.delete(row)


def _named(rows: Mapping[int, Status | Direction], column: str, name: str) -> int | None:
    """Return the id of the status or direction that a form names; an empty name is none."""
    if not name:
        return None
    for row_id, row in rows.items():
        if getattr(row, column) == name:
            return row_id
    raise ConflictError(
        f"確認のあとで「{name}」という選択肢がなくなりました。"
        "回答は取り込んでいません。もう一度確認してください。"
    )
