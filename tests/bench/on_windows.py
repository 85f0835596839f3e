"""How long the built program takes to start on Windows, beside the same from its source.

`make bench-windows` runs it after `make windows`, in Wine. Both make a fresh copy of the sample,
show it and leave (`--smoke-test`): a built program says nothing to be measured by in between.
"""

from __future__ import annotations

from time import perf_counter

from tests.bench.result import Result, printed
from tests.windows.pc import PC, PYTHON, ROOT, WORK

LIMIT = 1.3
TURNS = 5


def measure() -> list[Result]:
    """Return the shortest of some seconds, taken by turns."""
    pc = PC(WORK / "pc")
    pc.switch_on()
    built, source = [], []
    try:
        for _ in range(TURNS):
            built.append(_seconds(pc, WORK / "bundle" / "KyodoDesktop" / "KyodoDesktop.exe"))
            source.append(_seconds(pc, PYTHON, "-X", "utf8", "-m", "kyodo_desktop"))
    finally:
        pc.switch_off()
    return [Result("Windows: start until painted, exe", min(built), min(source), LIMIT)]


def _seconds(pc: PC, *command: object) -> float:
    begin = perf_counter()
    done = pc.run(*command, "--smoke-test", folder=ROOT)
    assert done.code == 0, done
    return perf_counter() - begin


if __name__ == "__main__":
    printed(measure())
