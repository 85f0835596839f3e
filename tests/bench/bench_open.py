"""How long it takes to read a plan and show its tree, against sqlite3 fetching the same rows."""

from __future__ import annotations

import sqlite3
import statistics
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tests.bench.result import Result, printed
from tests.bench.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT, LIMITED = 10.0, 10_000
TURNS = 5
TABLES = ("plan", "level", "status", "round", "term", "heading", "action", "placement", "progress")


def measure() -> Iterator[Result]:
    """Yield seconds to open and show, for each size; the growth should be linear."""
    for actions, window in windows():
        path = window.plan.path
        ours, bare = [], []
        for _ in range(TURNS):
            window.files.close_plan()
            QApplication.processEvents()
            begin = perf_counter()
            window.files.open(path)
            QApplication.processEvents()
            ours.append(perf_counter() - begin)
            bare.append(_fetched(path))
        yield Result(
            f"open {actions:,} actions, tree shown",
            statistics.median(ours),
            statistics.median(bare),
            LIMIT if actions >= LIMITED else None,
        )


def _fetched(path: Path) -> float:
    begin = perf_counter()
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            connection.execute(f'SELECT * FROM "{table}"').fetchall()
    return perf_counter() - begin


if __name__ == "__main__":
    printed(measure())
