"""What every test may ask for: a clock, the sample plan in a file, and the same opened."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kyodo_desktop.services.sample import create_sample
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.services.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The same examples in every run, however slow the machine is at the moment.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sample_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan, made once to copy from: that keeps the suite fast."""
    path = tmp_path_factory.mktemp("sample") / "富里市.kyodo"
    create_sample(path, "tomisato_2015", author="市民 花子", now=Clock()())
    return path


@pytest.fixture
def sample_file(sample_master: Path, tmp_path: Path) -> Path:
    """A file with the sample plan that the test may change."""
    return shutil.copy(sample_master, tmp_path / "富里市.kyodo")


@pytest.fixture
def plan(sample_file: Path, clock: Clock) -> Iterator[OpenPlan]:
    """The sample plan, open for editing."""
    plan = opened(sample_file, clock)
    yield plan
    plan.close()


@pytest.fixture
def workspace(plan: OpenPlan) -> Workspace:
    """The workspace of the sample plan."""
    return plan.workspace


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings, logs and plans of the person who runs the tests out of them."""
    monkeypatch.setenv("KYODO_DESKTOP_HOME", str(tmp_path / "home"))
