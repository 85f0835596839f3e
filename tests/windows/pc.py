"""A Windows PC in Wine: where its folders are, and how its programs are run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from select import select
from time import monotonic, sleep
from typing import NamedTuple

import psutil

from kyodo_desktop import __version__
from tests.disk import NOBODY
from tests.disk import ROOT as ROOT_USER

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "windows"
DIST = ROOT / "dist"
PYTHON = WORK / "python" / "python.exe"
SETUP = DIST / f"KyodoDesktop-{__version__}-Setup.exe"
ZIP = DIST / f"KyodoDesktop-{__version__}.zip"
OLDER_SETUP = WORK / "KyodoDesktop-0.0.1-Setup.exe"
NEWER_VERSION = "99.0.0"
NEWER_SETUP = WORK / f"KyodoDesktop-{NEWER_VERSION}-Setup.exe"
TITLE = "協働プラン進捗管理"
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\KyodoDesktop"

# When something takes longer it will not come any more.
SECONDS = 300 * int(os.environ.get("KYODO_SLOWNESS", "1"))
_OF_THE_SCREEN = ("XAUTHORITY", "FONTCONFIG_FILE")  # files that what draws must be able to read
_A_MOMENT, _BLOCK = 0.05, 65_536


class Done(NamedTuple):
    """What a program left behind."""

    code: int
    output: str
    error: str


class PC:
    """A Windows that nothing was installed on yet.

    Its user may be a plain one, also where the administrator runs the proofs: for the latter no
    permission counts.
    """

    def __init__(self, prefix: Path, *, plain_user: bool = False) -> None:
        self.prefix = prefix
        self._environment = {**os.environ, "WINEPREFIX": str(prefix)}
        self._as_user: list[str] = []
        if plain_user and os.geteuid() == ROOT_USER:
            self._as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            # Copies of the user's own, who may not look into a checkout below root's home.
            self._environment |= {
                "HOME": str(prefix.parent),
                **{name: str(prefix.with_name(name.lower())) for name in _OF_THE_SCREEN},
            }

    def switch_on(self) -> None:
        """Start Wine's server and services, so that no program has to begin with them."""
        shutil.rmtree(self.prefix, ignore_errors=True)
        subprocess.run(["cp", "-a", WORK / "prefix", self.prefix], check=True)
        if self._as_user:
            for name in _OF_THE_SCREEN:
                shutil.copy(os.environ[name], self._environment[name])
            subprocess.run(["chown", "-R", str(NOBODY), self.prefix.parent], check=True)
        self._quietly("wineserver", "-p")
        self._quietly("wine", "wineboot")

    def switch_off(self) -> None:
        """End whatever runs."""
        subprocess.run([*self._as_user, "wineserver", "-k"], env=self._environment, check=False)

    def run(self, *command: object, folder: Path | None = None, **variables: str) -> Done:
        """Run a program to its end; `variables` are added to its environment."""
        with subprocess.Popen(
            [*self._as_user, "wine", *map(str, command)],
            env={**self._environment, **variables},
            cwd=folder or self.prefix,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            restore_signals=False,  # a file that may not grow is an error there, not the end
        ) as program:
            output, error = all_that_is_written(program, SECONDS)
        return Done(program.returncode, _text(output), _text(error))

    def start(
        self, *command: object, folder: Path | None = None, **variables: str
    ) -> subprocess.Popen[bytes]:
        """Start a program that goes on; `variables` are added to its environment."""
        return subprocess.Popen(
            [*self._as_user, "wine", *map(str, command)],
            env={**self._environment, **variables},
            cwd=folder or self.prefix,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close_program(self) -> None:
        """Close the program as its user does, as soon as its window is there."""

        def has_closed() -> bool:
            self.run("taskkill", "/im", "KyodoDesktop.exe")
            return not self.is_running("KyodoDesktop.exe")

        until(has_closed)

    def is_running(self, name: str) -> bool:
        """Tell whether a program of that name runs."""
        return bool(self.processes(name))

    def processes(self, name: str) -> list[psutil.Process]:
        """Return what runs under that name; Wine's own list of it is empty."""
        own, found = str(self.prefix), []
        for each in psutil.process_iter():
            with suppress(psutil.Error):
                if name in " ".join(each.cmdline()) and own == each.environ().get("WINEPREFIX"):
                    found.append(each)
        return found

    def registered(self, key: str, name: str | None = None) -> str | None:
        """Return a value of the registry, the default one without a name; None where none is."""
        which = ["/ve"] if name is None else ["/v", name]
        done = self.run("reg", "query", key, *which)
        if done.code:
            return None
        return done.output.strip().splitlines()[-1].partition("REG_SZ")[2].strip()

    @property
    def home(self) -> Path:
        """The folder of the user."""
        (home,) = (self.prefix / "drive_c" / "users").glob(os.environ.get("USER", "root"))
        return home

    @property
    def local_data(self) -> Path:
        """What Windows calls %LOCALAPPDATA%."""
        return self.home / "AppData" / "Local"

    @property
    def program(self) -> Path:
        """The folder that Setup takes when none is named."""
        return self.local_data / "Programs" / "KyodoDesktop"

    @property
    def temp(self) -> Path:
        """What Windows calls %TEMP%, which is not the same folder in each Wine."""
        told = self.run("cmd", "/c", "echo %TEMP%").output.strip()
        return self.prefix / "drive_c" / PureWindowsPath(told).relative_to("C:/").as_posix()

    @property
    def start_menu(self) -> Path:
        """The folder of the start menu's programs."""
        return self.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"

    def connect(self, name: str, folder: Path) -> None:
        """Give a folder a drive letter (`s:`) or the name of a share (`unc/server/share`)."""
        link = self.prefix / "dosdevices" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(folder)

    def _quietly(self, *command: str) -> None:
        subprocess.run(
            [*self._as_user, *command],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=SECONDS,
        )


def code_at_end(program: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a program that was started, and return its exit code.

    When the last thread has ended, Wine's server gives the rest a moment to leave and then kills
    it, as it may have to on a busy machine: the code is lost then, and what ended was not wrong.
    """
    code = program.wait(SECONDS)
    return 0 if code == -signal.SIGKILL else code


def all_that_is_written(program: subprocess.Popen[bytes], seconds: float) -> list[bytes]:
    """Return what a program has written into its pipes by its end.

    Their own end is not waited for: what Wine starts beside a program keeps them open.
    """
    pipes = [pipe for pipe in (program.stdout, program.stderr) if pipe is not None]
    written = dict.fromkeys(pipes, b"")
    end = monotonic() + seconds
    ended = False
    while not ended:
        ended = program.poll() is not None  # before the last reading, so that it misses nothing
        while ready := select(pipes, [], [], 0 if ended else _A_MOMENT)[0]:
            for pipe in ready:
                block = os.read(pipe.fileno(), _BLOCK)
                written[pipe] += block
                if not block:
                    pipes.remove(pipe)
        if monotonic() > end:
            program.kill()
            raise subprocess.TimeoutExpired(program.args, seconds)
    return list(written.values())


def until(what: Callable[[], object]) -> None:
    """Wait until something holds that another program brings about."""
    end = monotonic() + SECONDS
    while not what():
        assert monotonic() < end, f"it did not come about in {SECONDS} s"
        sleep(0.1)


def remove(folder: Path) -> None:
    """Remove a folder in which an uninstaller may still be removing something."""

    def is_gone() -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()

    until(is_gone)


def windows_path(path: Path) -> str:
    """Return how Wine's Windows calls a file of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def _text(output: bytes) -> str:
    """Our programs write UTF-8, those of Windows what a Japanese Windows has always written."""
    try:
        text = output.decode()
    except UnicodeDecodeError:
        text = output.decode("cp932")
    return text.replace("\r\n", "\n")
