"""How many cases a test tries: few and the same in every `make test`, many and new ones in
`make test-deep`.

A test that could go on for ever says both counts where it stands. Deep runs draw from a seed,
which they print, and which can be given to see the same cases again.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEEP = os.environ.get("KYODO_TEST_EFFORT") == "deep"
SEED = int(os.environ.get("KYODO_TEST_SEED", "20261123"))

# After so many seconds no further test begins: what is not done then is skipped, and listed.
SECONDS = float(os.environ.get("KYODO_TEST_SECONDS") or "inf")
_BEGIN = monotonic()

# The same examples in every run but a deep one, however slow the machine is at the moment.
settings.register_profile("quick", max_examples=25, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=1_000, deadline=None, print_blob=True)
settings.load_profile("deep" if DEEP else "quick")


def is_over() -> bool:
    """Tell whether the time that this run was given has passed."""
    return monotonic() - _BEGIN > SECONDS


def cases(*, quick: int, deep: int) -> int:
    """Return how many cases this run tries; the test belongs to the deep ones by its marker."""
    return deep if DEEP else quick


def examples(*, quick: int, deep: int, **options: Any) -> settings:
    """Let Hypothesis try so many examples; `conftest.py` marks what it gives them to."""
    return settings(max_examples=cases(quick=quick, deep=deep), **options)


def seeds(*, quick: int, deep: int, each: int) -> Callable[[Any], Any]:
    """Give a test the `seeds` of its cases in parts of `each`, which may run side by side."""
    end = SEED + cases(quick=quick, deep=deep)
    parts = [range(first, min(first + each, end)) for first in range(SEED, end, each)]
    given = pytest.mark.parametrize("seeds", parts, ids=[str(part[0]) for part in parts])
    return lambda test: pytest.mark.deep(given(test))


@contextmanager
def note_seed(seed: int) -> Iterator[None]:
    """Name the case in which something goes wrong."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise
