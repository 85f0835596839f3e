"""Gathers what a report tells beside the plan itself."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.catalogue import RULES
from kyodo_desktop.domain.describing import described
from kyodo_desktop.domain.reporting import (
    MOST_HISTORY_LINES,
    CheckedFinding,
    Extra,
    Extras,
    HistoryLine,
)
from kyodo_desktop.services.checking import check
from kyodo_desktop.services.comparing import compare_rounds
from kyodo_desktop.services.findings_text import path_of
from kyodo_desktop.services.history import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.services.workspace import Workspace

_PAGE = 500  # steps read at once


def gathered(workspace: Workspace, wanted: Collection[Extra]) -> Extras:
    """Read the wanted parts, as values that may go into a thread."""
    history = history_lines(workspace) if Extra.HISTORY in wanted else ()
    return Extras(
        comparison=_comparison(workspace) if Extra.COMPARISON in wanted else None,
        findings=tuple(_findings(workspace)) if Extra.FINDINGS in wanted else (),
        history=tuple(islice(history, MOST_HISTORY_LINES)),
    )


def _comparison(workspace: Workspace) -> Comparison | None:
    shown, previous = workspace.outline.round, workspace.outline.previous
    if shown is None or previous is None:
        return None
    return compare_rounds(workspace, previous.round.id, shown.id)


def _findings(workspace: Workspace) -> Iterator[CheckedFinding]:
    for finding, note in check(workspace):
        term, *path = path_of(workspace.outline, finding.node)
        yield CheckedFinding(
            rule=RULES[finding.rule].name,
            place=" ＞ ".join(path) or term,
            message=finding.message,
            suggestion=finding.suggestion,
            note=note,
            notice=finding.notice,
        )


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
