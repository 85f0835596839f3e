"""SQLite's failures in the user's words, told from their codes and never from their words."""

from __future__ import annotations

import logging
import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors
from kyodo_desktop.store.round_triggers import REFUSAL

if TYPE_CHECKING:
    from collections.abc import Iterator


_PRIMARY = 0xFF


def extended_code(error: sqlite3.Error) -> int:
    """Return the code of an error; one that the driver itself made has that of any failure."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR))


def primary_code(code: int) -> int:
    """Return the kind of failure that an extended code says more of."""
    return code & _PRIMARY


def error_of(code: int, words: str) -> sqlite3.OperationalError:
    """Return an error as SQLite would have raised it with this code."""
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


_log = logging.getLogger(__name__)
_KEPT = "直前までに保存された内容はそのまま残っています。"
_UNCHANGED = "ファイルは変更していません。"

_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_BUSY = (
    errors.BusyError,
    "がほかのプログラム（バックアップ、ウイルス対策など）で使用中のため",
    "少し待ってから、もう一度操作してください。",
)
_UNREACHABLE = (
    errors.UnreachableError,
    "のあるドライブから正しい応答がないため",
    "共有ドライブにつながっているか、空きがあるか確かめて、もう一度操作してください。",
)
_TOO_MUCH = (
    errors.OpeningError,
    "に、計画の内容としては大きすぎるものが入っているため",
    "ファイルの出どころを確かめてください。",
)
_FULL = (
    errors.StorageError,
    "のあるディスクの空きがないため",
    "不要なファイルを消して空きをつくってから、もう一度操作してください。",
)
_NO_MEMORY = (
    errors.StorageError,
    "を扱うにはメモリーが足りないため",
    "ほかのプログラムを閉じてから、もう一度操作してください。",
)
_OTHER = (
    errors.StorageError,
    "を扱えないため（{}）",
    "もう一度操作しても同じなら、情報政策課に連絡してください。",
)
_REASONS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_IOERR: _UNREACHABLE,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_PROTOCOL: _UNREACHABLE,
    sqlite3.SQLITE_NOLFS: _UNREACHABLE,
    sqlite3.SQLITE_TOOBIG: _TOO_MUCH,
    sqlite3.SQLITE_INTERRUPT: _TOO_MUCH,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_NOMEM: _NO_MEMORY,
}
"""The kind of error, why (`{}` is SQLite's own word for it) and the way out, by primary code."""


@contextmanager
def translate_storage_errors(what: str = "", *, reading: bool = False) -> Iterator[None]:
    """Raise what SQLite refuses as a PlanError; the transaction has been taken back.

    `what` is what the user would call the file. `reading` says that nothing was to be written.
    """
    try:
        yield
    except Exception as error:
        cause = sqlite_error(error)
        if cause is None:
            raise
        raise failure(cause, what, reading=reading) from error


def sqlite_error(error: BaseException) -> sqlite3.Error | None:
    """Return SQLite's own error, also out of one of SQLAlchemy's; nothing for any other.

    SQLAlchemy need not be loaded: what was never loaded has raised nothing.
    """
    wrappers = getattr(sys.modules.get("sqlalchemy.exc"), "DBAPIError", ())
    cause = getattr(error, "orig", None) if isinstance(error, wrappers) else error
    return cause if isinstance(cause, sqlite3.Error) else None


def failure(error: sqlite3.Error, what: str = "", *, reading: bool = False) -> errors.PlanError:
    """Return what to tell of a failure of SQLite's.

    Only a file that contradicts itself is damaged. One that another program has just now, or
    whose drive does not answer, may be whole; whoever took it for damaged would go on from a
    backup and lose what was done since.
    """
    _log.warning("SQLite failed: %s (%s)", error, getattr(error, "sqlite_errorname", "no code"))
    code = primary_code(extended_code(error))
    if extended_code(error) == sqlite3.SQLITE_READONLY_DBMOVED:
        code = sqlite3.SQLITE_IOERR  # it was moved away, which is no lack of rights
    subject = f"「{what}」" if what else "ファイル"
    if code == sqlite3.SQLITE_CONSTRAINT:
        return _refusal(error)
    if code in _DAMAGED:
        return damage(what)
    if code in _READ_ONLY:
        return _no_right(subject, reading=reading)
    doing, kept = ("読み込め", _UNCHANGED) if reading else ("保存でき", _KEPT)
    kind, reason, way_out = _REASONS.get(code, _OTHER)
    return kind(f"{subject}{reason.format(error)}、{doing}ませんでした。{kept}{way_out}")


def damage(what: str = "") -> errors.DamagedFileError:
    """Return the error for a file of ours that cannot be read to its end."""
    return errors.DamagedFileError(
        f"{f'「{what}」' if what else 'ファイル'}は壊れていて、最後まで読み取れません。"
        f"{_UNCHANGED}「ファイル」→「バックアップから復元」で、直近のバックアップに戻せます。"
        "バックアップがないときは、「中身だけを新しいファイルに移す」を試してください。"
    )


def _refusal(error: sqlite3.Error) -> errors.RefusedError:
    if REFUSAL in str(error):
        return errors.RefusedError(
            "確定済みの調査の記録にかかわるため、変更できませんでした。記録はそのままです。"
            "直すときは、先に「調査」→「確定を解除」で調査を開き直してください。"
        )
    return errors.RefusedError(
        "計画の決まりに合わないため、変更できませんでした（他の項目がこの項目を使っているか、"
        f"同じものが既にあります）。{_KEPT}"
    )


def _no_right(subject: str, *, reading: bool) -> errors.PlanError:
    if reading:  # only what a crash left half written has to be written to be read
        return errors.HalfWrittenError(
            f"{subject}は前の編集が途中で切れていて、元に整えるには書き込みの権限が要ります。"
            f"{_UNCHANGED}書き込める人のパソコンで一度開いてもらうか、"
            "「ファイル」→「バックアップから復元」で直近のバックアップを確かめてください。"
        )
    return errors.ReadOnlyError(
        f"ファイルまたはフォルダーが読み取り専用のため保存できませんでした。{_KEPT}"
        "書き込めるようにするか、「ファイル」→「名前を付けてコピーを保存」で別の場所に残してください。"
    )
