"""Draws up the next term (後期計画) from a draft of it, in one step; the old term stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.inputs import checked_title, checked_years
from kyodo_desktop.domain.next_term.candidates import actions_in, candidates
from kyodo_desktop.domain.next_term.draft import Draft, first_draft
from kyodo_desktop.domain.next_term.terms import (
    NextTerm,
    next_term,
    plan_name,
    present_term,
    refusal,
)
from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.services.successors import add_successors
from kyodo_desktop.services.term_tree import add_tree
from kyodo_desktop.store import tables
from kyodo_desktop.store.reading import read_record

if TYPE_CHECKING:
    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.record import Record
    from kyodo_desktop.services.workspace import Workspace

NAME_FIELD, YEARS_FIELD = "期の名前", "期の年度"
NAME_LIMIT = 50


def proposed(workspace: Workspace) -> Draft:
    """Return the draft to begin with; raises RefusedError where no term can follow."""
    outline = workspace.outline
    reason = refusal(outline)
    if reason:
        raise RefusedError(reason)
    term_id = present_term(outline)
    assert term_id is not None
    records = _records_needed(workspace, actions_in(outline, term_id))
    found = candidates(outline, term_id, records)
    return first_draft(outline, term_id, next_term(outline, term_id), found)


def draw_up(workspace: Workspace, draft: Draft) -> int:
    """Make the next term as it is drafted and return its node; one step to undo.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    term = checked_term(draft.term)
    _refuse(workspace.outline, draft)
    with workspace.transact(f"{plan_name(term.name)}を策定") as session:
        term_id = _term(session, workspace.outline, draft.term_id, term)
        action_ids = add_tree(session, draft, term_id, term.first_fiscal_year)
        add_successors(session, draft, action_ids)
    return term_node(term_id)


def checked_term(term: NextTerm) -> NextTerm:
    """Return the term with a name and years that fit; raises InvalidInputError."""
    return NextTerm(
        term.id,
        checked_title(term.name, NAME_FIELD, NAME_LIMIT),
        *checked_years(term.first_fiscal_year, term.last_fiscal_year, YEARS_FIELD),
    )


def _refuse(outline: Outline, draft: Draft) -> None:
    reason = refusal(outline)
    if reason:
        raise RefusedError(reason)
    if draft.outline is not outline:
        raise RefusedError(
            "策定の画面を開いた後に計画が変わったため、作成しませんでした。"
            "画面を閉じて、もう一度開いてください。"
        )
    if not draft.kept_actions():
        raise RefusedError(
            f"「{draft.term.name}」に入る実行計画が1件もないため、作成しませんでした。"
            "継続するものを選ぶか、新しい実行計画を追加してください。"
        )


def _term(session: Session, outline: Outline, continues_id: int, term: NextTerm) -> int:
    """Write the term and return its id."""
    if term.id is None:
        last = max(each.position for each in outline.terms.values())
        row = tables.TermRow(
            **{**term._asdict(), "position": last + 1, "continues_id": continues_id}
        )
        session.add(row)
    else:
        row = fetch(session, tables.TermRow, term.id)
        row.name, row.continues_id = term.name, continues_id
        row.first_fiscal_year, row.last_fiscal_year = term.first_fiscal_year, term.last_fiscal_year
    session.flush()
    assert row.id is not None
    return row.id


def _records_needed(workspace: Workspace, action_ids: list[int]) -> list[Record]:
    """Return earlier rounds, the newest first, until each action has a line."""
    outline = workspace.outline
    found: list[Record] = []
    silent = {each for each in action_ids if not outline.lines.get(each)}
    with workspace.reading() as connection:
        for round_id in reversed(outline.rounds):
            if not silent:
                break
            if outline.round is None or round_id != outline.round.id:
                found.append(read_record(connection, outline, round_id))
                silent = {each for each in silent if not found[-1].lines.get(each)}
    return found
