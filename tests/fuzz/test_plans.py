"""No plan's file, however damaged or made, does anything but open or be refused in words.

A fixed small share runs with all tests; `make fuzz` runs it at length.
"""

from __future__ import annotations

import os

import pytest

from kyodo_desktop.domain.errors import DamagedFileError, OpeningError, StrangeFileError
from tests.effort import SEED, cases, note_seed
from tests.fuzz.plan_bytes import damaged_plan
from tests.fuzz.plan_judging import PlanJudge
from tests.hostile_plans import (
    HARMLESS,
    STRANGE,
    TOO_MUCH,
    UNSOUND,
    in_utf_16,
    plan_with_any_value,
    plan_with_rows,
    strange_plan,
)

CASES = int(os.environ.get("KYODO_FUZZ_CASES") or cases(quick=24, deep=4_000)) // 2
PARTS = 8 if CASES > 20 else 1

HOSTILE = {**STRANGE, **UNSOUND, **TOO_MUCH, **HARMLESS}
SHARE = slice(None, None, 1 if CASES > 20 else 10)
FITTING = {
    **dict.fromkeys(STRANGE, (StrangeFileError, DamagedFileError)),
    **dict.fromkeys(UNSOUND, (DamagedFileError,)),
    **dict.fromkeys(TOO_MUCH, (OpeningError,)),
    **dict.fromkeys(HARMLESS, (None,)),
}


@pytest.fixture
def judge(tmp_path, request):
    judge = PlanJudge(tmp_path / "計画.kyodo")
    yield judge
    counts = ", ".join(f"{name} {count}" for name, count in judge.outcomes.most_common())
    print(f"\n{request.node.name}: {counts}, slowest {judge.slowest:.2f} s")


@pytest.mark.deep
@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_plans_open_or_are_refused_in_words(judge, full_master, part):
    whole = full_master.read_bytes()
    for seed in range(SEED + part, SEED + CASES, PARTS):
        with note_seed(seed):
            judge.path.write_bytes(damaged_plan(whole, seed))
            judge.judge()


@pytest.mark.deep
@pytest.mark.parametrize("part", range(PARTS))
def test_plans_with_any_values_open_or_are_refused_in_words(judge, full_master, part):
    for seed in range(SEED + part, SEED + CASES // 2, PARTS):
        with note_seed(seed):
            plan_with_any_value(full_master, judge.path, seed)
            judge.judge(thoroughly=True)


@pytest.mark.deep
@pytest.mark.parametrize("kind", list(HOSTILE)[SHARE])
def test_hostile_plans_open_or_are_refused_by_what_is_wrong(judge, full_master, kind):
    make = strange_plan if kind in STRANGE else plan_with_rows
    make(HOSTILE[kind], full_master, judge.path)
    assert judge.judge(thoroughly=True) in FITTING[kind]


def test_a_plan_in_another_encoding_opens(judge, full_master):
    in_utf_16(full_master, judge.path)
    assert judge.judge(thoroughly=True) is None
