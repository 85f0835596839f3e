"""前提: which actions wait for which, and the chains that this makes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kyodo_desktop.domain.plan import StatusKind

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def is_done(outline: Outline, action_id: int) -> bool:
    """Tell whether nobody needs to wait for the action any more."""
    status = outline.status(action_id)
    return status is not None and status.kind == StatusKind.DONE


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
