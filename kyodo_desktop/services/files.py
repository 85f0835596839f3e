"""Opens a plan's file safely, and restores it from a backup."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from platform import node as machine_name
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from kyodo_desktop.domain.errors import OpeningError, StorageError
from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.services.workspace import Workspace
from kyodo_desktop.store import backup
from kyodo_desktop.store.backup import Backup
from kyodo_desktop.store.copying import copy_bytes
from kyodo_desktop.store.engine import open_engine
from kyodo_desktop.store.history import plan_key
from kyodo_desktop.store.inspection import UNREADABLE, expect_ours, inspected, unreadable
from kyodo_desktop.store.lock import Holder, PlanLock
from kyodo_desktop.store.migrating import is_old, upgrade
from kyodo_desktop.store.reading import read_outline, try_columns

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Backup", "InUseError", "OpenPlan", "backups_of", "open_copy", "open_plan", "restore"]
_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

_OTHER_WINDOW = "別のウィンドウで編集中のため、読み取り専用で開いています。"
_FILE_READ_ONLY = (
    "ファイルが読み取り専用のため、読み取り専用で開いています。"
    "編集するには、書き込める場所にコピーして開いてください。"
)
_FOLDER_READ_ONLY = (
    "フォルダーに書き込めないため、読み取り専用で開いています。"
    "編集するには、書き込める場所にコピーして開いてください。"
)


class InUseError(OpeningError):
    """Another window writes to the plan; it can be opened read-only."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        who = f"{holder.who}さん（{holder.machine}）が{holder.since}から" if holder else ""
        super().__init__(
            f"「{path.name}」は{who}別のウィンドウで編集中です。ファイルは変更していません。"
            "読み取り専用で開くか、編集が終わるのを待ってから開いてください。"
        )
        self.holder = holder


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that is open. `notices` tell what went not quite as it should."""

    path: Path
    workspace: Workspace
    notices: tuple[str, ...]
    _held: ExitStack

    def close(self) -> None:
        """Let go of the file and of the right to write."""
        self._held.close()


def open_plan(
    path: Path,
    *,
    author: Callable[[], str],
    now: Clock,
    read_only: bool = False,
    round_name: str | None = None,
) -> OpenPlan:
    """Open a plan for editing, or for reading where it cannot be written to.

    Raises an OpeningError for a file that is missing, not ours, damaged or newer, and
    InUseError, on which the caller may ask and open it read-only. The file is then as it
    was before.
    """
    revision = inspected(path)
    with ExitStack() as held:
        reason = _OTHER_WINDOW if read_only else _taken(path, held, author(), now())
        notices = _prepared(path, revision, now(), reason)
        engine = open_engine(path, read_only=bool(reason))
        held.callback(engine.dispose)
        try:
            with engine.connect() as connection:
                try_columns(connection)
                outline = read_outline(connection, round_name)
                key = plan_key(connection)
        except (DBAPIError, *UNREADABLE) as error:
            raise unreadable(path, error) from error
        workspace = Workspace(
            engine, outline, author=author, now=now, read_only_because=reason, plan_key=key
        )
        held.callback(workspace.close)
        return OpenPlan(path, workspace, notices, held.pop_all())


def open_copy(path: Path, folder: Path, *, author: Callable[[], str], now: Clock) -> OpenPlan:
    """Open a copy of a plan in a folder; the plan and what lies beside it are only read.

    The copy is brought up to date where the plan is old. Raises what `open_plan` raises.
    """
    expect_ours(path)
    copied = folder / path.name
    try:
        copy_bytes(path, copied)
    except OSError as error:
        raise StorageError(
            f"「{path.name}」の写しを「{folder}」に作れませんでした（{error.strerror}）。"
            "ファイルは変更していません。空き容量を確かめて、もう一度実行してください。"
        ) from error
    return open_plan(copied, author=author, now=now)


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of a plan, the newest first."""
    return backup.backups_of(path)


def restore(path: Path, chosen: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a plan that is not open here, and return the kept one.

    Raises InUseError while another window has the plan.
    """
    with ExitStack() as held:
        _taken(path, held, "", now)
        return backup.restore(path, chosen, now)


def _taken(path: Path, held: ExitStack, who: str, now: datetime) -> str:
    """Take the right to write until `held` is closed; return why it cannot be had, if so.

    Raises InUseError.
    """
    lock = PlanLock(path)
    since = f"{day_label(now.date().isoformat())} {now:%H:%M}"
    try:
        if path.exists():
            path.open("r+b").close()
    except OSError:
        return _FILE_READ_ONLY
    try:
        if not lock.acquire(Holder(who, machine_name(), since)):
            raise InUseError(path, lock.holder())
    except OSError:
        return _FOLDER_READ_ONLY
    held.callback(lock.release)
    return ""


def _prepared(path: Path, revision: str, now: datetime, read_only: str) -> tuple[str, ...]:
    """Bring the schema up to date and make the day's backup; return what to tell the user."""
    if is_old(revision):
        if read_only:
            raise OpeningError(
                f"「{path.name}」は古い版のファイルで、読み取り専用のままでは開けません。"
                "ファイルは変更していません。書き込める場所にコピーして開いてください。"
            )
        backup.back_up_now(path, f"更新前{revision}", now)
        upgrade(path)
    if read_only:
        return ()
    try:
        backup.back_up_daily(path, now.date())
    except StorageError as error:
        _log.warning("no backup of %s: %s", path, error)
        return (f"今日のバックアップを作成できませんでした。{error}",)
    return ()
