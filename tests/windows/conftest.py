"""The PC, and the program on it: installed by Setup, or unpacked from the zip."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.windows.pc import PC, SETUP, WORK, ZIP, remove, windows_path


@pytest.fixture(scope="module")
def pc(request):
    """A PC as new for each file of proofs, which may be run side by side."""
    pc = PC(WORK / request.path.stem)
    pc.switch_on()
    yield pc
    pc.switch_off()


@pytest.fixture(scope="module")
def home(pc):
    """The folder that Setup takes when none is named."""
    return pc.program


@pytest.fixture(scope="module")
def installed(pc):
    """The folder that Setup has put the program in, silently."""
    assert pc.run(SETUP, "/S").code == 0
    return pc.program


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory):
    """The folder of the program from the zip."""
    folder = tmp_path_factory.mktemp("zip")
    zipfile.ZipFile(ZIP).extractall(folder)
    (program,) = folder.iterdir()
    return program


@pytest.fixture
def desk(pc):
    """An empty folder of the user's."""
    desk = pc.home / "机の上"
    desk.mkdir()
    yield desk
    remove(desk)


class Console:
    """kyodo.exe of one folder, on one PC."""

    def __init__(self, pc: PC, folder: Path | str) -> None:
        self._pc = pc
        self._program = (
            f"{folder}/kyodo.exe" if isinstance(folder, Path) else f"{folder}\\kyodo.exe"
        )

    def __call__(self, *arguments: object):
        """Run a command; paths of this machine are given as Windows calls them."""
        words = (windows_path(each) if isinstance(each, Path) else each for each in arguments)
        return self._pc.run(self._program, *words)

    def dump(self, plan: Path | str):
        """Return the whole plan."""
        done = self("dump", plan)
        assert (done.code, done.error) == (0, "")
        return json.loads(done.output)


@pytest.fixture
def kyodo(pc, installed):
    """The installed commands."""
    return Console(pc, installed)
