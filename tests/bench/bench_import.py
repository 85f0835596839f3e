"""How long a table takes to come in, against openpyxl's read-only pass over the same file."""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from kyodo_desktop.domain.importing.guessing import guess_mapping
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.excel.reading.tables import read_table
from tests.bench.result import Result, printed
from tests.bench.tables import bare_pass, write_table

READING_LIMIT, IMPORT_LIMIT = 1.2, 2.0
SIZES = (10_000, 50_000)
TURNS = 3


def measure() -> Iterator[Result]:
    """Yield seconds to read the texts, and to find the plan in them, for each size."""
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


def _found(path: Path) -> None:
    book = read_table(path)
    read_plan(book, guess_mapping(book))


def _seconds(work: Callable[[Path], object], path: Path) -> float:
    gc.collect()
    start = perf_counter()
    work(path)
    return perf_counter() - start


if __name__ == "__main__":
    printed(measure())
