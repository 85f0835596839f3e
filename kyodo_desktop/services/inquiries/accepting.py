"""Looks at answers, keeps that they came, and takes them in, each as a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, errors, field_types
from kyodo_desktop.domain.replies import form, matching, taken
from kyodo_desktop.domain.replies.answers import tidy
from kyodo_desktop.domain.replies.asking import action_values, keeps_own_grades, leads, line_values
from kyodo_desktop.domain.replies.review import (
    ReplyDifference,
    Review,
    joined_note,
    review_answer,
)
from kyodo_desktop.services.inquiries.asking import inquiries, plan_key
from kyodo_desktop.services.rows import fetch, open_round_id, set_columns, write_values
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def review(workspace: Workspace, answer: form.Answer) -> Review:
    """Return what an answer would change in the round that is shown; nothing is written.

    A review is about the plan of this moment: review again after an edit, also after another
    section's answer was accepted.
    """
    key, kept = plan_key(workspace), inquiries(workspace)
    return review_answer(workspace.outline, key, kept, answer)


def accept(
    workspace: Workspace, review: Review, chosen: Collection[int], *, finishes: bool = True
) -> None:
    """Take the chosen differences (by id) over and keep that the section has answered.

    One step: 「〇〇課の回答を取込」. What came back as it was is confirmed: a section that
    returns its form has looked at it, so those lines no longer stand as 前回のまま. What was
    not chosen stays as it is now, unconfirmed. Nothing chosen is an answer without changes.
    Unless it `finishes` the answer, because somebody has still to decide something, the section
    stands as one that has answered, and the same file can be gone on with. Of an answer that is
    older than the one that was taken in, only the chosen differences are taken: the newer one
    stays what the section has answered.

    Raises RefusedError where nothing of the file can be taken, and ConflictError where the
    plan has changed since the review; then nothing is written.
    """
    outline, answer = workspace.outline, review.answer
    if reason := matching.identity_error(outline, plan_key(workspace), answer):
        raise errors.RefusedError(reason)
    wanted = [each for each in review.differences if each.id in chosen]
    if review.is_older and not wanted:
        raise errors.RefusedError(
            "先に取り込んだ同じ課の回答より古い回答です。取り込むところが選ばれていません。"
        )
    for difference in wanted:
        _expect_unchanged(outline, difference)
    section = outline.sections[answer.key.section_id].name
    now = workspace.now().isoformat(timespec="seconds")
    with workspace.transact(f"{section}の回答を取込") as session:
        write_differences(session, outline, answer.key.section_id, wanted)
        (row,) = _inquiry_rows(session, [answer])
        cells = [(each.cell, each.answer.value) for each in wanted if not each.addition]
        row.taken_cells = taken.noted(row.taken_cells, (*review.agreed, *cells))
        if review.is_older:
            return
        confirm(session, outline, review)
        row.answer_file, row.answer_saved_at = answer.file, answer.saved_at
        _sign(row, answer)
        if finishes:
            row.answered_at = row.answered_at or now
            row.accepted_at, row.answer_hash = now, answer.hash
        elif (row.answered_at or "") <= (row.accepted_at or ""):
            row.answered_at = now


def record_received(workspace: Workspace, answers: Sequence[form.Answer]) -> None:
    """Keep that answers have come, before somebody decides about them, as one step.

    Those that have no place in the round which is shown, and files that were taken in or wait
    already, are passed over.
    """
    outline, key, kept = workspace.outline, plan_key(workspace), inquiries(workspace)
    waiting = {
        (each.section_id, each.sent_at, each.answer_file)
        for each in kept
        if (each.answered_at or "") > (each.accepted_at or "")
    }
    new = [
        each
        for each in answers
        if not matching.identity_error(outline, key, each)
        and not matching.accepted_before(kept, each)
        and (each.key.section_id, each.key.sent_at, each.file) not in waiting
    ]
    if not new:
        return
    names = dict.fromkeys(outline.sections[each.key.section_id].name for each in new)
    who = next(iter(names)) if len(names) == 1 else f"{len(names)}課"
    now = workspace.now().isoformat(timespec="seconds")
    with workspace.transact(f"{who}の回答を受領") as session:
        for answer, row in zip(new, _inquiry_rows(session, new), strict=True):
            if answer.saved_at and answer.saved_at < row.answer_saved_at:
                continue  # a newer one has been taken in
            row.answered_at, row.answer_file = now, answer.file
            _sign(row, answer)


def _sign(row: tables.InquiryRow, answer: form.Answer) -> None:
    """Keep who answered, where the form asks: who confirmed another file says nothing of it."""
    if answer.has_ticks:
        for name, text in answer.signatures._asdict().items():
            setattr(row, name, text)


def _inquiry_rows(session: Session, answers: Sequence[form.Answer]) -> list[tables.InquiryRow]:
    """Return the row of each sending that was answered; one that nobody kept is kept now."""
    rounds = {each.key.round_id for each in answers}
    known: dict[tuple[int, int, str | None], tables.InquiryRow] = {}
    for row in fetching.fetch_where(session, tables.InquiryRow, round_id=rounds):
        known.setdefault((row.round_id, row.section_id, row.sent_at), row)
    found = []
    for answer in answers:
        key = answer.key
        row = known.setdefault(
            (key.round_id, key.section_id, key.sent_at),
            tables.InquiryRow(
                round_id=key.round_id, section_id=key.section_id, sent_at=key.sent_at
            ),
        )
        session.add(row)
        found.append(row)
    return found


def _expect_unchanged(outline: Outline, difference: ReplyDifference) -> None:
    """Raise ConflictError unless the plan still says what the review shows beside the answer."""
    action_id, field = difference.action_id, difference.field
    if action_id not in outline.placed:
        raise errors.ConflictError(
            "確認のあとで、実行計画が計画から外れました。もう一度確認してください。"
        )
    if difference.is_new_line:
        return
    if difference.line_id:
        lines = outline.lines.get(action_id, ())
        line = next((each for each in lines if each.id == difference.line_id), None)
        present = line_values(outline, line)[field] if line else ""
    else:
        present = action_values(outline, action_id)[field]
    if tidy(present) != tidy(difference.now.value):
        raise errors.ConflictError(
            f"確認のあとで「{outline.actions[action_id].title}」の{field.form.label}が"
            "変更されています。回答は取り込んでいません。もう一度確認してください。"
        )


_Line = tuple[int, int, int]  # the action, the line (0 is none), which new one of the action
_FieldValues = dict[action_fields.Field[Any], Any]


def write_differences(
    session: Session, outline: Outline, section_id: int, wanted: Iterable[ReplyDifference]
) -> None:
    """Give the plan the values of the answer; the section's new lines stand behind the others.

    Raises ConflictError, GoneError and RefusedError.
    """
    lines: dict[_Line, _FieldValues] = {}
    actions: dict[int, _FieldValues] = {}
    additions: dict[int, list[str]] = {}
    for each in wanted:
        if each.addition:
            additions.setdefault(each.action_id, []).append(each.addition)
            continue
        if each.field in form.LINE_FIELDS:
            answered = lines.setdefault((each.action_id, each.line_id, each.place), {})
        else:
            answered = actions.setdefault(each.action_id, {})
        answered[each.field] = _value(outline, each.field, each.answer.value)
    for row, answered in _line_rows(session, outline, section_id, lines):
        set_columns(row, answered, action_fields.Scope.LINE)
        row.carried = 0
    for action_id, texts in additions.items():
        answered = actions.setdefault(action_id, {})
        note = action_fields.NOTE
        before = answered[note] if note in answered else note.of(outline, action_id)
        answered[note] = _value(outline, note, joined_note(before, texts))
    for action_id, answered in actions.items():
        write_values(session, outline, action_id, answered)


def confirm(session: Session, outline: Outline, review: Review) -> None:
    """Let what came back as it was no longer stand as in the round before (前回のまま).

    Raises GoneError.
    """
    for action_id in dict.fromkeys(row.action_id for row in review.answer.sent):
        for line in outline.lines.get(action_id, ()):
            if line.carried and line.id in review.confirmed_lines:
                fetch(session, tables.ProgressRow, line.id).carried = 0
        outlook = outline.outlooks.get(action_id)
        if outlook and outlook.carried and action_id in review.confirmed_outlooks:
            fetch(session, tables.OutlookRow, outlook.id).carried = 0


def _line_rows(
    session: Session, outline: Outline, section_id: int, lines: dict[_Line, _FieldValues]
) -> Iterator[tuple[tables.ProgressRow, _FieldValues]]:
    """Yield the row of each line; one that is not there, or no longer, is added.

    A new line says whose it is where lines do so, and where it is not the lead's.
    """
    added: dict[int, int] = {}
    has_own_grades = keeps_own_grades(outline)
    for (action_id, line_id, _), answered in lines.items():
        present = outline.lines.get(action_id, ())
        if any(line.id == line_id for line in present):
            yield fetch(session, tables.ProgressRow, line_id), answered
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
        yield row, answered


def _value(outline: Outline, field: action_fields.Field[Any], text: str) -> Any:
    """Return what the plan holds for the text of a form. Raises ConflictError."""
    try:
        return field.type.load(text, field_types.OutlineNames(outline), field.form.label)
    except errors.InvalidInputError as error:
        if not field.type.is_chosen:
            raise
        raise errors.ConflictError(
            f"確認のあとで「{text}」という選択肢がなくなりました。"
            "回答は取り込んでいません。もう一度確認してください。"
        ) from error
