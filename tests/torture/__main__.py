"""Runs all of it and prints the table: `make torture`.

KYODO_TORTURE=small tries a handful of each. ONLY, SEED and TRIES of the Makefile say which kind,
from which seed on, and how many of each.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from tests.torture import shim
from tests.torture.tally import Tally, table

MEMORY = Path("/dev/shm")
SMALL = os.environ.get("KYODO_TORTURE") == "small"


class Kind(NamedTuple):
    """A module with a function, and how many tries it is given: in a small run, and in all."""

    name: str
    function: str
    small: int
    full: int


KINDS = (
    Kind("kills", "operations", 1, 600),
    Kind("kills", "edits", 2, 600),
    Kind("full_disks", "limits", 1, 90),
    Kind("full_disks", "mounts", 0, 90),
    Kind("errors", "single", 1, 1_000),
    Kind("races", "openers", 1, 200),
    Kind("races", "lying_locks", 0, 200),
    Kind("races", "readers", 0, 50),
    Kind("frozen", "writers", 1, 40),
    Kind("gone", "shares", 0, 100),
    Kind("sitting", "sitting", 0, 20_000),
)


def main() -> int:
    options = _options()
    if not shim.why_not() and shim.of_this_process() is None:
        _start_again()
    found = []
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        for place, kind in enumerate(KINDS):
            tries = options.tries or (kind.small if SMALL else kind.full)
            is_wanted = options.only in ("", kind.name, kind.function)
            if not tries or not is_wanted:
                continue
            inside = Path(folder, f"{place}")
            inside.mkdir()
            for tally in _run(kind, range(options.seed, options.seed + tries), inside):
                found.append(tally)
                print(tally.row(), file=sys.stderr, flush=True)
    print(table(found), end="\n\n")
    for tally in found:
        print(*tally.complaints(), sep="\n", end="")
    return 1 if any(tally.faults for tally in found) else 0


def _run(kind: Kind, seeds: range, folder: Path) -> Iterator[Tally]:
    module = import_module(f"tests.torture.{kind.name}")
    run: Callable[..., Iterator[Tally]] = getattr(module, kind.function)
    gc.collect()
    gc.freeze()  # spares a child copying what it only reads
    begin = perf_counter()
    for tally in run(seeds, folder, shim.of_this_process()):
        if not tally.note and shim.why_not():
            tally.note = f"without a shim: {shim.why_not()}"
        print(f"{tally.name}: {perf_counter() - begin:.1f} s", file=sys.stderr, flush=True)
        yield tally


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("only", nargs="?", default=os.environ.get("ONLY", ""))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or 20261123))
    parser.add_argument("--tries", type=int, default=int(os.environ.get("TRIES") or 0))
    return parser.parse_args()


def _start_again() -> None:
    """Become the same program with a shim before its files."""
    file, name = tempfile.mkstemp(prefix="torture", dir=MEMORY if MEMORY.is_dir() else None)
    os.close(file)
    environment = {**shim.environment(Path(name)), "KYODO_TORTURE": "small" if SMALL else ""}
    os.execve(sys.executable, [sys.executable, "-m", "tests.torture", *sys.argv[1:]], environment)


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        shim.leave()
