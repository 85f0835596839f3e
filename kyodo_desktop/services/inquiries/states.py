"""回答状況: keeps that forms went out in the round that is shown, and says who is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.replies import states
from kyodo_desktop.domain.replies.asking import asked_actions
from kyodo_desktop.services.inquiries.asking import inquiries
from kyodo_desktop.services.rows import open_round_id
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.domain.replies.states import InquiryState
    from kyodo_desktop.services.workspace import Workspace


def record_sent(workspace: Workspace, forms: Sequence[ReplyForm]) -> None:
    """Keep that these forms were sent, as one step: 「照会を発送：20課」.

    A section that was asked before is asked anew; its older form is then told from the newer.
    Raises RefusedError where another round is shown than the forms ask about.
    """
    if not forms:
        return
    round_id = open_round_id(workspace.outline)
    if any(form.key.round_id != round_id for form in forms):
        raise RefusedError(
            "表示している調査が、回答票を作成したときと変わっています。"
            "調査を選び直してから、もう一度照会してください。"
        )
    who = forms[0].section if len(forms) == 1 else f"{len(forms)}課"
    with workspace.transact(f"照会を発送：{who}") as session:
        known = {
            (row.section_id, row.sent_at): row
            for row in fetch_where(session, tables.InquiryRow, round_id=[round_id])
        }
        for form in forms:
            key = form.key.section_id, form.key.sent_at
            row = known.get(key) or tables.InquiryRow(
                round_id=round_id, section_id=key[0], sent_at=key[1]
            )
            row.due_on, row.covering = form.due_on, form.covering
            session.add(row)


def inquiry_states(workspace: Workspace, today: str) -> list[InquiryState]:
    """Return how things stand with each section that is or could be asked; `today` is a day.

    A section is 期限超過 when it has been asked, has not answered, and the day is past.
    """
    outline = workspace.outline
    return states.reply_states(outline, asked_actions(outline), inquiries(workspace), today)


def reminder_text(workspace: Workspace, chosen: Sequence[InquiryState]) -> str:
    """Return a mail to those of the sections that have been asked and have not answered.

    Where there is none it is empty.
    """
    outline = workspace.outline
    round_name = outline.round.name if outline.round else ""
    return states.reminder_text(outline.plan.title, round_name, chosen)
