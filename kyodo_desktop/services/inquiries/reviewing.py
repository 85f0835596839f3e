"""Looks at answers before they are taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.plan import Inquiry
from kyodo_desktop.domain.replies.review import review_answer
from kyodo_desktop.services.inquiries.keys import plan_key
from kyodo_desktop.store.reading import read_all

if TYPE_CHECKING:
    from kyodo_desktop.domain.replies.form import Answer
    from kyodo_desktop.domain.replies.review import Review
    from kyodo_desktop.services.workspace import Workspace


def review(workspace: Workspace, answer: Answer) -> Review:
    """Return what an answer would change in the round that is shown; nothing is written.

    A review is about the plan of this moment: review again after an edit, also after another
    section's answer was accepted.
    """
    key, kept = plan_key(workspace), inquiries(workspace)
    return review_answer(workspace.outline, key, kept, answer)


def inquiries(workspace: Workspace) -> list[Inquiry]:
    """Return what is kept of all inquiries of the round that is shown, the oldest first."""
    shown = workspace.outline.round
    if shown is None:
        return []
    with workspace.reading() as connection:
        clause = f"WHERE round_id = {shown.id} ORDER BY sent_at, id"
        return list(read_all(connection, Inquiry, clause))
