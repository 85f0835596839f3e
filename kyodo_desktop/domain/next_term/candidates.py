"""The actions of a term as they are looked at when the next one is drawn up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.next_term.defaults import default_choice
from kyodo_desktop.domain.nodes import is_placement, term_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Choice, Status
    from kyodo_desktop.domain.record import Record


class Candidate(NamedTuple):
    """An action with what was said of it last, and what that makes of it.

    `node` is its home, `direction` the label of its 今後の方向性, `outlook` the text.
    """

    action_id: int
    node: int
    number: str
    title: str
    status: Status | None
    direction: str
    outlook: str
    choice: Choice


def candidates(
    outline: Outline, term_id: int, records: Sequence[Record] = ()
) -> dict[int, Candidate]:
    """Return the actions that stand in a term, each once, in printed order.

    What the round that is shown does not tell comes from the first of `records` that does.
    """
    said = [outline, *(outline.as_of(record) for record in records)]
    return {
        action_id: _candidate(outline, action_id, said)
        for action_id in actions_in(outline, term_id)
    }


def actions_in(outline: Outline, term_id: int) -> list[int]:
    """Return the actions that stand in a term, each once, in printed order."""
    return list(dict.fromkeys(_placed_below(outline, term_node(term_id))))


def _placed_below(outline: Outline, node: int) -> Iterator[int]:
    for each in outline.below(node):
        if is_placement(each):
            yield outline.action_id_at(each)


def _candidate(outline: Outline, action_id: int, said: Sequence[Outline]) -> Candidate:
    node = outline.home(action_id)
    status = next((each.status(action_id) for each in said if each.lines.get(action_id)), None)
    direction, text = next(filter(any, (_outlook(each, action_id) for each in said)), ("", ""))
    return Candidate(
        action_id,
        node,
        outline.number(node),
        outline.actions[action_id].title,
        status,
        direction,
        text,
        default_choice(status, direction),
    )


def _outlook(outline: Outline, action_id: int) -> tuple[str, str]:
    """Return label and text of 今後の方向性."""
    outlook = outline.outlooks.get(action_id)
    if outlook is None:
        return "", ""
    direction = outline.directions.get(outlook.direction_id or 0)
    return direction.label if direction else "", outlook.text
