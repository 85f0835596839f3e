"""The numbers of 前回からの変更: which status went to which, and what that makes in total."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.excel.report_columns import status_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.domain.outline import Outline

ADDED, DROPPED, TOTAL, DIFFERENCE = "新規", "削除・統合", "計", "増減"

Key = int | str | None
"""The id of a status (None is 未記入), or the name of one of the other rows and columns."""

Counts = Counter[tuple[Key, Key]]


class TransitionTable(NamedTuple):
    """Rows are statuses of before, columns of now; the last row and column are totals.

    `differences` are those of the totals of each status, and of all.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    differences: tuple[int, ...]


def transition_table(comparison: Comparison) -> TransitionTable:
    """Count each action once: what stood in both, what came and what went."""
    before, after = comparison.before, comparison.after
    counts: Counts = Counter()
    counts.update(comparison.transitions)
    counts.update(_comings_and_goings(comparison))
    used = {each for pair in counts for each in pair}
    statuses: list[Key] = [*after.statuses]
    statuses += [each for each in before.statuses if each in used and each not in after.statuses]
    statuses += [None] * (None in used)
    names = {each: _name(before, after, each) for each in statuses}
    rows = [(name, _row(counts, key, statuses)) for key, name in {**names, ADDED: ADDED}.items()]
    totals = tuple(sum(column) for column in zip(*(row for _, row in rows), strict=True))
    befores = [row[-1] for _, row in rows[:-1]]
    differences = [now - then for now, then in zip(totals, befores, strict=False)]
    return TransitionTable(
        (*names.values(), DROPPED, TOTAL),
        (*rows, (TOTAL, totals)),
        (*differences, sum(differences)),
    )


def _comings_and_goings(
    comparison: Comparison,
) -> Iterator[tuple[Key, Key]]:
    for change in comparison.changes:
        if change.before is None:
            assert change.after is not None, "an item stands before or after"
            if is_placement(change.after):
                yield ADDED, _status(comparison.after, change.after)
        elif change.is_gone and is_placement(change.before):
            yield _status(comparison.before, change.before), DROPPED


def _row(counts: Counts, key: Key, statuses: list[Key]) -> tuple[int, ...]:
    row = [counts[key, each] for each in (*statuses, DROPPED)]
    return (*row, sum(row))


def _status(outline: Outline, node: int) -> int | None:
    status = outline.status(outline.action_id_at(node))
    return None if status is None else status.id


def _name(before: Outline, after: Outline, status_id: Key) -> str:
    known = {**before.statuses, **after.statuses}
    return status_text(known[status_id] if isinstance(status_id, int) else None)
