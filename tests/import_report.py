"""How well tables of strangers come in with the defaults: `make import-report`.

Each table in `tests/tables` and in the folder of tables beside the project is imported into a
new plan, and the plan is compared with the truth beside the table. F1 is printed of each, then
its mean and least by kind; for tables named with `ONLY` also what was missed and invented.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import sys
import tempfile
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[1]
OURS = ROOT / "tests" / "tables"
GIVEN = ROOT.parent / "shared" / "data" / "tables"
SCORER = GIVEN / "score_import.py"
PROCESSES = 2
PARTS = ("headings", "actions", "sections", "progress", "directions", "rounds")


class Score(NamedTuple):
    """How much of one table came in: F1 over all, and of each part that it has."""

    table: str
    kind: str
    f1: float
    parts: dict[str, float]
    differences: tuple[str, ...] = ()
    error: str = ""


@cache
def scorer() -> Callable[[Any, Any], Any]:
    """Return the function that compares a truth with a dumped plan."""
    return runpy.run_path(str(SCORER))["score"]


def truths() -> list[Path]:
    return [*sorted(OURS.glob("*.json")), *sorted(GIVEN.glob("*.json"))]


def table_of(truth: Path) -> Path:
    (table,) = (each for each in truth.parent.glob(f"{truth.stem}.*") if each != truth)
    return table


def dump_of(table: Path, folder: Path) -> Any:
    """Import a table into a new plan and return the plan; ValueError says why it cannot be."""
    plan = folder / "plan.kyodo"
    said = io.StringIO()
    with contextlib.redirect_stderr(said), captured():
        code = run(["import", str(table), str(plan)])
    if code or not plan.exists():
        raise ValueError(said.getvalue().strip() or f"exit {code}")
    with contextlib.redirect_stderr(io.StringIO()), captured() as out:
        run(["dump", str(plan)])
    return json.loads(out.buffer.getvalue())


@contextlib.contextmanager
def captured():
    kept, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        yield sys.stdout
    finally:
        sys.stdout = kept


def score_of(truth: Path) -> Score:
    wanted = json.loads(truth.read_text(encoding="utf-8"))
    kind = wanted.get("kind", "given")
    with tempfile.TemporaryDirectory() as folder:
        try:
            plan = dump_of(table_of(truth), Path(folder))
        except Exception as error:  # a table that breaks the import is one that scores nothing
            return Score(truth.stem, kind, 0.0, {}, error=f"{type(error).__name__}: {error}")
    tallies, _ = scorer()(wanted, plan)
    every = tallies.values()
    hit, items = sum(each.hit for each in every), sum(each.asked + each.given for each in every)
    return Score(
        truth.stem,
        kind,
        2 * hit / items if items else 1.0,
        {
            part: tally.report()["f1"]
            for part, tally in tallies.items()
            if tally.asked or tally.given
        },
        tuple(
            f"{part} {word}: {each}"
            for part, tally in tallies.items()
            for word, found in (("missing", tally.missing), ("extra", tally.extra))
            for each in found
        ),
    )


def lines(scores: list[Score]) -> Iterable[str]:
    width = max(len(each.table) for each in scores)
    yield " ".join([f"{'table':<{width}} kind     F1  ", *(f"{part:>10}" for part in PARTS)])
    for each in sorted(scores, key=lambda each: (each.kind, each.table)):
        parts = (f"{each.parts[part]:10.2f}" if part in each.parts else " " * 10 for part in PARTS)
        yield f"{each.table:<{width}} {each.kind:<6} {each.f1:.3f} {' '.join(parts)} {each.error}"
    yield ""
    for kind in [*sorted({each.kind for each in scores}), "all"]:
        some = [each for each in scores if kind in (each.kind, "all")]
        mean, least = sum(each.f1 for each in some) / len(some), min(some, key=lambda e: e.f1)
        yield f"{kind:<6} {len(some):>3}  mean {mean:.3f}  least {least.f1:.3f} {least.table}"


def main(only: list[str]) -> None:
    """Score all tables, or those whose names begin with one of the words given."""
    if not SCORER.is_file():
        sys.exit(f"What compares a plan with a truth is not there: {SCORER}")
    chosen = [each for each in truths() if not only or each.stem.startswith(tuple(only))]
    if not chosen:
        sys.exit("No table has such a name.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with get_context("spawn").Pool(PROCESSES) as pool:
        scores = pool.map(score_of, chosen, chunksize=1)
    print(*lines(scores), sep="\n")
    for each in scores if only else ():
        print(f"\n{each.table}", *each.differences, sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
