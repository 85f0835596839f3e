"""Keeps 委員会意見 of the round that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.domain.nodes import is_heading, row_id
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace


def set_opinion(workspace: Workspace, node: int, text: str) -> None:
    """Write the opinion on a heading, or at a term the 総括; an empty text is no opinion."""
    outline = workspace.outline
    heading_id = opinion_key(node)
    round_id = open_round_id(outline)
    text = checked_text(text, "委員会意見")
    known = outline.opinions.get(heading_id)
    typing = ("opinion", round_id, heading_id)
    with workspace.transact("委員会意見を入力", typing=typing) as session:
        if known is None:
            row = tables.OpinionRow(round_id=round_id, heading_id=heading_id)
        else:
            row = fetch(session, tables.OpinionRow, known.id)
        row.text = text
        if text:
            session.add(row)
        elif known is not None:
            session.delete(row)


def opinion_key(node: int) -> int | None:
    """Return the key in `Outline.opinions` for a heading; a term stands for the 総括."""
    return row_id(node) if is_heading(node) else None
