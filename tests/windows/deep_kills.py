"""Setup and uninstall.exe are killed at random moments, and Setup then gives a whole version.

`make windows-deep` runs it. Every other kill falls after the first piece of a version was moved,
most of them very soon after it; of the rest most fall while files are unpacked. Every other Setup
that is to put things right is killed as well. A kill that came too late is repeated sooner, from
what lay there before it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections import Counter
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

import pytest

from tests.windows.pc import NEWER_SETUP, OLDER_SETUP, PC, SECONDS, UNINSTALL_KEY, until
from tests.windows.setups import BUNDLE, PIECES, Exit, files, is_whole, run

KILLS = int(os.environ.get("KYODO_KILLS", "30"))
SEED = int(os.environ.get("KYODO_SEED", "17"))
READY, OLD = "_kyodo_ready", "_kyodo_old"
OF_THE_OLDER = "of_the_older_version.dll"
COPY, COPY_SECONDS = "nsu-kyodo", SECONDS / 30
A_MOMENT, SOONER, TRIES = 0.0005, 0.6, 20


class Course(NamedTuple):
    """The seconds that a program took up to its first move, and from there to its end."""

    before: float
    after: float


@pytest.fixture(scope="module")
def keep(pc, home):
    """The older version, kept elsewhere to begin from again; each of its pieces can be told."""
    assert run(pc, OLDER_SETUP).code == Exit.DONE
    (home / "_internal" / OF_THE_OLDER).touch()
    for program in PIECES[1:]:
        with (home / program).open("ab") as file:
            file.write(b"\0")
    return home.rename(home.with_name("kept"))


@pytest.fixture
def older(pc, home, keep):
    lay_older(pc, home, keep)


def lay_older(pc, home, keep):
    """Have the older version installed; nothing writes into its files."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(keep, home, copy_function=os.link)
    register_older(pc)


def register_older(pc):
    for name, value in (("DisplayVersion", "0.0.1"), ("InstallLocation", folder_of(pc))):
        pc.run("reg", "add", UNINSTALL_KEY, "/v", name, "/d", value, "/f")


def folder_of(pc):
    return rf"C:\users\{pc.home.name}\AppData\Local\Programs\KyodoDesktop"


@pytest.fixture(scope="module")
def courses(pc, home, keep):
    """How long Setup and the uninstaller take, and where in that the pieces move."""
    lay_older(pc, home, keep)
    setup = measured(pc, NEWER_SETUP, home / READY)
    lay_older(pc, home, keep)
    return setup, measured(pc, home / "uninstall.exe", home / OLD)


def measured(pc, program, first_move):
    begin = monotonic()
    process = pc.start(program, "/S")
    while not first_move.exists() and process.poll() is None:
        sleep(A_MOMENT)
    moved = monotonic()
    assert process.wait(SECONDS) == 0
    ended = monotonic()
    until(lambda: not pc.is_running(COPY))
    return Course(moved - begin, ended - moved)


@pytest.fixture(scope="module")
def chance():
    return random.Random(SEED)


@pytest.fixture(scope="module")
def told(request, courses):
    """What came of the kills, told at the end."""
    told = Counter()
    yield told
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\nSeed {SEED}; Setup and uninstall.exe, seconds before and after the first move:")
        for course in courses:
            print(f"  {course.before:.2f} + {course.after:.2f}")
        for what, times in sorted(told.items()):
            print(f"  {times:3} {what}")


class Killing(NamedTuple):
    """A program that is to be killed, and where its first move shows."""

    name: str
    pc: PC
    home: Path
    program: Path
    first_move: Path
    told: Counter[str]

    def at(self, moment: float) -> None:
        """Start it silently and kill it; a negative moment counts from its first move."""
        before = self.home.with_name("before")
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(self.home, before, copy_function=os.link)
        for number in range(TRIES):
            if self._is_killed_at(moment * SOONER**number):
                break
            self.told[f"{self.name} had ended before its kill, which was repeated sooner"] += 1
            shutil.rmtree(self.home, ignore_errors=True)
            shutil.copytree(before, self.home, copy_function=os.link)
            register_older(self.pc)
        else:
            pytest.fail(f"{self.name} could not be killed in {TRIES} tries")
        self.told[f"{self.name} was killed while it ran"] += 1

    def _is_killed_at(self, moment: float) -> bool:
        process = self.pc.start(self.program, "/S")
        if moment < 0:
            wait_until_there(process, self.first_move)
        end = monotonic() + abs(moment)
        while monotonic() < end and process.poll() is None:
            sleep(A_MOMENT)
        process.kill()
        code = process.wait()
        assert code in {Exit.DONE, -signal.SIGKILL}
        self._end_copy()
        return code != Exit.DONE

    def _end_copy(self) -> None:
        """Wait until the copy of uninstall.exe has ended, or end it.

        A process begins only when the one that made it says so: if that one is killed in between,
        the copy has done nothing and waits for ever.
        """
        end = monotonic() + COPY_SECONDS
        while (copies := self.pc.processes(COPY)) and monotonic() < end:
            sleep(A_MOMENT)
        for each in copies:
            each.kill()
            self.told["uninstall.exe had made its copy, which never began"] += 1


def wait_until_there(process, path):
    while not path.exists() and process.poll() is None:
        sleep(A_MOMENT)


def a_moment(chance, course, number):
    if number % 2:  # the moves are the first hundredths of what comes after the first
        return -course.after * 10 ** chance.uniform(-2.5, 0)
    return chance.uniform(0, sum(course))


def piece(folder, name):
    """Return the files of a piece with their sizes."""
    place = folder / name
    return (
        files(place)
        if place.is_dir()
        else {Path(): place.stat().st_size}
        if place.exists()
        else {}
    )


def lies_in(keep, *folders):
    """Tell whether the pieces of a version lie there, be it some here and some there."""
    return all(any(piece(each, name) == piece(keep, name) for each in folders) for name in PIECES)


def what_lies_there(pc, home, keep):
    """Return which version starts, if one does."""
    for name, version in (("the older version", keep), ("the newer version", BUNDLE)):
        if lies_in(version, home):
            assert pc.run(home / "kyodo.exe", "--version").code == 0
            return name
    return "no version"


@pytest.mark.parametrize("number", range(KILLS))
def test_a_setup_that_was_killed_can_be_run_again(
    pc, home, keep, older, courses, chance, told, number
):
    killing = Killing("Setup", pc, home, NEWER_SETUP, home / READY, told)
    for again in ("", " again")[: 1 + number % 4 // 2]:
        killing.at(a_moment(chance, courses[0], number))
        assert lies_in(keep, home, home / OLD) or lies_in(BUNDLE, home)
        told[f"after a kill of Setup{again}: {what_lies_there(pc, home, keep)} starts"] += 1
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    assert is_whole(home)
    assert what_lies_there(pc, home, keep) == "the newer version"
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "99.0.0"
    told["then Setup: the newer version is whole and starts"] += 1


@pytest.mark.parametrize("number", range(KILLS))
def test_an_uninstaller_that_was_killed_can_be_run_again_or_installed_over(
    pc, home, keep, older, courses, chance, told, number
):
    program = home / "uninstall.exe"
    killing = Killing(program.name, pc, home, program, home / OLD, told)
    killing.at(a_moment(chance, courses[1], number))
    left = what_lies_there(pc, home, keep) if home.exists() else "no folder"
    told[f"after a kill of uninstall.exe: {left} starts"] += 1
    if left == "no folder" or number % 4 < 2:
        assert run(pc, NEWER_SETUP).code == Exit.DONE
        assert is_whole(home)
        assert what_lies_there(pc, home, keep) == "the newer version"
        told["then Setup: the newer version is whole and starts"] += 1
    else:
        assert run(pc, home / "uninstall.exe").code == Exit.DONE
        until(lambda: not home.exists())
        assert pc.registered(UNINSTALL_KEY, "DisplayVersion") is None
        told["then uninstall.exe: everything is gone"] += 1
