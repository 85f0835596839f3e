"""The plan as it stood at an earlier moment, made from today's plan and its history."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain import assembly, changes, plan, refresh
from kyodo_desktop.domain.outline import Outline, Record
from kyodo_desktop.store import history_rewind, reading

if TYPE_CHECKING:
    import sqlite3

    from kyodo_desktop.services.workspace import Workspace


def outline_at(workspace: Workspace, operation_id: int, round_id: int | None = None) -> Outline:
    """Return the plan as it stood after that step of the history.

    It comes with what a round, else the round that is shown, said at that moment; where
    there was no such round yet, it comes without one.
    """
    shown = workspace.outline.round
    if round_id is None and shown is not None:
        round_id = shown.id
    return _taken_back(workspace, operation_id, round_id)


def as_of_round(workspace: Workspace, round_id: int, *, with_previous: bool = False) -> Outline:
    """Return the plan as a round saw it, if wanted with what the round before it says.

    That is the plan at the moment at which the round was closed for the last time; of one
    that is open, or came closed into the file, the plan at which the next round was opened
    that did not come with it; of the newest one today's.
    """
    rounds = list(workspace.outline.rounds)
    place = rounds.index(round_id)
    is_closed = workspace.outline.rounds[round_id].closed_at is not None
    with workspace.reading() as connection:
        closings = history_rewind.closings_of(connection, round_id) if is_closed else []
        last = max(closings, default=_step_before_next(connection, rounds[place:]))
        if last is None:
            found = _load_round(connection, workspace.outline, round_id)
    if last is not None:
        # What a closed round says has not changed since.
        found = _taken_back(workspace, last, round_id, of_rounds=not is_closed)
    if with_previous and place:
        return found.as_of(found.record, _record_at(workspace, last, rounds[place - 1]))
    return found


def _step_before_next(connection: sqlite3.Connection, rounds: list[int]) -> int | None:
    """Return the step before the first round was opened that did not come with these."""
    own, *others = (history_rewind.opening_of(connection, each) or 0 for each in rounds)
    later = next((each for each in others if each > own), None)
    return None if later is None else history_rewind.step_before(connection, later)


def _record_at(workspace: Workspace, operation_id: int | None, round_id: int) -> Record | None:
    """Return what a round said after a step; one that was closed by then says the same now."""
    with workspace.reading() as connection:
        closings = history_rewind.closings_of(connection, round_id)
        is_closed = workspace.outline.rounds[round_id].closed_at is not None
        if operation_id is None or (is_closed and max(closings, default=0) <= operation_id):
            return _load_round(connection, workspace.outline, round_id).record
    return _taken_back(workspace, operation_id, round_id).record


def load_round_at(workspace: Workspace, round_id: int) -> Outline:
    """Return today's plan with what one of its rounds says."""
    with workspace.reading() as connection:
        return _load_round(connection, workspace.outline, round_id)


def operation_at(workspace: Workspace, day: str) -> int | None:
    """Return the last step of the history up to the end of a day; nothing before the first."""
    with workspace.reading() as connection:
        return history_rewind.last_step_until(connection, day)


def opening_of_round(workspace: Workspace, round_id: int) -> int:
    """Return the step in which a round was opened, or came into the file."""
    with workspace.reading() as connection:
        founded = history_rewind.first_step(connection)
        return history_rewind.opening_of(connection, round_id) or founded


def reports_of_rounds(workspace: Workspace) -> list[tuple[int, str]]:
    """Return the steps at which a round was reported, the earliest first, each with a name.

    That is when it was closed, and before the next one was opened; not when a round came into
    the file that had been closed elsewhere.
    """
    rounds = list(workspace.outline.rounds.values())
    found: list[tuple[int, str]] = []
    with workspace.reading() as connection:
        opened = [history_rewind.opening_of(connection, each.id) or 0 for each in rounds]
        for each, opening in zip(rounds, opened, strict=True):
            steps = history_rewind.closings_of(connection, each.id)
            found += [(step, f"調査「{each.name}」の確定時") for step in steps if step > opening]
        for (earlier, later), each in zip(pairwise(opened), rounds[1:], strict=True):
            before = history_rewind.step_before(connection, later) if earlier < later else None
            if before is not None:
                found.append((before, f"調査「{each.name}」を始める前"))
    return sorted(found)


def newest_step(workspace: Workspace) -> int:
    """Return the last step of the history."""
    with workspace.reading() as connection:
        return history_rewind.last_step(connection)


def first_step(workspace: Workspace) -> int:
    """Return the step that founded the plan."""
    with workspace.reading() as connection:
        return history_rewind.first_step(connection)


def first_day(workspace: Workspace) -> str:
    """Return the day on which the plan was founded."""
    with workspace.reading() as connection:
        return history_rewind.day_of(connection, history_rewind.first_step(connection))


def _taken_back(
    workspace: Workspace, operation_id: int, round_id: int | None, *, of_rounds: bool = True
) -> Outline:
    with workspace.reading() as connection:
        present = _load_round(connection, workspace.outline, round_id)
        later = history_rewind.changes_since(connection, operation_id, of_rounds=of_rounds)
    return _refreshed(present, later, round_id)


def _refreshed(
    present: Outline, later: tuple[changes.RowChange, ...], round_id: int | None
) -> Outline:
    """Return the earlier outline. Raises RefusedError where the history contradicts itself."""
    try:
        then = refresh.apply_changes(present, changes.ChangeSet("", later))
    except (LookupError, TypeError) as error:
        raise history_rewind.unreadable() from error
    if round_id not in then.rounds:
        then = then.as_of(None)
    if not assembly.is_consistent(then):
        raise history_rewind.unreadable()
    return then


def _load_round(connection: sqlite3.Connection, outline: Outline, round_id: int | None) -> Outline:
    """Return today's plan with what a round says, without the round before it."""
    for known in (outline.record, outline.previous):
        if known is not None and known.round.id == round_id:
            return outline.as_of(known)
    if round_id is None:
        return outline.as_of(None)
    if round_id not in outline.rounds:  # deleted since; the history knows what it said
        return outline.as_of(Record(plan.Round(round_id, "", 0, "", None), {}, {}))
    return outline.as_of(reading.read_record(connection, outline, round_id))
