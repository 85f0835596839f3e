"""先に終える実行計画: which actions wait for which, and the chains that this makes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kyodo_desktop.domain import plan, refresh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline


def required_by(outline: Outline, action_id: int) -> tuple[int, ...]:
    """Return the actions that this one waits for, in the order in which they were named."""
    return tuple(each.required_id for each in outline.prerequisites.get(action_id, ()))


def waiting_for(outline: Outline, action_id: int) -> list[int]:
    """Return the actions that wait for this one."""
    return [
        waiting
        for waiting, rows in outline.prerequisites.items()
        if any(row.required_id == action_id for row in rows)
    ]


def open_among(outline: Outline, action_ids: Sequence[int]) -> list[int]:
    """Return those of the actions that are not done yet."""
    return [each for each in action_ids if not is_done(outline, each)]


def newly_unblocked(before: Outline, after: Outline, changes: ChangeSet) -> dict[int, list[int]]:
    """Return the actions that an edit made done, each with the unfinished ones that waited.

    What an undo, a redo or the choice of another round makes done is no news.
    """
    if changes.whole or changes.is_reversal:
        return {}
    done = (
        action_id
        for action_id in refresh.actions_touched(changes)
        if action_id in before.placed
        and action_id in after.placed
        and is_done(after, action_id)
        and not is_done(before, action_id)
    )
    found = {each: open_among(after, waiting_for(after, each)) for each in done}
    return {each: waiting for each, waiting in found.items() if waiting}


def is_done(outline: Outline, action_id: int) -> bool:
    """Tell whether nobody needs to wait for the action any more."""
    status = outline.status(action_id)
    return status is not None and status.kind == plan.StatusKind.DONE


def chain(outline: Outline, first: int, last: int) -> tuple[int, ...]:
    """Return how `first` comes to wait for `last`, both included, on the shortest way.

    Empty where it does not wait for it. From an action to itself that is a circle.
    """
    came_from: dict[int, int] = {}
    to_visit = deque([first])
    while to_visit:
        waiting = to_visit.popleft()
        for required in required_by(outline, waiting):
            if required not in came_from:
                came_from[required] = waiting
                to_visit.append(required)
        if last in came_from:
            return _way_back(came_from, first, last)
    return ()


def _way_back(came_from: dict[int, int], first: int, last: int) -> tuple[int, ...]:
    way = [last, came_from[last]]
    while way[-1] != first:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


def chain_label(outline: Outline, action_ids: Sequence[int]) -> str:
    """Print a chain: 「ブースの設置」→「サポートセンターの創設」."""
    return "→".join(f"「{outline.actions[each].title}」" for each in action_ids)
