"""Freezes a writer as a laptop does that is closed, and wakes it when another one writes."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import files, progress
from tests.torture import children
from tests.torture.contents import NOW, problem, wrong_words
from tests.torture.operations import OPERATIONS, PLAN, prepared
from tests.torture.races import _lines, alternating_authors
from tests.torture.tally import LOSS, OTHER, RAW, WORDS, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.torture.shim import Shim

LISTED = 2
# How long another one waits for the writer to be given up; the program's own limit in a full run.
PATIENCE = float(os.environ.get("KYODO_TORTURE_PATIENCE") or 3)
MORE = 3


def writers(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Freeze a writer, let another open the plan and edit, and wake the first."""
    tally = Tally("frozen writers", "writers")
    given = prepared(next(each for each in OPERATIONS if each.name == "join"), folder / "plan")
    for seed in tally.each(seeds):
        trial, lie = given.copy_to(folder / "try"), shim is not None and seed % 4 != 0
        if shim is not None:
            shim.watch(trial)
            shim.let_locks_lie(on=lie)
        amid = seed % 2 == 0
        where = f"{'locks lie' if lie else 'locks hold'}, {'at any moment' if amid else 'at rest'}"
        for kind, told in _frozen(trial / PLAN, Random(seed), tally, lie=lie, amid=amid):
            tally.fault(kind, seed, told, where)
        if shim is not None:
            shim.let_locks_lie(on=False)
    yield tally


def _frozen(
    file: Path, random: Random, tally: Tally, *, lie: bool, amid: bool
) -> Iterator[tuple[str, str]]:
    """Yield what went wrong; `amid` freezes the writer perhaps in the middle of an edit."""
    before = random.randint(2, 6)
    first = children.Child(lambda report: _write(file, "凍った人", report, 0 if amid else before))
    for _ in range(before):
        first.next_report()
    if amid:
        time.sleep(random.uniform(0, 0.02))
        os.kill(first.pid, signal.SIGSTOP)
    else:
        os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
    second = children.Child(lambda report: _take_over(file, report))
    has_it = second.next_report(PATIENCE + 30) == "open"
    saved = [second.next_report() for _ in range(MORE)] if has_it else []
    os.kill(first.pid, signal.SIGCONT)
    one, other = first.ended(), second.ended()
    tally.count("taken over" if has_it else "not taken over")
    for each in (one, other):
        for told in (*each.told(children.RAW), *each.told(children.FAILED)):
            yield RAW, told
        for told in each.told("told"):
            if wrong := wrong_words(told):
                yield WORDS, wrong
        if not each.finished:
            yield OTHER, "hung" if each.took_too_long else "the process died"
    if lie and not has_it:
        yield OTHER, f"the plan could not be taken over within {PATIENCE:.0f} s"
    if has_it and not one.told("told"):
        yield LOSS, "the writer that woke could go on"
    if has_it and other.told("told"):
        yield LOSS, f"the one that took over was refused: {other.told('told')[0]}"
    if wrong := problem(file):
        yield LOSS, f"the plan is damaged: {wrong}"
        return
    lost = {*one.told("saved"), *other.told("saved")} - set(_lines(file))
    if lost or None in saved:
        yield LOSS, "a finished edit is not there"
    if alternating_authors(file):
        yield LOSS, "two wrote in turn"


def _write(file: Path, author: str, report: Callable[[Any], None], stop_at: int) -> None:
    """Edit until that is refused, or sixty times; stop oneself after some edits, from 1."""
    with closing(files.open_plan(file, author=lambda: author, now=lambda: NOW)) as plan:
        for number in range(60):
            try:
                progress.add_line(plan.workspace, LISTED, f"{author}{number}")
            except PlanError as error:
                report(["told", error.message])
                return
            report(["saved", f"{author}{number}"])
            if number + 1 == stop_at:
                os.kill(os.getpid(), signal.SIGSTOP)
            time.sleep(0.01)


def _take_over(file: Path, report: Callable[[Any], None]) -> None:
    """Open the plan as soon as that is granted, edit, and edit again when the first one woke."""
    author, until = "次の人", time.monotonic() + PATIENCE
    while True:
        try:
            plan = files.open_plan(file, author=lambda: author, now=lambda: NOW)
            break
        except PlanError:
            if time.monotonic() > until:
                report("refused")
                return
            time.sleep(0.05)
    report("open")
    with closing(plan):
        for number in range(2 * MORE):
            if number == MORE:
                time.sleep(0.3)  # the first one wakes
            try:
                progress.add_line(plan.workspace, LISTED, f"{author}{number}")
            except PlanError as error:
                report(["told", error.message])
                return
            report(["saved", f"{author}{number}"])
