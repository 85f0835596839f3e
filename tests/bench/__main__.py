"""Measures everything, each beside its limit: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run each bench in a process of its own, so that none warms another up."""
    for bench in sorted(Path(__file__).parent.glob("bench_*.py")):
        subprocess.run([sys.executable, "-m", f"tests.bench.{bench.stem}"], check=True)


if __name__ == "__main__":
    main()
