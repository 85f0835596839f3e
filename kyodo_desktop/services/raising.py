"""Asks the window that has a plan open to come to the front, if it is one of this user's here.

A note in a folder of the user's own is named after the token by which that window holds the
plan. The window that finds its note takes it away: so it is known that it heard. Elsewhere, and
with another user, the folder is another one, and nobody answers.
"""

from __future__ import annotations

from contextlib import suppress
from platform import node as machine_name
from time import monotonic, sleep
from typing import TYPE_CHECKING

from kyodo_desktop.paths import is_there

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.store.lock import Holder

_ASK_AGAIN = 0.05  # seconds


def raise_window(folder: Path, holder: Holder | None, patience: float) -> bool:
    """Ask the window that holds a plan to come up; tell whether it heard within seconds."""
    if holder is None or not holder.token or holder.machine != machine_name():
        return False
    note = folder / holder.token
    try:
        folder.mkdir(parents=True, exist_ok=True)
        note.touch()
    except OSError:
        return False
    until = monotonic() + patience
    while is_there(note):
        if monotonic() > until:
            with suppress(OSError):
                note.unlink()
            return False
        sleep(_ASK_AGAIN)
    return True


def is_asked_for(folder: Path, token: str) -> bool:
    """Tell, once, whether the window that holds a plan by this token shall come up."""
    note = folder / token
    if not is_there(note):
        return False
    try:
        note.unlink()
    except OSError:
        return False
    return True
