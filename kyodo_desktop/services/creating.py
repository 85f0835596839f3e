"""Makes a plan's file where the user said, whatever lies there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import StorageError
from kyodo_desktop.paths import is_there
from kyodo_desktop.services.files import held_for_writing
from kyodo_desktop.store.copying import copy_pages, expect_place
from kyodo_desktop.store.replacing import expect_replaceable, replaced
from kyodo_desktop.swapping import remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session

    from kyodo_desktop.store.history import Founding

__all__ = ["create_file", "expect_place", "save_copy", "told_aside"]


def create_file(
    path: Path,
    fill: Callable[[Session], None],
    founding: Founding | None = None,
    *,
    author: str,
    now: datetime,
) -> Path | None:
    """Make a plan's file of the rows that `fill` adds.

    A plan that lies there is set aside first: returns where. Raises InUseError while a window
    has it, StorageError, also for a file that is no plan, and RefusedError.
    """
    from kyodo_desktop.store.migrating import create

    expect_place(path)
    expect_replaceable(path)
    with held_for_writing(path, author, now):
        expect_replaceable(path)
        remove_leftovers(path.parent)
        return create(path, fill, founding, now=now)


def save_copy(
    plan: Path,
    target: Path,
    *,
    author: str,
    now: datetime,
    copy: Callable[[Path], None] | None = None,
) -> Path | None:
    """Copy a plan, open or not, to another file, whole or not at all; the rest is the same.

    `copy` writes the plan to a file, where it no longer lies at its path.
    """
    expect_place(target)
    if is_there(target) and is_there(plan) and target.samefile(plan):
        raise StorageError(
            f"「{target.name}」は、いま開いている計画そのものです。控えは作っていません。"
            "別の名前を付けて、もう一度操作してください。"
        )
    expect_replaceable(target)
    with held_for_writing(target, author, now):
        expect_replaceable(target)
        with replaced(target, now) as replacement:
            if copy is None:
                copy_pages(plan, replacement.beside)
            else:
                copy(replacement.beside)
        return replacement.aside


def told_aside(aside: Path | None) -> str:
    """Return what to tell of a plan that was set aside."""
    return f"同じ名前だった前のファイルは「{aside}」に残してあります。" if aside else ""
