"""What the overview asks of the plan's file: earlier rounds, and what happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import overview, tables
from kyodo_desktop.domain.changes import coalesce
from kyodo_desktop.store import history

if TYPE_CHECKING:
    from kyodo_desktop.domain.changes import RowChange
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.services.workspace import Workspace

_MOST_STEPS = 300
_MOST_ROWS = 20  # of a step; a larger one is named as a whole
_LINES = "SELECT action_id, status_id FROM progress WHERE round_id = ? ORDER BY action_id"
_TEXTS = {"text": "本文"}


def statuses_in(workspace: Workspace, round_id: int) -> dict[int, int | None]:
    """Return the status of each action of which a round says something; None is 未記入."""
    with workspace.reading() as connection:
        rows = connection.execute(_LINES, (round_id,)).fetchall()
    found: dict[int, int | None] = dict(rows)
    if len(found) == len(rows):
        return found
    statuses = workspace.outline.statuses
    lines: dict[int, list[Status]] = {}
    for action_id, status_id in rows:
        lines.setdefault(action_id, []).extend(filter(None, (statuses.get(status_id),)))
    for action_id, marked in lines.items():
        least = overview.least_advanced(marked)
        found[action_id] = None if least is None else least.id
    return found


class LastSeen:
    """The last step that somebody saw when the plan was left, at a time, and what is her own."""

    def __init__(self, step: int = 0, at: str = "") -> None:
        self.step = step
        self.at = at
        self.own: set[int] = set()


class Happening(NamedTuple):
    """What became of an action, or by a step that is named as a whole, and who did it last.

    Where the status is another one `before` and `after` are status ids, else `what` says what
    was changed. `at` is local time with its offset.
    """

    at: str
    author: str
    what: str
    action_id: int | None = None
    is_status: bool = False
    before: int | None = None
    after: int | None = None


def newest_step(workspace: Workspace) -> int:
    """Return the id of the last step in the history, as far as it is known here."""
    return workspace.fence.newest.id


def news_since(workspace: Workspace, seen: LastSeen) -> list[Happening]:
    """Return what was done meanwhile and by others, the newest first.

    What was done to one action is told once.
    """
    if newest_step(workspace) <= seen.step:
        return []
    with workspace.reading() as connection:
        steps = history.read_steps_after(connection, seen.step, limit=_MOST_STEPS)
        steps = [each for each in steps if each.id not in seen.own]
        small = [each for each in steps if each.rows <= _MOST_ROWS]
        rows = history.read_rows_of(connection, [each.id for each in small])
    by_action: dict[int, Happening] = {}
    changed: dict[int, list[RowChange]] = {}
    found: list[Happening] = []
    for each in reversed(steps):
        belonging = [row for row in rows.get(each.id, ()) if row.action_id is not None]
        if not belonging:
            found.append(Happening(each.at, each.author, each.label))
        for row in belonging:
            assert row.action_id is not None
            by_action[row.action_id] = Happening(each.at, each.author, "", row.action_id)
            changed.setdefault(row.action_id, []).append(row)
    summed = (
        _summed_up(workspace.outline, by_action[action_id], rows)
        for action_id, rows in changed.items()
    )
    found += [each for each in summed if each is not None]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _summed_up(outline: Outline, news: Happening, rows: list[RowChange]) -> Happening | None:
    """Return what all of the changes of one action came to; nothing where they undo each other."""
    final = coalesce(rows)
    if not final or news.action_id not in outline.placed:
        return None
    for row in final:
        if row.table == "progress" and "status_id" in row.touched and _is_shown(outline, row):
            before, after = ((state or {}).get("status_id") for state in (row.before, row.after))
            if before != after:
                return news._replace(is_status=True, before=before, after=after)
    return news._replace(what=_what(final[0]))


def _is_shown(outline: Outline, row: RowChange) -> bool:
    """Tell whether a line is of the round that is shown, as far as the change says so."""
    found = row.value("round_id")
    return found is None or (outline.round is not None and found == outline.round.id)


def _what(row: RowChange) -> str:
    """Return what was changed in a word, as 完了予定."""
    if row.table in ("action", "progress", "outlook") and row.before and row.after:
        for column in tables.TABLES[row.table].columns:
            if column.name in row.touched and column.label:
                return _TEXTS.get(column.name, column.label)
    if row.table == "action":
        return "追加" if row.before is None else "削除"
    return tables.TABLES[row.table].label
