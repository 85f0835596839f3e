"""Lets the files of a program fail, from outside and while it runs; see shim.c."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OFF, COUNT, FAIL_ONE, KILL, GONE, HANG = range(6)
KINDS = (
    *("open", "read", "write", "sync", "rename", "unlink", "lock", "truncate", "stat", "mkdir"),
    *("list", "copy", "change"),
)
ALL = (1 << len(KINDS)) - 1
CHANGING = ("write", "sync", "unlink", "truncate", "rename", "copy")
_SOURCE = Path(__file__).with_name("shim.c")
_LIBRARY = Path(__file__).parents[2] / "build" / "torture" / "shim.so"
_NAME = "KYODO_TORTURE_CONTROL"
_ROOM = 512


class _Layout(ctypes.Structure):
    _fields_ = (
        ("mode", ctypes.c_int32),
        ("error", ctypes.c_int32),
        ("kinds", ctypes.c_uint32),
        ("locks_lie", ctypes.c_int32),
        ("pid", ctypes.c_int32),
        ("part", ctypes.c_int32),
        ("at", ctypes.c_int64),
        ("seen", ctypes.c_int64),
        ("hit", ctypes.c_int64),
        ("hit_kind", ctypes.c_int32),
        ("main_hung", ctypes.c_int32),
        ("counts", ctypes.c_int64 * len(KINDS)),
        ("root", ctypes.c_char * _ROOM),
        ("hit_path", ctypes.c_char * _ROOM),
    )


class Shim:
    """The switch of the files of all processes that were started with the same control file."""

    def __init__(self, control: Path) -> None:
        with control.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), ctypes.sizeof(_Layout))
        self._layout = _Layout.from_buffer(self._bytes)

    def watch(self, root: Path) -> None:
        """Touch only files below `root` from now on, and let all go well."""
        self._set(mode=OFF, root=os.fsencode(root), locks_lie=0)

    @contextmanager
    def counting(self) -> Iterator[dict[str, int]]:
        """Count the calls of the body, by their kinds."""
        found: dict[str, int] = {}
        self._layout.counts[:] = [0] * len(KINDS)
        self._set(mode=COUNT, kinds=0)
        try:
            yield found
        finally:
            self._set(mode=OFF)
            found.update(zip(KINDS, self._layout.counts, strict=True))

    def fail_one(self, number: int, error: int, *kinds: str) -> None:
        """Let the call of this number, from 1, of these kinds fail."""
        self._arm(FAIL_ONE, number, error, kinds)

    def kill_at(self, number: int, *kinds: str, half: bool = False) -> None:
        """Kill the process before the call of this number, or amid it where it writes."""
        self._layout.part = half
        self._arm(KILL, number, 0, kinds)

    def lose(self, error: int) -> None:
        """Let every call fail from now on."""
        self._arm(GONE, 0, error, ())

    def hang(self, error: int = 0) -> None:
        """Let every call wait until something else is set, and then fail, or go well."""
        self._layout.main_hung = 0
        self._arm(HANG, 0, error, ())

    def heal(self) -> None:
        """Let all go well again."""
        self._set(mode=OFF)

    def touch_only(self, process: int) -> None:
        """Touch the calls of one process; 0 stands for all."""
        self._set(pid=process)

    def let_locks_lie(self, *, on: bool = True) -> None:
        """Grant every lock without taking it, as some shared drives do."""
        self._set(locks_lie=int(on))

    @property
    def hits(self) -> int:
        return int(self._layout.hit)

    @property
    def hit(self) -> str:
        """The call that failed last."""
        path = os.fsdecode(self._layout.hit_path)
        return f"{KINDS[self._layout.hit_kind]} {Path(path).name}" if self.hits else "none"

    @property
    def main_hung_in(self) -> str:
        """The kind of call in which the main thread began to wait, or nothing."""
        kind = self._layout.main_hung
        return KINDS[kind - 1] if kind else ""

    def _arm(self, mode: int, number: int, error: int, kinds: tuple[str, ...]) -> None:
        bits = sum(1 << KINDS.index(each) for each in kinds) or ALL
        self._set(mode=OFF, kinds=bits, at=number, error=error, seen=0, hit=0, hit_path=b"")
        self._set(mode=mode)

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self._layout, name, value)


def why_not() -> str:
    """Return why there can be no shim here, or nothing."""
    if not sys.platform.startswith("linux"):
        return "only Linux loads it"
    return "" if shutil.which("gcc") else "no compiler"


def built() -> Path:
    """Return the library, made anew where its source is newer."""
    if not _LIBRARY.exists() or _LIBRARY.stat().st_mtime < _SOURCE.stat().st_mtime:
        _LIBRARY.parent.mkdir(parents=True, exist_ok=True)
        beside = _LIBRARY.with_suffix(f".{os.getpid()}")
        subprocess.run(
            ["gcc", "-O1", "-fPIC", "-shared", "-o", beside, _SOURCE, "-ldl"], check=True
        )
        beside.replace(_LIBRARY)
    return _LIBRARY


def environment(control: Path) -> dict[str, str]:
    """Return the environment of a process whose files shall be switched by a control file."""
    control.write_bytes(bytes(ctypes.sizeof(_Layout)))
    return {**os.environ, "LD_PRELOAD": str(built()), _NAME: str(control)}


def of_this_process() -> Shim | None:
    """Return the switch of this process's own files, where it was started with one."""
    name = os.environ.get(_NAME)
    return Shim(Path(name)) if name else None


def leave() -> None:
    """Remove the control file, at the end of the process that was started with one."""
    if name := os.environ.get(_NAME):
        Path(name).unlink(missing_ok=True)
