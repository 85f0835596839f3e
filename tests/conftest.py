"""What every test may ask for: a clock, the sample plan in a file, and the same opened."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kyodo_desktop.services.sample import create_sample
from tests import effort
from tests.builders import Clock, opened
from tests.markers import Markers, marked_plan
from tests.services.interchange.full_plan import full_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.services.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.name == "nt":  # off the screen Qt asks nobody where the fonts are
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ["SYSTEMROOT"], "Fonts")))

# Thousands of small files are written and thrown away: in memory, where it has room for them.
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
HAS_ROOM = os.name == "posix" and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
if HAS_ROOM and "TMPDIR" not in os.environ:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

HOMES = count()


def pytest_report_header() -> str:
    return f"effort: {'deep' if effort.DEEP else 'quick'}, seed {effort.SEED}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what Hypothesis gives examples to as deep."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("deep")


def pytest_runtest_setup() -> None:
    if effort.is_over():
        pytest.skip(f"{effort.SECONDS:.0f} s are over")


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: libraries, tests, their parameters."""
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sample_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan, made once to copy from: that keeps the suite fast."""
    path = tmp_path_factory.mktemp("sample") / "富里市.kyodo"
    create_sample(path, "tomisato_2015", author="市民 花子", now=Clock()())
    return path


@pytest.fixture(scope="session")
def full_master(sample_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with rows in every table, made once; to be read, not to be written."""
    return full_plan(sample_master, tmp_path_factory.mktemp("full") / "全部.kyodo")


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Markers]:
    """A plan whose texts say whether they may be published; to be read, not to be written."""
    path = tmp_path_factory.mktemp("marked") / "印.kyodo"
    return path, marked_plan(path)


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


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command of the command line in this process; give its exit code, output and error."""
    from kyodo_desktop.cli import run

    def command(*arguments: object) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        return code, *capfd.readouterr()

    return command


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the settings, logs and plans of the person who runs the tests out of them.

    The folder comes into being when something is put into it: most tests need none.
    """
    folder = tmp_path_factory.getbasetemp() / f"home{next(HOMES)}"
    monkeypatch.setenv("KYODO_DESKTOP_HOME", str(folder))
    return folder
