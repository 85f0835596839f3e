"""When Python may look for circular garbage: whoever makes much, or hurries, says so here."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

START = "start"
"""The holder from `__main__` to the painted window: imports make next to no garbage."""

_MANY = 20_000  # new objects; to look through them for garbage takes long enough to be felt

_holders: set[object] = set()


def pause_gc(holder: object) -> None:
    """Let the collector rest until every holder has resumed it."""
    _holders.add(holder)
    gc.disable()


def resume_gc(holder: object) -> None:
    """Turn the collector on, unless somebody else still holds it: then the last one does.

    What was made meanwhile by the ten thousand are values, which need no collector: they are
    not looked through. The garbage that a window made meanwhile stays with them.
    """
    _holders.discard(holder)
    if not _holders:
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        gc.enable()


@contextmanager
def gc_paused() -> Iterator[None]:
    """Do without the collector: of millions of cells it would take three quarters of the time."""
    if not gc.isenabled():
        yield
        return
    holder = object()
    pause_gc(holder)
    try:
        yield
    finally:
        _holders.discard(holder)
        if not _holders:
            gc.enable()


def freeze_lasting() -> None:
    """Leave what there is now alone for ever: it lasts as long as the program."""
    gc.freeze()


def collect_if_little() -> None:
    """Collect what is new, in this thread, unless that is much: then a thread is at work."""
    if gc.get_count()[0] < _MANY:
        gc.collect(1)
