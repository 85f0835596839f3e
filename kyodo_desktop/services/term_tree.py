"""Writes the headings, actions and placements of a drafted term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.action_fields import Scope, Use
from kyodo_desktop.domain.nodes import NodeKind, kind_of, row_id
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from sqlmodel import Session

    from kyodo_desktop.domain.next_term.draft import Draft

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
            for position, node in enumerate(_shown(draft, above, NodeKind.HEADING))
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
    said: dict[str, Any] = {
        field.column.name: field.of(draft.outline, action_id)
        for field in action_fields.taking_part(Use.NEXT_TERM, Scope.ACTION)
        if field.column is not None
    }
    if old.due is not None and old.due < f"{first_fiscal_year:04}-{_APRIL}":
        said["due"] = None
    if old.start_fiscal_year is not None:
        said["start_fiscal_year"] = max(first_fiscal_year, old.start_fiscal_year)
    return {**said, "title": title, "continues_id": old.id}


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
        for position, node in enumerate(_shown(draft, above, NodeKind.PLACEMENT))
    }
    return [rows[node] for node in sorted(rows, key=row_id)]


def _shown(draft: Draft, above: int, kind: NodeKind) -> list[int]:
    return [node for node in draft.shown(above) if kind_of(node) is kind]
