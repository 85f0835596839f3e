"""What was said of an action before, under whatever row: joined, or in the term before.

Which actions became one: 同じ実行計画としてまとめる, seen from what is left.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.action_fields import Scope, columns
from kyodo_desktop.domain.terms import terms_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Outlook, Progress, Round, Status


Sources = dict[int, tuple[int, ...]]
"""The actions, by the action, of which an earlier round may speak in its place."""


_LINE = attrgetter(*(column.name for column in columns(Scope.LINE)))
_OUTLOOK = attrgetter(*(column.name for column in columns(Scope.ROUND)))
_NO_OUTLOOK = tuple(column.type.empty for column in columns(Scope.ROUND))


def sources(outline: Outline) -> Sources:
    """Return the actions that each action goes back to, the nearest first."""
    found: dict[int, dict[int, None]] = {}
    for action in outline.actions.values():
        if action.continues_id is not None:
            found.setdefault(action.id, {})[action.continues_id] = None
    for succession in outline.successions.values():
        if succession.successor_id is not None:
            found.setdefault(succession.successor_id, {})[succession.action_id] = None
    return {action_id: tuple(origins) for action_id, origins in found.items()}


def origins_of(outline: Outline, action_id: int) -> tuple[int, ...]:
    """Return the actions that one action goes back to, as `sources` does for all of them."""
    continued = outline.actions[action_id].continues_id
    merged = (
        each.action_id for each in outline.successions.values() if each.successor_id == action_id
    )
    return tuple(dict.fromkeys((*([continued] if continued else []), *merged)))


def all_origins_of(outline: Outline, action_id: int) -> tuple[int, ...]:
    """Return the actions that one action goes back to through all terms, the nearest first."""
    found = [action_id]
    for each in found:  # which grows while it is walked
        found += [origin for origin in origins_of(outline, each) if origin not in found]
    return tuple(found[1:])


def lines_in(record: Record, action_id: int, origins: Sequence[int]) -> tuple[Progress, ...]:
    """Return the lines of an action in a round, else those of the actions it goes back to."""
    own = record.lines.get(action_id)
    if own:
        return own
    return tuple(line for each in origins for line in record.lines.get(each, ()))


def outlook_in(record: Record, action_id: int, origins: Sequence[int]) -> Outlook | None:
    """Return 今後の方向性 of an action in a round, else of the first it goes back to."""
    candidates = (action_id, *origins)
    return next((record.outlooks[each] for each in candidates if each in record.outlooks), None)


def round_before(outline: Outline, fiscal_year: int, as_of: str) -> int | None:
    """Return the last round before one of that year and day; nothing where there is none."""
    earlier = [
        each.id
        for each in outline.rounds.values()
        if (each.fiscal_year, each.as_of) <= (fiscal_year, as_of)
    ]
    return earlier[-1] if earlier else None


def carried_forward(
    outline: Outline, record: Record, round_id: int, fiscal_year: int
) -> Iterator[Progress | Outlook]:
    """Yield the lines and outlooks with which a new round begins; they have no ids yet.

    They are those of the round before it. An action that a new term took over begins with what
    was said of the one it continues; those of a term that is over have said their last.
    """
    over, origins = terms_over(outline, fiscal_year), sources(outline)
    for action_id in outline.placed:
        if outline.actions[action_id].term_id in over:
            continue
        back_to = origins.get(action_id, ())
        for place, line in enumerate(lines_in(record, action_id, back_to)):
            yield line._replace(
                id=0, round_id=round_id, action_id=action_id, position=place, carried=1
            )
        outlook = outlook_in(record, action_id, back_to)
        if outlook is not None:
            yield outlook._replace(id=0, round_id=round_id, action_id=action_id, carried=1)


def joined_into(outline: Outline, action_id: int) -> list[int]:
    """Return the actions that were joined into this one, also by way of each other."""
    found = [action_id]
    for target in found:  # which grows while it is walked
        found += [gone for gone, row in outline.joinings.items() if row.into_id == target]
    return found[1:]


def differs_from_previous(outline: Outline, action_id: int) -> bool:
    """Tell whether its lines or 今後の方向性 are others; an action continues its own past.

    Without a round before there is nothing that they could differ from.
    """
    previous = outline.previous
    if outline.round is None or previous is None:
        return False
    before = _before(outline, previous, action_id)
    # The outline says of its round what a record says of another one.
    return bool(_round_values(outline, action_id) != _round_values(previous, before))


def lines_before(outline: Outline, action_id: int) -> tuple[Progress, ...]:
    """Return the lines of an action in the round before; none where there is no such round."""
    if outline.previous is None:
        return ()
    return lines_in(outline.previous, action_id, origins_of(outline, action_id))


def statuses_before(
    outline: Outline, records: Iterable[Record], action_id: int
) -> Iterator[tuple[Round, Status | None]]:
    """Yield the status of an action in each of some rounds that says anything of it."""
    origins = all_origins_of(outline, action_id)
    for record in records:
        lines = lines_in(record, action_id, origins)
        known = tuple(
            each for each in lines if each.status_id is None or each.status_id in outline.statuses
        )
        if known:
            yield record.round, outline.status_of(known)


def outlook_before(outline: Outline, action_id: int) -> Outlook | None:
    """Return 今後の方向性 of an action in the round before."""
    if outline.previous is None:
        return None
    return outlook_in(outline.previous, action_id, origins_of(outline, action_id))


def are_lines_changed(outline: Outline, action_id: int) -> bool:
    """Tell whether the lines of an action are others than in the round before."""
    if outline.previous is None:
        return False
    before = lines_before(outline, action_id)
    return [*map(_LINE, outline.lines.get(action_id, ()))] != [*map(_LINE, before)]


def is_outlook_changed(outline: Outline, action_id: int) -> bool:
    """Tell whether 今後の方向性 of an action is another than in the round before."""
    if outline.previous is None:
        return False
    now, before = outline.outlooks.get(action_id), outlook_before(outline, action_id)
    return bool(_outlook_values(now) != _outlook_values(before))


def _outlook_values(outlook: Outlook | None) -> Any:
    return _NO_OUTLOOK if outlook is None else _OUTLOOK(outlook)


def _before(outline: Outline, previous: Record, action_id: int) -> int:
    if action_id in previous.lines or action_id in previous.outlooks:
        return action_id
    return outline.actions[action_id].continues_id or action_id


def _round_values(record: Record | Outline, action_id: int) -> Any:
    return (
        [_LINE(line) for line in record.lines.get(action_id, ())],
        _outlook_values(record.outlooks.get(action_id)),
    )
