"""Lets every operation meet a full disk, at five levels of fullness."""

from __future__ import annotations

import os
import resource
import subprocess
from contextlib import closing, contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import PlanError
from tests.services import typist
from tests.torture import children
from tests.torture.contents import content, opened, problem, wrong_words
from tests.torture.operations import OPERATIONS, PLAN, Operation, Prepared, prepared
from tests.torture.tally import LOSS, OTHER, RAW, WORDS, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kyodo_desktop.services.files import OpenPlan
    from tests.torture.shim import Shim

LEVELS = (0.02, 0.25, 0.5, 0.75, 0.95)
_MOUNTED = 16 << 20
_SPACE, _FILLER = "空き", "filler"
_EDITS, _SOON = 40, 10.0


def _edit(folder: Path) -> None:
    """Edit until there is no room, and go on when there is."""
    with closing(opened(folder / PLAN)) as plan:
        plan.watch()
        try:
            for number in range(_EDITS):
                typist.edit(plan.workspace, number)
        except PlanError:
            _make_room(folder)
            _wait_until_back(plan)
            typist.edit(plan.workspace, _EDITS)
            raise


def _make_room(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    (folder.parent / _FILLER).unlink(missing_ok=True)


def _wait_until_back(plan: OpenPlan) -> None:
    until = monotonic() + _SOON
    plan.look_now()
    while plan.workspace.out_of_reach and monotonic() < until:
        sleep(0.01)
        plan.follow()


def _plan(folder: Path) -> None:
    next(each for each in OPERATIONS if each.name == "join").prepare(folder)


WITH_EDITS = (*OPERATIONS, Operation("edit", _plan, _edit, PLAN))


def limits(seeds: range, folder: Path, _shim: Shim | None) -> Iterator[Tally]:
    """Let no file grow beyond a size."""
    tally = Tally("full disks, by a limit", "limits")
    for seed, given, level in _cases(seeds, folder, tally):
        trial = given.copy_to(folder / "try")
        largest = _largest_growth(given, folder / "measured")
        _judge(seed, given, trial, level, _limited(given, trial, int(largest * level)), tally)
    yield tally


def mounts(seeds: range, folder: Path, _shim: Shim | None) -> Iterator[Tally]:
    """Fill a small disk but for a part of what the operation needs."""
    tally = Tally("full disks, really full", "mounts")
    try:
        with _small_disk(folder / "disk") as disk:
            for seed, given, level in _cases(seeds, folder, tally):
                needed = _needed(given, folder / "measured")
                trial = given.copy_to(disk / "try")
                _fill(disk, int(needed * level))
                ended = children.run(lambda report, g=given, t=trial: _run(g, t, report))
                (disk / _FILLER).unlink(missing_ok=True)
                _judge(seed, given, trial, level, ended, tally)
    except OSError as error:
        tally.note = f"no disk can be mounted here: {error}"
    yield tally


def _cases(seeds: range, folder: Path, tally: Tally) -> Iterator[tuple[int, Prepared, float]]:
    known: dict[int, Prepared] = {}
    for seed in tally.each(seeds):
        place = seed % len(WITH_EDITS)
        if place not in known:
            known[place] = prepared(WITH_EDITS[place], folder / f"operation{place}")
        yield seed, known[place], LEVELS[seed // len(WITH_EDITS) % len(LEVELS)]


def _limited(given: Prepared, trial: Path, size: int) -> children.Ended:
    def work(report: Any) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        _run(given, trial, report)

    return children.run(work)


def _run(given: Prepared, trial: Path, report: Any) -> None:
    given.operation.run(trial)
    report("done")


def _judge(
    seed: int, given: Prepared, trial: Path, level: float, ended: children.Ended, tally: Tally
) -> None:
    """Look at what the operation told, and what it left."""
    name, where = given.operation.name, f"{given.operation.name}, {level:.0%} of the room needed"
    failed = ended.told(children.FAILED)
    tally.count("refused" if failed else "done")
    for told in ended.told(children.RAW):
        tally.fault(RAW, seed, told, where)
    for told in failed:
        if wrong := wrong_words(told, wanted=_SPACE):
            tally.fault(WORDS, seed, wrong, where)
    if not ended.finished:
        tally.fault(OTHER, seed, "it did not come to its end", where)
    if left := sorted(each.name for each in trial.rglob("*") if _is_left(each)):
        tally.fault(OTHER, seed, f"leaves {', '.join(left)}", where)
    if (trial / PLAN).exists() and (wrong := problem(trial / PLAN)):
        tally.fault(LOSS, seed, f"the plan is damaged: {wrong}", where)
        return
    try:
        found = content(trial / given.operation.made)
    except Exception as error:
        tally.fault(LOSS, seed, f"half a file: {children.head_of(error)}", where)
        return
    if "done" in ended.reports:
        if found != given.after and name != "backup":  # of which an opened plan tells only
            tally.fault(LOSS, seed, "said to be done, but not there", where)
    elif found != given.before and name != "edit":  # of which each is a step of its own
        tally.fault(LOSS, seed, "failed, but not as before", where)


def _is_left(path: Path) -> bool:
    """Tell what should be gone; a journal that could not be played back is needed to open it."""
    return path.name.startswith("~") or path.name.endswith(".who")


def _sizes(folder: Path) -> dict[str, int]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): each.stat().st_size for each in files}


def _largest_growth(given: Prepared, folder: Path) -> int:
    """Return the size of the largest file that the operation writes."""
    before = _stamps(given.copy_to(folder))
    given.operation.run(folder)
    sizes = _sizes(folder)
    return max(sizes[name] for name, at in _stamps(folder).items() if before.get(name) != at)


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        name: (size, (folder / name).stat().st_mtime_ns) for name, size in _sizes(folder).items()
    }


def _needed(given: Prepared, folder: Path) -> int:
    """Return about how much room the operation takes: what is written beside counts as well."""
    before = sum(_sizes(given.copy_to(folder)).values())
    given.operation.run(folder)
    grown = sum(_sizes(folder).values()) - before
    made = folder / given.operation.made
    return max(grown, made.stat().st_size if made.exists() else 0, 1)


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", f"size={_MOUNTED}", "tmpfs", str(place))
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        raise OSError("only an administrator may")
    try:
        yield place
    finally:
        subprocess.run(("umount", str(place)), check=True)


def _fill(disk: Path, but_for: int) -> None:
    found = os.statvfs(disk)
    free = found.f_bavail * found.f_frsize
    with (disk / _FILLER).open("wb") as file:
        file.write(bytes(max(0, free - but_for)))
