"""Which actions the round that is shown says something else of than the round before."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.action_fields import Scope, columns

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline, Record


def changed_since_previous(outline: Outline) -> frozenset[int]:
    """Return the actions whose lines or 今後の方向性 differ; an action continues its own past.

    Without a round before there is nothing that they could differ from.
    """
    record, previous = outline.record, outline.previous
    if record is None or previous is None:
        return frozenset()
    return frozenset(
        action_id
        for action_id in outline.placed
        if _round_values(record, action_id)
        != _round_values(previous, _before(outline, previous, action_id))
    )


def _before(outline: Outline, previous: Record, action_id: int) -> int:
    if action_id in previous.lines or action_id in previous.outlooks:
        return action_id
    return outline.actions[action_id].continues_id or action_id


def _round_values(record: Record, action_id: int) -> Any:
    outlook = record.outlooks.get(action_id)
    return (
        [_LINE(line) for line in record.lines.get(action_id, ())],
        _NO_OUTLOOK if outlook is None else _OUTLOOK(outlook),
    )


_LINE = attrgetter(*(column.name for column in columns(Scope.LINE)))
_OUTLOOK = attrgetter(*(column.name for column in columns(Scope.ROUND)))
_NO_OUTLOOK = tuple(column.type.empty for column in columns(Scope.ROUND))
