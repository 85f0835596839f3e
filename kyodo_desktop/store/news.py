"""What other windows have written since a commit, for a window that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import assembly, plan
from kyodo_desktop.store import fence, history_rewind, reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kyodo_desktop.domain.changes import Row
    from kyodo_desktop.domain.outline import Outline

_KINDS = {**history_rewind.KINDS, "confirmation": plan.Confirmation}

MOST_ROWS = 1_000
"""Where more have changed the plan is read anew."""

_SINCE = (  # CROSS: by the few steps, not through all changes there ever were
    "SELECT DISTINCT table_name, row_id, action_id FROM operation CROSS JOIN change "
    "ON operation_id = operation.id WHERE commit_number > :since LIMIT :limit"
)


class Touched(NamedTuple):
    """A row that has changed, as it is now, or None; and the action that it belongs to."""

    table: str
    id: int
    now: Row | None
    action_id: int | None


class News(NamedTuple):
    """What has changed up to the commit of `seen`: some rows, or else the whole plan.

    `newest` is the step that was written last.
    """

    seen: fence.Seen
    newest: fence.Newest
    rows: tuple[Touched, ...] = ()
    outline: Outline | None = None


def read_news(
    connection: sqlite3.Connection, known: fence.Newest, since: int, round_id: int | None
) -> News:
    """Return what was written after that commit, of a plan as of one of its rounds.

    It is read in one transaction. A row that came to what it was is among the rows. Where the
    file does not have the step that was known, it was restored: then it is read anew.
    """
    seen, newest = fence.read_session(connection), fence.read_newest(connection)
    found = connection.execute(_SINCE, {"since": since, "limit": MOST_ROWS + 1}).fetchall()
    is_much = len(found) > MOST_ROWS or any(row[0] == "round" for row in found)
    if is_much or not fence.knows_step(connection, known):
        return News(seen, newest, outline=_read_anew(connection, round_id))
    present: Mapping[tuple[str, int], Row] = history_rewind.present_rows(
        connection, {(table, row_id) for table, row_id, _ in found}, _KINDS
    )
    rows = tuple(
        Touched(table, row_id, present.get((table, row_id)), action_id)
        for table, row_id, action_id in found
    )
    return News(seen, newest, rows)


def _read_anew(connection: sqlite3.Connection, round_id: int | None) -> Outline:
    outline = assembly.assembled(reading.read_tables(connection))
    if round_id not in outline.rounds:
        round_id = next(reversed(outline.rounds), None)
    return reading.load_round(connection, outline, round_id)
