"""Copies of a plan's file that are whole: SQLite's backup, written beside and put in place."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kyodo_desktop import atomic_files, paths
from kyodo_desktop.domain.errors import StorageError, UnreachableError
from kyodo_desktop.store import connection, failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TRIES = 5
_PAUSE = 0.1  # seconds between two looks whether others have let go of a file
_MOST_BYTES = 255
"""What the name of a file may have; Windows counts letters, but the share may be of another."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SOURCE_READ = (
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_RDLOCK,
)
_NOT_OF_THE_TARGET = (*_DAMAGED, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_ERRNO_OF = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
_OTHER_PLACE = "別の保存先を選んで、もう一度操作してください。"
_REASONS = (
    (
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "ディスクの空きがありません",
        f"不要なファイルを消して空きをつくるか、{_OTHER_PLACE}",
    ),
    (
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "フォルダーまたはファイルに書き込む権限がないか、ほかのプログラムが使用中です",
        f"権限を確かめるか、{_OTHER_PLACE}",
    ),
    (
        atomic_files.BAD_NAME,
        "名前が長すぎるか、使えない文字があります",
        "短い別の名前を付けて、もう一度操作してください。",
    ),
)


@contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """Do what `atomic_files.atomic_write` does; raises StorageError."""
    with translate_write_errors(target), atomic_files.atomic_write(target) as beside:
        yield beside


@contextmanager
def temporary_beside(target: Path) -> Iterator[Path]:
    """Do what `atomic_files.temporary_beside` does; raises StorageError."""
    with translate_write_errors(target), atomic_files.temporary_beside(target) as beside:
        yield beside


@contextmanager
def translate_write_errors(target: Path) -> Iterator[None]:
    """Raise StorageError for what the system or SQLite says of writing to a file."""
    try:
        yield
    except sqlite3.Error as error:
        if _code(error) in _NOT_OF_THE_TARGET:
            raise failures.failure(error, target.name) from error
        raise write_failure(target, error) from error
    except OSError as error:
        raise write_failure(target, error) from error


def copy(source: Path, target: Path) -> None:
    """Copy a plan, open or not, through SQLite, to a name that is free.

    Raises StorageError for the target, and what `failure` tells of the source.
    """
    with atomic_write(target) as beside:
        copy_pages(source, beside)


def copy_pages(source: Path, beside: Path) -> None:
    """Do the same within `atomic_write` or `temporary_beside`.

    Raises PlanError where the source cannot be read, and sqlite3.Error for the copy.
    """
    _expect_there(source)
    with connection.connected(source, wait=connection.PATIENCE) as old:
        with failures.translate_storage_errors(
            source.name, reading=True
        ):  # before it could be the target's
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with connection.connected(beside, read_only=False) as new:
            try:
                _transfer(old, new)
            except sqlite3.Error as error:
                if (
                    _code(error) in _NOT_OF_THE_TARGET
                    or failures.extended_code(error) in _SOURCE_READ
                ):
                    raise failures.failure(error, source.name, reading=True) from error
                raise
            connection.use_rollback_journal(new)


def copy_open(source: sqlite3.Connection, beside: Path) -> None:
    """Do the same with a plan that is open, wherever its file lies by now."""
    with connection.connected(beside, read_only=False) as new:
        _transfer(source, new)
        connection.use_rollback_journal(new)


def put_in(beside: Path, target: Path) -> None:
    """Let what was written to a `temporary_beside` become the content of a target held alone.

    A plan takes it through SQLite: whoever reads it reads the old or the new, and what fails
    halfway is rolled back, by the next who opens it if need be. Where the target is no
    database any more, or not there, the file itself is swapped in.
    """
    if target.exists() and _poured(beside, target):
        return
    for left in companions(target):
        left.unlink(missing_ok=True)  # or SQLite would mix it into the new file
    atomic_files.replace_file(beside, target)


def companions(plan: Path) -> tuple[Path, ...]:
    """Return where SQLite keeps what is half written of a plan; a crash leaves it behind."""
    return tuple(plan.with_name(f"{plan.name}{each}") for each in ("-journal", "-wal", "-shm"))


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
        f"「{source.name}」は、現在続けて書き込まれているため、写しを作れませんでした。"
        "ファイルは変更していません。少し待って、もう一度実行してください。"
    )


def expect_place(target: Path) -> None:
    """Raise StorageError where no file can be made, with the way out."""
    if not target.name:
        raise StorageError("ファイルの名前がありません。作るファイルの名前を付けてください。")
    try:
        if any(len(os.fsencode(each.name)) > _MOST_BYTES for each in companions(target)):
            raise OSError(errno.ENAMETOOLONG, "")
        if not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "")
        if target.is_dir():
            raise StorageError(
                f"「{target}」という名前のフォルダーがあるため、ファイルを作れません。"
                "別の名前を付けてください。"
            )
    except OSError as error:
        raise write_failure(target, error) from error


def write_failure(target: Path, error: OSError | sqlite3.Error) -> StorageError:
    """Return what to tell where a file could not be written, by the error's code."""
    number: int | None = None
    if isinstance(error, sqlite3.Error):
        number, words = _ERRNO_OF.get(_code(error)), str(error)
    else:
        number, words = error.errno, error.strerror or str(error)
    begin = f"「{target}」に書き込めませんでした"
    kept = "元のファイルはそのまま残っています。" if paths.is_there(target) else ""
    for numbers, reason, way_out in _REASONS:
        if number in numbers:
            return StorageError(f"{begin}（{reason}）。{kept}{way_out}")
    if number in (errno.ENOENT, errno.ENOTDIR) and not paths.is_folder(target.parent):
        return UnreachableError(
            f"{begin}（フォルダー「{target.parent}」がありません）。{kept}"
            f"共有ドライブにつながっているか確かめるか、{_OTHER_PLACE}"
        )
    return UnreachableError(
        f"{begin}（{words}）。{kept}ディスクの空きと、共有ドライブにつながっているかを確かめるか、"
        f"{_OTHER_PLACE}"
    )


def _poured(source: Path, target: Path) -> bool:
    """Write a whole file into a plan; False where that is damaged, and stays as it was."""
    with (
        connection.connected(source) as new,
        connection.connected(target, read_only=False, wait=connection.PATIENCE) as live,
    ):
        try:
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.use_rollback_journal(live)
            _transfer(new, live)
        except sqlite3.Error as error:
            if _code(error) in _DAMAGED:
                return False
            raise
    return True


def _transfer(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy all pages; unlike the driver's own way, give up when others do not let go."""
    end = time.monotonic() + connection.PATIENCE

    def look(status: int, _left: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise failures.error_of(status, "database is locked")

    source.backup(target, progress=look, sleep=_PAUSE)


def _expect_there(source: Path) -> None:
    """Raise UnreachableError for a file that is gone: SQLite would make an empty one of it."""
    try:
        source.stat()
    except OSError as error:
        raise UnreachableError(
            f"「{source}」を読めませんでした（{error.strerror}）。"
            "移動や名前の変更がなかったか、共有ドライブにつながっているか確かめてください。"
        ) from error


def _code(error: sqlite3.Error) -> int:
    return failures.primary_code(failures.extended_code(error))


def _with_journal(plan: Path) -> tuple[Path, ...]:
    return plan, *(plan.with_name(f"{plan.name}-{kind}") for kind in ("journal", "wal"))


def _stamps(plan: Path) -> list[tuple[int, int]]:
    """Return what tells whether somebody wrote to the files."""
    seen = (each.stat() for each in _with_journal(plan) if each.exists())
    return [(each.st_mtime_ns, each.st_size) for each in seen]
