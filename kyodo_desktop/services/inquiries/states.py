"""回答状況: who was asked in the round that is shown, who answered, and who is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies import states
from kyodo_desktop.domain.replies.asking import asked_actions
from kyodo_desktop.services.inquiries.reviewing import inquiries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.replies.states import InquiryState
    from kyodo_desktop.services.workspace import Workspace


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
