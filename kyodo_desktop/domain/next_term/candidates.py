"""The actions of a term as candidates for the next one, and what becomes of each."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import nodes, plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline, Record


class Candidate(NamedTuple):
    """An action with what was said of it last, and what that makes of it.

    `node` is its home, `direction` the label of its 今後の方向性, `outlook` the text.
    """

    action_id: int
    node: int
    number: str
    title: str
    status: plan.Status | None
    direction: str
    outlook: str
    choice: plan.Choice


def candidates(
    outline: Outline, term_id: int, records: Sequence[Record] = ()
) -> dict[int, Candidate]:
    """Return the actions that stand in a term, each once, in printed order.

    What the round that is shown does not tell comes from the first of `records` that does.
    """
    outlines = [outline, *(outline.as_of(record) for record in records)]
    return {
        action_id: _candidate(outline, action_id, outlines)
        for action_id in actions_in(outline, term_id)
    }


def actions_in(outline: Outline, term_id: int) -> list[int]:
    """Return the actions that stand in a term, each once, in printed order."""
    return list(dict.fromkeys(_placed_below(outline, nodes.term_node(term_id))))


def _placed_below(outline: Outline, node: int) -> Iterator[int]:
    for each in outline.below(node):
        if nodes.is_placement(each):
            yield outline.action_id_at(each)


def _candidate(outline: Outline, action_id: int, outlines: Sequence[Outline]) -> Candidate:
    node = outline.home(action_id)
    status = next((each.status(action_id) for each in outlines if each.lines.get(action_id)), None)
    direction, text = next(filter(any, (_outlook(each, action_id) for each in outlines)), ("", ""))
    return Candidate(
        action_id,
        node,
        number=outline.number(node),
        title=outline.actions[action_id].title,
        status=status,
        direction=direction,
        outlook=text,
        choice=default_choice(status, direction),
    )


def _outlook(outline: Outline, action_id: int) -> tuple[str, str]:
    """Return label and text of 今後の方向性."""
    outlook = outline.outlooks.get(action_id)
    if outlook is None:
        return "", ""
    direction = outline.directions.get(outlook.direction_id or 0)
    return direction.label if direction else "", outlook.text


# In the order in which they win: a label of two words (縮小・廃止) keeps what it can keep.
_WORDS = {
    plan.Choice.MERGE: "統合|統廃合|集約|一本化|合併",
    plan.Choice.EXPAND: "拡充|拡大|強化|充実|重点化",
    plan.Choice.CONTINUE: "継続|維持|現状|存続|続行|推進|改善|見直|縮小",
    plan.Choice.DROP: "完了|廃止|中止|休止|終了|終結|満了|達成|取りやめ|取り止め",
}
_NOT_BEFORE = re.compile("[未不]$")
_NOT_AFTER = re.compile("[ぁ-ん予定見込]{0,6}?(?:ない|なし|せず|ません)")


def default_choice(status: plan.Status | None, direction: str) -> plan.Choice:
    """Return the choice to begin with; `direction` is the label that was given, if any.

    The label is read by its words, because every plan has labels of its own. It speaks of
    what comes, so it wins over the status.
    """
    choices = set(_choices_in(unicodedata.normalize("NFKC", direction)))
    ended = status is not None and status.kind in plan.ENDED
    otherwise = plan.Choice.DROP if ended else plan.Choice.CONTINUE
    return next((choice for choice in _WORDS if choice in choices), otherwise)


def _choices_in(label: str) -> Iterator[plan.Choice]:
    for choice, words in _WORDS.items():
        for found in re.finditer(words, label):
            is_denied = _NOT_BEFORE.search(label[: found.start()]) or _NOT_AFTER.match(
                label, found.end()
            )
            yield _denied(choice) if is_denied else choice


def _denied(choice: plan.Choice) -> plan.Choice:
    return plan.Choice.DROP if choice is plan.Choice.CONTINUE else plan.Choice.CONTINUE
