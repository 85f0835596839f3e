"""A fixed small share of `make torture`, which runs all of it at length."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
def test_what_kills_full_disks_failing_drives_and_others_do_loses_nothing():
    environment = {**os.environ, "KYODO_TORTURE": "small"}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.torture"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
