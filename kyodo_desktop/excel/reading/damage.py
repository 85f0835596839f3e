"""Turns whatever a damaged file leads to into one message."""

from __future__ import annotations

from contextlib import contextmanager
from traceback import walk_tb
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.excel.reading.refusals import DAMAGED, TRY_AGAIN, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

TOO_LARGE = (
    "広げると大きくなりすぎる内容が入っています。必要な表だけを新しいブックにコピーし、"
    + TRY_AGAIN
)
_LIBRARIES = frozenset(("openpyxl", "python_calamine", "zipfile", "zlib", "xml", "defusedxml"))


class DamageError(Exception):
    """What was read makes no sense; the name of the file is added further out."""


class TooLargeError(Exception):
    """What was read takes more memory or time than a table may."""


@contextmanager
def translate_parse_errors(name: str) -> Iterator[None]:
    """Raise ReadingError for what comes out of a library; a mistake of our own stays one."""
    try:
        yield
    except PlanError:
        raise
    except (TooLargeError, MemoryError, RecursionError) as error:
        raise refusal(name, TOO_LARGE) from error
    except Exception as error:
        if not (isinstance(error, DamageError) or _is_from_library(error)):
            raise
        raise refusal(name, DAMAGED) from error


def _is_from_library(error: Exception) -> bool:
    return any(
        str(frame.f_globals.get("__name__", "")).partition(".")[0] in _LIBRARIES
        for frame, _ in walk_tb(error.__traceback__)
    )
