"""How far the round that is shown has come, in figures, each of which can be asked for as well.

One rule a figure: the count and what the filter shows are the same actions.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.predecessors import differs_from_previous
from kyodo_desktop.domain.terms import terms_outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round


class RoundState(StrEnum):
    """What can be said of an action in the round that is shown; several may hold at once."""

    ASKED = "asked"
    """The round wants to know of it."""
    UNCONFIRMED = "unconfirmed"
    """It is asked, and 未記入 or still 前回のまま."""
    OVERDUE = "overdue"
    EMPTY = "empty"
    """It is asked, and 未記入."""
    CHANGED = "changed"
    """Something else is said of it than in the round before."""


class Judge:
    """Says of single actions how they stand; what all of them share is found out once.

    `month` (YYYY-MM) is the one before which open work is late.
    """

    def __init__(self, outline: Outline, month: str) -> None:
        self._outline, self._month = outline, month
        self.outside = terms_outside(outline)

    def standing(self, action_id: int) -> tuple[RoundState, ...]:
        """Return all that holds of an action; nothing of one that is not in the plan."""
        outline = self._outline
        if action_id not in outline.placed:
            return ()
        held = []
        action = outline.actions[action_id]
        if action.term_id not in self.outside:
            if outline.round is not None:
                held.append(RoundState.ASKED)
                if outline.status(action_id) is None:
                    held += (RoundState.EMPTY, RoundState.UNCONFIRMED)
                elif outline.is_carried(action_id):
                    held.append(RoundState.UNCONFIRMED)
            if action.due is not None and outline.is_overdue(action_id, self._month):
                held.append(RoundState.OVERDUE)
        if differs_from_previous(outline, action_id):
            held.append(RoundState.CHANGED)
        return tuple(held)

    def holds(self, standing: RoundState, action_id: int) -> bool:
        """Tell whether one of them holds of an action in the plan."""
        outline = self._outline
        match standing:
            case RoundState.OVERDUE:
                late = outline.is_overdue(action_id, self._month)
                return late and not self.is_outside(action_id)
            case RoundState.CHANGED:
                return differs_from_previous(outline, action_id)
        if outline.round is None or self.is_outside(action_id):
            return False
        match standing:
            case RoundState.EMPTY:
                return outline.status(action_id) is None
            case RoundState.UNCONFIRMED:
                return outline.status(action_id) is None or outline.is_carried(action_id)
        return True

    def is_outside(self, action_id: int) -> bool:
        """Tell whether the round does not ask for the term of an action."""
        return self._outline.actions[action_id].term_id in self.outside


class RoundFigures(NamedTuple):
    """Actions, each counted once, however often it is listed."""

    asked: int = 0
    unconfirmed: int = 0
    overdue: int = 0
    empty: int = 0
    changed: int = 0

    @property
    def confirmed(self) -> int:
        """Those of the asked that were filled in or looked at in this round."""
        return self.asked - self.unconfirmed


class RoundTally:
    """Counts the figures once, and from then on only what an edit changes.

    One that is not made `at_once` counts in the steps of `count`.
    """

    def __init__(self, outline: Outline, month: str, *, at_once: bool = True) -> None:
        self._outline, self._month = outline, month
        self._judge = Judge(outline, month)
        self._standing: dict[int, tuple[RoundState, ...]] = {}
        self._counts: Counter[RoundState] = Counter()
        if at_once:
            self._judge_again(outline.placed)

    def count(self) -> Iterator[None]:
        """Count in small steps, while the plan stays as it is."""
        for action_id in self._outline.placed:
            self._judge_again((action_id,))
            yield

    @property
    def figures(self) -> RoundFigures:
        """The counts now."""
        return RoundFigures(**{each.value: self._counts[each] for each in RoundState})

    def move_on(self, outline: Outline, month: str, action_ids: Iterable[int]) -> None:
        """Count for a newer outline, in which these actions differ, or for another month."""
        judge = Judge(outline, month)
        if (
            month != self._month
            or judge.outside != self._judge.outside
            or outline.statuses is not self._outline.statuses
            or _rounds(outline) != _rounds(self._outline)
        ):
            action_ids = {*self._standing, *outline.placed}
        self._outline, self._month, self._judge = outline, month, judge
        self._judge_again(action_ids)

    def _judge_again(self, action_ids: Iterable[int]) -> None:
        for action_id in action_ids:
            for each in self._standing.get(action_id, ()):
                self._counts[each] -= 1
            self._standing[action_id] = now = self._judge.standing(action_id)
            for each in now:
                self._counts[each] += 1


def _rounds(outline: Outline) -> tuple[Round | None, Round | None]:
    return outline.round, outline.previous.round if outline.previous else None
