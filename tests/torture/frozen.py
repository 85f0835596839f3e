"""Freezes a writer as a laptop does that is closed, and wakes it when another one writes."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import files, progress, watch
from kyodo_desktop.store import lock
from tests.torture import children
from tests.torture.contents import NOW, problem, wrong_words
from tests.torture.operations import OPERATIONS, PLAN, prepared
from tests.torture.races import alternating_authors, lines_of
from tests.torture.tally import LOSS, OTHER, RAW, WORDS, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.torture.shim import Shim

LISTED = 2
# Seconds for which another one tries to get the right to write; one that is locked out gives up.
PATIENCE, LOCKED_OUT = 15.0, 1.0
# Seconds without a sign of life after which the program gives a writer up; its own are many more.
SILENT_AFTER = float(os.environ.get("KYODO_TORTURE_SILENT") or 0.5)
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
        case = _Case(trial / PLAN, Random(seed), lie=lie)
        for kind, told in case.run(tally):
            tally.fault(kind, seed, told, str(case))
        if shim is not None:
            shim.let_locks_lie(on=False)
    yield tally


class _Case:
    """One writer that freezes, perhaps in the middle of an edit, and one that takes over."""

    def __init__(self, file: Path, random: Random, *, lie: bool) -> None:
        self.file, self.lie = file, lie
        self.amid = random.random() < 0.5
        self.before = random.randint(2, 6)
        self.pause = random.uniform(0, 0.02)
        self.edits_first = random.random() < 0.75

    def __str__(self) -> str:
        locks = "locks lie" if self.lie else "locks hold"
        frozen = "frozen at any moment" if self.amid else "frozen at rest"
        return f"{locks}, {frozen}, {'edited' if self.edits_first else 'opened'} by another"

    def run(self, tally: Tally) -> Iterator[tuple[str, str]]:
        """Yield what went wrong."""
        first = children.Child(self._write)
        for _ in range(self.before):
            first.next_report()
        if self.amid:
            time.sleep(self.pause)
            os.kill(first.pid, signal.SIGSTOP)
        else:
            os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
        second = children.Child(self._take_over)
        has_it = second.next_report() == "open"
        for _ in range(MORE if has_it and self.edits_first else 0):
            second.next_report()
        os.kill(first.pid, signal.SIGCONT)
        one, other = first.ended(), second.ended()
        tally.count("taken over" if has_it else "not taken over")
        yield from _told(one)
        yield from _told(other)
        if self.lie and not has_it:
            yield OTHER, f"the plan could not be taken over within {PATIENCE:.0f} s"
        if has_it and self.edits_first and not one.told("told"):
            yield LOSS, "the writer that woke could go on"
        if has_it and self.edits_first and other.told("told"):
            yield LOSS, f"the one that took over was refused: {other.told('told')[0]}"
        yield from _left(self.file, {*one.told("saved"), *other.told("saved")})

    def _write(self, report: Callable[[Any], None]) -> None:
        """Edit until that is refused, or for a while."""
        _hurry()
        author = "凍った人"
        with closing(files.open_plan(self.file, author=lambda: author, now=lambda: NOW)) as plan:
            plan.watch()
            for number in range(60):
                if not _edit(plan, f"{author}{number}", report):
                    return
                if number + 1 == self.before and not self.amid:
                    os.kill(os.getpid(), signal.SIGSTOP)
                time.sleep(0.01)
                plan.follow()

    def _take_over(self, report: Callable[[Any], None]) -> None:
        """Open the plan as soon as that is granted, edit, and edit again when the first woke."""
        _hurry()
        author, until = "次の人", time.monotonic() + (PATIENCE if self.lie else LOCKED_OUT)
        while (plan := _granted(self.file, author)) is None:
            if time.monotonic() > until:
                report("refused")
                return
            time.sleep(0.05)
        report("open")
        with closing(plan):
            plan.watch()
            for number in range(2 * MORE):
                if number == (MORE if self.edits_first else 0):
                    time.sleep(0.3)  # the first one wakes
                if not _edit(plan, f"{author}{number}", report):
                    return
                plan.follow()


def _hurry() -> None:
    """Be a computer of its own, on which signs of life are given and missed sooner."""
    children.forget_machine()
    lock.BEAT, lock.SILENT_AFTER, watch.EVERY = SILENT_AFTER / 4, SILENT_AFTER, 0.1


def _granted(file: Path, author: str) -> files.OpenPlan | None:
    try:
        plan = files.open_plan(file, author=lambda: author, now=lambda: NOW, must_be_sure=True)
    except PlanError:
        return None
    if not plan.workspace.read_only_because:
        return plan
    plan.close()
    return None


def _edit(plan: files.OpenPlan, text: str, report: Callable[[Any], None]) -> bool:
    try:
        progress.add_line(plan.workspace, LISTED, text)
    except PlanError as error:
        report(["told", error.message])
        return False
    report(["saved", text])
    return True


def _told(ended: children.Ended) -> Iterator[tuple[str, str]]:
    for told in (*ended.told(children.RAW), *ended.told(children.FAILED)):
        yield RAW, told
    for told in ended.told("told"):
        if wrong := wrong_words(told):
            yield WORDS, wrong
    if not ended.finished:
        yield OTHER, "hung" if ended.took_too_long else "the process died"


def _left(file: Path, saved: set[str]) -> Iterator[tuple[str, str]]:
    if wrong := problem(file):
        yield LOSS, f"the plan is damaged: {wrong}"
        return
    if not saved <= set(lines_of(file)):
        yield LOSS, "a finished edit is not there"
    if alternating_authors(file):
        yield LOSS, "two wrote in turn"
