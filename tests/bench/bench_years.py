"""Ten rounds of 1,000 actions: opening, choosing a round, comparing two and all checks.

Beside each stands the same with plain Python over lists read by raw sqlite3, in turns.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kyodo_desktop.services.checking import check
from kyodo_desktop.services.comparing import compare_rounds
from tests.bench import years
from tests.bench.result import Result, printed
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.services.workspace import Workspace

LIMIT = 2.0
TURNS = 9


def measure() -> Iterator[Result]:
    """Yield seconds of each."""
    with tempfile.TemporaryDirectory() as folder:
        path = years.file_with_rounds(Path(folder, "計画.kyodo"))
        size = f"{years.ROUNDS} rounds × {years.ACTIONS:,} actions"
        opened(path, Clock()).close()  # the day's backup is made once
        yield _beside(
            f"open, {size}",
            lambda: opened(path, Clock()).close(),
            lambda: years.opened(path),
        )
        with closing(opened(path, Clock())) as plan, closing(sqlite3.connect(path)) as raw:
            yield from _with_the_plan_open(plan.workspace, raw, path, size)


def _with_the_plan_open(
    workspace: Workspace, raw: sqlite3.Connection, path: Path, size: str
) -> Iterator[Result]:
    rounds = list(workspace.outline.rounds)
    yield _beside(
        f"choose another round, {size}",
        lambda: workspace.show_round(rounds[4]),
        lambda: (years.lines(raw, rounds[4]), years.lines(raw, rounds[3])),
    )
    yield _beside(
        f"compare two rounds, {size}",
        lambda: compare_rounds(workspace, rounds[4], rounds[8]),
        lambda: years.compared(path, rounds[4], rounds[8]),
    )
    workspace.show_round(rounds[-1])
    yield _beside(f"all checks, {size}", lambda: check(workspace), lambda: years.checked(path))


def _beside(name: str, ours: Callable[[], object], bare: Callable[[], object]) -> Result:
    seconds = [(_timed(ours), _timed(bare)) for _ in range(TURNS)]
    mine, theirs = zip(*seconds, strict=True)
    return Result(name, statistics.median(mine), statistics.median(theirs), LIMIT)


def _timed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


if __name__ == "__main__":
    printed(measure())
