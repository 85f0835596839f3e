"""Takes an answer in: one step, with what was chosen of it and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ConflictError, RefusedError
from kyodo_desktop.domain.replies.answers import tidy
from kyodo_desktop.domain.replies.asking import action_values, line_values
from kyodo_desktop.domain.replies.matching import accepted_before, identity_error
from kyodo_desktop.services.inquiries.answered_rows import confirm, write_differences
from kyodo_desktop.services.inquiries.keys import plan_key
from kyodo_desktop.services.inquiries.reviewing import inquiries
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.form import Answer
    from kyodo_desktop.domain.replies.review import ReplyDifference, Review
    from kyodo_desktop.services.workspace import Workspace


def accept(workspace: Workspace, review: Review, chosen: Collection[int]) -> None:
    """Take the chosen differences (by id) over and keep that the section has answered.

    One step: 「〇〇課の回答を取込」. What came back as it was is confirmed: a section that
    returns its form has looked at it, so those lines no longer stand as 前回のまま. What was
    not chosen stays as it is now, unconfirmed. Nothing chosen is an answer without changes.

    Raises RefusedError where nothing of the file can be taken, and ConflictError where the
    plan has changed since the review; then nothing is written.
    """
    outline, answer = workspace.outline, review.answer
    if reason := identity_error(outline, plan_key(workspace), answer):
        raise RefusedError(reason)
    wanted = [each for each in review.differences if each.id in chosen]
    for difference in wanted:
        _expect_unchanged(outline, difference)
    section = outline.sections[answer.key.section_id].name
    now = workspace.now().isoformat(timespec="seconds")
    with workspace.transact(f"{section}の回答を取込") as session:
        write_differences(session, outline, answer.key.section_id, wanted)
        confirm(session, outline, review)
        row = _inquiry_row(session, answer)
        row.answered_at = row.answered_at or now
        row.accepted_at, row.answer_file, row.answer_hash = now, answer.file, answer.hash


def record_received(workspace: Workspace, answers: Sequence[Answer]) -> None:
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
        if not identity_error(outline, key, each)
        and not accepted_before(kept, each)
        and (each.key.section_id, each.key.sent_at, each.file) not in waiting
    ]
    if not new:
        return
    names = dict.fromkeys(outline.sections[each.key.section_id].name for each in new)
    told = next(iter(names)) if len(names) == 1 else f"{len(names)}課"
    now = workspace.now().isoformat(timespec="seconds")
    with workspace.transact(f"{told}の回答を受領") as session:
        for answer in new:
            row = _inquiry_row(session, answer)
            row.answered_at, row.answer_file = now, answer.file


def _inquiry_row(session: Session, answer: Answer) -> tables.InquiryRow:
    """Return the row of the sending which was answered; one that nobody kept is kept now."""
    key = answer.key
    for row in fetch_where(session, tables.InquiryRow, round_id=[key.round_id]):
        if (row.section_id, row.sent_at) == (key.section_id, key.sent_at):
            return row
    row = tables.InquiryRow(round_id=key.round_id, section_id=key.section_id, sent_at=key.sent_at)
    session.add(row)
    session.flush()
    return row


def _expect_unchanged(outline: Outline, difference: ReplyDifference) -> None:
    """Raise ConflictError unless the plan still says what the review shows beside the answer."""
    action_id, field = difference.action_id, difference.field
    if action_id not in outline.placed:
        raise ConflictError(
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
        raise ConflictError(
            f"確認のあとで「{outline.actions[action_id].title}」の{field.label}が"
            "変更されています。回答は取り込んでいません。もう一度確認してください。"
        )
