"""Is this file one of ours, whole, and of a version we know? Nothing is written to find out.

Nothing is carried out either: a schema can hold what runs when the file is read, so that is
compared with ours before anything else is asked.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import (
    DamagedFileError,
    MissingFileError,
    NewerFileError,
    NotOursError,
    PlanError,
    StrangeFileError,
)
from kyodo_desktop.store import failures, schema, soundness
from kyodo_desktop.store.connection import connected, is_open_here, leave_wal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_APPLICATION_ID = slice(68, 72)
_JOURNAL_VERSIONS, _WITH_WAL = slice(18, 20), 2
_KEPT = "ファイルは変更していません。"
_WAY_OUT = (
    f"{_KEPT}「中身だけを新しいファイルに移す」で、計画の内容と履歴を新しいファイルに移して使えます。"
    "心当たりがなければ、ファイルの出どころを確かめてください。"
)
_READ_FAILED = re.compile(r"error code=(\d+)")
_VERSION_TABLE = "alembic_version"
_SHOWN = 40  # characters of what a file says

MALFORMED = (UnicodeDecodeError, LookupError, TypeError, StopIteration)
"""What reading raises where a file is damaged: SQLite does not check that text is UTF-8."""

UNREADABLE = (sqlite3.Error, *MALFORMED)
"""What reading raises for any reason; `failure` tells what SQLite's own errors mean."""


def inspected(path: Path, *, alone: bool = True) -> str:
    """Return the schema revision of a plan's file.

    It is not `alone` with the file where another window may write to it. Raises
    MissingFileError, NotOursError, StrangeFileError, DamagedFileError, NewerFileError, or
    OpeningError for one that asks too much.
    """
    try:
        return _looked_through(path, alone=alone)
    except DamagedFileError:  # SQLite says the same of a drive that fails: it may do so once
        return _looked_through(path, alone=alone)


def _looked_through(path: Path, *, alone: bool) -> str:
    try:
        with _connected_to_unknown(path, alone=alone) as connection:
            revision = known_revision(path, connection)
            _expect_whole(path, connection)
            if (
                revision == schema.revisions()[-1]
            ):  # an older one is looked at when it was upgraded
                if not alone:
                    soundness.expect_checks(connection, path.name)
                soundness.expect_sound(connection, path.name)
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    except OSError as error:  # it went, or the drive did, between two questions
        raise _out_of_reach(path, error) from error
    return revision


@contextmanager
def connected_to_known(path: Path) -> Iterator[sqlite3.Connection]:
    """Lend a connection to a plan whose tables are known to be ours; it may be damaged.

    Raises what `inspected` raises, or one of `UNREADABLE`.
    """
    with _connected_to_unknown(path) as connection:
        known_revision(path, connection)
        yield connection


@contextmanager
def _connected_to_unknown(path: Path, *, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """Look at the beginning of a file, and lend a connection with limits.

    A file that is open here was looked at when it was opened. To do so again would let go of
    the locks that SQLite has on it: on Linux they all go when any of its handles is closed.
    """
    if not is_open_here(path):
        _expect_no_wal(path, expect_ours(path))
    with connected(path, unknown=True, alone=alone) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN")  # one lock for all questions: each is a way to the share
        yield connection


def _expect_no_wal(path: Path, header: bytes) -> None:
    """Raise StrangeFileError for a file that SQLite would keep in three files.

    It could not be read without making two of them, and on a shared drive not safely at all.
    """
    if _WITH_WAL in header[_JOURNAL_VERSIONS]:
        raise StrangeFileError(
            f"「{path.name}」は、別のプログラムで保存の方式（WAL）が変えられているため、"
            f"開いていません。{_WAY_OUT}"
        )


def set_back_from_wal(path: Path) -> None:
    """Let a plan that another program has set to WAL keep its journal as all plans do.

    Raises BusyError while that program has it open, and what `expect_ours` raises.
    """
    if not is_open_here(path) and _WITH_WAL in expect_ours(path)[_JOURNAL_VERSIONS]:
        with failures.translate_storage_errors(path.name, reading=True):
            leave_wal(path)


def known_revision(path: Path, connection: sqlite3.Connection) -> str:
    """Return the revision of a file, of which nothing else was asked yet.

    Raises StrangeFileError, DamagedFileError or NewerFileError where its schema is another one.
    """
    found = schema.read_schema(connection)
    versions = [each for each in found if each.name == _VERSION_TABLE]
    if not versions:
        raise failures.damage(path.name)
    if len(versions) > 1 or not schema.is_expected(versions[0], schema.revisions()[0]):
        raise _strange(path, found=versions[-1], is_ours=True)
    rows = connection.execute(f"SELECT version_num FROM {_VERSION_TABLE} LIMIT 2").fetchall()
    if len(rows) != 1:
        raise failures.damage(path.name)
    revision = rows[0][0]
    if revision in schema.revisions():
        _expect_schema(path, schema.difference(found, revision))
        return str(revision)
    if re.fullmatch(r"[0-9]{4,}", str(revision)) and str(revision) > schema.revisions()[-1]:
        raise NewerFileError(
            f"「{path.name}」は、このプログラムより新しいバージョンで作られたファイルです。{_KEPT}"
            "情報政策課に新しいバージョンの導入を依頼するか、新しいバージョンが入ったパソコンで開いてください。"
        )
    raise StrangeFileError(
        f"「{path.name}」に記録されたバージョン番号「{str(revision)[:_SHOWN]}」は、"
        f"このプログラムのものではないため、開いていません。{_WAY_OUT}"
    )


def _expect_schema(path: Path, found: schema.SchemaDifference | None) -> None:
    """Raise what a difference means: a table that is gone was lost, all else was somebody."""
    if found is None:
        return
    if found.found is not None:
        raise _strange(path, found.found, is_ours=found.expected is not None)
    assert found.expected is not None
    if found.expected.kind == "table":
        raise failures.damage(path.name)
    raise StrangeFileError(
        f"「{path.name}」には、あるはずの{found.expected.label}がないため、開いていません。{_WAY_OUT}"
    )


def _strange(path: Path, found: schema.SchemaObject, *, is_ours: bool) -> StrangeFileError:
    if is_ours:
        reason = f"の{found.label}が、このプログラムの作ったものと違うため"
    else:
        reason = f"に、このプログラムが作ったものではない{found.label}があるため"
    return StrangeFileError(f"「{path.name}」{reason}、開いていません。{_WAY_OUT}")


def _expect_whole(path: Path, connection: sqlite3.Connection) -> None:
    """Raise DamagedFileError for what SQLite finds broken."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        _expect_read(found)
        raise failures.damage(path.name)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise failures.damage(path.name)
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    if path.stat().st_size % page_size:  # SQLite reads the rest of the page as zeros
        raise failures.damage(path.name)


def _expect_read(found: str) -> None:
    """Raise SQLite's error where its check could not read a page: that page may be whole."""
    code = _READ_FAILED.search(found)
    if code and failures.primary_code(int(code[1])) == sqlite3.SQLITE_IOERR:
        raise failures.error_of(int(code[1]), found)


def expect_ours(path: Path) -> bytes:
    """Return the header of a plan's file.

    Raises MissingFileError or NotOursError for what is none, as its begin tells.
    """
    header = _header(path)
    if header.startswith(b"PK\3\4"):
        raise NotOursError(
            f"「{path.name}」はExcelやZIPのファイルで、計画のファイル（.kyodo）ではありません。"
            f"{_KEPT}計画のファイルを選んでください。"
            "Excelの表からは、「取込」（コマンドではimport）で計画を作れます。"
        )
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise NotOursError(
            f"「{path.name}」は計画のファイル（.kyodo）ではありません"
            f"{'（中身が空です）' if not header else ''}。{_KEPT}計画のファイルを選んでください。"
        )
    if int.from_bytes(header[_APPLICATION_ID], "big") != schema.APPLICATION_ID:
        raise NotOursError(
            f"「{path.name}」は別のプログラムのデータベースです。{_KEPT}"
            "計画のファイル（.kyodo）を選んでください。"
        )
    return header


def unreadable(path: Path, error: BaseException) -> PlanError:
    """Return what to tell where reading a file of ours failed with one of `UNREADABLE`.

    That a table is not there contradicts the file's own revision: then it is damaged as well.
    """
    if (
        not isinstance(error, sqlite3.Error)
        or failures.extended_code(error) == sqlite3.SQLITE_ERROR
    ):
        return failures.damage(path.name)
    return failures.failure(error, path.name, reading=True)


def _header(path: Path) -> bytes:
    try:
        if path.is_dir():  # Windows would only say that it may not be read
            raise NotOursError(
                f"「{path.name}」はフォルダーです。"
                "中にある計画のファイル（.kyodo）を選んでください。"
            )
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES)
    except OSError as error:
        raise _out_of_reach(path, error) from error


def _out_of_reach(path: Path, error: OSError) -> MissingFileError:
    if isinstance(error, FileNotFoundError):
        return _missing(path)
    if isinstance(error, PermissionError):
        return MissingFileError(
            f"「{path.name}」は、読む権限がないか、ほかのプログラムが使用中です。{_KEPT}"
            "少し待って開き直しても同じなら、共有フォルダーの管理者に確認してください。"
        )
    return MissingFileError(
        f"「{path}」を読めませんでした（{error.strerror}）。"
        "ドライブやネットワークの接続を確かめて、もう一度開いてください。"
    )


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
