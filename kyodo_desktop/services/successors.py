"""Writes what becomes of each action in the next term, and what its successor takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.assigning import united
from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from kyodo_desktop.domain.next_term.draft import Draft


def add_successors(session: Session, draft: Draft, action_ids: dict[int, int]) -> None:
    """Add what the actions of the next term take over; `action_ids` are theirs by draft."""
    heirs = {
        each: action_ids[successor]
        for each in draft.fates
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
        row.action_id: row for row in fetch_where(session, tables.SuccessionRow, action_id=heirs)
    }
    dropped = draft.fates.keys() - heirs
    rows |= {
        row.action_id: row for row in fetch_where(session, tables.SuccessionRow, action_id=dropped)
    }
    for action_id, fate in draft.fates.items():
        choice = Choice.CONTINUE if draft.lacks_partner(action_id) else fate.choice
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
        for section_id, role in united([known.get(each, ()) for each in action_ids]).items():
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
