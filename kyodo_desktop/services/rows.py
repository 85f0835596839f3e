"""Small steps that the edits share: fetch a row or say that it is gone, write values, close up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from kyodo_desktop.domain import action_fields, errors
from kyodo_desktop.domain.nodes import is_heading, is_placement, row_id
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline

Row = TypeVar("Row", bound="SQLModel")


def fetch(session: Session, kind: type[Row], row_id: int) -> Row:
    """Return the row; raises GoneError."""
    row = session.get(kind, row_id)
    if row is None:
        raise errors.GoneError("この項目は既に削除されています。変更は行いませんでした。")
    return row


def open_round_id(outline: Outline) -> int:
    """Return the id of the round that is shown; refuse where there is none to write to.

    Raises RefusedError.
    """
    if outline.round is None:
        raise errors.RefusedError("調査がまだないため、進捗を記録できません。")
    if outline.round.closed_at is not None:
        raise errors.RefusedError(
            f"「{outline.round.name}」は確定済みのため変更できません。"
            "直すときは、先に「調査」→「確定を解除」で開き直してください。"
        )
    return outline.round.id


def write_values(
    session: Session,
    outline: Outline,
    action_id: int,
    values: Mapping[action_fields.Field[Any], Any],
) -> None:
    """Write values of fields of an action into its row, and into its outlook in the round shown.

    An outlook that says nothing any more is none. Raises GoneError, and RefusedError where no
    round can be written to.
    """
    of_round = {
        field: value for field, value in values.items() if field.scope is action_fields.Scope.ROUND
    }
    if len(of_round) < len(values):
        set_columns(
            fetch(session, tables.ActionRow, action_id), values, action_fields.Scope.ACTION
        )
    if not of_round:
        return
    round_id, known = open_round_id(outline), outline.outlooks.get(action_id)
    if known is None:
        row = tables.OutlookRow(round_id=round_id, action_id=action_id)
    else:
        row = fetch(session, tables.OutlookRow, known.id)
    set_columns(row, of_round, action_fields.Scope.ROUND)
    row.carried = 0
    if not action_fields.is_empty_outlook(row):
        session.add(row)
    elif known is not None:
        session.delete(row)


def set_columns(
    row: SQLModel, values: Mapping[action_fields.Field[Any], Any], scope: action_fields.Scope
) -> None:
    """Write the values of those fields that have their columns in the table of the row."""
    for field, value in values.items():
        if field.scope is scope:
            assert field.column is not None
            setattr(row, field.column.name, value)


def place_all(session: Session, nodes: Sequence[int]) -> None:
    """Give the nodes, which stand under one heading or term, the positions 0, 1, 2 and so on.

    Actions and sub-headings count each for themselves. Raises GoneError.
    """
    placements = [row_id(node) for node in nodes if is_placement(node)]
    headings = [row_id(node) for node in nodes if is_heading(node)]
    for position, placement_id in enumerate(placements):
        fetch(session, tables.PlacementRow, placement_id).position = position
    for position, heading_id in enumerate(headings):
        fetch(session, tables.HeadingRow, heading_id).position = position


def next_to(nodes: Sequence[int], node: int, after: int | None) -> list[int]:
    """Return the siblings with a new one behind `after`, or at the end."""
    place = nodes.index(after) + 1 if after in nodes else len(nodes)
    return [*nodes[:place], node, *nodes[place:]]
