"""Tables in the layouts of real cities come in whole, with the defaults and without a window."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from kyodo_desktop.cli import run

TABLES = Path(__file__).parents[2] / "shared" / "data" / "tables"
LEAST = 0.98
NOT_YET = pytest.mark.xfail(reason="a kind of table that is not read yet")
KINDS_TO_COME: set[str] = set()

pytestmark = [
    pytest.mark.skipif(not TABLES.is_dir(), reason="no tables beside the project"),
    pytest.mark.same_everywhere("test_cli_import.py lets Windows read such tables"),
]
TRUTHS = sorted(TABLES.glob("*.json"))


@pytest.fixture(scope="module")
def score():
    """The function that compares a plan with what a careful person reads from a table."""
    return runpy.run_path(str(TABLES / "score_import.py"))["score"]


@pytest.mark.parametrize(
    "truth",
    [
        pytest.param(each, id=each.stem, marks=[NOT_YET] * (each.stem in KINDS_TO_COME))
        for each in TRUTHS
    ],
)
def test_a_table_of_a_city_comes_in_whole(truth, tmp_path, capfd, score):
    (table,) = (each for each in truth.parent.glob(f"{truth.stem}.*") if each != truth)
    out = tmp_path / "計画.kyodo"
    assert run(["import", str(table), str(out)]) == 0
    capfd.readouterr()
    assert run(["dump", str(out)]) == 0
    plan = json.loads(capfd.readouterr().out)
    tallies, _ = score(json.loads(truth.read_text(encoding="utf-8")), plan)
    for kind, tally in tallies.items():
        assert tally.report()["f1"] >= LEAST, (kind, tally.missing, tally.extra)
