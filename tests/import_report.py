"""How well tables of strangers come in with the defaults: `make import-report`.

Each table in `tests/tables` and in the folder of tables beside the project is imported into a
new plan, and the plan is compared with the truth beside the table; then the same is done with
the table disturbed by each probe of `tests/probes.py`. F1 is printed of each, then its mean and
least by kind and by probe; for tables named with `ONLY` also what was missed and invented.
`PROBE` names the probes to take, `PROBE=none` takes the tables as they are alone. It fails where
a table as it is scores less than `LEAST` and is not among those that are known to come in badly.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import tempfile
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.files import open_plan
from kyodo_desktop.services.importing.new_file import create_plan_from
from tests.probes import PROBES, Told, disturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kyodo_desktop.domain.importing.grid import Book

ROOT = Path(__file__).parents[1]
OURS = ROOT / "tests" / "tables"
GIVEN = ROOT.parent / "shared" / "data" / "tables"
SCORER = GIVEN / "score_import.py"
PROCESSES = 2
DAY = datetime(2026, 4, 1, tzinfo=UTC)  # what the reader may guess from it stays the same
AS_IT_IS = "as it is"
LEAST = 0.9
NOT_YET = {"juten_tate_2020", "shogai_kagikakko_2021"}  # out of here when they score as much
PARTS = ("headings", "actions", "sections", "progress", "directions", "rounds")


class Score(NamedTuple):
    """How much of one table came in: F1 over all, and of each part that it has."""

    table: str
    kind: str
    probe: str
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


def dump_of(book: Book, folder: Path) -> Any:
    """Import a book into a new plan as `kyodo-desktop import` does, and return the plan."""
    now = DAY
    found = read_plan(book, guess_mapping(book, now.date()))
    create_plan_from(folder / "plan.kyodo", found, author="", now=now)
    plan = open_plan(
        folder / "plan.kyodo", author=str, now=lambda: now, read_only=True, must_be_sure=True
    )
    try:
        return dump(plan.workspace)
    finally:
        plan.close()


def scores_of(truth: Path, probes: Sequence[str]) -> list[Score]:
    """Score a table as it is, and as each of the probes makes it that changes something."""
    wanted = json.loads(truth.read_text(encoding="utf-8"))
    told = Told(truth.stem, wanted)
    book = read_table(table_of(truth))
    others = ((probe, disturbed(book, probe, told)) for probe in probes)
    return [
        score_of(each, wanted, told, probe)
        for probe, each in [(AS_IT_IS, book), *others]
        if probe == AS_IT_IS or each != book
    ]


def score_of(book: Book, wanted: Any, told: Told, probe: str) -> Score:
    kind = wanted.get("kind", "given")
    with tempfile.TemporaryDirectory() as folder:
        try:
            plan = dump_of(book, Path(folder))
        except Exception as error:  # a table that breaks the import is one that scores nothing
            why = f"{type(error).__name__}: {error}"
            return Score(told.table, kind, probe, 0.0, {}, (why,), error=why)
    tallies, _ = scorer()(wanted, plan)
    every = tallies.values()
    hit, items = sum(each.hit for each in every), sum(each.asked + each.given for each in every)
    return Score(
        told.table,
        kind,
        probe,
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


def lines(scores: Sequence[Score]) -> Iterable[str]:
    """Print the tables as they are, each with its parts, then by kind."""
    width = max(len(each.table) for each in scores)
    yield " ".join([f"{'table':<{width}} kind     F1  ", *(f"{part:>10}" for part in PARTS)])
    for each in sorted(scores, key=lambda each: (each.kind, each.table)):
        parts = (f"{each.parts[part]:10.2f}" if part in each.parts else " " * 10 for part in PARTS)
        yield f"{each.table:<{width}} {each.kind:<6} {each.f1:.3f} {' '.join(parts)} {each.error}"
    yield ""
    for kind in [*sorted({each.kind for each in scores}), "all"]:
        yield _summary(kind, [each for each in scores if kind in (each.kind, "all")])


def probe_lines(scores: Sequence[Score], probes: Sequence[str]) -> Iterable[str]:
    """Print the tables disturbed: a column for each probe, then each probe's mean and least.

    Beside the mean is that of the same tables as they are.
    """
    tables = sorted({(each.kind, each.table) for each in scores})
    found = {(each.table, each.probe): f"{each.f1:9.3f}" for each in scores}
    width = max(len(table) for _, table in tables)
    yield " ".join([f"{'disturbed':<{width}} kind  ", *(f"{each:>9}" for each in probes)])
    for kind, table in tables:
        cells = (found.get((table, probe), f"{'–':>9}") for probe in probes)
        yield " ".join([f"{table:<{width}} {kind:<6}", *cells])
    yield ""
    for probe in probes:
        if some := [each for each in scores if each.probe == probe]:
            tables_of_it = {each.table for each in some}
            own = [
                each.f1 for each in scores if each.probe == AS_IT_IS and each.table in tables_of_it
            ]
            yield f"{_summary(probe, some)}  as they are {sum(own) / len(own):.3f}"


def _summary(name: str, scores: Sequence[Score]) -> str:
    mean, least = sum(each.f1 for each in scores) / len(scores), min(scores, key=lambda e: e.f1)
    return f"{name:<8} {len(scores):>3}  mean {mean:.3f}  least {least.f1:.3f} {least.table}"


def faults(scores: Sequence[Score]) -> list[str]:
    """Return a sentence on each table that comes in worse than it is known to, or better."""
    own = [each for each in scores if each.probe == AS_IT_IS]
    return [
        f"{each.table} scores {each.f1:.3f}, though it "
        + ("is in NOT_YET: take it out." if each.table in NOT_YET else f"is to reach {LEAST}.")
        for each in own
        if (each.f1 < LEAST) != (each.table in NOT_YET)
    ]


def main(only: Sequence[str], probe: str = "") -> None:
    """Score all tables, or those whose names begin with one of the words given."""
    if not SCORER.is_file():
        sys.exit(f"What compares a plan with a truth is not there: {SCORER}")
    chosen = [each for each in truths() if not only or each.stem.startswith(tuple(only))]
    if not chosen:
        sys.exit("No table has such a name.")
    probes = [] if probe == "none" else probe.split() or list(PROBES)
    if unknown := set(probes) - set(PROBES):
        sys.exit(f"No such probe: {' '.join(sorted(unknown))}. There are: {' '.join(PROBES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with get_context("spawn").Pool(PROCESSES) as pool:
        by_table = pool.starmap(scores_of, [(each, probes) for each in chosen], chunksize=1)
    scores = [each for some in by_table for each in some]
    print(*lines([each for each in scores if each.probe == AS_IT_IS]), sep="\n")
    if probes:
        print("", *probe_lines(scores, probes), sep="\n")
    for each in scores if only else ():
        print(f"\n{each.table}, {each.probe}", *each.differences, sep="\n  ")
    if found := faults(scores):
        sys.exit("\n".join(["", *found]))


if __name__ == "__main__":
    main(sys.argv[1:], os.environ.get("PROBE", ""))
