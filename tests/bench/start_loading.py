"""Starts the program on a plan, and prints the longest stall while it loads what edits need.

The tree is painted all the while: each call from Qt into Python waits for the other thread.
"""

import gc
import os
import sys
from itertools import pairwise
from time import perf_counter

gc.disable()  # as the program itself does

from PySide6.QtCore import Qt, QTimer  # noqa: E402

from kyodo_desktop import app, cli  # noqa: E402
from tests.bench.painted import when_painted  # noqa: E402

TICK, AFTERWARDS = 5, 500  # milliseconds

cli.logs.start_log()
options = cli.command_parser.parsed(sys.argv[1:])
application = app.prepared()
window = app.shown(options.file)
times: list[float] = []


def begin() -> None:
    assert "sqlalchemy" not in sys.modules
    times.append(perf_counter())
    ticks.start()
    app._load_editing(window)


def tick() -> None:
    times.append(perf_counter())
    window.tree.repaint()
    if not ending.isActive() and "kyodo_desktop.store.engine" in sys.modules:
        ending.start()


def end() -> None:
    print(max(after - before for before, after in pairwise(times)), flush=True)
    os._exit(0)


ticks, ending = QTimer(interval=TICK), QTimer(interval=AFTERWARDS, singleShot=True)
ticks.setTimerType(Qt.TimerType.PreciseTimer)
ticks.timeout.connect(tick)
ending.timeout.connect(end)
when_painted(window.tree, begin)
application.exec()
