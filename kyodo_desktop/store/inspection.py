"""Is this file one of ours, whole, and of a version we know? Nothing is written to find out."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from kyodo_desktop.domain.errors import MissingFileError, NewerFileError, NotOursError
from kyodo_desktop.store.engine import connected
from kyodo_desktop.store.failures import damage, failure
from kyodo_desktop.store.schema import revisions
from kyodo_desktop.store.tables import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.errors import PlanError

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_APPLICATION_ID = slice(68, 72)
_KEPT = "ファイルは変更していません。"

MALFORMED = (UnicodeDecodeError, LookupError, TypeError, StopIteration)
"""What reading raises where a file is damaged: SQLite does not check that text is UTF-8."""

UNREADABLE = (sqlite3.Error, *MALFORMED)
"""What reading raises for any reason; `failure` tells what SQLite's own errors mean."""


def inspected(path: Path) -> str:
    """Return the schema revision of a plan's file.

    Raises MissingFileError, NotOursError, DamagedFileError or NewerFileError.
    """
    expect_ours(path)
    try:
        with connected(path) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise damage(path.name)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise damage(path.name)
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            if path.stat().st_size % page_size:  # SQLite reads the rest of the page as zeros
                raise damage(path.name)
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    if revision not in revisions():
        raise NewerFileError(
            f"「{path.name}」は、このプログラムより新しい版で作られたファイルです。{_KEPT}"
            "情報政策課に新しい版の導入を依頼するか、新しい版が入ったパソコンで開いてください。"
        )
    return str(revision)


def expect_ours(path: Path) -> None:
    """Raise MissingFileError or NotOursError for what is no plan's file, as its begin tells."""
    header = _header(path)
    if header.startswith(b"PK\3\4"):
        raise NotOursError(
            f"「{path.name}」はExcelやZIPのファイルで、計画のファイル（.kyodo）ではありません。"
            f"{_KEPT}計画のファイルを選んでください。"
        )
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise NotOursError(
            f"「{path.name}」は計画のファイル（.kyodo）ではありません"
            f"{'（中身が空です）' if not header else ''}。{_KEPT}計画のファイルを選んでください。"
        )
    if int.from_bytes(header[_APPLICATION_ID], "big") != APPLICATION_ID:
        raise NotOursError(
            f"「{path.name}」は別のプログラムのデータベースです。{_KEPT}"
            "計画のファイル（.kyodo）を選んでください。"
        )


def unreadable(path: Path, error: BaseException) -> PlanError:
    """Return what to tell where reading a file of ours failed with one of `UNREADABLE`.

    That a table is not there contradicts the file's own revision: then it is damaged as well.
    """
    while isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if not isinstance(error, sqlite3.Error) or code == sqlite3.SQLITE_ERROR:
        return damage(path.name)
    return failure(error, path.name, reading=True)


def _header(path: Path) -> bytes:
    try:
        if path.is_dir():  # Windows would only say that it may not be read
            raise NotOursError(
                f"「{path.name}」はフォルダーです。"
                "中にある計画のファイル（.kyodo）を選んでください。"
            )
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES)
    except FileNotFoundError as error:
        raise _missing(path) from error
    except PermissionError as error:
        raise MissingFileError(
            f"「{path.name}」は、読む権限がないか、ほかのプログラムが使用中です。{_KEPT}"
            "少し待って開き直しても同じなら、共有フォルダーの管理者に確認してください。"
        ) from error
    except OSError as error:
        raise MissingFileError(
            f"「{path}」を読めませんでした（{error.strerror}）。"
            "ドライブやネットワークの接続を確かめて、もう一度開いてください。"
        ) from error


def _missing(path: Path) -> MissingFileError:
    if path.parent.is_dir():
        return MissingFileError(
            f"「{path.name}」が「{path.absolute().parent}」にありません。"
            "移動や名前の変更がなかったか確かめて、もう一度選んでください。"
        )
    return MissingFileError(
        f"フォルダー「{path.parent}」が見つかりません。"
        "共有ドライブにつながっているか確かめて、もう一度開いてください。"
    )
