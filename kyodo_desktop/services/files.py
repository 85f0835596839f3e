"""Opens a plan's file safely, and restores it from a backup."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from platform import node as machine_name
from time import sleep
from typing import TYPE_CHECKING

from kyodo_desktop.atomic_files import remove_leftovers
from kyodo_desktop.domain import errors
from kyodo_desktop.services.following import BACKUP, OTHER_WINDOW, UNSURE, OpenPlan
from kyodo_desktop.services.watch import finish_left_alone, moment_label
from kyodo_desktop.services.workspace import Workspace
from kyodo_desktop.store import backup, copying, failures, history, inspection, reading, schema
from kyodo_desktop.store.backup import SIZE_LIMIT, Backup
from kyodo_desktop.store.connection import Database, ReadOnly, finish_half_written, read_only_part
from kyodo_desktop.store.fence import Fence, read_newest, read_session
from kyodo_desktop.store.lock import Access, Claim, Holder, PlanLock, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.outline import Outline

__all__ = ["SIZE_LIMIT", "Backup", "InUseError", "OpenPlan"]
_log = logging.getLogger(__name__)

WAIT_OF_A_WINDOW = 0.2
"""Seconds that an edit may keep a window from answering, where another program has the file."""

Clock = Callable[[], datetime]

_ASK_AGAIN, _TIMES = 0.2, 3  # seconds, and how often an edit under way is waited for

_LINKED = (
    "このファイルにはもう一つの名前（ハードリンク）があり、別の名前からの編集を防げないため、"
    "読み取り専用で開いています。編集するには、コピーして開いてください。"
)
_FILE_READ_ONLY = (
    "ファイルが読み取り専用のため、読み取り専用で開いています。"
    "編集するには、書き込める場所にコピーして開いてください。"
)
_FOLDER_READ_ONLY = (
    "フォルダーに書き込めないため、読み取り専用で開いています。"
    "編集するには、書き込める場所にコピーして開いてください。"
)
_READ_ONLY = {ReadOnly.FILE: _FILE_READ_ONLY, ReadOnly.FOLDER: _FOLDER_READ_ONLY}


class InUseError(errors.OpeningError):
    """Another window writes to the plan; it can be opened read-only."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        who = f"{holder.who}さん（{holder.machine}）が{holder.since}から" if holder else ""
        super().__init__(
            f"「{path.name}」は{who}別のウィンドウで編集中です。ファイルは変更していません。"
            "読み取り専用で開くか、編集が終わるのを待ってから開いてください。"
        )
        self.holder = holder


def open_plan(
    path: Path,
    *,
    author: Callable[[], str],
    now: Clock,
    read_only: bool = False,
    round_name: str | None = None,
    wait: float | None = None,
    must_be_sure: bool = False,
) -> OpenPlan:
    """Open a plan for editing, or for reading where it cannot be written to.

    `wait` is how many seconds an edit waits for a file that another program has, if not as long
    as one without a window. With `must_be_sure` UnsureError is raised while nobody knows whether
    somebody else still edits; else the plan is opened for reading, and `follow` tells later.
    Raises an OpeningError for a file that is missing, not ours, damaged or newer, and
    InUseError, on which the caller may ask and open it read-only. The file is then as it was
    before.
    """
    real = resolve(path)
    inspection.expect_ours(real)
    with ExitStack() as held:
        access, reason = _ask_for(real, author(), now(), wanted=not read_only)
        held.callback(access.lock.release)
        revision = _inspect(real, access)
        if must_be_sure or schema.is_old(revision):
            _expect_sure(real, access)
        notices = _prepared(real, revision, now(), reason)
        read = partial(_read, real, round_name, read_only=bool(reason), wait=wait)
        try:
            database, outline, fence, key = read(access.holder.token)
        except (
            errors.DamagedFileError
        ):  # SQLite says the same of a drive that fails: it may do so once
            database, outline, fence, key = read(access.holder.token)
        workspace = Workspace(
            database,
            outline,
            fence,
            author=author,
            now=now,
            plan_key=key,
            read_only_because=reason,
        )
        held.pop_all()
        return OpenPlan(path, workspace, notices, access, wait)


def _read(
    path: Path, round_name: str | None, holder: str, *, read_only: bool, wait: float | None
) -> tuple[Database, Outline, Fence, str]:
    """Return a connection to a plan, and what one look through it found."""
    database = Database(path, read_only=read_only, wait=wait)
    try:
        with database.reading() as connection:
            fence = Fence(holder, read_session(connection), read_newest(connection))
            outline = reading.read_outline(connection, round_name)
            return database, outline, fence, history.plan_key(connection)
    except inspection.UNREADABLE as error:
        database.close()
        raise inspection.unreadable(path, error) from error


def open_copy(
    path: Path,
    folder: Path,
    *,
    author: Callable[[], str],
    now: Clock,
    round_name: str | None = None,
) -> OpenPlan:
    """Open a copy of a plan in a folder; the plan and what lies beside it are only read.

    The copy is brought up to date where the plan is old. Raises what `open_plan` raises.
    Raises StorageError where it cannot be written.
    """
    inspection.expect_ours(path)
    copied = folder / path.name
    try:
        copying.copy_bytes(path, copied)
    except OSError as error:
        raise errors.StorageError(
            f"「{path.name}」の写しを「{folder}」に作れませんでした（{error.strerror}）。"
            "ファイルは変更していません。空き容量を確かめて、もう一度実行してください。"
        ) from error
    return open_plan(copied, author=author, now=now, round_name=round_name)


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of a plan, the newest first."""
    return backup.backups_of(path)


def is_backup(path: Path) -> bool:
    """Tell whether a file stands among the backups of a plan."""
    return backup.is_backup(resolve(path))


def back_up_now(path: Path, now: datetime) -> Path:
    """Copy a plan, open or not, into the folder of its backups; the copy is never dropped.

    Raises StorageError.
    """
    return backup.back_up_now(path, "手動", now)


def restore(path: Path, chosen: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a plan that is not open here, and return the kept one.

    Raises InUseError while another window has the plan, and StorageError.
    """
    from kyodo_desktop.store import restoring

    copying.expect_place(path)
    with held_for_writing(path, "", now):
        return restoring.restore(path, chosen, now)


@contextmanager
def held_for_writing(path: Path, who: str, now: datetime) -> Iterator[None]:
    """Hold the right to write to a plan that is not open here, or that will be.

    Raises InUseError while another window has the plan, UnsureError while that is not known,
    and StorageError.
    """
    real = resolve(path)
    access, reason = Access(PlanLock(real), _holder(who, now), Claim.HELD), ""
    try:
        # Not through SQLite, which would finish what is half written and shall be set aside.
        if real.exists():
            real.open("r+b").close()
        access, reason = _asked(real, access)
    except OSError:
        reason = _FILE_READ_ONLY
    try:
        _expect_sure(real, access)
        if reason:
            raise errors.StorageError(
                f"「{path}」に書き込めませんでした（ファイルまたはフォルダーが読み取り専用です）。"
                "元のファイルはそのまま残っています。権限を確かめるか、別の保存先を選んでください。"
            )
        yield
    finally:
        access.lock.release()


def _inspect(path: Path, access: Access) -> str:
    """Return the revision of a plan, after what a crash left half written was rolled back.

    That takes the right to write: where locks always say yes it may be an edit under way.
    """
    if access.claim is Claim.OURS:
        inspection.set_back_from_wal(path)
        with failures.translate_storage_errors(path.name, reading=True):
            finish_half_written(path)
        return inspection.inspected(path)
    for _ in range(_TIMES):
        try:
            return inspection.inspected(path, alone=False)
        except errors.DamagedFileError:  # or half of an edit under way
            if access.lock.holder() is None:
                raise
        except errors.HalfWrittenError:
            if finish_left_alone(path, access):
                break
        sleep(_ASK_AGAIN)
    return inspection.inspected(path, alone=False)


def _ask_for(path: Path, who: str, now: datetime, *, wanted: bool) -> tuple[Access, str]:
    """Ask for the right to write; return what came of it, and why it cannot be had, if so.

    Raises InUseError.
    """
    access = Access(PlanLock(path), _holder(who, now), Claim.HELD)
    if not wanted:
        return access, BACKUP if backup.is_backup(path) else OTHER_WINDOW
    if _has_two_names(path):
        return access, _LINKED
    access, reason = _asked(path, access)
    part = read_only_part(path) if access.claim is Claim.OURS else None
    if part is not None:
        access.lock.release()
        return access._replace(claim=Claim.HELD), _READ_ONLY[part]
    return access, reason


def _has_two_names(path: Path) -> bool:
    try:
        return path.stat().st_nlink > 1
    except OSError:
        inspection.expect_ours(path)  # it has just gone, and this says so
        return False


def _holder(who: str, now: datetime) -> Holder:
    return Holder(who, machine_name(), moment_label(now), secrets.token_hex(8))


def _asked(path: Path, access: Access) -> tuple[Access, str]:
    try:
        claim = access.lock.acquire(access.holder)
    except OSError:
        return access, _in_the_way(access.lock) or _FOLDER_READ_ONLY
    if claim is Claim.HELD:
        raise InUseError(path, access.lock.holder())
    return access._replace(claim=claim), UNSURE if claim is Claim.UNSURE else ""


def _in_the_way(lock: PlanLock) -> str:
    """Return what to tell of something else in the place of the lock file, if it is there."""
    if not lock.is_blocked():
        return ""
    return (
        f"「{lock.path.name}」という名前のフォルダーまたはリンクがあるため、読み取り専用で開いています。"
        "編集するには、それを別の場所に移してから開き直してください。"
    )


def _expect_sure(path: Path, access: Access) -> None:
    """Raise UnsureError where nobody knows yet whether whoever edited last still does."""
    if access.claim is Claim.UNSURE:
        raise errors.UnsureError(
            f"「{path.name}」は、前に編集していたウィンドウが正しく終わったか確かめています。"
            "ファイルは変更していません。1分ほど待って、もう一度操作してください。"
        )


def _prepared(path: Path, revision: str, now: datetime, read_only: str) -> tuple[str, ...]:
    """Bring the schema up to date and make the day's backup; return what to tell the user."""
    if schema.is_old(revision):
        from kyodo_desktop.store.migrating import upgrade

        if read_only:
            raise errors.OpeningError(
                f"「{path.name}」は古いバージョンで作られたファイルで、読み取り専用のままでは開けません。"
                "ファイルは変更していません。書き込める場所にコピーして開いてください。"
            )
        backup.back_up_now(path, f"更新前{revision}", now)
        upgrade(path)
    if read_only:
        return ()
    for folder in (path.parent, backup.folder_of(path)):
        remove_leftovers(folder)
    try:
        backup.back_up_daily(path, now.date())
    except errors.PlanError as error:
        _log.warning("no backup of %s: %s", path, error)
        return (f"今日のバックアップを作成できませんでした。{error}",)
    return ()
