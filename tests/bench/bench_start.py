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
TURNS = 15


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
    return [
        Result("start until painted, sample", min(sample), min(bare), LIMIT),
        Result("start until painted, start page", min(start_page), min(bare), LIMIT),
    ]


def _seconds(module: str, environment: dict[str, str], *arguments: str) -> float:
    begin = perf_counter()
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        check=True,
        capture_output=True,
    )
    return perf_counter() - begin


if __name__ == "__main__":
    printed(measure())
