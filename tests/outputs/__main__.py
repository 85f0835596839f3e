"""Opens what goes out in the programs of those who get it: `make check-outputs`.

Each check is a module with `problems(folder)`, which yields what is wrong in a line each; it may
write what it made and saw to the folder, which is build/outputs/ and the check's name. `ONLY`
names the checks to be made.
"""

from __future__ import annotations

import os
import shutil
import sys
from time import monotonic
from typing import TYPE_CHECKING

from tests.imports import ROOT
from tests.outputs import web_page, workbook

if TYPE_CHECKING:
    from types import ModuleType

CHECKS = (web_page, workbook)
FOLDER = ROOT / "build" / "outputs"


def main() -> int:
    """Make the checks and return the exit code: 1 where anything is wrong."""
    only = os.environ.get("ONLY", "").split()
    known = {name_of(each): each for each in CHECKS}
    if set(only) - set(known):
        print(f"ONLY may name {', '.join(known)}", file=sys.stderr)
        return 2
    failed = [check(name, known[name]) for name in only or known]
    return int(any(failed))


def name_of(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def check(name: str, module: ModuleType) -> bool:
    """Print what a check found, and tell whether that was anything."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = monotonic()
    found = list(module.problems(folder))
    result = f"{len(found)} problems" if found else "ok"
    print(f"{name}: {result} ({monotonic() - start:.0f} s)")
    for each in found:
        print(f"  {each}")
    sys.stdout.flush()
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
