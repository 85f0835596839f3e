"""How long a click on a status takes until it is stored and repainted."""

from __future__ import annotations

import shutil
import statistics
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from sqlmodel import Session

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.store.engine import open_engine
from kyodo_desktop.store.tables import ProgressRow
from tests.bench.result import Result, printed
from tests.bench.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT, LIMITED = 3.0, 10_000
TURNS = 30


def measure() -> Iterator[Result]:
    """Yield seconds of a click, against SQLModel's get, set and commit on the same disk."""
    for actions, window in windows():
        bare_path = shutil.copy(window.plan.path, window.plan.path.with_suffix(".bare"))
        window.tree.select(placement_node(7))
        QApplication.processEvents()
        ours, bare = [], []
        for turn in range(TURNS):
            begin = perf_counter()
            window.features.edits.set_status([7], 1 + turn % 2)
            QApplication.processEvents()
            ours.append(perf_counter() - begin)
            bare.append(_committed(bare_path, turn))
        yield Result(
            f"status click stored and repainted, {actions:,} actions",
            statistics.median(ours),
            statistics.median(bare),
            LIMIT if actions == LIMITED else None,
        )


def _committed(path: Path, turn: int) -> float:
    engine = open_engine(path)
    with engine.connect():
        begin = perf_counter()
        with Session(engine) as session:
            row = session.get(ProgressRow, 7)
            row.status_id = 1 + turn % 2
            session.commit()
        seconds = perf_counter() - begin
    engine.dispose()
    return seconds


if __name__ == "__main__":
    printed(measure())
