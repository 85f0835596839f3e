"""How long a click on a status takes until it is stored and repainted."""

from __future__ import annotations

import os
import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.files import plan_file
from tests.bench.result import Result, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 3.0
SIZES = (1_000, 10_000, 100_000)
TURNS = 30


def measure() -> Iterator[Result]:
    """Yield seconds of a click, against SQLModel's get, set and commit on the same disk."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KYODO_DESKTOP_HOME"] = folder
        from kyodo_desktop import app
        from kyodo_desktop.domain.nodes import placement_node
        from kyodo_desktop.ui.main_window import MainWindow
        from kyodo_desktop.ui.settings import Settings

        application = app.prepared()
        for actions in SIZES:
            path = plan_file(Path(folder, f"{actions}.kyodo"), actions)
            bare_path = plan_file(Path(folder, f"{actions}_bare.kyodo"), actions)
            window = MainWindow(Settings(Path(folder, "settings.ini")), app.now)
            window.show()
            window.files.open(path)
            window.tree.select(placement_node(7))
            application.processEvents()
            ours, bare = [], []
            for turn in range(TURNS):
                begin = perf_counter()
                window.edits.set_status([7], 1 + turn % 2)
                application.processEvents()
                ours.append(perf_counter() - begin)
                bare.append(_committed(bare_path, turn))
            window.close()
            yield Result(
                f"status click stored and repainted, {actions:,} actions",
                statistics.median(ours),
                statistics.median(bare),
                LIMIT,
            )


def _committed(path: Path, turn: int) -> float:
    from sqlmodel import Session

    from kyodo_desktop.store.engine import open_engine
    from kyodo_desktop.store.tables import ProgressRow

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
