"""Names the files with deep tests that a day's changes can have broken, the nearest first.

Near is what a test imports itself, far what that imports in turn. A day, because that is what is
handed in at once; a checkout knows of nothing better.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from tests.imports import ROOT, imports

DAY = 24 * 60 * 60


def main() -> None:
    changed = changed_files()
    steps = {test: steps_to(changed, test) for test in deep_tests()}
    for test in sorted((each for each in steps if steps[each] is not None), key=steps.get):
        print(test.relative_to(ROOT))


def changed_files() -> set[Path]:
    """Return what differs from the newest commit that is a day older than the last one."""
    last = int(git("log", "-1", "--format=%ct"))
    base = git("rev-list", "-1", f"--before={last - DAY}", "HEAD") or git(
        "rev-list", "--max-parents=0", "HEAD"
    )
    return {ROOT / name for name in git("diff", "--name-only", "-z", base).split("\0") if name}


def deep_tests() -> list[Path]:
    """Return the files with tests that try more when they are asked to."""
    return [
        path
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if any(name.startswith(("tests.effort", "hypothesis.given")) for name in imports(path))
    ]


def steps_to(changed: set[Path], path: Path) -> int | None:
    """Return over how many imports a file reaches one that changed; None where it reaches none."""
    seen, layer, steps = {path}, {path}, 0
    while layer:
        if layer & changed:
            return steps
        layer = {each for one in layer for each in imported(one)} - seen
        seen |= layer
        steps += 1
    return None


@cache
def imported(path: Path) -> frozenset[Path]:
    """Return the files of the project that a module imports."""
    found = (file_of(name) for name in imports(path))
    return frozenset(each for each in found if each is not None)


@cache
def file_of(name: str) -> Path | None:
    """Return the file of a module, or of the one in which a name is defined."""
    for whole in (name, name.rpartition(".")[0]):
        module = ROOT.joinpath(*whole.split("."))
        for path in (module.with_suffix(".py"), module / "__init__.py"):
            if whole and path.is_file():
                return path
    return None


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode().rstrip("\n\0")


if __name__ == "__main__":
    main()
