"""Writes a file beside its target and swaps it in whole, or leaves all as it was."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def swapped_in(target: Path) -> Iterator[Path]:
    """Give a path to write to; on leaving well the file there becomes the target.

    Raises OSError. Nothing is left beside the target, a journal of SQLite's included.
    """
    beside = target.with_name(f"~{secrets.token_hex(6)}{target.suffix}")
    try:
        yield beside
        _flush(beside)
        with suppress(OSError):
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _flush(file: Path) -> None:
    """Have the bytes on the disk before the old file goes."""
    with file.open("r+b") as written:
        os.fsync(written.fileno())
