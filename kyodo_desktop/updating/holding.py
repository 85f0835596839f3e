"""Keeps a file from being changed, moved or replaced while it is open, as Windows can.

Elsewhere it is opened as any other: only Windows has a Setup to start.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

_SHARE_READ = 1  # with whoever reads; not with whoever writes, deletes, moves or replaces


def opened_alone(path: Path) -> BufferedReader:
    """Return the file to read; raises OSError, also where somebody has it open to write."""
    if sys.platform == "win32":
        return open(path, "rb", opener=_handle_for_readers)
    return path.open("rb")


def passed_on(file: BufferedReader) -> Any:
    """Return the STARTUPINFO of a program that is to keep the file open as well until it ends."""
    if sys.platform == "win32":
        import msvcrt
        import os
        import subprocess

        handle = msvcrt.get_osfhandle(file.fileno())
        os.set_handle_inheritable(handle, True)
        return subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
    return None


def _handle_for_readers(path: str, flags: int) -> int:
    if sys.platform == "win32":
        import _winapi
        import msvcrt

        existing = _winapi.OPEN_EXISTING
        handle = _winapi.CreateFile(path, _winapi.GENERIC_READ, _SHARE_READ, 0, existing, 0, 0)
        return msvcrt.open_osfhandle(handle, flags)
    raise NotImplementedError
