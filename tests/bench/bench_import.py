"""How long a table takes to come in, against openpyxl's read-only pass over the same file."""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.domain.importing.found_plan import FoundPlan
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.services.importing.new_file import create_plan_from
from tests.bench.result import Result, printed
from tests.bench.tables import bare_pass, write_table

READING_LIMIT, IMPORT_LIMIT = 1.2, 2.0
STOPPING_LIMIT = 0.25  # of a second
SIZES = (10_000, 50_000)
TURNS = 3
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def measure() -> Iterator[Result]:
    """Yield seconds to read the texts, to find the plan in them, and to write it, for each size.

    The last one is how long the reading of the biggest goes on when somebody gives it up.
    """
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            path = write_table(Path(folder) / f"{rows}.xlsx", rows)
            turns = TURNS if rows == SIZES[0] else 1
            sides = [
                (_seconds(read_table, path), _seconds(_found, path), bare_pass(path))
                for _ in range(turns)
            ]
            texts, plan, bare = (statistics.median(side) for side in zip(*sides, strict=True))
            yield Result(f"a table's texts, {rows:,} rows", texts, bare, READING_LIMIT)
            yield Result(f"a plan found in a table, {rows:,} rows", plan, bare, IMPORT_LIMIT)
            written = _written(_found(path), path.with_suffix(".kyodo"))
            yield Result(f"a found plan written into a file, {rows:,} rows", written, bare, None)
        stopping = _stopped(path)
        yield Result("a reading that is given up half-way", stopping, 1.0, STOPPING_LIMIT)


def _found(path: Path) -> FoundPlan:
    book = read_table(path)
    return read_plan(book, guess_mapping(book))


def _written(found: FoundPlan, path: Path) -> float:
    def write(path: Path) -> None:
        create_plan_from(path, found, author="bench", now=NOW)

    return _seconds(write, path)


def _stopped(path: Path) -> float:
    """Return the seconds between the wish to stop, when half is read, and the end."""
    asked = []

    def progress(done: int, total: int) -> None:
        if not asked and done * 2 > total:
            asked.append(perf_counter())
            control.cancel()

    control = JobControl(progress)
    try:
        read_table(path, control)
    except CancelledError:
        return perf_counter() - asked[0]
    raise AssertionError("the reading did not stop")


def _seconds(work: Callable[[Path], object], path: Path) -> float:
    gc.collect()
    start = perf_counter()
    work(path)
    return perf_counter() - start


if __name__ == "__main__":
    printed(measure())
