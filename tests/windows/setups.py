"""How Setup is run, and what it and its pieces leave behind."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.windows.pc import PC, SECONDS, WORK, until, windows_path

BUNDLE = WORK / "bundle" / "KyodoDesktop"
ENVIRONMENT = r"HKCU\Environment"
PIECES = ("_internal", "KyodoDesktop.exe", "kyodo.exe")
_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  (.+)")


class Exit(IntEnum):
    """What Setup and uninstall.exe say at their end (resources/windows/setup_common.nsh)."""

    DONE = 0
    CANCELLED = 1
    FAILED = 2
    PROGRAM_RUNS = 3
    NO_SPACE = 4
    FOLDER_UNUSABLE = 5
    NEWER_IS_THERE = 6
    WINDOWS_UNFIT = 7
    CANNOT_RESTORE = 8
    BUSY = 1618


class Run(NamedTuple):
    """What came of a Setup: its exit code, and the lines of its log without their times."""

    code: Exit
    lines: tuple[str, ...]

    @property
    def end(self) -> str:
        """The last line."""
        return self.lines[-1]


def run(pc: PC, setup: Path | str, *words: str, folder: str = "", **variables: str) -> Run:
    """Run Setup or uninstall.exe silently; `folder` is what /D= names."""
    log = pc.home / "setup.log"
    log.unlink(missing_ok=True)
    # NSIS takes the rest of the line for the folder, and wants no quotes round it.
    target = f"/D={folder}".split(" ") if folder else []
    done = pc.run(setup, "/S", f"/LOG={windows_path(log)}", *words, *target, **variables)
    return Run(Exit(code_of(done.code)), lines(log))


def code_of(code: int) -> int:
    """Return an exit code of Windows: Linux keeps its last eight bits."""
    return Exit.BUSY if code == Exit.BUSY % 256 else code


def lines(log: Path) -> tuple[str, ...]:
    """Return what each line of a log says; each has its time."""
    found = [_LINE.fullmatch(each) for each in log.read_text(encoding="utf-8-sig").splitlines()]
    return tuple(each[1] for each in found if each is not None) if all(found) else ()


def files(folder: Path) -> dict[Path, int]:
    """Return the files below a folder with their sizes."""
    return {
        each.relative_to(folder): each.stat().st_size
        for each in folder.rglob("*")
        if each.is_file()
    }


def is_whole(folder: Path) -> bool:
    """Tell whether the program lies there with all its files, and nothing of a Setup's."""
    left = {"installed_from.txt", "uninstall.exe", *PIECES}
    found = {
        path: size
        for path, size in (files(folder) if folder.exists() else {}).items()
        if path.name not in {"installed_from.txt", "uninstall.exe"}
    }
    return found == files(BUNDLE) and {each.name for each in folder.iterdir()} == left


@contextmanager
def temporary_files_on(pc: PC, drive: str) -> Iterator[None]:
    """Have the user's temporary files on a drive."""
    names = ("TEMP", "TMP")
    for name in names:
        pc.run("reg", "add", ENVIRONMENT, "/v", name, "/d", f"{drive}\\", "/f")
    try:
        yield
    finally:
        for name in names:
            pc.run("reg", "delete", ENVIRONMENT, "/v", name, "/f")


@contextmanager
def stopped(pc: PC, setup: Path, *words: str, at: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a Setup and keep it from going on as soon as a file is there; then let it."""
    process = pc.start(setup, "/S", *words)
    until(at.exists)
    process.send_signal(signal.SIGSTOP)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.wait(SECONDS)


@contextmanager
def small_disk(pc: PC, drive: str, megabytes: int) -> Iterator[Path]:
    """Give the PC a drive of that size."""
    folder = pc.prefix.parent / f"{pc.prefix.name}_{drive[0]}"
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    pc.connect(drive, folder)
    try:
        yield folder
    finally:
        (pc.prefix / "dosdevices" / drive).unlink()
        with suppress(subprocess.CalledProcessError):
            subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()
