"""置換 as one step: the texts that were agreed to, in all the rows that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, errors, replacing
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.services.rounds import is_empty_opinion
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def refusal(outline: Outline, kind: replacing.TextKind) -> str:
    """Return why texts of a kind cannot be replaced now; empty where they can."""
    try:
        if kind.is_of_round:
            open_round_id(outline)
    except errors.RefusedError as error:
        return error.message
    return ""


def replace_texts(
    workspace: Workspace, find: str, put: str, hits: Sequence[replacing.Hit]
) -> None:
    """Write what the hits say, as one step.

    Raises GoneError, InvalidInputError and RefusedError; then nothing is written.
    """
    if any(hit.place.kind.is_of_round for hit in hits):
        open_round_id(workspace.outline)
    label = f"置換：「{_short(find)}」→「{_short(put)}」（{len(hits)}件）"
    with workspace.transact(label) as session:
        for hit in hits:
            _write(session, hit)


def _write(session: Session, hit: replacing.Hit) -> None:
    place = hit.place
    text = replacing.checked(place.kind, hit.after)
    kind: Any = tables.RECORDED[place.table]
    row = fetch(session, kind, place.row_id)
    if with_signs(getattr(row, place.kind.column)) != place.text:  # which is as it is shown
        raise errors.RefusedError(
            "探したあとに文が変わったため、置換しませんでした。もう一度探してください。"
        )
    setattr(row, place.kind.column, text)  # 前回のまま stays: nobody has read the text for that
    if _says_nothing(row, place.table):
        session.delete(row)


def _says_nothing(row: Any, table: str) -> bool:
    """Tell whether a row need not be there any more."""
    if table == action_fields.Scope.ROUND.value:
        return action_fields.is_empty_outlook(row)
    return table == "opinion" and is_empty_opinion(row)


_LONGEST = 20


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
