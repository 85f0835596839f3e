"""The month by which 期限超過 is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline


def judged_by(outline: Outline, today: str) -> str:
    """Return that of a closed round, whose late work stays late; else the present month.

    Months are `YYYY-MM`.
    """
    shown = outline.round
    return shown.as_of[:7] if shown is not None and shown.closed_at else today
