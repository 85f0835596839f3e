"""Makes a review of an answer, a plan, and what is kept of its inquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.answered import AnsweredRow, RowReader
from kyodo_desktop.domain.replies.asking import leads
from kyodo_desktop.domain.replies.belonging import (
    accepted_before,
    file_remarks,
    misplaced,
    newest_sending,
)
from kyodo_desktop.domain.replies.comparing import Comparison
from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.domain.replies.matching import Match, Matching, name_of
from kyodo_desktop.domain.replies.review import Remark, Review, Severity
from kyodo_desktop.domain.replies.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry
    from kyodo_desktop.domain.replies.form import Answer


def reviewed(
    outline: Outline, plan_key: str, inquiries: Sequence[Inquiry], answer: Answer
) -> Review:
    """Return what an answer would change in the round that is shown."""
    if reason := misplaced(outline, plan_key, answer):
        return Review(answer, answer.section, (Remark(Severity.BLOCKING, reason),))
    words = Words(outline)
    reader = RowReader(words)
    matching = Matching(answer, reader.is_as_sent)
    comparison = Comparison(outline, words, answer.key.section_id)
    rows = [
        reader.read(match) for match in matching.matches if match.sent.action_id in outline.placed
    ]
    for row in rows:
        if not row.match.is_new:
            comparison.compare(row)
    for row in rows:
        comparison.add_lines(row)
    of_rows = [
        *matching.remarks,
        *reader.remarks,
        *_left(outline, matching.matches, reader),
        *_moved(outline, rows, answer.key.section_id),
    ]
    return Review(
        answer,
        outline.sections[answer.key.section_id].name,
        (*file_remarks(outline, answer, inquiries), *sorted(of_rows, key=lambda each: each.row)),
        tuple(comparison.differences),
        frozenset(comparison.confirmed_lines),
        frozenset(comparison.confirmed_outlooks & outline.outlooks.keys()),
        is_accepted=accepted_before(inquiries, answer) is not None,
        is_outdated=newest_sending(inquiries, answer) > answer.key.sent_at,
    )


def _left(outline: Outline, matches: Sequence[Match], reader: RowReader) -> Iterator[Remark]:
    """Yield what is to be said of rows whose action is no longer in the plan."""
    for match in matches:
        action_id, row = match.sent.action_id, match.row
        if action_id in outline.placed:
            continue
        joined = outline.joinings.get(action_id)
        into = outline.actions.get(joined.into_id) if joined else None
        reason = f"「{into.title}」にまとめられました" if into else "計画から外れています"
        is_answered = match.is_new or not reader.is_as_sent(match.sent, row)
        severity = Severity.WARNING if is_answered else Severity.NOTE
        text = f"{row.row}行目：{name_of(match.sent)}は{reason}。この行の回答は取り込みません。"
        yield Remark(severity, text, row.row)


def _moved(outline: Outline, rows: Sequence[AnsweredRow], section_id: int) -> Iterator[Remark]:
    """Yield what is to be said of answers for which another section stands now."""
    for answered in rows:
        sent, row = answered.match.sent, answered.match.row
        was_lead = AnswerField.DUE in sent.values
        if not was_lead or leads(outline, sent.action_id, section_id):
            continue
        if answered.more or any(map(answered.changed, answered.values)):
            now = outline.lead(sent.action_id) or "なし"
            text = f"{row.row}行目：{name_of(sent)}の主担当は、今は「{now}」です。"
            yield Remark(Severity.WARNING, text, row.row)
