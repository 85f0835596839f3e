"""How long it takes to read a plan and show its tree, against sqlite3 fetching the same rows."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.files import plan_file
from tests.bench.result import Result, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 10.0
SIZES = (1_000, 10_000, 100_000)
TURNS = 5
TABLES = ("plan", "level", "status", "round", "term", "heading", "action", "placement", "progress")


def measure() -> Iterator[Result]:
    """Yield seconds to open and show, for each size; the growth should be linear."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KYODO_DESKTOP_HOME"] = folder
        from kyodo_desktop import app
        from kyodo_desktop.ui.main_window import MainWindow
        from kyodo_desktop.ui.settings import Settings

        application = app.prepared()
        for actions in SIZES:
            path = plan_file(Path(folder, f"{actions}.kyodo"), actions)
            window = MainWindow(Settings(Path(folder, "settings.ini")), app.now)
            window.show()
            window.files.open(path)  # makes the backup of the day
            ours, bare = [], []
            for _ in range(TURNS):
                window.files.close_plan()
                application.processEvents()
                begin = perf_counter()
                window.files.open(path)
                application.processEvents()
                ours.append(perf_counter() - begin)
                bare.append(_fetched(path))
            window.close()
            yield Result(
                f"open {actions:,} actions, tree shown",
                statistics.median(ours),
                statistics.median(bare),
                LIMIT,
            )


def _fetched(path: Path) -> float:
    begin = perf_counter()
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            connection.execute(f'SELECT * FROM "{table}"').fetchall()
    return perf_counter() - begin


if __name__ == "__main__":
    printed(measure())
