"""Writes which sections lead and which help in actions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from kyodo_desktop.domain.assigning import Parts


def write_parts(session: Session, wanted: Mapping[int, Parts]) -> None:
    """Let the actions have just these sections with these parts."""
    rows: defaultdict[int, dict[int, tables.AssignmentRow]] = defaultdict(dict)
    for row in fetch_where(session, tables.AssignmentRow, action_id=wanted):
        rows[row.action_id][row.section_id] = row
    for action_id, parts in wanted.items():
        known = rows[action_id]
        for section_id in known.keys() - parts:
            session.delete(known[section_id])
        for section_id, role in parts.items():
            if section_id in known:
                known[section_id].role = role.value
            else:
                session.add(
                    tables.AssignmentRow(
                        action_id=action_id, section_id=section_id, role=role.value
                    )
                )
