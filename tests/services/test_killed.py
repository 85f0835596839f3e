"""A program that is killed at any moment leaves a file with every finished edit."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.builders import opened
from tests.effort import seeds
from tests.services import typist

MOST_EDITS, LONGEST = 2, 6_000  # microseconds: some edits long
ROOT = Path(__file__).parents[2]


@contextmanager
def program():
    """Start the program that forks and kills, and lend a function that asks it for one kill."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services.typist"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as typing:

        def killed(file, *numbers):
            print(*numbers, file, file=typing.stdin, flush=True)
            return [int(number) for number in typing.stdout.readline().split()]

        yield killed
        typing.stdin.close()
        assert typing.wait() == 0


def state_of(file, clock):
    """Check the file, open it as a window would, and return what the edits touch."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plan = opened(file, clock)
    outline = plan.workspace.outline
    plan.close()
    return (
        outline.actions[typist.TYPED].note,
        tuple(line.text for line in outline.lines[typist.LISTED]),
        outline.status(typist.MARKED).id,
        outline.headings[typist.NAMED].title,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
@seeds(quick=20, deep=2_000, each=200)
def test_after_each_kill_the_file_opens_with_every_finished_edit(sample_file, clock, seeds):
    random, number, finished = Random(seeds[0]), 0, 0
    state = state_of(sample_file, clock)
    with program() as killed:
        for _ in seeds:
            edits, pause = random.randint(0, MOST_EDITS), random.randrange(LONGEST)
            for reported in killed(sample_file, number, edits, pause):
                assert reported == number
                state = typist.after(state, number)
                number, finished = number + 1, finished + 1
            # The edit under way may have come through, or not; nothing between the two.
            found = state_of(sample_file, clock)
            assert found in (state, typist.after(state, number))
            state, number = found, number + 1
    assert finished > len(seeds) / 2
