"""Who was asked, who answered, who is late, and the mail that asks those again."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies import asking
from kyodo_desktop.domain.replies.addressing import addressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry, Section
    from kyodo_desktop.domain.replies.addressing import Contact


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
    there is none; days are `YYYY-MM-DD`. `actions` counts those that its form asks about, and
    `confirmed` those of them that are no longer as in the round before. `answered_by` and the
    like are what it wrote.
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
    confirmed: int = 0
    answered_by: str = ""
    extension: str = ""
    manager_confirmed: str = ""
    addressee: Addressee = Addressee.SECTION


def reply_states(
    outline: Outline, asked: dict[int, list[int]], inquiries: Sequence[Inquiry], today: str
) -> list[InquiryState]:
    """Return the sections that are or could be asked, in the plan's order.

    `asked` are the actions in each section's form, `inquiries` those of one round, the oldest
    first.
    """
    return [
        _state(section, len(actions := asked.get(section.id, ())), mine, today)._replace(
            confirmed=sum(is_confirmed(outline, each, section.id) for each in actions)
        )
        for section in outline.sections.values()
        if (mine := [each for each in inquiries if each.section_id == section.id])
        or section.id in asked
    ]


def is_confirmed(outline: Outline, action_id: int, section_id: int) -> bool:
    """Tell whether what a section answers for in an action is there, and not 前回のまま."""
    is_lead = asking.leads(outline, action_id, section_id)
    mine = asking.lines_of(outline.lines.get(action_id, ()), section_id, is_lead=is_lead)
    outlook = outline.outlooks.get(action_id) if is_lead else None
    is_carried = outlook is not None and outlook.carried
    return bool(mine) and not (is_carried or any(line.carried for line in mine))


def waited_for(outline: Outline, inquiries: Sequence[Inquiry], today: str) -> list[int]:
    """Return the sections that have been asked in a round and have not answered yet."""
    asked = {each.section_id for each in inquiries}
    mine = {key: [each for each in inquiries if each.section_id == key] for key in asked}
    return [
        section.id
        for section in outline.sections.values()
        if section.id in asked and _state(section, 0, mine[section.id], today).state.is_waited_for
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
        actions=actions,
        sendings=len(inquiries),
        sent_at=sent,
        due_on=due,
        answered_at=answered,
        accepted_at=accepted,
        answer_file=files[-1].answer_file,
        answered_by=files[-1].answered_by,
        extension=files[-1].extension,
        manager_confirmed=files[-1].manager_confirmed,
        addressee=Addressee(newest.addressee),
    )


def reminder_text(
    plan_title: str, round_name: str, states: Sequence[InquiryState], contact: Contact
) -> str:
    """Return the mail for those of the sections that are waited for; else an empty text.

    It calls them as the forms did.
    """
    waited = [each for each in states if each.state.is_waited_for]
    if not waited:
        return ""
    whom = "照会元まで" if contact.text else ""
    return "\n".join(
        (
            f"件名：【再度のお願い】「{plan_title}」進捗状況の照会（{round_name}）について",
            "",
            _called(waited),
            "",
            "いつもお世話になっております。",
            f"「{plan_title}」の進捗状況の照会（{round_name}）につきまして、"
            "次のとおり回答票をお送りしておりますが、ご回答をまだ確認できておりません。",
            "",
            *map(_asked, waited),
            "",
            "お忙しいところ誠に恐れ入りますが、お手元の回答票（Excel）にご記入のうえ、"
            "ご返送くださいますようお願いいたします。",
            f"回答票が見当たらない場合や、ご不明な点がある場合は、{whom}ご連絡ください。",
            "なお、行き違いで既にご回答いただいておりましたら、ご容赦ください。",
            *(("", f"照会元　{contact.text}") if contact.text else ()),
        )
    )


def _called(states: Sequence[InquiryState]) -> str:
    """Return 総務課、福祉課　御中, or each of them as it is called: 総務課長　様、議会　御中."""
    if any(each.addressee is not Addressee.SECTION for each in states):
        return "、".join(addressed(each.section.name, each.addressee) for each in states)
    return f"{'、'.join(each.section.name for each in states)}　御中"


def _asked(state: InquiryState) -> str:
    sent = f"{day_label(state.sent_at[:10])}発送" if state.sent_at else ""
    due = f"回答期限 {day_label(state.due_on)}" if state.due_on else ""
    return f"・{state.section.name}（{'、'.join(filter(None, (sent, due)))}）"
