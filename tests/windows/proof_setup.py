"""Setup on a PC as new: install, use, upgrade, refuse, remove; the user's files stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyodo_desktop import __version__
from tests.disk import nearly_full_disk
from tests.windows.conftest import Console
from tests.windows.pc import (
    NEWER_SETUP,
    OLDER_SETUP,
    PYTHON,
    ROOT,
    SECONDS,
    SETUP,
    TITLE,
    UNINSTALL_KEY,
    WORK,
    code_at_end,
    until,
    windows_path,
)
from tests.windows.setups import Exit

CLASSES = r"HKCU\Software\Classes"
SMALLER_THAN_A_DLL = 5_000_000
# Windows does not let a folder be moved as long as a program is in it.
KEEP_FOLDER = """
import contextlib, os, pathlib, sys, time
folder, ready, kept = map(pathlib.Path, sys.argv[1:])
ready.touch()
while not kept.exists():
    time.sleep(0.01)
    with contextlib.suppress(OSError):
        os.chdir(folder)
        kept.touch()
while kept.exists():
    time.sleep(0.1)
"""
# The command line of NSIS is one that only the program's own code makes.
START_SETUP = """
import sys
from pathlib import Path
from kyodo_desktop.updating.launching import start_setup
with open(sys.argv[1], "rb") as setup:
    started = start_setup(setup, Path(sys.argv[2]))
sys.exit(started.wait())
"""


@pytest.fixture(scope="module")
def installed(pc):
    """The folder that an older Setup has put the program in, with a file that is gone since."""
    assert pc.run(OLDER_SETUP, "/S").code == 0
    folder = pc.program
    (folder / "_internal" / "of_the_older_version.dll").touch()
    return folder


@pytest.fixture(scope="module")
def plan(pc, installed):
    """A plan and the settings that the user made with the older version."""
    documents = pc.home / "文書"
    documents.mkdir()
    plan = documents / "富里市.kyodo"
    assert Console(pc, installed)("new", plan, "--sample", "tomisato_2015").code == 0
    settings = pc.local_data / "kyodo_desktop" / "settings.ini"
    settings.write_text("[General]\ndisplay_name=hanako\n", encoding="utf-8")
    return plan


@pytest.fixture
def note(plan):
    """What lies beside the plan while a window edits it; the lock file stays for ever."""
    return plan.with_name(f"{plan.name}.who")


def contents(folder):
    """Return every file below a folder with its size and when it was written."""
    return {
        each.relative_to(folder): (each.stat().st_size, each.stat().st_mtime_ns)
        for each in folder.rglob("*")
        if each.is_file()
    }


def shortcuts(pc):
    return [each.name for each in pc.home.rglob(f"{TITLE}.lnk")]


def test_windows_knows_the_program(pc, installed):
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "0.0.1"
    assert pc.registered(UNINSTALL_KEY, "DisplayName") == TITLE
    kind = pc.registered(rf"{CLASSES}\.kyodo")
    command = pc.registered(rf"{CLASSES}\{kind}\shell\open\command")
    assert command.endswith(r'Programs\KyodoDesktop\KyodoDesktop.exe" "%1"')


def test_it_remembers_where_it_was_installed_from(installed):
    source = (installed / "installed_from.txt").read_text(encoding="utf-16")
    assert source == windows_path(WORK)


def test_the_start_menu_starts_it(pc, installed, tmp_path):
    picture = tmp_path / "a.png"
    shortcut = rf"C:\users\{pc.home.name}\AppData\Roaming\Microsoft\Windows\Start Menu\Programs"
    grab = ("--smoke-test", "--grab", windows_path(picture))
    assert pc.run("start", rf"{shortcut}\{TITLE}.lnk", *grab).code == 0
    until(lambda: picture.exists() and picture.stat().st_size > 10_000)
    assert shortcuts(pc) == [f"{TITLE}.lnk"]  # none on the desktop unless asked for


def test_setup_refuses_while_the_program_runs(pc, installed, plan, note):
    running = pc.start(installed / "KyodoDesktop.exe", windows_path(plan))
    until(note.exists)
    assert pc.run(SETUP, "/S").code == Exit.PROGRAM_RUNS
    assert pc.run(installed / "uninstall.exe", "/S").code == Exit.PROGRAM_RUNS
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "0.0.1"
    assert (installed / "_internal" / "of_the_older_version.dll").exists()
    pc.close_program()
    assert code_at_end(running) == 0


@pytest.mark.parametrize("theirs", ["_internal/other.dll", "uninstall.exe"])
def test_setup_refuses_a_folder_with_another_program(pc, tmp_path, theirs):
    file = tmp_path / theirs
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"of another program")
    done = pc.run(SETUP, "/S", f"/D={windows_path(tmp_path)}")
    assert done.code == Exit.FOLDER_UNUSABLE
    assert list(contents(tmp_path)) == [Path(theirs)]


def test_a_full_disk_leaves_the_older_version_as_it_was(pc, installed):
    before = contents(installed)
    with nearly_full_disk(SMALLER_THAN_A_DLL):
        assert pc.run(NEWER_SETUP, "/S").code == Exit.FAILED
    assert contents(installed) == before
    assert not (installed / "_kyodo_new").exists()
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "0.0.1"


def test_an_update_that_fails_starts_the_older_version_again(pc, installed, plan, note):
    with nearly_full_disk(SMALLER_THAN_A_DLL):
        assert pc.run(NEWER_SETUP, "/S", "/UPDATE").code == Exit.FAILED
    until(note.exists)  # it has opened the plan of last time
    pc.close_program()
    assert not note.exists()


@pytest.mark.parametrize("folder", ["_internal", "_kyodo_new/_internal"], ids=["older", "newer"])
def test_a_folder_that_cannot_be_moved_leaves_the_older_version_as_it_was(
    pc, installed, tmp_path, folder
):
    before, ready, kept = contents(installed), tmp_path / "ready", tmp_path / "kept"
    paths = map(windows_path, (installed / folder, ready, kept))
    scanner = pc.start(PYTHON, "-c", KEEP_FOLDER, *paths)
    until(ready.exists if folder.startswith("_kyodo_new") else kept.exists)
    assert pc.run(NEWER_SETUP, "/S").code == Exit.FAILED
    assert before.items() <= contents(installed).items()
    kept.unlink()
    assert scanner.wait(SECONDS) == 0


def test_a_newer_version_replaces_the_older_one_and_leaves_the_data(pc, installed, plan):
    kyodo = Console(pc, installed)
    before = kyodo.dump(plan)
    settings = (pc.local_data / "kyodo_desktop" / "settings.ini").read_bytes()
    assert pc.run(SETUP, "/S", "/DESKTOP").code == 0
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == __version__
    assert kyodo.dump(plan) == before
    assert (pc.local_data / "kyodo_desktop" / "settings.ini").read_bytes() == settings
    assert not (installed / "_internal" / "of_the_older_version.dll").exists()
    assert {each.name for each in installed.iterdir()} == {
        "_internal",
        "installed_from.txt",
        "KyodoDesktop.exe",
        "kyodo.exe",
        "uninstall.exe",
    }
    assert len(shortcuts(pc)) == 2


def test_an_older_version_does_not_replace_a_newer_one(pc, installed):
    assert pc.run(OLDER_SETUP, "/S").code == Exit.NEWER_IS_THERE
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == __version__


def test_an_update_waits_for_the_program_and_starts_it_again(pc, installed, plan, note):
    running = pc.start(installed / "KyodoDesktop.exe", windows_path(plan))
    until(note.exists)
    share = r"\\市役所\共有 #1 & 100%\更新"
    setup = pc.start(PYTHON, "-c", START_SETUP, windows_path(NEWER_SETUP), share, folder=ROOT)
    pc.close_program()
    assert (code_at_end(running), setup.wait(SECONDS)) == (0, 0)
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "99.0.0"
    assert (installed / "installed_from.txt").read_text(encoding="utf-16") == share
    until(note.exists)  # the new version has opened the plan of last time
    pc.close_program()
    assert not note.exists()


def test_the_uninstaller_leaves_the_users_files_only(pc, installed, plan):
    assert pc.run(installed / "uninstall.exe", "/S").code == 0
    until(lambda: not installed.exists())
    assert shortcuts(pc) == []
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") is None
    assert pc.registered(rf"{CLASSES}\.kyodo") is None
    assert plan.read_bytes().startswith(b"SQLite format 3")
    assert (pc.local_data / "kyodo_desktop" / "settings.ini").exists()
