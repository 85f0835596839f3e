"""Tells one plan from another, however their files are called."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
