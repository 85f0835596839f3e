"""Lets several programs open the same plan at once, each by another name of it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count, groupby, pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import files, progress
from tests.torture import children
from tests.torture.contents import NOW, problem, wrong_words
from tests.torture.operations import OPERATIONS, PLAN, prepared
from tests.torture.tally import LOSS, OTHER, RAW, WORDS, Tally

if TYPE_CHECKING:
    from tests.torture.shim import Shim

LISTED = 2
SECONDS, MOST_EDITS, _READERS = 0.4, 3, 2
RENAMED = "改めた名前.kyodo"
_LINKED = 0.2  # of the races are about a file with two names, to which nobody may write


class Session(NamedTuple):
    """The right to write as one opener had it: who, from when and until when."""

    author: str
    begin: float
    end: float


def openers(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Let up to six open the plan at once."""
    yield _raced(Tally("races of openers", "openers"), seeds, folder, shim)


def lying_locks(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """The same where every lock is granted to everybody."""
    tally = Tally("races where locks lie", "lying_locks")
    yield tally if shim is None else _raced(tally, seeds, folder, shim, lie=True)


def readers(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Let several read while one writes, where every lock is granted to everybody."""
    tally = Tally("readers where locks lie", "readers")
    if shim is None:
        yield tally
        return
    given = prepared(next(each for each in OPERATIONS if each.name == "join"), folder / "plan")
    for seed in tally.each(seeds):
        trial = given.copy_to(folder / "try")
        shim.watch(trial)
        shim.let_locks_lie()
        until = time.monotonic() + SECONDS
        works = [_writer(trial, until), *[_reader(trial, until)] * _READERS]
        ended = [each.ended() for each in [children.Child(work) for work in works]]
        shim.let_locks_lie(on=False)
        for kind, told, more in _judged(trial, ended, tally, one_at_a_time=False):
            tally.fault(kind, seed, told, more)
    yield tally


def _writer(folder: Path, until: float) -> Callable[[Callable[[Any], None]], None]:
    def work(report: Callable[[Any], None]) -> None:
        children.forget_machine()
        with closing(_opened(folder / PLAN, "writer")) as plan:
            for number in count():
                if time.monotonic() > until:
                    return
                progress.add_line(plan.workspace, LISTED, f"writer-{number}")
                report(["saved", f"writer-{number}"])

    return work


def _reader(folder: Path, until: float) -> Callable[[Callable[[Any], None]], None]:
    def work(report: Callable[[Any], None]) -> None:
        children.forget_machine()
        while time.monotonic() < until:
            try:
                files.open_plan(
                    folder / PLAN, author=lambda: "reader", now=lambda: NOW, read_only=True
                ).close()
            except PlanError as error:
                report(["told", error.message])

    return work


def _raced(
    tally: Tally, seeds: range, folder: Path, shim: Shim | None, *, lie: bool = False
) -> Tally:
    given = prepared(next(each for each in OPERATIONS if each.name == "join"), folder / "plan")
    for seed in tally.each(seeds):
        random, trial = Random(seed), given.copy_to(folder / "try")
        if shim is not None:
            shim.watch(trial)
            shim.let_locks_lie(on=lie)
        known = [*_WAYS, _hard_link] if random.random() < _LINKED else _WAYS
        ways = random.sample(known, random.randint(2, len(known)))
        _add_names(trial, linked=_hard_link in ways)
        begin = time.monotonic() + 0.03
        running = [
            children.Child(_opener(way, trial, f"{way.__name__[1:]}", begin, random.random()))
            for way in ways
        ]
        ended = [each.ended() for each in running]
        if shim is not None:
            shim.let_locks_lie(on=False)
        names = ", ".join(way.__name__[1:] for way in ways)
        one_at_a_time = not lie and _renamed not in ways
        for kind, told, more in _judged(trial, ended, tally, one_at_a_time=one_at_a_time):
            tally.fault(kind, seed, told, f"{names}: {more}" if more else names)
    return tally


def _add_names(folder: Path, *, linked: bool) -> None:
    (folder / "リンク.kyodo").symlink_to(PLAN)
    if linked:
        os.link(folder / PLAN, folder / "別名.kyodo")
    (folder / "入口").symlink_to(".")


def _plain(folder: Path) -> Path:
    return folder / PLAN


def _symlink(folder: Path) -> Path:
    return folder / "リンク.kyodo"


def _hard_link(folder: Path) -> Path:
    return folder / "別名.kyodo"


def _relative(folder: Path) -> Path:
    os.chdir(folder)
    return Path(PLAN)


def _by_folder(folder: Path) -> Path:
    return folder / "入口" / PLAN


def _renamed(folder: Path) -> Path:
    with suppress(OSError):
        (folder / PLAN).rename(folder / RENAMED)
    return folder / RENAMED


_WAYS: list[Callable[[Path], Path]] = [_plain, _symlink, _relative, _by_folder, _renamed]


def _opener(
    way: Callable[[Path], Path], folder: Path, name: str, begin: float, chance: float
) -> Callable[[Callable[[Any], None]], None]:
    random = Random(chance)

    def work(report: Callable[[Any], None]) -> None:
        children.forget_machine()
        time.sleep(max(0, begin - time.monotonic()))
        until, session = begin + SECONDS, 0
        while time.monotonic() < until:
            session += 1
            try:
                with closing(_opened(way(folder), f"{name}.{session}")) as plan:
                    _write(plan, f"{name}.{session}", random, report)
            except PlanError as error:
                report(["told", error.message])
            if way is _renamed:
                with suppress(OSError):
                    (folder / RENAMED).rename(folder / PLAN)
            time.sleep(random.uniform(0, 0.02))

    return work


def _opened(path: Path, author: str) -> files.OpenPlan:
    return files.open_plan(path, author=lambda: author, now=lambda: NOW)


def _write(
    plan: files.OpenPlan, author: str, random: Random, report: Callable[[Any], None]
) -> None:
    """Edit a few times, and report each finished edit, and from when to when that was."""
    if plan.workspace.read_only_because:
        report(["told", plan.workspace.read_only_because])
        return
    begin = end = time.monotonic()
    try:
        for number in range(random.randint(1, MOST_EDITS)):
            progress.add_line(plan.workspace, LISTED, f"{author}-{number}")
            report(["saved", f"{author}-{number}"])
            time.sleep(random.uniform(0, 0.02))
            end = time.monotonic()
    finally:
        report(["session", [author, begin, end]])


def _judged(
    trial: Path, ended: list[children.Ended], tally: Tally, *, one_at_a_time: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield each failure: its kind, what it is, and more about it."""
    for each in ended:
        for told in each.told(children.RAW):
            yield RAW, told, ""
        for told in each.told(children.FAILED):
            yield OTHER, f"the only writer is refused: {told}", ""
        for told in each.told("told"):
            tally.count("refusals")
            if wrong := wrong_words(told):
                yield WORDS, wrong, ""
        if not each.finished:
            yield OTHER, "hung" if each.took_too_long else "the process died", ""
    with suppress(OSError):
        (trial / RENAMED).rename(trial / PLAN)
    if wrong := problem(trial / PLAN):
        yield LOSS, "the plan is damaged", wrong
        return
    saved = [text for each in ended for text in each.told("saved")]
    tally.count("edits finished", len(saved))
    lost = set(saved) - set(lines_of(trial / PLAN))
    if lost:
        yield LOSS, "a finished edit is not there", ", ".join(sorted(lost))
    if alternating := alternating_authors(trial / PLAN):
        yield LOSS, "two wrote in turn", alternating
    sessions = sorted(
        (Session(*each) for one in ended for each in one.told("session")), key=lambda s: s.begin
    )
    if one_at_a_time:  # else the one that comes too late learns that with its next edit
        for one, next_one in pairwise(sessions):
            if next_one.begin < one.end:
                yield (
                    OTHER,
                    "two had the right to write at once",
                    f"{one.author}, {next_one.author}",
                )


def lines_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM progress ORDER BY id")]


def alternating_authors(path: Path) -> str:
    """Return the authors of the steps where one goes on after another had begun, or nothing."""
    with closing(sqlite3.connect(path)) as connection:
        steps = connection.execute("SELECT author FROM operation ORDER BY id").fetchall()
    blocks = [author for (author,), _ in groupby(steps)]
    return " → ".join(blocks) if len(set(blocks)) < len(blocks) else ""
