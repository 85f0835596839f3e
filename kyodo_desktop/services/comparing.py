"""Compares rounds, terms, days and revisions of a plan, and keeps the revisions (見直し)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, fiscal_year, inputs
from kyodo_desktop.domain.comparing import before_after
from kyodo_desktop.domain.comparing.comparison import Comparison, Terms, compare
from kyodo_desktop.domain.reporting import BeforeAfterTable
from kyodo_desktop.domain.terms import has_actions
from kyodo_desktop.services import history_rewind
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Term
    from kyodo_desktop.services.workspace import Workspace


def compare_rounds(workspace: Workspace, earlier_id: int, later_id: int) -> Comparison:
    """Compare what two rounds saw and said."""
    return compare(
        history_rewind.as_of_round(workspace, earlier_id),
        history_rewind.as_of_round(workspace, later_id),
    )


def compare_terms(workspace: Workspace, earlier_id: int, later_id: int) -> Comparison:
    """Compare two terms as they are now, the earlier one with what its last round says."""
    outline = workspace.outline
    last = [
        each.id
        for each in outline.rounds.values()
        if each.fiscal_year <= outline.terms[earlier_id].last_fiscal_year
    ]
    before = history_rewind.load_round_at(workspace, last[-1]) if last else outline
    return compare(before, outline, terms=(frozenset({earlier_id}), frozenset({later_id})))


def compare_steps(workspace: Workspace, earlier: int, later: int) -> Comparison:
    """Compare the whole plan after two steps of its history."""
    before, after = (
        history_rewind.outline_at(workspace, earlier),
        history_rewind.outline_at(workspace, later),
    )
    return compare(before, after, terms=(_all_terms(before), _all_terms(after)))


def compare_days(workspace: Workspace, earlier: str, later: str) -> Comparison:
    """Compare the whole plan at the end of two days (`YYYY-MM-DD`).

    Raises InvalidInputError where the later one lies before the earlier.
    """
    if later < earlier:
        raise errors.InvalidInputError(
            "後の日付", "が、前の日付より前です。日付を入れ替えてください。"
        )
    return compare_steps(workspace, _step_at(workspace, earlier), _step_at(workspace, later))


def compare_revisions(workspace: Workspace, earlier_id: int, later_id: int) -> Comparison:
    """Compare the whole plan as two revisions left it."""
    revisions = workspace.outline.revisions
    return compare_steps(
        workspace, revisions[earlier_id].operation_id, revisions[later_id].operation_id
    )


def changed_by_revision(workspace: Workspace, revision_id: int) -> Comparison:
    """Compare the plan that was in force before a revision with that after it.

    In force is what the revision before left. Before the first one it is the plan as it was
    adopted, which nothing in a file marks: as it stood when its present term began, if the file
    is that old; else as it was reported first, when a round was closed or the next one opened
    with actions of that term in it. What was imported, typed and put right until then is how
    the plan came into the file and no revision. Where nothing was reported yet it is the plan
    with which its first round was opened; and before there was a round, a revision is the
    adoption itself, which changes nothing.
    """
    earlier, _ = _in_force_before(workspace, revision_id)
    own = workspace.outline.revisions[revision_id].operation_id
    return compare_steps(workspace, earlier, own)


def before_after_of_revision(
    workspace: Workspace, revision_id: int, *, only_public: bool = False
) -> BeforeAfterTable:
    """Return the 新旧対照表 of a revision, with its reasons; see `changed_by_revision`."""
    revision = workspace.outline.revisions[revision_id]
    step, name = _in_force_before(workspace, revision_id)
    comparison = compare_steps(workspace, step, revision.operation_id)
    groups = before_after.before_after_table(
        comparison.published() if only_public else comparison,
        before_after.reasons_of(workspace.outline, revision_id),
    )
    decided_on = fiscal_year.day_label(revision.decided_on)
    return BeforeAfterTable(
        f"見直し「{revision.name}」（{decided_on}決定）", tuple(groups), name, revision.decided_on
    )


def before_after_of_terms(
    workspace: Workspace, earlier_id: int, later_id: int, *, only_public: bool = False
) -> BeforeAfterTable:
    """Return the 新旧対照表 of two terms, with what became of each action."""
    comparison = compare_terms(workspace, earlier_id, later_id)
    groups = before_after.before_after_table(comparison.published() if only_public else comparison)
    old, new = (workspace.outline.terms[each].name for each in (earlier_id, later_id))
    return BeforeAfterTable(_sides(old, new), tuple(groups), old)


def before_after_of_days(workspace: Workspace, earlier: str, later: str) -> BeforeAfterTable:
    """Return the 新旧対照表 of two days (`YYYY-MM-DD`); raises InvalidInputError."""
    groups = before_after.before_after_table(compare_days(workspace, earlier, later))
    old, new = map(fiscal_year.day_label, (earlier, later))
    return BeforeAfterTable(_sides(old, new), tuple(groups), old)


def _sides(old: str, new: str) -> str:
    return f"旧：{old}　　新：{new}"


class _PlanInForce(NamedTuple):
    """The step after which a plan was in force, and what that moment is called."""

    step: int
    name: str


def _in_force_before(workspace: Workspace, revision_id: int) -> _PlanInForce:
    outline = workspace.outline
    own = outline.revisions[revision_id]
    earlier = [each for each in outline.revisions.values() if each.operation_id < own.operation_id]
    if earlier:
        last = max(earlier, key=lambda each: each.operation_id)
        return _PlanInForce(last.operation_id, f"見直し「{last.name}」")
    after = history_rewind.outline_at(workspace, own.operation_id)
    term = _term_at(after, own.decided_on)
    for each in _first_reports(workspace, term):
        if each.step < own.operation_id and has_actions(
            history_rewind.outline_at(workspace, each.step), term.id
        ):
            return each
    opened = [history_rewind.opening_of_round(workspace, each) for each in outline.rounds]
    if opened and opened[0] < own.operation_id:
        return _PlanInForce(
            opened[0], f"調査「{next(iter(outline.rounds.values())).name}」を始めた時"
        )
    return _PlanInForce(own.operation_id, "計画の決定")


def _term_at(outline: Outline, day: str) -> Term:
    """Return the last term with actions that had begun by a day, else the first."""
    year = fiscal_year.fiscal_year_of(day)
    begun = [
        each
        for each in outline.terms.values()
        if each.first_fiscal_year <= year and has_actions(outline, each.id)
    ]
    return begun[-1] if begun else next(iter(outline.terms.values()))


def _first_reports(workspace: Workspace, term: Term) -> Iterator[_PlanInForce]:
    """Yield when a term began, and when its rounds were reported, the earliest first."""
    began = history_rewind.operation_at(workspace, f"{term.first_fiscal_year}-03-31")
    if began is not None:
        yield _PlanInForce(began, f"{term.name}の開始時")
    for step, name in history_rewind.reports_of_rounds(workspace):
        yield _PlanInForce(step, name)


def _step_at(workspace: Workspace, day: str) -> int:
    step = history_rewind.operation_at(workspace, day)
    if step is None:
        raise errors.InvalidInputError(
            "日付",
            f"の{fiscal_year.day_label(day)}には、まだ計画の記録がありません。後の日付を選んでください。",
        )
    return step


def _all_terms(outline: Outline) -> Terms:
    return frozenset(outline.terms)


NAME_LIMIT = 100
NAME_FIELD, DAY_FIELD, REASON_FIELD = "見直しの名前", "決定日", "理由"


def record_revision(workspace: Workspace, name: str, decided_on: str, reason: str = "") -> int:
    """Record the plan as it is now as a revision and return its id. Raises InvalidInputError."""
    values = checked_revision(workspace.outline, name, decided_on, reason)
    step = history_rewind.newest_step(workspace)
    with workspace.transact(f"見直し「{values[0]}」を記録") as session:
        row = tables.RevisionRow(
            name=values[0], decided_on=values[1], reason=values[2], operation_id=step
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def edit_revision(
    workspace: Workspace, revision_id: int, name: str, decided_on: str, reason: str
) -> None:
    """Change what a revision is called, when it was decided and why.

    Raises GoneError and InvalidInputError.
    """
    values = checked_revision(workspace.outline, name, decided_on, reason, revision_id)
    with workspace.transact("見直しの内容を変更") as session:
        row = fetch(session, tables.RevisionRow, revision_id)
        row.name, row.decided_on, row.reason = values


def delete_revision(workspace: Workspace, revision_id: int) -> None:
    """Delete a revision with its reasons; the plan itself stays as it is. Raises GoneError."""
    with workspace.transact("見直しの記録を削除") as session:
        row = fetch(session, tables.RevisionRow, revision_id)
        for reason in fetching.fetch_where(
            session, tables.RevisionReasonRow, revision_id=[revision_id]
        ):
            session.delete(reason)
        session.delete(row)


def set_reason(
    workspace: Workspace, revision_id: int, table_name: str, row_id: int, text: str
) -> None:
    """Say why one heading or action was changed; an empty text is no reason of its own.

    Raises GoneError and InvalidInputError.
    """
    text = inputs.checked_text(text, REASON_FIELD).strip()
    with workspace.transact("見直しの理由を入力") as session:
        fetch(session, tables.RevisionRow, revision_id)
        rows = fetching.fetch_where(session, tables.RevisionReasonRow, revision_id=[revision_id])
        known = [each for each in rows if (each.table_name, each.row_id) == (table_name, row_id)]
        if known and text:
            known[0].text = text
        elif known:
            session.delete(known[0])
        elif text:
            session.add(
                tables.RevisionReasonRow(
                    revision_id=revision_id, table_name=table_name, row_id=row_id, text=text
                )
            )


def checked_revision(
    outline: Outline, name: str, decided_on: str, reason: str, revision_id: int | None = None
) -> tuple[str, str, str]:
    """Return what fits into a revision; raises InvalidInputError."""
    name = inputs.checked_title(name, NAME_FIELD, NAME_LIMIT)
    others = (each for each in outline.revisions.values() if each.id != revision_id)
    if any(each.name == name for each in others):
        raise errors.InvalidInputError(
            NAME_FIELD, f"の「{name}」は既にあります。別の名前を付けてください。"
        )
    return (
        name,
        inputs.checked_day(decided_on, DAY_FIELD),
        inputs.checked_text(reason, REASON_FIELD).strip(),
    )
