"""Backups beside the plan: one a day, the last ten days, and one before each great change."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import OpeningError, StorageError
from kyodo_desktop.store.copying import copy, swapped_in
from kyodo_desktop.store.engine import connected
from kyodo_desktop.store.inspection import (
    UNREADABLE,
    expect_no_wal,
    expect_ours,
    inspected,
    known_revision,
)

if TYPE_CHECKING:
    from pathlib import Path

DAYS_KEPT = 10
_DAILY = re.compile(r"_\d{4}-\d{2}-\d{2}$")


class Backup(NamedTuple):
    """One backup: `made_at` is local time, `size` bytes; the counts are -1 when unreadable."""

    path: Path
    made_at: datetime
    size: int
    headings: int
    actions: int
    lines: int


def folder_of(plan: Path) -> Path:
    """Return the folder beside the plan that holds its backups."""
    return plan.with_name(f"{plan.stem}_バックアップ")


def back_up_daily(plan: Path, today: date) -> Path | None:
    """Copy the plan unless today's copy exists, and drop those beyond the last ten days."""
    target = _named(plan, today.isoformat())
    if target.exists():
        return None
    _copy_into_folder(plan, target)
    with suppress(OSError):  # today's copy is there: the old ones go another day
        daily = sorted(each for each in folder_of(plan).iterdir() if _DAILY.search(each.stem))
        for outdated in daily[:-DAYS_KEPT]:
            with suppress(OSError):  # someone looks at it
                outdated.unlink()
    return target


def back_up_now(plan: Path, occasion: str, now: datetime) -> Path:
    """Copy the plan before a great change; such copies are never dropped."""
    target = _named(plan, f"{now:%Y-%m-%d_%H%M%S}_{occasion}")
    _copy_into_folder(plan, target)
    return target


def backups_of(plan: Path) -> list[Backup]:
    """Return the backups, the newest first."""
    if not folder_of(plan).is_dir():
        return []
    # What begins with ~ is a copy that a crash left half written.
    found = [_read(path) for path in folder_of(plan).glob(f"[!~]*{plan.suffix}")]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def restore(plan: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the plan, which is kept aside first.

    The plan may not be open. Returns where the present file was kept, damaged or not.
    Raises the errors of `inspected` for the backup, and StorageError.
    """
    inspected(backup)
    aside = _unused(_named(plan, f"{now:%Y-%m-%d_%H%M%S}_復元前")) if plan.exists() else None
    if aside is not None:
        _make_folder(aside.parent)
        _keep(plan, aside)
        _keep(_journal(plan), _journal(aside))
    with swapped_in(plan) as beside:
        copy(backup, beside)
        _journal(plan).unlink(missing_ok=True)  # or SQLite would roll it back into the backup
    return aside


def _unused(path: Path) -> Path:
    """Return the path, with a number where there is such a file already."""
    names = (path, *(path.with_stem(f"{path.stem}_{count}") for count in range(2, 100)))
    return next((each for each in names if not each.exists()), path)


def _journal(plan: Path) -> Path:
    """Return where SQLite keeps what an edit overwrites; a crash leaves it behind."""
    return plan.with_name(f"{plan.name}-journal")


def _keep(file: Path, aside: Path) -> None:
    if file.exists():
        with swapped_in(aside) as beside:
            shutil.copyfile(file, beside)  # not through SQLite: it may be damaged


def _named(plan: Path, word: str) -> Path:
    return folder_of(plan) / f"{plan.stem}_{word}{plan.suffix}"


def _copy_into_folder(plan: Path, target: Path) -> None:
    _make_folder(target.parent)
    copy(plan, target)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"バックアップのフォルダー「{folder}」を作れませんでした（{error.strerror}）。"
            "計画のファイルはそのまま残っています。空き容量と権限を確かめてください。"
        ) from error


def _read(path: Path) -> Backup:
    made = path.stat()
    counts = [-1, -1, -1]
    try:
        expect_ours(path)
        expect_no_wal(path)
        with connected(path, unknown=True) as connection:
            known_revision(path, connection)
            counts = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("heading", "action", "progress")
            ]
    except (OpeningError, *UNREADABLE):
        pass  # shown as unreadable, so that nobody restores it
    return Backup(path, datetime.fromtimestamp(made.st_mtime).astimezone(), made.st_size, *counts)
