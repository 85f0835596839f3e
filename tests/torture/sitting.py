"""Edits for a whole day without a pause, and measures what grows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import psutil

from tests.services import typist
from tests.torture.contents import opened, problem
from tests.torture.operations import OPERATIONS, PLAN, prepared
from tests.torture.tally import LOSS, OTHER, RAW, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.shim import Shim

MOST_MEMORY = 64  # MiB that a sitting may add
MOST_SLOWER = 2.0  # times that the last edits may take as long as the first
SHARE = 50  # of the edits are taken as the first, and as the last


def sitting(seeds: range, folder: Path, _shim: Shim | None) -> Iterator[Tally]:
    """Edit as often as there are seeds, take steps back, and read the history."""
    tally = Tally("edits in one sitting", "sitting")
    seed = seeds[0]
    given = prepared(next(each for each in OPERATIONS if each.name == "join"), folder / "plan")
    file = given.copy_to(folder / "try") / PLAN
    process, part = psutil.Process(), max(6, len(seeds) // SHARE)
    with closing(opened(file)) as plan:
        workspace, taken = plan.workspace, []
        before, size = process.memory_info().rss, file.stat().st_size
        steps = _steps(file)
        for number in range(len(seeds)):
            begin = perf_counter()
            typist.edit(workspace, number)
            workspace.end_typing()
            taken.append(perf_counter() - begin)
            tally.tries += 1
        tally.slowest = max(taken)
        grown = (process.memory_info().rss - before) / 2**20
        first, last = median(taken[:part]), median(taken[-part:])
        tally.note = (
            f"memory +{grown:.0f} MiB, file {size / 2**20:.1f} → "
            f"{file.stat().st_size / 2**20:.1f} MiB, "
            f"an edit {first * 1000:.1f} → {last * 1000:.1f} ms"
        )
        if grown > MOST_MEMORY:
            tally.fault(OTHER, seed, f"memory grew by {grown:.0f} MiB")
        if last > first * MOST_SLOWER:
            tally.fault(OTHER, seed, f"an edit took {first:.4f} s, then {last:.4f} s")
        changed = _steps(file) - steps
        wanted = len(seeds)
        if changed != wanted:
            tally.fault(LOSS, seed, f"{changed} steps in the history of {wanted}")
        try:
            undone = sum(workspace.undo() is not None for _ in range(min(100, len(seeds))))
        except Exception as error:
            tally.fault(RAW, seed, repr(error))
        else:
            if undone != min(100, len(seeds)):
                tally.fault(LOSS, seed, f"only {undone} steps could be taken back")
    if wrong := problem(file):
        tally.fault(LOSS, seed, f"the plan is damaged: {wrong}")
    yield tally


def _steps(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM operation").fetchone()[0])
