"""Writes a file beside its target and puts it in place whole, or leaves all as it was."""

from __future__ import annotations

import codecs
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BAD_NAME = frozenset(
    (errno.ENAMETOOLONG, errno.EILSEQ, *((errno.EINVAL,) if sys.platform == "win32" else ()))
)
"""What the system says of a name that no file can have; elsewhere EINVAL means other things."""

ANYBODYS, ONLY_MINE = 0o666, 0o600
"""Who may read and write a new file, as far as the mask of the process lets them."""

_BESIDE = re.compile(r"~(.+-)?[0-9a-f]{12}\.(kyodo|kyodo-journal|xls[xm]|pdf|html|csv|txt)")
_BEGINS = {
    "kyodo": (b"SQLite format 3\0", bytes(16)),
    "kyodo-journal": (bytes.fromhex("d9d505f920a163d7"), bytes(8)),
    "xlsx": (b"PK",),
    "xlsm": (b"PK",),
    "pdf": (b"%PDF",),
    "html": (b"<!DOCTYPE html>\n",),
    "csv": (codecs.BOM_UTF8,),
    "txt": (codecs.BOM_UTF8,),
}
"""How each kind begins, as far as it was written; what begins otherwise is somebody's own."""

_MOST_OF_NAME = 24  # characters
_SAFE_PATH = 200  # characters: longer ones may be too long for Windows

_LONGEST_WRITING = 24 * 60 * 60  # seconds; what is older is of a program that was killed


@contextmanager
def atomic_write(
    target: Path, *, beside: Path | None = None, mode: int = ANYBODYS
) -> Iterator[Path]:
    """Give a path to write to; on leaving well the file there becomes the target.

    Raises OSError. Nothing is left beside the target, a journal of SQLite's included.
    """
    with temporary_beside(target, beside=beside, mode=mode) as file:
        yield file
        replace_file(file, target, mode=mode)


@contextmanager
def temporary_beside(
    target: Path, *, beside: Path | None = None, mode: int = ANYBODYS
) -> Iterator[Path]:
    """Give an empty file beside the target to write to, of which nothing is left.

    It is made at once, since this says best why it cannot be. What a killed program leaves says
    in its name whose it is, and is removed by `remove_leftovers`; whoever looks after it himself
    names it `beside`.
    """
    beside = beside or _beside(target)
    try:
        beside.touch(mode)
        if mode == ONLY_MINE:  # also where it was left by somebody for whom it was not
            with suppress(OSError):
                beside.chmod(mode)
        yield beside
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    """Return a new name after that of the target, unless the path becomes very long by it."""
    key = secrets.token_hex(6)
    named = target.with_name(f"~{target.stem[:_MOST_OF_NAME]}-{key}{target.suffix}")
    return named if len(str(named)) <= _SAFE_PATH else target.with_name(f"~{key}{target.suffix}")


def replace_file(beside: Path, target: Path, *, mode: int = ANYBODYS) -> None:
    """Let the file become the target; raises OSError.

    Whoever may read and write the target still may, unless it is to be `ONLY_MINE`.
    """
    _flush(beside)
    if mode != ONLY_MINE:
        with suppress(OSError):
            shutil.copymode(target, beside)
    beside.replace(target)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed programs left in a folder while they wrote; it never fails.

    Only regular files with exactly the names given here and what we write in them, not written
    to for a day by this computer's clock as well as by that of the drive, as the newest file in
    the folder tells it.
    """
    with suppress(OSError):
        inside = list(folder.iterdir())
        ours = [path for path in inside if _BESIDE.fullmatch(path.name)]
        if not ours:
            return
        present = min(time.time(), max(path.lstat().st_mtime for path in inside))
        for path in ours:
            found = path.lstat()
            is_old = present - found.st_mtime >= _LONGEST_WRITING
            if is_old and stat.S_ISREG(found.st_mode):
                with suppress(OSError):
                    if _is_ours(path):
                        path.unlink()


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        begin = file.read(16)
    return not begin or begin.startswith(_BEGINS[path.suffix.removeprefix(".")])


def _flush(file: Path) -> None:
    """Have the bytes on the disk before the old file goes."""
    with file.open("r+b") as written:
        os.fsync(written.fileno())
