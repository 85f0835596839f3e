"""Gathers what a report tells beside the plan itself."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kyodo_desktop.domain.describing import described
from kyodo_desktop.domain.reporting import MOST_HISTORY_LINES, Extra, Extras, HistoryLine
from kyodo_desktop.services.history import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kyodo_desktop.services.workspace import Workspace

_PAGE = 500  # steps read at once


def gathered(workspace: Workspace, wanted: Collection[Extra]) -> Extras:
    """Read the wanted parts, as values that may go into a thread."""
    history = history_lines(workspace) if Extra.HISTORY in wanted else ()
    return Extras(history=tuple(islice(history, MOST_HISTORY_LINES)))


def history_lines(workspace: Workspace) -> Iterator[HistoryLine]:
    """Yield what was done to the plan, field by field, the newest step first."""
    before: int | None = None
    while page := entries(workspace, before=before, limit=_PAGE):
        for entry in page:
            yield from _lines(workspace, entry)
        before = page[-1].id


def _lines(workspace: Workspace, entry: Entry) -> Iterator[HistoryLine]:
    head = (entry.at, entry.author, entry.label)
    changes = list(described(workspace.outline, entry.rows))
    yield from (HistoryLine(*head, *change) for change in changes)
    if not changes:
        yield HistoryLine(*head)
