"""How long comparing two rounds takes, against plain Python over lists read by raw sqlite3."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from kyodo_desktop.services import progress, rounds
from kyodo_desktop.services.comparing import compare_rounds
from tests.bench.files import plan_file
from tests.bench.result import Result, printed
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.services.workspace import Workspace

LIMIT = 2.0
ACTIONS, ROUNDS, TURNS = 1_000, 10, 15
_ADVANCE = (3, 2, 1)  # the ids of ・ ◇ ✓, the least advanced first


def measure() -> Iterator[Result]:
    """Yield seconds for two rounds that follow each other, and for the first and the last."""
    with tempfile.TemporaryDirectory() as folder:
        path = plan_file(Path(folder, "plan.kyodo"), ACTIONS)
        with closing(opened(path, Clock())) as plan:
            workspace = plan.workspace
            _live_through_the_years(workspace)
            known = list(workspace.outline.rounds)
            for name, earlier, later in (
                ("the last two", known[-2], known[-1]),
                ("the first and the last", known[0], known[-1]),
            ):
                ours = _seconds(lambda e=earlier, n=later: compare_rounds(workspace, e, n))
                plain = _seconds(lambda e=earlier, n=later: _plainly_compared(path, e, n))
                title = f"comparing {name} of {ROUNDS} rounds, {ACTIONS:,} actions"
                yield Result(title, ours, plain, LIMIT)


def _live_through_the_years(workspace: Workspace) -> None:
    """Close each round, open the next and change a third of what it says."""
    for number in range(1, ROUNDS):
        assert workspace.outline.round is not None
        rounds.close_round(workspace, workspace.outline.round.id)
        year = 2015 + number
        rounds.open_round(workspace, f"{year}年度", year, f"{year}-10-31")
        progress.set_status(workspace, range(number, ACTIONS, 3), number % 3 + 1)


def _seconds(compare: Callable[[], Any]) -> float:
    found = []
    for _ in range(TURNS):
        begin = perf_counter()
        compare()
        found.append(perf_counter() - begin)
    return statistics.median(found)


def _plainly_compared(path: Path, earlier: int, later: int) -> tuple[Counter[Any], list[Any]]:
    """Count the transitions and list in printed order what differs between two rounds."""
    with closing(sqlite3.connect(path)) as connection:
        old_lines, old_outlooks = _said(connection, earlier)
        new_lines, new_outlooks = _said(connection, later)
        headings = connection.execute("SELECT * FROM heading ORDER BY position, id").fetchall()
        actions = dict(connection.execute("SELECT id, title FROM action"))
        below = defaultdict(list)
        for row in connection.execute("SELECT * FROM placement ORDER BY position, id"):
            below[row[1]].append(row[3])
    transitions: Counter[Any] = Counter()
    changes = []
    for heading in headings:
        for action_id in below[heading[0]]:
            old, new = old_lines[action_id], new_lines[action_id]
            transitions[_status(old), _status(new)] += 1
            if old != new or old_outlooks.get(action_id) != new_outlooks.get(action_id):
                changes.append((actions[action_id], old, new))
    return transitions, changes


def _said(connection: sqlite3.Connection, round_id: int) -> tuple[Any, Any]:
    lines = defaultdict(list)
    for action_id, *line in connection.execute(
        "SELECT action_id, status_id, text, section_id FROM progress WHERE round_id = ? "
        "ORDER BY position, id",
        (round_id,),
    ):
        lines[action_id].append(line)
    outlooks = connection.execute(
        "SELECT action_id, direction_id, text FROM outlook WHERE round_id = ?", (round_id,)
    )
    return lines, {action_id: said for action_id, *said in outlooks}


def _status(lines: list[Any]) -> int | None:
    return min((line[0] for line in lines), key=_ADVANCE.index, default=None)


if __name__ == "__main__":
    printed(measure())
