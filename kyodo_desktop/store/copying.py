"""Copies of a plan's file that are whole: SQLite's backup, written beside and swapped in."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kyodo_desktop import swapping
from kyodo_desktop.domain.errors import BusyError, DamagedFileError, StorageError
from kyodo_desktop.store.engine import connected
from kyodo_desktop.store.failures import failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TRIES = 5


@contextmanager
def swapped_in(target: Path) -> Iterator[Path]:
    """Lend a path beside `target`; what was written there replaces it when the body ends well.

    Raises StorageError.
    """
    try:
        with swapping.swapped_in(target) as beside:
            yield beside
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error):
            told = failure(error, target.name)
            if isinstance(told, DamagedFileError | BusyError):  # it is the one that is copied
                raise told from error
        raise StorageError(
            f"「{target}」に書き込めませんでした（{getattr(error, 'strerror', None) or error}）。"
            "元のファイルはそのまま残っています。"
            "空き容量と書き込みの権限を確かめて、もう一度操作してください。"
        ) from error


def copy(source: Path, target: Path) -> None:
    """Copy a plan, open or not, through SQLite; raises StorageError."""
    with (
        swapped_in(target) as beside,
        connected(source) as old,
        connected(beside, read_only=False) as new,
    ):
        old.backup(new)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a plan, open or not, without SQLite, which might finish what is half written in it.

    A journal, of either kind, goes along, so that this is done in the copy. Raises OSError and
    StorageError.
    """
    for _ in range(_TRIES):
        before = _stamps(source)
        for old, new in zip(_with_journal(source), _with_journal(target), strict=True):
            new.unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(old, new)
        if _stamps(source) == before:
            return
    raise StorageError(
        f"「{source.name}」は、いま続けて書き込まれているため、写しを作れませんでした。"
        "ファイルは変更していません。少し待って、もう一度実行してください。"
    )


def _with_journal(plan: Path) -> tuple[Path, ...]:
    return plan, *(plan.with_name(f"{plan.name}-{kind}") for kind in ("journal", "wal"))


def _stamps(plan: Path) -> list[tuple[int, int]]:
    """Return what tells whether somebody wrote to the files."""
    seen = (each.stat() for each in _with_journal(plan) if each.exists())
    return [(each.st_mtime_ns, each.st_size) for each in seen]
