"""Compares rounds, terms, revisions and days of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.comparing.comparison import Comparison, compare
from kyodo_desktop.domain.comparing.contrast import ContrastGroup, contrast, reasons_of
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.services.past import (
    as_of_round,
    first_step,
    operation_at,
    outline_at,
    turned_to_round,
)

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.pairing import Terms
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def compare_rounds(workspace: Workspace, earlier_id: int, later_id: int) -> Comparison:
    """Compare what two rounds saw and said."""
    return compare(as_of_round(workspace, earlier_id), as_of_round(workspace, later_id))


def compare_terms(workspace: Workspace, earlier_id: int, later_id: int) -> Comparison:
    """Compare two terms as they are now, the earlier one with what its last round says."""
    outline = workspace.outline
    last = [
        each.id
        for each in outline.rounds.values()
        if each.fiscal_year <= outline.terms[earlier_id].last_fiscal_year
    ]
    before = turned_to_round(workspace, last[-1]) if last else outline
    return compare(before, outline, terms=(frozenset({earlier_id}), frozenset({later_id})))


def compare_steps(workspace: Workspace, earlier: int, later: int) -> Comparison:
    """Compare the whole plan after two steps of its history."""
    before, after = outline_at(workspace, earlier), outline_at(workspace, later)
    return compare(before, after, terms=(_all_terms(before), _all_terms(after)))


def compare_days(workspace: Workspace, earlier: str, later: str) -> Comparison:
    """Compare the whole plan at the end of two days (`YYYY-MM-DD`)."""
    if later < earlier:
        raise InvalidInputError("後の日付", "が、前の日付より前です。日付を入れ替えてください。")
    return compare_steps(workspace, _step_at(workspace, earlier), _step_at(workspace, later))


def compare_revisions(workspace: Workspace, earlier_id: int, later_id: int) -> Comparison:
    """Compare the whole plan as two revisions left it."""
    revisions = workspace.outline.revisions
    return compare_steps(
        workspace, revisions[earlier_id].operation_id, revisions[later_id].operation_id
    )


def changed_by_revision(workspace: Workspace, revision_id: int) -> Comparison:
    """Compare the plan before a revision, as the one before left it, with that after it."""
    own = workspace.outline.revisions[revision_id].operation_id
    earlier = [
        each.operation_id
        for each in workspace.outline.revisions.values()
        if each.operation_id < own
    ]
    return compare_steps(workspace, max(earlier, default=first_step(workspace)), own)


def contrast_revision(workspace: Workspace, revision_id: int) -> list[ContrastGroup]:
    """Return the 新旧対照表 of a revision, with its reasons."""
    comparison = changed_by_revision(workspace, revision_id)
    return contrast(comparison, reasons_of(workspace.outline, revision_id))


def _step_at(workspace: Workspace, day: str) -> int:
    step = operation_at(workspace, day)
    if step is None:
        raise InvalidInputError(
            "日付",
            f"の{day_label(day)}には、まだ計画の記録がありません。後の日付を選んでください。",
        )
    return step


def _all_terms(outline: Outline) -> Terms:
    return frozenset(outline.terms)
