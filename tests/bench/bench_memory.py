"""How much memory an open plan takes, against Qt's own model and view with the same rows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.files import plan_file
from tests.bench.result import Result, printed

LIMIT, LIMITED = 2.5, 100_000
SIZES = (1_000, 10_000, 100_000)


def measure() -> list[Result]:
    """Return megabytes in use, each window in a process of its own."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for actions in SIZES:
            path = plan_file(Path(folder, f"{actions}.kyodo"), actions)
            ours, bare = (
                _megabytes(f"tests.bench.{module}", path, folder)
                for module in ("memory_ours", "memory_qt")
            )
            limit = LIMIT if actions == LIMITED else None
            found.append(Result(f"memory with {actions:,} actions open", ours, bare, limit, "MB"))
    return found


def _megabytes(module: str, path: Path, folder: str) -> float:
    environment = {**os.environ, "KYODO_DESKTOP_HOME": folder}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    run = subprocess.run(
        [sys.executable, "-m", module, str(path)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return float(run.stdout)


if __name__ == "__main__":
    printed(measure())
