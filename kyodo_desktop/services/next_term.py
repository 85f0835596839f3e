"""Draws up the next term (後期計画) from a draft of it, in one step; the old term stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, assigning, errors, inputs, nodes, plan
from kyodo_desktop.domain.next_term import terms
from kyodo_desktop.domain.next_term.candidates import actions_in, candidates
from kyodo_desktop.domain.next_term.draft import Draft, first_draft
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store import fetching, reading, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.services.workspace import Workspace


NAME_FIELD, YEARS_FIELD = "期の名前", "期の年度"
NAME_LIMIT = 50


def proposed(workspace: Workspace) -> Draft:
    """Return the draft to begin with; raises RefusedError where no term can follow."""
    outline = workspace.outline
    reason = terms.refusal(outline)
    if reason:
        raise errors.RefusedError(reason)
    term_id = terms.present_term(outline)
    assert term_id is not None
    records = _records_needed(workspace, actions_in(outline, term_id))
    found = candidates(outline, term_id, records)
    return first_draft(outline, term_id, terms.next_term(outline, term_id), found)


def draw_up(workspace: Workspace, draft: Draft) -> int:
    """Make the next term as it is drafted and return its node; one step to undo.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    term = checked_term(draft.term)
    _refuse(workspace.outline, draft)
    with workspace.transact(f"{terms.plan_name(term.name)}を策定") as session:
        term_id = _term(session, workspace.outline, draft.term_id, term)
        action_ids = add_tree(session, draft, term_id, term.first_fiscal_year)
        add_successors(session, draft, action_ids)
    return nodes.term_node(term_id)


def checked_term(term: terms.NextTerm) -> terms.NextTerm:
    """Return the term with a name and years that fit; raises InvalidInputError."""
    return terms.NextTerm(
        term.id,
        inputs.checked_title(term.name, NAME_FIELD, NAME_LIMIT),
        *inputs.checked_years(term.first_fiscal_year, term.last_fiscal_year, YEARS_FIELD),
    )


def _refuse(outline: Outline, draft: Draft) -> None:
    reason = terms.refusal(outline)
    if reason:
        raise errors.RefusedError(reason)
    if draft.outline is not outline:
        raise errors.RefusedError(
            "策定の画面を開いた後に計画が変わったため、作成しませんでした。"
            "画面を閉じて、もう一度開いてください。"
        )
    if not draft.kept_actions():
        raise errors.RefusedError(
            f"「{draft.term.name}」に入る実行計画が1件もないため、作成しませんでした。"
            "継続するものを選ぶか、新しい実行計画を追加してください。"
        )


def _term(session: Session, outline: Outline, continues_id: int, term: terms.NextTerm) -> int:
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
                found.append(reading.read_record(connection, outline, round_id))
                silent = {each for each in silent if not found[-1].lines.get(each)}
    return found


def add_successors(session: Session, draft: Draft, action_ids: dict[int, int]) -> None:
    """Add what the actions of the next term take over; `action_ids` are theirs by draft."""
    heirs = {
        each: action_ids[successor]
        for each in draft.dispositions
        if (successor := draft.successor(each)) is not None
    }
    _write_successions(session, draft, heirs)
    session.add_all(_assignments(draft, heirs))
    session.add_all(_actors(draft, heirs))
    session.add_all(_principles(draft, heirs))
    session.add_all(_prerequisites(draft, heirs))


def _write_successions(session: Session, draft: Draft, heirs: dict[int, int]) -> None:
    """Write what became of each old action.

    There is a row already where a term that was drawn up before was deleted again: what it
    dropped is kept.
    """
    rows = {
        row.action_id: row
        for row in fetching.fetch_where(session, tables.SuccessionRow, action_id=heirs)
    }
    dropped = draft.dispositions.keys() - heirs
    rows |= {
        row.action_id: row
        for row in fetching.fetch_where(session, tables.SuccessionRow, action_id=dropped)
    }
    for action_id, disposition in draft.dispositions.items():
        choice = plan.Choice.CONTINUE if draft.lacks_partner(action_id) else disposition.choice
        row = rows.get(action_id) or tables.SuccessionRow(action_id=action_id, choice=choice)
        row.choice, row.successor_id = choice, heirs.get(action_id)
        session.add(row)


def _assignments(draft: Draft, heirs: dict[int, int]) -> Iterator[tables.AssignmentRow]:
    """Yield the sections; of merged actions that one's lead leads which they go into."""
    merged: dict[int, list[int]] = {}
    for action_id, heir in heirs.items():
        merged.setdefault(heir, []).append(action_id)
    known = draft.outline.assignments
    for heir, action_ids in merged.items():
        action_ids.sort(key=lambda each: draft.successor(each) != each)
        for section_id, role in assigning.united(
            [known.get(each, ()) for each in action_ids]
        ).items():
            yield tables.AssignmentRow(action_id=heir, section_id=section_id, role=role.value)


def _actors(draft: Draft, heirs: dict[int, int]) -> Iterator[tables.ActionActorRow]:
    found = (
        (heir, each.actor_id)
        for action_id, heir in heirs.items()
        for each in draft.outline.action_actors.get(action_id, ())
    )
    for heir, actor_id in dict.fromkeys(found):
        yield tables.ActionActorRow(action_id=heir, actor_id=actor_id)


def _principles(draft: Draft, heirs: dict[int, int]) -> Iterator[tables.ActionPrincipleRow]:
    found = (
        (heir, each.principle_id)
        for action_id, heir in heirs.items()
        for each in draft.outline.action_principles.get(action_id, ())
    )
    for heir, principle_id in dict.fromkeys(found):
        yield tables.ActionPrincipleRow(action_id=heir, principle_id=principle_id)


def _prerequisites(draft: Draft, heirs: dict[int, int]) -> Iterator[tables.PrerequisiteRow]:
    """Yield who waits for whom now; what ended is waited for no longer."""
    waits: dict[int, set[int]] = {}
    for action_id, heir in heirs.items():
        for each in draft.outline.prerequisites.get(action_id, ()):
            required = heirs.get(each.required_id)
            if required is None or required in waits.get(heir, ()):
                continue
            # merged actions may have waited for each other, on whatever way round
            if heir not in _reached(waits, required):
                waits.setdefault(heir, set()).add(required)
                yield tables.PrerequisiteRow(action_id=heir, required_id=required)


def _reached(waits: dict[int, set[int]], action_id: int) -> set[int]:
    """Return the action and all that it waits for."""
    found, rest = set[int](), [action_id]
    while rest:
        each = rest.pop()
        if each not in found:
            found.add(each)
            rest += waits.get(each, ())
    return found


_APRIL = "04"  # the fiscal year begins


def add_tree(
    session: Session, draft: Draft, term_id: int, first_fiscal_year: int
) -> dict[int, int]:
    """Add what the draft shows; return the id of each action of the draft."""
    heading_ids = _add_headings(session, draft, term_id)
    rows = {
        each: tables.ActionRow(term_id=term_id, **_of_action(draft, each, first_fiscal_year))
        for each in draft.kept_actions()
    }
    session.add_all(rows.values())
    session.flush()
    action_ids = {each: row.id or 0 for each, row in rows.items()}
    session.add_all(_placement_rows(draft, heading_ids, action_ids))
    return action_ids


def _add_headings(session: Session, draft: Draft, term_id: int) -> dict[int, int]:
    """Add the headings from the top down and return the id of each."""
    ids: dict[int, int] = {}
    level = [draft.root]
    while level:
        rows = {
            node: tables.HeadingRow(
                term_id=term_id,
                parent_id=ids.get(above),
                position=position,
                title=draft.title(node),
                number=draft.typed_number(node),
            )
            for above in level
            for position, node in enumerate(_shown(draft, above, nodes.NodeKind.HEADING))
        }
        session.add_all(rows.values())
        session.flush()
        ids |= {node: row.id or 0 for node, row in rows.items()}
        level = list(rows)
    return ids


def _of_action(draft: Draft, action_id: int, first_fiscal_year: int) -> dict[str, Any]:
    """Return what the row of an action says; the due month stays if it is still to come."""
    title = draft.actions[action_id]
    old = draft.outline.actions.get(action_id)
    if old is None:
        return {"title": title, "start_fiscal_year": first_fiscal_year}
    values: dict[str, Any] = {
        field.column.name: field.of(draft.outline, action_id)
        for field in action_fields.taking_part(
            action_fields.Use.NEXT_TERM, action_fields.Scope.ACTION
        )
        if field.column is not None
    }
    if old.due is not None and old.due < f"{first_fiscal_year:04}-{_APRIL}":
        values["due"] = None
    if old.start_fiscal_year is not None:
        values["start_fiscal_year"] = max(first_fiscal_year, old.start_fiscal_year)
    return {**values, "title": title, "continues_id": old.id}


def _placement_rows(
    draft: Draft, heading_ids: dict[int, int], action_ids: dict[int, int]
) -> list[tables.PlacementRow]:
    """Return the placements in the order in which they were made: the first one is the home."""
    rows = {
        node: tables.PlacementRow(
            heading_id=heading_id,
            position=position,
            action_id=action_ids[draft.places[node]],
            number=draft.typed_number(node),
        )
        for above, heading_id in heading_ids.items()
        for position, node in enumerate(_shown(draft, above, nodes.NodeKind.PLACEMENT))
    }
    return [rows[node] for node in sorted(rows, key=nodes.row_id)]


def _shown(draft: Draft, above: int, kind: nodes.NodeKind) -> list[int]:
    return [node for node in draft.shown(above) if nodes.kind_of(node) is kind]
