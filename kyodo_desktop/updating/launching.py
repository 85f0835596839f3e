"""Starts a Setup, which goes on when this program has ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_desktop.updating import temporary
from kyodo_desktop.updating.holding import passed_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader


def setup_starter() -> Callable[[BufferedReader, Path], object] | None:
    """Return what starts a Setup on this system; there is one for Windows only."""
    return start_setup if sys.platform == "win32" else None


def start_setup(setup: BufferedReader, source: Path) -> subprocess.Popen[bytes]:
    """Start Setup, which will remember `source` as the place it came from; raises OSError.

    It is the open file that was checked. Setup reads itself from there by its name, so it gets
    the file as it is open here: nobody can put another one in its place before it has ended.
    Keep what is returned: Python warns of a process that nobody keeps.
    """
    program = Path(setup.name)
    return subprocess.Popen(
        command_line(program, source),
        executable=program,
        cwd=program.parent,  # in the program's own folder it would keep that from being replaced
        env=temporary.moved(_environment(), program.parent),
        startupinfo=passed_on(setup),
        creationflags=getattr(subprocess, "DETACHED_PROCESS", 0),
    )


def command_line(setup: Path, source: Path) -> str:
    """Return the arguments as one text, which Windows hands on as it is.

    NSIS looks for the value's own quotes; `subprocess` would put them round the whole argument.
    No path on Windows holds a quote, and to NSIS a backslash before one means nothing.
    """
    return f'"{setup}" /UPDATE /SOURCE="{source}"'


def _environment() -> dict[str, str]:
    """Return the environment without what PyInstaller's start keeps there for itself.

    Setup hands it on to the new version, which would take itself for a part of the old one.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
