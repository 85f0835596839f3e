"""状態の移り変わり: from which status to which the actions of a plan went between two rounds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.comparing.fields import status_id
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.overview import as_one
from kyodo_desktop.domain.plan import StatusKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.domain.plan import Status

_ELSEWHERE = "elsewhere"
_Key = int | str | None


class Transitions(NamedTuple):
    """実行計画数 by status; None is 未記入, where it occurs.

    `stayed` has a row for each status before, with a count for each status now; `added` is what
    came since by its status now, `gone` what was dropped or merged by its status before.
    """

    statuses: tuple[Status | None, ...]
    stayed: tuple[tuple[int, ...], ...]
    added: tuple[int, ...]
    gone: tuple[int, ...]

    def by_kind(self) -> Transitions:
        """Return the same with a status that stands for all of its kind, unless it is alone."""
        kinds = [None if each is None else StatusKind(each.kind) for each in self.statuses]
        places = {
            kind: [place for place, each in enumerate(kinds) if each is kind]
            for kind in (*StatusKind, None)
            if kind in kinds
        }

        def summed(counts: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(sum(counts[each] for each in of_kind) for of_kind in places.values())

        columns = zip(*map(summed, self.stayed), strict=True)
        return Transitions(
            tuple(self._one_of(of_kind) for of_kind in places.values()),
            tuple(zip(*map(summed, columns), strict=True)),
            summed(self.added),
            summed(self.gone),
        )

    def _one_of(self, of_kind: list[int]) -> Status | None:
        first = self.statuses[of_kind[0]]
        if first is None or len(of_kind) == 1:
            return first
        return as_one(StatusKind(first.kind), ()).status

    @property
    def before(self) -> tuple[int, ...]:
        """How many had each status before."""
        return tuple(sum(row) + gone for row, gone in zip(self.stayed, self.gone, strict=True))

    @property
    def now(self) -> tuple[int, ...]:
        """How many have each status now."""
        columns = zip(*self.stayed, strict=True)
        return tuple(sum(each) + added for each, added in zip(columns, self.added, strict=True))

    @property
    def differences(self) -> tuple[int, ...]:
        """How many more have each status now than before."""
        return tuple(now - then for now, then in zip(self.now, self.before, strict=True))


def transitions_of(comparison: Comparison) -> Transitions:
    """Count each action once: what stood in both, what came and what went.

    A status that was deleted since stands behind the others while something had it.
    """
    counts: Counter[tuple[_Key, _Key]] = Counter()
    counts.update(comparison.transitions)
    counts.update(_comings_and_goings(comparison))
    before, after = comparison.before.statuses, comparison.after.statuses
    used = {each for pair in counts for each in pair}
    statuses: list[Status | None] = [*after.values()]
    statuses += [each for each in before.values() if each.id in used and each.id not in after]
    statuses += [None] * (None in used)
    keys: list[_Key] = [None if each is None else each.id for each in statuses]
    return Transitions(
        tuple(statuses),
        tuple(tuple(counts[old, new] for new in keys) for old in keys),
        tuple(counts[_ELSEWHERE, new] for new in keys),
        tuple(counts[old, _ELSEWHERE] for old in keys),
    )


def _comings_and_goings(comparison: Comparison) -> Iterator[tuple[_Key, _Key]]:
    before, after = comparison.before, comparison.after
    for change in comparison.changes:
        if change.before is None:
            assert change.after is not None, "an item stands before or after"
            if is_placement(change.after):
                yield _ELSEWHERE, status_id(after, after.action_id_at(change.after))
        elif change.is_gone and is_placement(change.before):
            yield status_id(before, before.action_id_at(change.before)), _ELSEWHERE
