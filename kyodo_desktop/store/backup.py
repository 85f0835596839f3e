"""Backups beside the plan: one a day, fewer of the past, one before a great change."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import OpeningError, StorageError
from kyodo_desktop.paths import is_there
from kyodo_desktop.store import copying, identity, inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from pathlib import Path


DAYS_KEPT, WEEKS_KEPT, MONTHS_KEPT = 10, 8, 24
SIZE_LIMIT = 500 * 1024 * 1024
"""Bytes of all copies of a plan, beyond which the older ones of a week or a month go."""


class DailyCopy(NamedTuple):
    """A copy that was made at the first opening of a day; `age` grows with the plan's edits."""

    path: Path
    day: date
    age: tuple[int, int]
    size: int


def outdated(
    copies: Iterable[DailyCopy], others: int = 0, limit: int = SIZE_LIMIT
) -> list[DailyCopy]:
    """Return what may go: all but the last ten, and one a week, then one a month before them.

    `others` are the bytes of the copies of another kind, which stay. The last ten stay even
    where they alone are over the limit.
    """
    newest_first = sorted(copies, key=lambda each: (each.age, each.day, each.path), reverse=True)
    last, older = newest_first[:DAYS_KEPT], newest_first[DAYS_KEPT:]
    wanted = _last_of_each(newest_first, WEEKS_KEPT, lambda each: each.day.isocalendar()[:2])
    wanted |= _last_of_each(
        newest_first, MONTHS_KEPT, lambda each: (each.day.year, each.day.month)
    )
    sparse = [each for each in older if each.path in wanted]
    room = limit - others - sum(each.size for each in last)
    while sparse and sum(each.size for each in sparse) > room:
        sparse.pop()
    return [each for each in older if each not in sparse]


def _last_of_each(
    newest_first: Sequence[DailyCopy], count: int, period: Callable[[DailyCopy], Hashable]
) -> set[Path]:
    """Return the last copy of each of so many periods, beyond those that are kept as daily."""
    seen: set[Hashable] = set()
    kept: list[Path] = []
    for place, each in enumerate(newest_first):
        if period(each) in seen:
            continue
        seen.add(period(each))
        if place >= DAYS_KEPT and len(kept) < count:
            kept.append(each.path)
    return set(kept)


_FOLDER = "_バックアップ"
_DAY = r"_(\d{4}-\d{2}-\d{2})(?:_(\d+))?"


class Backup(NamedTuple):
    """One backup: `made_at` is local time, `size` bytes; the counts are -1 when unreadable.

    `former_name` is the plan's name at that time where it had another one; `is_other` tells
    that the copy is of another plan which had this name.
    """

    path: Path
    made_at: datetime
    size: int
    headings: int
    actions: int
    lines: int
    former_name: str = ""
    is_other: bool = False


def folder_of(plan: Path) -> Path:
    """Return the folder beside the plan that holds its backups."""
    return plan.with_name(f"{plan.stem}{_FOLDER}")


def is_backup(path: Path) -> bool:
    """Tell whether a file stands among the backups of a plan, by its place and its name."""
    folder = path.parent.name
    plan = folder.removesuffix(_FOLDER)
    return plan != folder and path.stem.startswith(f"{plan}_")


def back_up_daily(plan: Path, today: date) -> Path | None:
    """Copy the plan unless today's copy exists, and drop the `outdated` ones.

    Raises StorageError.
    """
    days = [(day, path) for day, path in _daily_files(plan) if day <= today]
    if _is_copied(plan, today, days):
        return None
    target = place_for_copy(plan, today.isoformat())
    copying.copy(plan, target)
    with suppress(OSError):  # they go another day
        _drop_outdated(plan, target)
    return target


def back_up_now(plan: Path, occasion: str, now: datetime) -> Path:
    """Copy the plan before a great change; such copies are never dropped. Raises StorageError."""
    target = place_for_copy(plan, f"{now:%Y-%m-%d_%H%M%S}_{occasion}")
    copying.copy(plan, target)
    return target


def backups_of(plan: Path) -> list[Backup]:
    """Return the backups, the newest first, and those from when the plan had another name."""
    mine = identity.identity_of(plan)
    found = [each for path in _files_in(folder_of(plan), plan) for each in _read(path, mine)]
    if mine is not None and mine.key:
        with suppress(OSError):
            for folder in plan.parent.glob(f"*{_FOLDER}"):
                if folder != folder_of(plan):
                    found += _read_former(folder, plan, mine)
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def place_for_copy(plan: Path, word: str) -> Path:
    """Return where a copy of the plan goes, with a number where there is one of that name.

    The folder is made. Raises StorageError.
    """
    folder = folder_of(plan)
    wanted = folder / f"{plan.stem}_{word}{plan.suffix}"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = copying.write_failure(folder, error)
        raise StorageError(f"バックアップのフォルダーを作れません。{reason}") from error
    copying.expect_place(wanted)
    names = (wanted.with_stem(f"{wanted.stem}_{number}") for number in count(2))
    is_free = (  # a journal without its file would get mixed into the copy
        each
        for each in chain((wanted,), names)
        if not any(map(is_there, (each, *copying.companions(each))))
    )
    return next(is_free)


def _is_copied(plan: Path, today: date, days: list[tuple[date, Path]]) -> bool:
    """Tell whether the plan was copied today.

    A copy that bears the date but holds less than one of an earlier day was made when the
    clock was wrong.
    """
    present = [path for day, path in days if day == today]
    if not present:
        return False
    mine, copied = identity.identity_of(plan), identity.identity_of(present[-1])
    if mine is None or copied is None or copied.key != mine.key:
        return False
    earlier = [path for day, path in days if day < today]
    before = identity.identity_of(earlier[-1]) if earlier else None
    if before is None or before.key != mine.key:
        return True
    return copied.age >= min(before.age, mine.age)


def _drop_outdated(plan: Path, made: Path) -> None:
    """Remove old copies, of those only that this program made of this very plan."""
    mine = identity.identity_of(made)
    if mine is None or not mine.key:
        return
    daily = _daily_files(plan)
    copies = [
        DailyCopy(path, day, found.age, path.stat().st_size)
        for day, path in daily
        if (found := identity.identity_of(path)) and found.key == mine.key
    ]
    others = {*_files_in(folder_of(plan), plan)} - {path for _, path in daily}
    for each in outdated(copies, sum(path.stat().st_size for path in others)):
        if each.path != made:
            with suppress(OSError):  # someone looks at it: it goes another day
                each.path.unlink()


def _daily_files(plan: Path) -> list[tuple[date, Path]]:
    """Return what has the name of a daily copy of the plan, with its date, in that order."""
    pattern = re.compile(re.escape(plan.stem) + _DAY)
    found = []
    for path in _files_in(folder_of(plan), plan):
        match = pattern.fullmatch(path.stem)
        if match:
            with suppress(ValueError):  # 2026-02-31
                found.append((date.fromisoformat(match[1]), int(match[2] or 1), path))
    return [(day, path) for day, _, path in sorted(found)]


def _files_in(folder: Path, plan: Path) -> Iterator[Path]:
    with suppress(OSError):  # not there, or not to be reached: nothing can be done to it
        for path in folder.iterdir() if folder.is_dir() else ():
            is_copy = path.suffix == plan.suffix and not path.name.startswith("~")
            if is_copy and path.is_file() and not path.is_symlink():
                yield path


def _read_former(folder: Path, plan: Path, mine: identity.Identity) -> list[Backup]:
    """Return the copies of the plan in the folder of another name.

    Only the first and the last by name are asked, and the others where one of these is ours:
    beside a hundred plans that is fast as well.
    """
    files = sorted(_files_in(folder, plan))
    if not any(_holds(identity.identity_of(path), mine) for path in (*files[:1], *files[-1:])):
        return []
    name = folder.name.removesuffix(_FOLDER)
    read = [each for path in files for each in _read(path, mine)]
    is_ours = (each for each in read if each.actions >= 0 and not each.is_other)
    return [each._replace(former_name=name) for each in is_ours]


def _read(path: Path, mine: identity.Identity | None) -> Iterator[Backup]:
    """Yield the backup, unless it has just been removed."""
    with suppress(OSError):
        made = path.stat()
        at = datetime.fromtimestamp(made.st_mtime).astimezone()
        backup = Backup(path, at, size=made.st_size, headings=-1, actions=-1, lines=-1)
        with (
            suppress(OpeningError, *inspection.UNREADABLE),
            inspection.connected_to_known(path) as connection,
        ):
            headings, actions, lines = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("heading", "action", "progress")
            )
            is_other = mine is not None and not _holds(identity.read_identity(connection), mine)
            backup = Backup(
                path,
                at,
                size=made.st_size,
                headings=headings,
                actions=actions,
                lines=lines,
                is_other=is_other,
            )
        yield backup


def _holds(found: identity.Identity | None, mine: identity.Identity) -> bool:
    return found is not None and found.key == mine.key
