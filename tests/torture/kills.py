"""Kills the program at any moment of an edit or a long operation, and looks at what is left."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kyodo_desktop.services import files
from tests.services import typist
from tests.torture import children
from tests.torture.contents import content, opened, problem
from tests.torture.operations import OPERATIONS, PLAN, Prepared, prepared
from tests.torture.tally import LOSS, OTHER, RAW, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.shim import Shim

_MOST_EDITS = 4
_CALLS_OF_EDIT, _CALLS_OF_OPENING = 60, 600  # about
_DONE = "done"


def operations(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Kill every long operation in turn: at a call on its files, or at a moment."""
    tally = Tally("kills of long operations", "operations")
    begun = _all_prepared(seeds, folder)
    for seed in tally.each(seeds):
        place = seed % len(OPERATIONS)
        given, calls = begun[place]
        _kill_one(seed, given, calls, folder / "try", shim, tally)
    yield tally


def _all_prepared(seeds: range, folder: Path) -> dict[int, tuple[Prepared, float]]:
    """Prepare what the seeds ask for; each with the seconds that it takes in a child."""
    found = {}
    for place in sorted({seed % len(OPERATIONS) for seed in seeds}):
        given = prepared(OPERATIONS[place], folder / f"operation{place}")
        begin = time.perf_counter()
        given.operation.run(given.copy_to(folder / "timed"))
        found[place] = given, time.perf_counter() - begin
    return found


def _kill_one(
    seed: int, given: Prepared, seconds: float, folder: Path, shim: Shim | None, tally: Tally
) -> None:
    random, operation = Random(seed), given.operation
    given.copy_to(folder)
    if shim is not None:
        shim.watch(folder)
        with shim.counting() as counts:
            ended = children.run(lambda _: operation.run(folder))
        total = sum(counts.values())
        given.copy_to(folder)
    if shim is not None and random.random() < 0.8:
        shim.kill_at(random.randint(1, max(1, total)), half=random.random() < 0.5)
        ended = children.run(lambda report: _run(operation, folder, report))
        where = f"before or amid {shim.hit}"
    else:
        pause = random.uniform(0, seconds * 1.5)
        child = children.Child(lambda report: _run(operation, folder, report))
        time.sleep(pause)
        child.kill()
        ended, where = child.ended(), f"after {pause:.4f} s"
    if shim is not None:
        shim.heal()
    for told in _judged(given, folder, ended):
        tally.fault(told[0], seed, told[1], f"{operation.name}, killed {where}")


def _run(operation: Any, folder: Path, report: Any) -> None:
    operation.run(folder)
    report(_DONE)


def _judged(given: Prepared, folder: Path, ended: children.Ended) -> Iterator[tuple[str, str]]:
    """Look at what a kill left, then do the same again, and look at that."""
    for told in (*ended.told(children.RAW), *ended.told(children.FAILED)):
        yield RAW, told
    operation = given.operation
    made = folder / operation.made
    plan = folder / PLAN
    if plan.exists() and (wrong := problem(plan)):
        yield LOSS, f"the plan is damaged: {wrong}"
        return
    try:
        found = content(made)
    except Exception as error:
        yield LOSS, f"half a file: {children.head_of(error)}"
        return
    if plan.exists():
        for each in files.backups_of(plan):
            if each.path.name.startswith("~"):
                yield OTHER, "half a copy is offered as a backup"
    if _DONE in ended.reports and found != given.after:
        yield LOSS, "finished, but not there"
    elif found not in (given.before, given.after):
        yield LOSS, "neither as before nor as after"
    if found == given.after and given.before != given.after:
        return
    again = children.run(lambda report: _run(operation, folder, report))
    for told in (*again.told(children.RAW), *again.told(children.FAILED)):
        yield OTHER, f"what it left makes the next run fail: {told}"
    if _DONE in again.reports and content(made) != given.after:
        yield OTHER, "what it left makes the next run say something else"


def edits(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Kill a program that types and edits, again and again on the same file."""
    tally = Tally("kills of edits and typing", "edits")
    given = prepared(next(each for each in OPERATIONS if each.name == "join"), folder / "plan")
    file = given.copy_to(folder / "try") / PLAN
    state, number = _state(file), 0
    for seed in tally.each(seeds):
        ended, where = _killed_edits(Random(seed), file, number, shim)
        for told in ended.told(children.RAW):
            tally.fault(RAW, seed, told, where)
        for told in ended.told(children.FAILED):
            tally.fault(OTHER, seed, f"what a kill left makes the next run fail: {told}", where)
            _without_notes(file.parent)
        for reported in (each for each in ended.reports if isinstance(each, int)):
            state = typist.after(state, reported)
            number = reported + 1
            tally.count("edits finished")
        told, found = _found(file)
        if told:
            tally.fault(LOSS, seed, told, where)
            file = given.copy_to(folder / "try") / PLAN
            _, found = _found(file)
        elif found not in (state, typist.after(state, number)):
            tally.fault(LOSS, seed, "a finished edit is not there", where)
        state, number = found, number + 1
    yield tally


def _without_notes(folder: Path) -> None:
    """Take away what says who writes, so that each failure is counted once."""
    for each in folder.glob("*.who"):
        each.unlink()


def _killed_edits(
    random: Random, file: Path, number: int, shim: Shim | None
) -> tuple[children.Ended, str]:
    """Let a child edit from the edit of this number on, and kill it."""

    def work(report: Any) -> None:
        plan = opened(file)
        report("open")
        if shim is not None and by_call and not from_begin:
            shim.kill_at(random.randint(1, _MOST_EDITS * _CALLS_OF_EDIT), half=half)
        for each in count(number):
            typist.edit(plan.workspace, each)
            report(each)

    by_call, from_begin, half = (random.random() < share for share in (0.8, 0.1, 0.5))
    if shim is not None:
        shim.watch(file.parent)
        if by_call and from_begin:
            shim.kill_at(random.randint(1, _CALLS_OF_OPENING), half=half)
    child = children.Child(work)
    if shim is None or not by_call:
        for _ in range(random.randint(1, _MOST_EDITS)):
            child.next_report()
        time.sleep(random.uniform(0, 0.006))
        child.kill()
    ended = child.ended()
    if shim is None:
        return ended, "at a moment"
    shim.heal()
    return ended, f"before or amid {shim.hit}" if by_call else "at a moment"


def _found(file: Path) -> tuple[str, Any]:
    """Return what is wrong with a file, if anything, and what it says where it opens."""
    if wrong := problem(file):
        return f"the plan is damaged: {wrong}", None
    try:
        return "", _state(file)
    except Exception as error:
        return f"does not open: {children.head_of(error)}", None


def _state(file: Path) -> tuple[Any, ...]:
    """Open the file as a window would, and return what the edits touch."""
    plan = opened(file)
    outline = plan.workspace.outline
    plan.close()
    status = outline.status(typist.MARKED)
    return (
        outline.actions[typist.TYPED].note,
        tuple(line.text for line in outline.lines[typist.LISTED]),
        status.id if status else None,
        outline.headings[typist.NAMED].title,
    )
