"""Copies of a plan's file that are whole: SQLite's backup, written beside and swapped in."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from kyodo_desktop import swapping
from kyodo_desktop.domain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def swapped_in(target: Path) -> Iterator[Path]:
    """Lend a path beside `target`; what was written there replaces it when the body ends well.

    Raises StorageError.
    """
    try:
        with swapping.swapped_in(target) as beside:
            yield beside
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"「{target}」に書き込めませんでした（{getattr(error, 'strerror', None) or error}）。"
            "元のファイルはそのまま残っています。"
            "空き容量と書き込みの権限を確かめて、もう一度操作してください。"
        ) from error


def copy(source: Path, target: Path) -> None:
    """Copy a plan, open or not, through SQLite; raises StorageError."""
    with (
        swapped_in(target) as beside,
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(beside)) as new,
    ):
        old.backup(new)
