"""The connections to a plan's file, with the settings that keep it safe.

No other module opens one.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections import Counter
from contextlib import closing, contextmanager
from enum import Enum, auto
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kyodo_desktop.store.failures import error_of, extended_code, primary_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

PATIENCE = 2.0
"""Seconds to wait for a file that another program has, where nobody sits before a window."""

_LONGEST = 32 * 1024 * 1024
"""Bytes of a text, a row or a statement; what is longer in a strange file is not even read."""

_LONGEST_UNKNOWN = 2 * 1024 * 1024
"""The same while nobody knows what is in a file: a window can still show a text of this size."""

_LONGEST_STATEMENT = 1024 * 1024
_STEPS_AT_LEAST, _STEPS_PER_BYTE = 5_000_000, 10
"""How long all questions may take, in steps of SQLite's machine: 0.1 s, and by the file's size.

The checks of a plan of 100,000 actions take half a step a byte.
"""
_STEPS_AT_ONCE = 100_000

_open_here: Counter[Path] = Counter()
_counting = threading.Lock()


class Database:
    """The one connection of a window to its plan, opened when it is first asked for.

    One thread at a time uses it; that it may be another one is for letting go of a file whose
    drive no longer answers, which can take minutes. One that is `beside` another writes nothing
    to the file before its commit, however much it changes, so that the other can read as ever.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        wait: float | None = None,
        beside: bool = False,
    ) -> None:
        self._open = partial(open_connection, path, read_only=read_only, wait=wait)
        self._is_beside = beside
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection. Raises SQLite's errors."""
        if self._connection is None:
            self._connection = self._open()
            if self._is_beside:
                self._connection.execute("PRAGMA cache_spill = OFF")
        return self._connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for questions to one and the same state of the file."""
        connection = self.connection
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.rollback()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def open_connection(
    path: Path,
    *,
    read_only: bool = False,
    foreign_keys: bool = True,
    wait: float | None = None,
) -> sqlite3.Connection:
    """Return a connection to a plan, to work on; transactions begin where BEGIN is said.

    Rollback journal, never WAL: the file may lie on a shared drive. FULL: what was
    committed survives a power cut. A file that is not there is not made. `wait` is in seconds.
    """
    connection = _connect(path, wait, read_only=read_only)
    try:
        connection.isolation_level = None
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute("PRAGMA synchronous = FULL")
        _restrict(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def open_in_memory() -> sqlite3.Connection:
    """Return a connection to a database of its own, which no file has."""
    return sqlite3.connect(":memory:")


@contextmanager
def connected(
    path: Path,
    *,
    read_only: bool = True,
    wait: float | None = None,
    unknown: bool = False,
    alone: bool = False,
) -> Iterator[sqlite3.Connection]:
    """Lend a connection of the driver's own to a file, for a question or a copy.

    Of a file that is `unknown` no text of more than two megabytes is read, and no question
    goes on without end: SQLite then says TOOBIG or INTERRUPT. Who is `alone` with a file may
    have what a crash left half written rolled back, and CHECK constraints looked at, which
    SQLite leaves out where it cannot write.
    """
    with closing(_connect(path, wait, read_only=read_only and not alone)) as connection:
        _restrict(connection, read_only=read_only)
        if unknown:
            _limit(connection, path.stat().st_size)
        yield connection


class _Counted(sqlite3.Connection):
    """A connection of which `is_open_here` knows until it is closed."""

    _path: Path | None = None

    def counted(self, path: Path) -> Self:
        self._path = path
        _count(path, 1)
        return self

    def close(self) -> None:
        super().close()
        path, self._path = self._path, None
        if path is not None:
            _count(path, -1)


def _connect(path: Path, wait: float | None, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to a file that is there.

    Given a path alone SQLite would make an empty file where one was just moved away. One that
    only reads must not be able to write at all: where locks always say yes it would take the
    journal of an edit under way for what a crash left, and roll it back. In the address `#`,
    `%` and the like are escaped; a network name stands behind four slashes.
    """
    if str(path) == ":memory:":
        return sqlite3.connect(path, check_same_thread=False)
    name = quote(os.fsencode(path.absolute().as_posix()))
    mode = "ro" if read_only else "rw"
    address = f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"
    patience = PATIENCE if wait is None else wait
    return sqlite3.connect(
        address, timeout=patience, check_same_thread=False, uri=True, factory=_Counted
    ).counted(path)


def is_open_here(path: Path) -> bool:
    """Tell whether this process has a connection to the file at a path."""
    try:
        real = Path(os.path.realpath(path))
    except (OSError, ValueError):  # Windows cannot follow every long name
        real = path
    with _counting:
        return _open_here[path] > 0 or _open_here[real] > 0


def _count(path: Path, change: int) -> None:
    with _counting:
        _open_here[path] += change


def finish_half_written(path: Path) -> None:
    """Let SQLite roll back what a crash left half written; only for who has the right to write.

    Raises SQLite's errors.
    """
    with connected(path, read_only=False) as connection:
        connection.execute("PRAGMA user_version").fetchone()  # reads nothing of the tables


class ReadOnly(Enum):
    """What may not be written to."""

    FILE = auto()
    FOLDER = auto()


def read_only_part(path: Path) -> ReadOnly | None:
    """Return what keeps SQLite from writing to a file that is there; the file stays as it is.

    Plain Python must not open a plan: closing it again would take SQLite's own locks away. A
    file that is busy, or on a full disk, may be written to later.
    """
    try:
        with connected(path, read_only=False, wait=0) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        code = extended_code(error)
        if code == sqlite3.SQLITE_READONLY_DIRECTORY:
            return ReadOnly.FOLDER
        if primary_code(code) == sqlite3.SQLITE_READONLY:
            return ReadOnly.FILE
    return None


def _limit(connection: sqlite3.Connection, size: int) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_UNKNOWN)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_STATEMENT)
    most = (_STEPS_AT_LEAST + _STEPS_PER_BYTE * size) // _STEPS_AT_ONCE
    turns = count()
    connection.set_progress_handler(lambda: next(turns) > most, _STEPS_AT_ONCE)


def leave_wal(path: Path) -> None:
    """Set a file back to the rollback journal: WAL keeps parts of it in memory of one computer.

    Another program may have changed it. Raises the errors of SQLite, and OperationalError
    where somebody who has the file open stands in the way.
    """
    with connected(path, read_only=False, unknown=True) as connection:
        use_rollback_journal(connection)


def use_rollback_journal(connection: sqlite3.Connection) -> None:
    """Do the same through a connection that is there. Raises sqlite3.OperationalError."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise error_of(sqlite3.SQLITE_BUSY, "the file stays in WAL mode")


def _restrict(connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Set what holds for every connection.

    `trusted_schema` cannot be off: SQLite takes `json_valid`, which our own CHECKs ask, for
    unsafe. That a schema is ours is made sure of before anything in it runs: see
    `schema.difference`.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA query_only = {int(read_only)}")
