"""Lets one call on the files fail, at any place of a working day, and judges what came of it."""

from __future__ import annotations

import errno
from contextlib import closing, suppress
from random import Random
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.nodes import heading_node
from kyodo_desktop.services import progress, sample, structure
from tests import edits
from tests.torture import children
from tests.torture.contents import AUTHOR, NOW, opened, problem, wrong_words
from tests.torture.operations import BACKUP, PLAN, export_report, export_text
from tests.torture.tally import LOSS, OTHER, RAW, WORDS, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.services.workspace import Workspace
    from tests.torture.shim import Shim

ERRORS = ("EIO", "ESTALE", "ENOSPC", "EACCES", "EAGAIN", "EINTR", "EROFS")
# Each kind of call is as likely as another, not as often as it is made.
_KINDS = (
    *("open", "read", "write", "sync", "rename", "unlink", "lock", "truncate", "stat"),
    *("mkdir", "list", "copy", "change"),
)
NOTED, LISTED, MARKED, NAMED = 1, 2, 3, 4
_WORKBOOKS = 5  # every so many days end with a workbook, the others with a text
FIELDS = ("note", "lines", "status", "title")


class Day:
    """A working day: what is done, and what the user was told to be saved.

    `seen` is what the window shows of each field, `tried` what was typed in vain since.
    """

    def __init__(
        self, folder: Path, report: Callable[[Any], None], *, workbook: bool = False
    ) -> None:
        self.folder = folder
        self.workbook = workbook
        self.report = report
        self.plan: OpenPlan | None = None
        self.seen: dict[str, Any] = {}
        self.tried: dict[str, list[Any]] = {each: [] for each in FIELDS}

    def run(self) -> None:
        """Open, type, edit, undo, close, open again, back up, export; go on after an error."""
        file = self.folder / PLAN
        self._step(lambda: self._open(file)) or self._step(lambda: self._open(file), again=True)
        for number in (1, 2, 3):
            self._edit("note", "メモ" * number * 50, edits.set_note, NOTED)
        self._edit("lines", "行1", progress.add_line, LISTED)
        self._edit("status", 1, _mark, 3)
        self._step(lambda: self.plan and self.plan.workspace.undo(), touched=("status",))
        self._edit("title", "見出し", structure.rename, heading_node(NAMED))
        self._step(self._close)
        rmtree(self.folder / BACKUP.partition("/")[0], ignore_errors=True)
        self._step(lambda: self._open(file)) or self._step(lambda: self._open(file), again=True)
        self._edit("lines", "行2", progress.add_line, LISTED)
        self._edit("note", "最後のメモ", edits.set_note, NOTED)
        self._step(lambda: (export_report if self.workbook else export_text)(self.folder))
        self._step(self._close)
        self.report(["seen", [self.seen, self.tried]])

    def _open(self, file: Path) -> None:
        self.plan = opened(file)
        if self.plan.workspace.read_only_because:
            self.report(["told", self.plan.workspace.read_only_because])
        for told in self.plan.notices:
            self.report(["told", told])
        self._look(FIELDS)

    def _close(self) -> None:
        if self.plan is not None:
            plan, self.plan = self.plan, None
            plan.close()

    def _edit(self, field: str, value: Any, edit: Callable[..., None], what: int) -> None:
        if self.plan is not None:
            workspace = self.plan.workspace
            self._step(lambda: edit(workspace, what, value), touched=(field,), value=value)

    def _step(
        self,
        step: Callable[[], Any],
        *,
        touched: tuple[str, ...] = (),
        value: Any = None,
        again: bool = False,
    ) -> bool:
        """Do one thing; True when it was done. Once more must do, where one call only fails."""
        try:
            step()
        except PlanError as error:
            self.report(["again" if again else "told", error.message])
            for field in touched:
                self.tried[field].append(value)
            return False
        except Exception as error:
            self.report([children.RAW, children.head_of(error)])
            for field in touched:
                self.tried[field].append(value)
            return False
        self._look(touched)
        return True

    def _look(self, fields: tuple[str, ...]) -> None:
        if self.plan is not None:
            shown = _shown(self.plan)
            for field in fields:
                self.seen[field] = shown[field]
                if field != "lines":
                    self.tried[field] = []


def _mark(workspace: Workspace, action_id: int, status_id: int) -> None:
    progress.set_status(workspace, [action_id], status_id)


def _shown(plan: OpenPlan) -> dict[str, Any]:
    outline = plan.workspace.outline
    status = outline.status(MARKED)
    return {
        "note": outline.actions[NOTED].note,
        "lines": [each.text for each in outline.lines[LISTED]],
        "status": status.id if status else None,
        "title": outline.headings[NAMED].title,
    }


def single(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Let one call fail in each of many days."""
    tally = Tally("injected single errors", "single")
    if shim is None:
        yield tally
        return
    known: dict[bool, dict[str, int]] = {}
    for seed in tally.each(seeds):
        random, workbook = Random(seed), seed % _WORKBOOKS == 0
        counts = known.get(workbook) or known.setdefault(workbook, _counts(folder, shim, workbook))
        kind = random.choice([each for each in _KINDS if counts.get(each)])
        name, number = random.choice(ERRORS), random.randint(1, counts[kind])
        trial = _fresh(folder)
        shim.watch(trial)
        shim.fail_one(number, getattr(errno, name), kind)
        ended = _day(trial, workbook)
        shim.heal()
        where = f"{name} at {shim.hit} ({kind} {number} of {counts[kind]})"
        tally.count("hit", min(1, shim.hits))
        for told in _judged(trial, ended):
            tally.fault(*told[:1], seed, told[1], where)
    yield tally


def _day(trial: Path, workbook: bool) -> children.Ended:
    return children.run(lambda report: Day(trial, report, workbook=workbook).run())


def _counts(folder: Path, shim: Shim, workbook: bool) -> dict[str, int]:
    """Return how many calls of each kind an undisturbed day makes."""
    # Imports what every child would import.
    Day(_fresh(folder), lambda _: None, workbook=workbook).run()
    trial = _fresh(folder)
    shim.watch(trial)
    with shim.counting() as counts:
        ended = _day(trial, workbook)
    found = list(_judged(trial, ended))
    assert not found, found
    return counts


def _fresh(folder: Path) -> Path:
    """Make a folder with a plan that has no backup."""
    from shutil import copytree

    master = folder / "master"
    if not master.exists():
        master.mkdir()
        sample.create_sample(master / PLAN, "tomisato_2015", author=AUTHOR, now=NOW)
    rmtree(folder / "try", ignore_errors=True)
    return copytree(master, folder / "try")


def _judged(trial: Path, ended: children.Ended) -> Iterator[tuple[str, str]]:
    for told in ended.told(children.RAW):
        yield RAW, told
    for told in (*ended.told(children.FAILED), *ended.told("told"), *ended.told("again")):
        if wrong := wrong_words(told):
            yield WORDS, wrong
    for told in ended.told("again"):
        yield OTHER, f"does not open when it is tried again: {told}"
    if not ended.finished:
        yield OTHER, "hung" if ended.took_too_long else "the process died"
        return
    if wrong := problem(trial / PLAN):
        yield LOSS, f"the plan is damaged: {wrong}"
        return
    for seen, tried in ended.told("seen"):
        try:
            with closing(opened(trial / PLAN)) as plan:
                found = _shown(plan)
        except PlanError as error:
            yield OTHER, f"another process cannot open it afterwards: {error.message}"
            return
        for field in FIELDS:
            if field in seen and not _is_kept(found[field], seen[field], tried[field]):
                yield (
                    LOSS,
                    f"{field} is {found[field]!r}, was {seen[field]!r}, tried {tried[field]!r}",
                )


def _is_kept(found: Any, seen: Any, tried: list[Any]) -> bool:
    """Tell whether the file says what was reported as saved, or what was tried and told of."""
    if not isinstance(seen, list):
        return found == seen or found in tried or (None in tried)
    rest = list(found)
    for each in seen:
        with suppress(ValueError):
            rest = rest[rest.index(each) + 1 :]
            continue
        return False
    return len(found) <= len(seen) + len(tried)
