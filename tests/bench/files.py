"""Plans of any size as files."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlmodel import SQLModel

from kyodo_desktop.store.history import Founding
from kyodo_desktop.store.migrating import create
from tests.outlines import large_outline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlmodel import Session

NOW = datetime.fromisoformat("2026-11-23T18:00:00+09:00")
FOUNDING = Founding(NOW.isoformat(), "bench", "作成")


def plan_file(path: Path, actions: int) -> Path:
    """Write a plan with so many actions, one line of progress each."""
    outline = large_outline(actions)
    tables: dict[str, Iterable[Any]] = {
        "plan": [outline.plan],
        "level": outline.levels,
        "status": outline.statuses.values(),
        "round": outline.rounds.values(),
        "term": outline.terms.values(),
        "heading": outline.headings.values(),
        "action": outline.actions.values(),
        "placement": outline.placements.values(),
        "progress": chain.from_iterable(outline.lines.values()),
    }

    def fill(session: Session) -> None:
        for name, rows in tables.items():
            statement = SQLModel.metadata.tables[name].insert()
            session.connection().execute(statement, [row._asdict() for row in rows])

    create(path, fill, FOUNDING, now=NOW)
    return path
