"""The codes of SQLite's errors: the extended one, and the primary one that it belongs to."""

from __future__ import annotations

import sqlite3

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
