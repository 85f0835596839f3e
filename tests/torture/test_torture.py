"""A fixed small share of `make torture`, which runs all of it at length."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = "1"


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
def test_kills_full_disks_failing_drives_races_and_frozen_writers_cost_nothing():
    ran = subprocess.run(
        [sys.executable, "-m", "tests.torture"],
        cwd=ROOT,
        env={**os.environ, "KYODO_TORTURE": "small", "SEED": SEED},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
