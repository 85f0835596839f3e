"""How long the program takes from the start of its process until there is something to see."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from kyodo_desktop.services.sample import create_sample
from tests.bench.result import Result, printed

LIMIT = 1.0
TURNS, STALL_TURNS = 15, 5
STALL = 0.050  # seconds; a longer one is felt


def measure() -> list[Result]:
    """Return seconds until painted, ours against the bare script, taken by turns.

    The shortest of each: a process start is disturbed by whatever else the machine does.
    """
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder, "plan.kyodo")
        create_sample(plan, "tomisato_2015", author="bench", now=datetime.now(UTC))
        environment = {**os.environ, "KYODO_DESKTOP_HOME": folder}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        sample, start_page, bare = [], [], []
        for _ in range(TURNS):
            sample.append(_seconds("tests.bench.start_ours", environment, str(plan)))
            start_page.append(_seconds("tests.bench.start_ours", environment))
            bare.append(_seconds("tests.bench.start_bare", environment))
        stalls = [
            float(_run("tests.bench.start_loading", environment, str(plan)))
            for _ in range(STALL_TURNS)
        ]
    return [
        Result("start until painted, sample", min(sample), min(bare), LIMIT),
        Result("start until painted, start page", min(start_page), min(bare), LIMIT),
        Result("longest stall while edits are made ready", min(stalls), STALL, LIMIT),
    ]


def _seconds(module: str, environment: dict[str, str], *arguments: str) -> float:
    begin = perf_counter()
    _run(module, environment, *arguments)
    return perf_counter() - begin


def _run(module: str, environment: dict[str, str], *arguments: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        check=True,
        capture_output=True,
    ).stdout


if __name__ == "__main__":
    printed(measure())
