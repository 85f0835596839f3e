"""Who was asked, who answered, and who is late."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry, Section


class ReplyState(StrEnum):
    """How far a section's answer has come."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _STATE_LABELS[self]

    @property
    def is_waited_for(self) -> bool:
        """Tell whether the section has been asked and has not answered yet."""
        return self in (ReplyState.SENT, ReplyState.OVERDUE)


_STATE_LABELS = {
    ReplyState.NOT_SENT: "未発送",
    ReplyState.SENT: "発送済",
    ReplyState.OVERDUE: "期限超過",
    ReplyState.ANSWERED: "回答あり",
    ReplyState.ACCEPTED: "取込済",
}


class InquiryState(NamedTuple):
    """How things stand with one section in one round.

    `sent_at`, `due_on` and `covering` are those of the newest of its `sendings`; `answer_file`
    is the file that came or was taken in last. Times are local with their offset, empty where
    there is none; days are `YYYY-MM-DD`. `actions` counts those that its form asks about.
    """

    section: Section
    state: ReplyState
    actions: int
    sendings: int = 0
    sent_at: str = ""
    due_on: str = ""
    answered_at: str = ""
    accepted_at: str = ""
    answer_file: str = ""


def states(
    outline: Outline, asked: dict[int, list[int]], inquiries: Sequence[Inquiry], today: str
) -> list[InquiryState]:
    """Return the sections that are or could be asked, in the plan's order.

    `asked` are the actions in each section's form, `inquiries` those of one round, the oldest
    first.
    """
    return [
        _state(section, len(asked.get(section.id, ())), mine, today)
        for section in outline.sections.values()
        if (mine := [each for each in inquiries if each.section_id == section.id])
        or section.id in asked
    ]


def _state(
    section: Section, actions: int, inquiries: Sequence[Inquiry], today: str
) -> InquiryState:
    if not inquiries:
        return InquiryState(section, ReplyState.NOT_SENT, actions)
    newest = max(inquiries, key=lambda each: each.sent_at or "")
    answered = max((each.answered_at or "" for each in inquiries), default="")
    accepted = max((each.accepted_at or "" for each in inquiries), default="")
    files = sorted(inquiries, key=lambda each: max(each.answered_at or "", each.accepted_at or ""))
    sent, due = newest.sent_at or "", newest.due_on or ""
    if accepted and accepted >= max(answered, sent):
        state = ReplyState.ACCEPTED
    elif answered and answered >= sent:
        state = ReplyState.ANSWERED
    else:
        state = ReplyState.OVERDUE if due and due < today else ReplyState.SENT
    return InquiryState(
        section,
        state,
        actions,
        len(inquiries),
        sent,
        due,
        answered,
        accepted,
        files[-1].answer_file,
    )
