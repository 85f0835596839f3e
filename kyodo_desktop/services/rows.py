"""Small steps that the edits share: fetch a row or say that it is gone, and close up places."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlmodel import Session, SQLModel

from kyodo_desktop.domain.errors import GoneError, RefusedError
from kyodo_desktop.domain.nodes import is_heading, is_placement, row_id
from kyodo_desktop.store.tables import HeadingRow, PlacementRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline

Row = TypeVar("Row", bound=SQLModel)


def fetch(session: Session, kind: type[Row], row_id: int) -> Row:
    """Return the row; raises GoneError."""
    row = session.get(kind, row_id)
    if row is None:
        raise GoneError("この項目は既に削除されています。変更は行いませんでした。")
    return row


def open_round_id(outline: Outline) -> int:
    """Return the id of the round that is shown; refuse where there is none to write to."""
    if outline.round is None:
        raise RefusedError("調査がまだないため、進捗を記録できません。")
    if outline.round.closed_at is not None:
        raise RefusedError(
            f"「{outline.round.name}」は確定済みのため変更できません。"
            "直すときは、先に「調査」→「確定を解除」で開き直してください。"
        )
    return outline.round.id


def place_all(session: Session, nodes: Sequence[int]) -> None:
    """Give the nodes, which stand under one heading or term, the positions 0, 1, 2 and so on.

    Actions and sub-headings count each for themselves.
    """
    placements = [row_id(node) for node in nodes if is_placement(node)]
    headings = [row_id(node) for node in nodes if is_heading(node)]
    for position, placement_id in enumerate(placements):
        fetch(session, PlacementRow, placement_id).position = position
    for position, heading_id in enumerate(headings):
        fetch(session, HeadingRow, heading_id).position = position


def next_to(nodes: Sequence[int], node: int, after: int | None) -> list[int]:
    """Return the siblings with a new one behind `after`, or at the end."""
    place = nodes.index(after) + 1 if after in nodes else len(nodes)
    return [*nodes[:place], node, *nodes[place:]]
