"""What a new round takes over from the one before it (前回のまま), and how that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.current_terms import terms_over
from kyodo_desktop.domain.predecessors import lines_in, outlook_in, sources
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel import SQLModel

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.record import Record
    from kyodo_desktop.services.workspace import Workspace


def carried_rows(
    outline: Outline, record: Record, round_id: int, fiscal_year: int
) -> Iterator[SQLModel]:
    """Yield the lines and outlooks of a new round, as the round before it has them.

    An action that a new term took over begins with what was said of the one it continues;
    those of a term that is over have said their last.
    """
    over, origins = terms_over(outline, fiscal_year), sources(outline)
    for action_id in outline.placed:
        if outline.actions[action_id].term_id in over:
            continue
        kept = {"id": None, "round_id": round_id, "action_id": action_id, "carried": 1}
        back_to = origins.get(action_id, ())
        for place, line in enumerate(lines_in(record, action_id, back_to)):
            yield tables.ProgressRow(**{**line._asdict(), **kept, "position": place})
        outlook = outlook_in(record, action_id, back_to)
        if outlook is not None:
            yield tables.OutlookRow(**{**outlook._asdict(), **kept})


def accept_carried(workspace: Workspace, action_ids: Sequence[int]) -> None:
    """Say that what was carried forward for the actions is right as it stands."""
    outline = workspace.outline
    open_round_id(outline)
    with workspace.transact("前回のままで確認") as session:
        for action_id in dict.fromkeys(action_ids):
            for line in outline.lines.get(action_id, ()):
                fetch(session, tables.ProgressRow, line.id).carried = 0
            if outlook := outline.outlooks.get(action_id):
                fetch(session, tables.OutlookRow, outlook.id).carried = 0
