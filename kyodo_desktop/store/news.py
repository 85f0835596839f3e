"""What other windows have written since a commit, for a window that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from kyodo_desktop.domain.assembling import assembled
from kyodo_desktop.store.fence import Seen, read_session
from kyodo_desktop.store.past import present_rows
from kyodo_desktop.store.reading import read_tables, turned_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from kyodo_desktop.domain.changes import Row
    from kyodo_desktop.domain.outline import Outline

_NEWEST = text("SELECT id, label FROM operation ORDER BY commit_number DESC, id DESC LIMIT 1")

MOST_ROWS = 1_000
"""Where more have changed the plan is read anew."""

_SINCE = text(
    "SELECT DISTINCT table_name, row_id, action_id FROM change JOIN operation "
    "ON operation.id = operation_id WHERE commit_number > :since LIMIT :limit"
)


class Touched(NamedTuple):
    """A row that has changed, as it is now, or None; and the action that it belongs to."""

    table: str
    id: int
    now: Row | None
    action_id: int | None


class News(NamedTuple):
    """What has changed up to the commit of `seen`: some rows, or else the whole plan.

    The newest step is named by its id and label.
    """

    seen: Seen
    rows: tuple[Touched, ...] = ()
    outline: Outline | None = None
    operation_id: int = 0
    label: str = ""


def read_news(connection: Connection, since: int, round_id: int | None) -> News:
    """Return what was written after that commit, of a plan as of one of its rounds.

    It is read in one transaction. A row that came to what it was is among the rows.
    """
    seen = read_session(connection)
    found = connection.execute(_SINCE, {"since": since, "limit": MOST_ROWS + 1}).all()
    if seen.commits < since or len(found) > MOST_ROWS or any(row[0] == "round" for row in found):
        return News(seen, outline=_read_anew(connection, round_id))
    present: Mapping[tuple[str, int], Row] = present_rows(
        connection, {(table, row_id) for table, row_id, _ in found}
    )
    rows = tuple(
        Touched(table, row_id, present.get((table, row_id)), action_id)
        for table, row_id, action_id in found
    )
    newest = connection.execute(_NEWEST).first()
    return News(seen, rows, None, newest.id, newest.label) if newest else News(seen, rows)


def _read_anew(connection: Connection, round_id: int | None) -> Outline:
    outline = assembled(read_tables(connection))
    if round_id not in outline.rounds:
        round_id = next(reversed(outline.rounds), None)
    return turned_to(connection, outline, round_id)
