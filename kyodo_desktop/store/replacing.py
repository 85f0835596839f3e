"""Puts another content in the place of a plan's file, which is set aside first."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import DamagedFileError, NotOursError, StorageError
from kyodo_desktop.store import backup, copying, identity, inspection
from kyodo_desktop.store.connection import connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


@dataclass(slots=True)
class FileReplacement:
    """Where to write, and where in the end what was there before is kept, if anything was."""

    beside: Path
    aside: Path | None = None


@contextmanager
def replaced(target: Path, now: datetime, occasion: str = "置換前") -> Iterator[FileReplacement]:
    """Lend a path; what is written there becomes the target's content when the body ends well.

    What was there is set aside in the folder of the backups, half written edits included.
    Whoever reads it reads the old or the new; whoever still meant to write to the old one is
    overtaken. Whoever calls this holds the right to write. Raises StorageError.
    """
    with copying.temporary_beside(target) as beside:
        replacement = FileReplacement(beside)
        yield replacement
        replacement.aside = _set_aside(target, f"{now:%Y-%m-%d_%H%M%S}_{occasion}")
        before = identity.identity_of(target)
        _overtake(beside, before.commits if before else -1)
        copying.put_in(beside, target)


def expect_replaceable(target: Path) -> None:
    """Raise StorageError for a file that is none of ours: nobody could bring it back."""
    if not target.exists():
        return
    try:
        inspection.expect_ours(target)
    except NotOursError as error:
        raise StorageError(
            f"「{target.name}」という名前の、計画ではないファイルが既にあるため、作りませんでした。"
            "そのファイルはそのまま残っています。別の名前を付けて、もう一度操作してください。"
        ) from error


def _set_aside(target: Path, word: str) -> Path | None:
    """Copy what there is of a plan, and return the copy; nothing where nothing is there."""
    found = [each for each in (target, *copying.companions(target)[:2]) if each.exists()]
    if not found:
        return None
    aside = backup.place_for_copy(target, word)
    if found == [target]:
        try:
            copying.copy(target, aside)
        except DamagedFileError:
            _copy_file(target, aside)
        return aside
    # Not through SQLite, which would finish what is half written.
    kept = [aside.with_name(each.name.replace(target.name, aside.name, 1)) for each in found]
    for each, copied in zip(found, kept, strict=True):
        _copy_file(each, copied)
    return kept[0]


def _copy_file(source: Path, target: Path) -> None:
    with copying.atomic_write(target) as beside:
        shutil.copyfile(source, beside)


def _overtake(file: Path, commits: int) -> None:
    """Count on from what was replaced: a window that holds that must not write any more.

    What was copied from elsewhere has no holder either; a new plan's count is left at 0.
    """
    with connected(file, read_only=False) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'session'").fetchone():
            return  # a copy of an older version, which knows no holder
        connection.execute(
            "UPDATE session SET holder = '', commits = max(commits, :before) + 1 "
            "WHERE :before >= 0 OR commits > 0 OR holder <> ''",
            {"before": commits},
        )
        connection.commit()
