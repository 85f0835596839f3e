"""Tells whether a plan's file opened well or was refused in words, and stayed as it was."""

from __future__ import annotations

import faulthandler
import re
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from time import perf_counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.changes import field_changes
from kyodo_desktop.domain.errors import DamagedFileError, OpeningError, PlanError
from kyodo_desktop.services import rounds
from kyodo_desktop.services.checking import as_objects
from kyodo_desktop.services.comparing import compare_rounds, compare_steps
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries, revert_operation
from kyodo_desktop.services.history_rewind import as_of_round, first_step, newest_step, outline_at
from kyodo_desktop.services.inquiries.asking import inquiry_states
from kyodo_desktop.services.interchange import copy_contents, whole_plan
from kyodo_desktop.ui.history.entries import what_changed, when_and_who
from tests import edits
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.services.workspace import Workspace

LONGEST, HANG = 20, 90  # seconds
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


class PlanJudge:
    """Opens one file after the other and counts what became of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = Clock()
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0

    def judge(self, *, thoroughly: bool = False) -> type[PlanError] | None:
        """Open the file at the path; return the kind of its refusal, or None.

        What opens is read in every way, and where `thoroughly` edited in a copy.
        """
        faulthandler.dump_traceback_later(HANG, exit=True)
        before, start = self.path.read_bytes(), perf_counter()
        kind = self._opened()
        if thoroughly:
            self._salvaged(kind)
        taken = perf_counter() - start
        self.slowest = max(self.slowest, taken)
        faulthandler.cancel_dump_traceback_later()
        assert taken <= LONGEST, f"{taken:.1f} s"
        assert self.path.read_bytes() == before, "the file was changed"
        if thoroughly and kind is None:
            self._edit()
        self.outcomes["opened" if kind is None else kind.__name__] += 1
        return kind

    def _opened(self) -> type[PlanError] | None:
        try:
            plan = opened(self.path, self.clock, read_only=True)
        except OpeningError as error:
            self._check(error)
            return type(error)
        with closing(plan):
            read_all_ways(plan.workspace)
        with _told():
            whole_plan(self.path)
        return None

    def _check(self, error: PlanError) -> None:
        message = error.message.replace(self.path.name, "")
        assert _JAPANESE.search(message), message
        assert "変更していません" in message, message
        assert ("壊れて" in message) <= isinstance(error, DamagedFileError), message
        if isinstance(error, DamagedFileError) and "食い違って" not in message:
            assert is_broken(self.path), f"called damaged: {message}"

    def _salvaged(self, kind: type[PlanError] | None) -> None:
        target = self.path.with_name("移した.kyodo")
        target.unlink(missing_ok=True)
        with suppress(PlanError):
            copy_contents(self.path, target, author="花子", now=self.clock())
            opened(target, self.clock, read_only=True).close()

    def _edit(self) -> None:
        """Change, undo and take back; nothing of it may fail but in words."""
        with closing(opened(self.path, self.clock)) as plan:
            workspace = plan.workspace
            for action_id in list(workspace.outline.actions)[:2]:
                with suppress(PlanError):
                    edits.set_note(workspace, action_id, "メモ")
                    workspace.undo()
                    workspace.redo()
            for entry in entries(workspace, limit=5):
                with suppress(PlanError):
                    revert_operation(workspace, entry.id)
            for round_id in list(workspace.outline.rounds):
                with suppress(PlanError):
                    rounds.close_round(workspace, round_id)
            read_all_ways(workspace)


def read_all_ways(workspace: Workspace) -> None:
    """Ask everything of a plan; only a PlanError may be the answer."""
    for ask in (
        lambda: dump(workspace),
        lambda: as_objects(workspace),
        lambda: [list(field_changes(workspace.outline, each.rows)) for each in entries(workspace)],
        lambda: [
            (when_and_who(each), what_changed(workspace.outline, each, named=True))
            for action_id in [*workspace.outline.actions][:3]
            for each in entries(workspace, action_id=action_id)
        ],
        lambda: inquiry_states(workspace, "2026-11-23"),
        lambda: outline_at(workspace, first_step(workspace)),
        lambda: compare_steps(workspace, first_step(workspace), newest_step(workspace)),
        lambda: [as_of_round(workspace, each) for each in workspace.outline.rounds],
        lambda: [compare_rounds(workspace, each, each) for each in workspace.outline.rounds],
    ):
        with _told():
            ask()


class _told(suppress):  # noqa: N801 - used as `suppress` is
    """Let pass what is told in Japanese."""

    def __init__(self) -> None:
        super().__init__(PlanError)

    def __exit__(self, kind, error, trace):
        if isinstance(error, PlanError):
            assert _JAPANESE.search(error.message), error.message
        return super().__exit__(kind, error, trace)


def is_broken(path: Path) -> bool:
    """Tell whether SQLite alone, or a look at the file, finds a contradiction in it."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA query_only = 1")
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():  # whether each text is one, no check tells
                connection.execute(f'SELECT * FROM "{table}"').fetchall()
            revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            return (
                path.stat().st_size % page_size != 0
                or len(revisions) != 1
                or connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
                or connection.execute("PRAGMA foreign_key_check").fetchone() is not None
                or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] < 105
            )
    except (sqlite3.Error, UnicodeDecodeError, TypeError):
        return True
