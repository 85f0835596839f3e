"""Turns whatever a library throws at a damaged file into one message."""

from __future__ import annotations

from contextlib import contextmanager
from traceback import walk_tb
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.excel.reading.refusals import DAMAGED, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIBRARIES = frozenset(("openpyxl", "zipfile", "zlib", "xml", "defusedxml"))


@contextmanager
def damage_explained(name: str) -> Iterator[None]:
    """Raise ReadingError for what comes out of a library; a mistake of our own stays one."""
    try:
        yield
    except PlanError:
        raise
    except Exception as error:
        if not _is_from_library(error):
            raise
        raise refusal(name, DAMAGED) from error


def _is_from_library(error: Exception) -> bool:
    return any(
        str(frame.f_globals.get("__name__", "")).partition(".")[0] in _LIBRARIES
        for frame, _ in walk_tb(error.__traceback__)
    )
