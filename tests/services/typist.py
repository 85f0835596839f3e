"""A program that edits plans until it is killed, for test_killed.py.

For each line on its input (the first edit's number, a count, microseconds, a plan) it forks a
child, which opens the plan, edits and reports every finished edit. That long after so many
reports it kills the child, and prints the numbers of the edits that were reported.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import time
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from kyodo_desktop.domain.nodes import heading_node
from kyodo_desktop.services import files, progress, sample, structure
from kyodo_desktop.services.workspace import Workspace
from tests import edits

TYPED, LISTED, MARKED, NAMED = 1, 2, 3, 4  # three actions and a heading
KINDS = 6


def edit(workspace: Workspace, number: int) -> None:
    """Do the edit of this number: typing three times out of six."""
    match number % KINDS:
        case 3:
            progress.add_line(workspace, LISTED, f"行{number}")
        case 4:
            progress.set_status(workspace, [MARKED], status_of(number))
        case 5:
            structure.rename(workspace, heading_node(NAMED), f"見出し{number}")
        case _:
            edits.set_note(workspace, TYPED, note_of(number))


def note_of(number: int) -> str:
    return f"備考{number}" * 100


def status_of(number: int) -> int:
    return 1 + number // KINDS % 3


def after(state: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """Return what the plan says after the edit of this number."""
    note, lines, status_id, title = state
    match number % KINDS:
        case 3:
            return note, (*lines, f"行{number}"), status_id, title
        case 4:
            return note, lines, status_of(number), title
        case 5:
            return note, lines, status_id, f"見出し{number}"
    return note_of(number), lines, status_id, title


def work(path: Path, start: int, report: int) -> None:
    plan = files.open_plan(path, author=lambda: "typist", now=lambda: datetime(2026, 11, 23))
    os.write(report, b" ")
    for number in count(start):
        edit(plan.workspace, number)
        os.write(report, f"{number} ".encode())


def watch(path: Path, start: int, edits: int, microseconds: int) -> str:
    """Let a child open the plan, finish so many edits and go on for so long, and kill it."""
    reports, report = os.pipe()
    child = os.fork()
    if child == 0:
        work(path, start, report)
    os.close(report)
    reported = b""
    while reported.count(b" ") <= edits:
        reported += os.read(reports, 1)
    time.sleep(microseconds / 1_000_000)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with os.fdopen(reports) as file:
        return reported.decode() + file.read()


def warm_up() -> None:
    """Do everything once, so that a child opens and edits as fast as a window in use."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warm.kyodo")
        sample.create_sample(path, "tomisato_2015", author="typist", now=datetime(2026, 11, 23))
        plan = files.open_plan(path, author=lambda: "typist", now=lambda: datetime(2026, 11, 23))
        for number in range(2 * KINDS):
            edit(plan.workspace, number)
        plan.close()


if __name__ == "__main__":
    warm_up()
    gc.freeze()  # spares a child copying what it only reads
    for line in sys.stdin:
        *numbers, plan_path = line.rstrip("\n").split(" ", 3)
        print(watch(Path(plan_path), *map(int, numbers)), flush=True)
