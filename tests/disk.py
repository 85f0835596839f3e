"""Real limits of the disk and of the file system, for the tests of what then happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT, NOBODY = 0, 65534


@contextmanager
def nearly_full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python would keep half a compiled module, and every later run would stumble over it.
    keeps_modules, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        sys.dont_write_bytecode = keeps_modules
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@contextmanager
def plain_user() -> Iterator[None]:
    """Be somebody for whom permissions count: they do not for the administrator."""
    if os.name == "nt":
        pytest.skip("Windows knows other permissions")
    if os.geteuid() != ROOT:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(ROOT)


@contextmanager
def kept_from_others(path: Path) -> Iterator[None]:
    """Have a file open as Excel and virus scanners do: nobody else may read or replace it."""
    if os.name != "nt":
        pytest.skip("only Windows keeps an open file from others")
    import _winapi

    no_sharing, existing = 0, 3
    handle = _winapi.CreateFile(
        str(path), _winapi.GENERIC_READ, no_sharing, _winapi.NULL, existing, 0, _winapi.NULL
    )
    try:
        yield
    finally:
        _winapi.CloseHandle(handle)
