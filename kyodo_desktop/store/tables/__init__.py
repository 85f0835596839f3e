"""All tables of a plan's file, as classes: loaded when the first of them is used.

SQLModel takes longer to load than the whole rest of a start, and nobody needs it before an edit.
Who edits says `tables.ActionRow`, so that importing the editing module loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kyodo_desktop.store.tables.rows import *  # noqa: F403


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    import_module("kyodo_desktop.store.engine")  # which loads them: it is the door to SQLModel
    return getattr(import_module(f"{__name__}.rows"), name)
