"""How long the built program takes to start on Windows, beside the same from its source.

`make bench-windows` runs it after `make windows`, in Wine. Both make a fresh copy of the sample,
which is a good second of either, and show it; the clock stops when the picture of the painted
window is there. What follows is not counted: Wine waits two seconds for a window manager that
lets the window go, and there is none.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from tests.bench.result import Result, printed
from tests.windows.pc import PC, PYTHON, ROOT, WORK, windows_path

LIMIT = 1.0
TURNS = 5
POLL = 0.005


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
    with TemporaryDirectory() as folder:
        picture = Path(folder, "painted.png")
        begin = perf_counter()
        program = pc.start(*command, "--smoke-test", "--grab", windows_path(picture), folder=ROOT)
        while not picture.exists() and program.poll() is None:
            sleep(POLL)
        seconds = perf_counter() - begin
        assert program.wait() == 0
        assert picture.stat().st_size > 0
    return seconds


if __name__ == "__main__":
    printed(measure())
