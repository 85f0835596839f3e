"""What an earlier Setup or uninstaller left half done is put right, and nobody's program is lost.

deep_kills.py does the killing; here the states that it can leave are laid out by hand: with
KYODO_ALL_STATES, as `make windows-deep` has it, each of them, else one of each kind.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.windows.pc import (
    NEWER_SETUP,
    OLDER_SETUP,
    PYTHON,
    SECONDS,
    UNINSTALL_KEY,
    until,
    windows_path,
)
from tests.windows.proof_setup import KEEP_FOLDER
from tests.windows.setups import (
    PIECES,
    Exit,
    files,
    is_whole,
    run,
    small_disk,
    temporary_files_on,
)

NEW, READY, OLD, GONE = "_kyodo_new", "_kyodo_ready", "_kyodo_old", "_kyodo_gone"
STEPS = [(piece, "", OLD) for piece in PIECES] + [(piece, READY, "") for piece in PIECES]


def states(every, one):
    """Have a proof for every state or for the one that stands for them."""
    return pytest.mark.parametrize("state", every if "KYODO_ALL_STATES" in os.environ else [one])


@pytest.fixture(scope="module")
def keep(pc, home):
    """The older version, kept elsewhere to begin from again."""
    assert run(pc, OLDER_SETUP).code == Exit.DONE
    return home.rename(home.with_name("kept"))


@pytest.fixture
def older(home, keep):
    """The older version is there, and nothing writes into its files; their names and sizes."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(keep, home, copy_function=os.link)
    return files(home)


@pytest.fixture
def full(pc):
    """Setup gets as far as to the question of space, and ends there."""
    with small_disk(pc, "t:", 3), temporary_files_on(pc, "T:"):
        yield


def put_right(pc):
    """Run the Setup that ends at the question of space."""
    done = run(pc, NEWER_SETUP)
    assert done.code == Exit.NO_SPACE, done


def lay_new(folder):
    """Make the pieces of a new version, recognised by their size."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "new.dll").write_bytes(b"new")
    for program in PIECES[1:]:
        (folder / program).write_bytes(b"new")


@states(range(len(STEPS)), 4)
def test_a_swap_that_was_broken_off_gives_the_older_version_back(pc, home, older, full, state):
    lay_new(home / READY)
    (home / OLD).mkdir()
    for piece, start, end in STEPS[:state]:
        (home / start / piece).rename(home / end / piece)
    put_right(pc)
    assert files(home) == older


def test_a_swap_that_was_done_needs_no_older_version_any_more(pc, home, older, full):
    lay_new(home / READY)
    (home / OLD).mkdir()
    for piece, start, end in STEPS:
        (home / start / piece).rename(home / end / piece)
    (home / OLD / "kyodo.exe").unlink()  # it was being deleted
    put_right(pc)
    assert (home / "_internal" / "new.dll").exists()
    assert not (home / OLD).exists()


@states(range(len(STEPS)), 3)
def test_a_restoring_that_was_broken_off_goes_on(pc, home, older, full, state):
    lay_new(home / READY)
    (home / OLD).mkdir()
    for piece, start, end in STEPS[:-1]:
        (home / start / piece).rename(home / end / piece)
    (home / GONE).mkdir()
    back = [(step, piece) for piece in PIECES for step in (("", GONE), (OLD, ""))]
    for (start, end), piece in back[:state]:
        if (home / start / piece).exists():
            (home / start / piece).rename(home / end / piece)
    put_right(pc)
    assert files(home) == older


@states(range(7), 4)
def test_version_0_3_0_that_was_broken_off_loses_nothing(pc, home, older, full, state):
    """Its new pieces came from the folder that they were unpacked to, and a retry began anew."""
    lay_new(home / NEW)
    (home / OLD).mkdir()
    for piece, start, end in [*STEPS[:3], *((each, NEW, "") for each in PIECES)][: min(state, 5)]:
        (home / start / piece).rename(home / end / piece)
    if state == 6:
        shutil.rmtree(home / NEW)
    put_right(pc)
    assert files(home) == older


def test_a_first_installation_that_was_broken_off_leaves_nothing(pc, home, keep, full):
    shutil.rmtree(home, ignore_errors=True)
    lay_new(home)
    (home / "kyodo.exe").rename(home / "waiting.exe")
    (home / OLD).mkdir()
    (home / OLD / "first").touch()
    put_right(pc)
    assert set(files(home)) == {Path("waiting.exe")}


def test_whoever_runs_setup_again_after_all_this_has_the_new_version(pc, home, older):
    lay_new(home / READY)
    lay_new(home / NEW)
    lay_new(home / GONE)
    (home / OLD).mkdir()
    for piece, start, end in STEPS[:4]:
        (home / start / piece).rename(home / end / piece)
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    assert is_whole(home)


def test_an_older_setup_is_refused_by_what_lies_in_the_older_folder_too(pc, home, older):
    pc.run("reg", "add", UNINSTALL_KEY, "/v", "DisplayVersion", "/d", "99.0.0", "/f")
    (home / OLD).mkdir()
    for piece in PIECES:
        (home / piece).rename(home / OLD / piece)
    assert run(pc, OLDER_SETUP).code == Exit.NEWER_IS_THERE
    assert files(home) == older


@pytest.fixture
def registered(pc):
    pc.run("reg", "add", UNINSTALL_KEY, "/v", "DisplayVersion", "/d", "0.0.1", "/f")


def test_read_only_files_are_replaced_and_removed(pc, home, keep, registered):
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(keep, home)
    for each in home.rglob("*"):
        if each.is_file():
            each.chmod(0o444)
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    assert is_whole(home)


def test_a_setup_in_the_update_folder_lets_itself_be(pc, home, older, registered):
    before = (home / "installed_from.txt").read_bytes()
    (home / "_kyodo_update").mkdir()
    setup = Path(shutil.copy(NEWER_SETUP, home / "_kyodo_update"))
    assert run(pc, setup).code == Exit.DONE
    assert setup.exists()
    assert (home / "installed_from.txt").read_bytes() == before
    assert run(pc, home / "uninstall.exe").code == Exit.DONE
    until(lambda: not home.exists())


@states(PIECES, "_internal")
def test_a_removal_that_cannot_be_done_leaves_the_program_whole(
    pc, home, older, registered, tmp_path, state
):
    ready, kept = tmp_path / "ready", tmp_path / "kept"
    hold = KEEP_FOLDER if state == "_internal" else KEEP_FILE
    paths = map(windows_path, (home / state, ready, kept))
    scanner = pc.start(PYTHON, "-c", hold, *paths)
    until(kept.exists)
    assert run(pc, home / "uninstall.exe").code in {Exit.FAILED, Exit.PROGRAM_RUNS}
    assert files(home) == older
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "0.0.1"
    kept.unlink()
    assert scanner.wait(SECONDS) == 0


KEEP_FILE = """
import pathlib, sys, time, _winapi
file, ready, kept = map(pathlib.Path, sys.argv[1:])
handle = _winapi.CreateFile(str(file), _winapi.GENERIC_READ, 1, 0, 3, 0, 0)
kept.touch()
while kept.exists():
    time.sleep(0.1)
"""


@states(range(1, 5), 2)
def test_a_removal_that_was_broken_off_can_be_done_again_or_installed_over(
    pc, home, older, registered, state
):
    (home / OLD).mkdir()
    for piece in PIECES[: min(state, 3)]:
        (home / piece).rename(home / OLD / piece)
    if state == 4:
        (home / OLD).rename(home / GONE)
        (home / GONE / "kyodo.exe").unlink()
    shutil.copytree(home, home.with_name("again"))
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    assert is_whole(home)
    shutil.rmtree(home)
    home.with_name("again").rename(home)
    assert run(pc, home / "uninstall.exe").code == Exit.DONE
    until(lambda: not home.exists())
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") is None


def test_what_the_uninstaller_leaves_if_nothing_may_run_from_temp_is_no_stranger(
    pc, home, older, registered
):
    for piece in PIECES:
        (shutil.rmtree if (home / piece).is_dir() else Path.unlink)(home / piece)
    pc.run("reg", "delete", UNINSTALL_KEY, "/f")
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    assert is_whole(home)


def test_the_uninstaller_of_another_folder_leaves_the_registration(pc, home, older, tmp_path):
    assert run(pc, NEWER_SETUP, folder=windows_path(tmp_path / "two")).code == Exit.DONE
    assert run(pc, NEWER_SETUP, folder=windows_path(home)).code == Exit.DONE
    assert run(pc, tmp_path / "two" / "uninstall.exe").code == Exit.DONE
    assert pc.registered(UNINSTALL_KEY, "InstallLocation").endswith(r"Programs\KyodoDesktop")
    assert list(pc.start_menu.glob("*.lnk"))
    assert is_whole(home)


def test_an_uninstaller_that_stands_alone_removes_nothing(pc, home, older, tmp_path):
    done = run(pc, shutil.copy(home / "uninstall.exe", tmp_path))
    assert done.code == Exit.FAILED
    assert "がありません。何も削除していません。" in done.end
    assert set(files(tmp_path)) == {Path("uninstall.exe")}
