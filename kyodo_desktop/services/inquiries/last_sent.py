"""Finds the words that went out last time, to begin the next inquiry with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.plan import Inquiry
from kyodo_desktop.store.reading import read_all

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace

_NEWEST = "WHERE covering <> '' ORDER BY sent_at DESC, id DESC LIMIT 1"


def last_sent(workspace: Workspace) -> Inquiry | None:
    """Return the newest inquiry of any round that had a covering text."""
    with workspace.reading() as connection:
        return next(iter(read_all(connection, Inquiry, _NEWEST)), None)
