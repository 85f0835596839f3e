"""`python -m kyodo_desktop`: the window, or one of the commands without it."""

from __future__ import annotations

import sys

from kyodo_desktop import garbage


def main() -> int:
    """Run the program with the arguments of the process and return its exit code."""
    garbage.pause_gc(garbage.START)  # it would take 0.1 s

    from kyodo_desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
