"""照会: whom one can ask, the forms that go out, and who of those that were asked has answered."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import action_fields, errors, inputs
from kyodo_desktop.domain.plan import Addressee, Inquiry, Role, Section, StatusKind
from kyodo_desktop.domain.replies import asking, states
from kyodo_desktop.domain.replies.addressing import contact_of
from kyodo_desktop.domain.replies.form import FORM_FIELDS, FormKey, FormStatus, ReplyForm
from kyodo_desktop.services.rows import open_round_id
from kyodo_desktop.store import fetching, reading, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.replies.states import InquiryState
    from kyodo_desktop.services.workspace import Workspace


_FOUNDING = "SELECT at, author, label FROM operation ORDER BY id LIMIT 1"
_LENGTH = 32


def plan_key(workspace: Workspace) -> str:
    """Return what all copies of a plan's file share and no other plan has.

    It is made from the first step of the history, which nothing takes back: the key stays
    the same through renaming, copying, undo and the years.
    """
    with workspace.reading() as connection:
        founding = connection.execute(_FOUNDING).fetchone()
    return hashlib.sha256("\n".join(founding).encode()).hexdigest()[:_LENGTH]


_NEWEST = "WHERE covering <> '' ORDER BY sent_at DESC, id DESC LIMIT 1"


def last_sent(workspace: Workspace) -> Inquiry | None:
    """Return the newest inquiry of any round that had a covering text."""
    with workspace.reading() as connection:
        return next(iter(reading.read_all(connection, Inquiry, _NEWEST)), None)


def inquiries(workspace: Workspace) -> list[Inquiry]:
    """Return what is kept of all inquiries of the round that is shown, the oldest first."""
    shown = workspace.outline.round
    if shown is None:
        return []
    with workspace.reading() as connection:
        clause = f"WHERE round_id = {shown.id} ORDER BY sent_at, id"
        return list(reading.read_all(connection, Inquiry, clause))


DUE_FIELD, COVERING_FIELD = "回答期限", "依頼文"


class AskableSection(NamedTuple):
    """How many actions of the round a section leads or is related to.

    `asked` of them would be in its form: those it leads, and those with a line of its own.
    """

    section: Section
    lead: int
    related: int
    asked: int


def askable_sections(workspace: Workspace) -> list[AskableSection]:
    """Return all sections in the plan's order; one with nothing `asked` gets no form."""
    outline = workspace.outline
    asked = asking.asked_actions(outline)
    parts = Counter(
        (each.section_id, each.role)
        for action_id in asking.printed_actions(outline)
        for each in outline.assignments.get(action_id, ())
    )
    return [
        AskableSection(
            section,
            parts[section.id, Role.LEAD],
            parts[section.id, Role.RELATED],
            len(asked.get(section.id, ())),
        )
        for section in outline.sections.values()
    ]


class SharedAction(NamedTuple):
    """An action for which each of these sections would fill in the same line."""

    action_id: int
    label: str
    sections: dict[int, str]


def shared_actions(workspace: Workspace) -> list[SharedAction]:
    """Return the actions of the round, as printed, that several sections would be asked for."""
    outline = workspace.outline
    return [
        SharedAction(
            action_id,
            outline.label(outline.home(action_id)),
            {each: outline.sections[each].name for each in section_ids},
        )
        for action_id, section_ids in asking.asked_together(outline).items()
    ]


def unasked_actions(workspace: Workspace) -> list[int]:
    """Return the actions of the round, as printed, that no section's form would have."""
    outline = workspace.outline
    asked = {each for actions in asking.asked_actions(outline).values() for each in actions}
    return [each for each in asking.printed_actions(outline) if each not in asked]


def reply_forms(
    workspace: Workspace,
    section_ids: Sequence[int],
    due_on: str,
    covering: str,
    sent_at: str,
    *,
    addressee: Addressee = Addressee.SECTION,
) -> list[ReplyForm]:
    """Return a form a section for the round that is shown; nothing is written.

    `due_on` is `YYYY-MM-DD`, `sent_at` local time with its offset (`workspace.now()` in ISO
    format). Raises RefusedError for a round that is closed and for a section with nothing to
    answer, InvalidInputError for a day that is not in the calendar.
    """
    outline = workspace.outline
    round_id = open_round_id(outline)
    due_on = inputs.checked_day(due_on, DUE_FIELD)
    covering = inputs.checked_text(covering, COVERING_FIELD)
    plan, rows = plan_key(workspace), asking.FormRows(outline)
    choices = {
        field: tuple(text for _, text in field.type.options(outline))
        for field in FORM_FIELDS
        if field.type.is_chosen and field is not action_fields.STATUS
    }
    forms = [
        ReplyForm(
            key=FormKey(plan, round_id, section_id, sent_at),
            plan_title=outline.plan.title,
            round_name=outline.rounds[round_id].name,
            last_round=outline.previous.round.name if outline.previous else "",
            section=outline.sections[section_id].name,
            due_on=due_on,
            covering=covering,
            statuses=tuple(
                FormStatus(
                    each.mark,
                    "" if each.label == each.mark else each.label,
                    each.definition,
                    each.kind == StatusKind.ONGOING,
                )
                for each in outline.statuses.values()
            ),
            choices=choices,
            rows=rows.rows(section_id),
            addressee=addressee,
            contact=contact_of(outline.plan),
            action_word=outline.action_word,
        )
        for section_id in dict.fromkeys(section_ids)
    ]
    _refuse_empty(forms)
    return forms


def _refuse_empty(forms: Sequence[ReplyForm]) -> None:
    empty = [form.section for form in forms if not form.rows]
    if empty:
        raise errors.RefusedError(
            f"「{'」「'.join(empty)}」には、この調査で主担当の実行計画がないため、回答票を"
            "作成できません。選択から外すか、先に実行計画の担当課を設定してください。"
        )
    if not forms:
        raise errors.RefusedError("照会する担当課が選ばれていません。1つ以上選んでください。")


def record_sent(workspace: Workspace, forms: Sequence[ReplyForm]) -> None:
    """Keep that these forms were sent, as one step: 「照会を発送：20課」.

    A section that was asked before is asked anew; its older form is then told from the newer.
    Raises RefusedError where another round is shown than the forms ask about.
    """
    if not forms:
        return
    round_id = open_round_id(workspace.outline)
    if any(form.key.round_id != round_id for form in forms):
        raise errors.RefusedError(
            "表示している調査が、回答票を作成したときと変わっています。"
            "調査を選び直してから、もう一度照会してください。"
        )
    who = forms[0].section if len(forms) == 1 else f"{len(forms)}課"
    with workspace.transact(f"照会を発送：{who}") as session:
        known = {
            (row.section_id, row.sent_at): row
            for row in fetching.fetch_where(session, tables.InquiryRow, round_id=[round_id])
        }
        for form in forms:
            key = form.key.section_id, form.key.sent_at
            row = known.get(key) or tables.InquiryRow(
                round_id=round_id, section_id=key[0], sent_at=key[1]
            )
            row.due_on, row.covering = form.due_on, form.covering
            row.addressee = form.addressee.value
            session.add(row)


def inquiry_states(workspace: Workspace, today: str) -> list[InquiryState]:
    """Return how things stand with each section that is or could be asked; `today` is a day.

    A section is 期限超過 when it has been asked, has not answered, and the day is past.
    """
    outline = workspace.outline
    return states.reply_states(outline, asking.asked_actions(outline), inquiries(workspace), today)


class Unanswered(NamedTuple):
    """The sections of the round that have not answered, of how many that were asked."""

    section_ids: tuple[int, ...]
    asked: int


def unanswered(workspace: Workspace, today: str) -> Unanswered:
    """Return who of those that were asked in the round which is shown is waited for."""
    known = inquiries(workspace)
    waited = states.waited_for(workspace.outline, known, today)
    return Unanswered(tuple(waited), len({each.section_id for each in known}))


def sections_waited_for(workspace: Workspace, today: str) -> list[str]:
    """Return the names of the sections that were asked in the round and have not answered."""
    sections = workspace.outline.sections
    return [sections[each].name for each in unanswered(workspace, today).section_ids]


def actions_asked_of(workspace: Workspace, section_ids: Iterable[int]) -> frozenset[int]:
    """Return the actions that are in the forms of any of these sections."""
    asked = asking.asked_actions(workspace.outline)
    return frozenset(each for key in section_ids for each in asked.get(key, ()))


def reminder_text(workspace: Workspace, chosen: Sequence[InquiryState]) -> str:
    """Return a mail to those of the sections that have been asked and have not answered.

    Where there is none it is empty.
    """
    outline = workspace.outline
    round_name = outline.round.name if outline.round else ""
    contact = contact_of(outline.plan)
    return states.reminder_text(outline.plan.title, round_name, chosen, contact)
