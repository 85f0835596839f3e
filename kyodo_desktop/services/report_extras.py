"""Gathers what a report tells beside the plan itself."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from kyodo_desktop.domain import reporting
from kyodo_desktop.domain.changes import field_changes
from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.narrowing import WHOLE_PLAN, Narrowing, narrowed, narrowed_comparison
from kyodo_desktop.domain.replies.addressing import contact_of
from kyodo_desktop.domain.replies.states import reply_states
from kyodo_desktop.domain.totals import term_totals
from kyodo_desktop.services import checking, comparing, history_rewind
from kyodo_desktop.services.history import Entry, entries
from kyodo_desktop.services.inquiries.asking import inquiries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.services.workspace import Workspace

_PAGE = 500  # steps read at once


def reported(workspace: Workspace) -> Outline:
    """Return the plan that a report prints: that of a closed round as it was closed."""
    shown = workspace.outline.round
    if shown is None or shown.closed_at is None:
        return workspace.outline
    return history_rewind.as_of_round(workspace, shown.id, with_previous=True)


def gathered(
    workspace: Workspace,
    wanted: Collection[reporting.Extra],
    narrowing: Narrowing = WHOLE_PLAN,
    *,
    only_public: bool = False,
) -> reporting.Extras:
    """Read the wanted parts, as values that may go into a thread.

    Findings, the round before and the years are those of the part that was chosen. With
    `only_public` no change of an internal field is among them. Raises InvalidInputError as
    `narrowed` does.
    """
    extra = reporting.Extra
    comparison = before_after = None
    if extra.COMPARISON in wanted:
        comparison = _comparison(workspace, narrowing, only_public=only_public)
    if extra.BEFORE_AFTER in wanted:
        before_after = _before_after(workspace, only_public=only_public)
    findings = _findings(workspace, narrowing) if extra.FINDINGS in wanted else ()
    history = history_lines(workspace) if extra.HISTORY in wanted else ()
    years = _years(workspace, narrowing) if extra.YEARS in wanted else ()
    return reporting.Extras(
        comparison=comparison,
        findings=tuple(findings),
        before_after=before_after,
        history=tuple(islice(history, reporting.MOST_HISTORY_LINES)),
        years=tuple(years),
        contacts=tuple(_contacts(workspace)) if extra.CONTACTS in wanted else (),
        records=tuple(_records(workspace)) if extra.RECORDS in wanted else (),
    )


def _records(workspace: Workspace) -> Iterator[Record]:
    """Yield what each round before the one that is shown says."""
    shown, known = workspace.outline.round, workspace.outline.rounds
    if shown is None:
        return
    for earlier in takewhile(lambda each: each != shown.id, known):
        record = history_rewind.load_round_at(workspace, earlier).record
        assert record is not None, "a known round says something"
        yield record


def _comparison(
    workspace: Workspace, narrowing: Narrowing, *, only_public: bool
) -> Comparison | None:
    previous = workspace.outline.previous
    if previous is None:
        return None
    before = history_rewind.as_of_round(workspace, previous.round.id)
    comparison = narrowed_comparison(compare(before, reported(workspace)), narrowing)
    return comparison.published() if only_public else comparison


def _years(workspace: Workspace, narrowing: Narrowing) -> Iterator[reporting.RoundTotals]:
    """Yield what each round counted, as its own report said, up to the one that is shown."""
    shown = reported(workspace)
    for outline in _rounds(workspace, shown):
        part = outline
        if narrowing:
            part = narrowed_comparison(compare(outline, shown), narrowing).before
        for each in term_totals(part):
            assert outline.round is not None, "a round sees the plan as of itself"
            yield reporting.RoundTotals(
                outline.round, outline.title(each.term), outline.statuses, each.net.total.now
            )


def _rounds(workspace: Workspace, shown: Outline) -> Iterator[Outline]:
    """Yield the plan as each round saw it, the one that is shown last."""
    for round_id in workspace.outline.rounds if shown.round else ():
        if shown.round is not None and round_id == shown.round.id:
            yield shown
            return
        yield history_rewind.as_of_round(workspace, round_id)


def _before_after(workspace: Workspace, *, only_public: bool) -> reporting.BeforeAfterTable | None:
    """Return what the last revision changed, else what the next term did."""
    outline = workspace.outline
    if outline.revisions:
        return comparing.before_after_of_revision(
            workspace, [*outline.revisions][-1], only_public=only_public
        )
    planned = {each.term_id for each in outline.headings.values()}
    terms = [each for each in outline.terms if each in planned]
    if not terms[1:]:
        return None
    return comparing.before_after_of_terms(workspace, *terms[-2:], only_public=only_public)


def _findings(workspace: Workspace, narrowing: Narrowing) -> Iterator[reporting.CheckedFinding]:
    part = narrowed(reported(workspace), narrowing)
    for finding, note in checking.check(workspace):
        if not part.exists(finding.node):
            continue
        yield reporting.CheckedFinding(
            rule=RULES[finding.rule].name,
            node=finding.node,
            message=finding.message,
            suggestion=finding.suggestion,
            note=note,
            notice=finding.notice,
        )


def _contacts(workspace: Workspace) -> Iterator[reporting.SectionContact]:
    outline = workspace.outline
    asking_section = contact_of(outline.plan)
    if any(asking_section):
        yield reporting.SectionContact(*asking_section)
    for state in reply_states(outline, {}, inquiries(workspace), today=""):
        if state.answered_by or state.extension:
            yield reporting.SectionContact(state.section.name, state.answered_by, state.extension)


def history_lines(workspace: Workspace) -> Iterator[reporting.HistoryLine]:
    """Yield what was done to the plan, field by field, the newest step first."""
    before: int | None = None
    while page := entries(workspace, before=before, limit=_PAGE):
        for entry in page:
            yield from _lines(workspace, entry)
        before = page[-1].id


def _lines(workspace: Workspace, entry: Entry) -> Iterator[reporting.HistoryLine]:
    head = (entry.at, entry.author, entry.label)
    changes = list(field_changes(workspace.outline, entry.rows))
    yield from (reporting.HistoryLine(*head, *change) for change in changes)
    if not changes:
        yield reporting.HistoryLine(*head)
