"""The log: a file of the user's that keeps itself small."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kyodo_desktop.paths import user_log_folder

if TYPE_CHECKING:
    from pathlib import Path

_BYTES, _KEPT = 500_000, 5
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start_log() -> None:
    """Write warnings and failures to the log; a folder that cannot be written goes without."""
    root = logging.getLogger()
    if root.handlers:
        return
    try:
        user_log_folder().mkdir(parents=True, exist_ok=True)
        handler = _handler()
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def _handler() -> logging.Handler:
    try:
        from logging.handlers import RotatingFileHandler
    except ImportError:  # it needs Windows' sockets, and that they are missing must be told
        return logging.FileHandler(log_file(), encoding="utf-8", delay=True)
    return RotatingFileHandler(
        log_file(), maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
    )


def log_file() -> Path:
    """Return where the log is."""
    return user_log_folder() / "kyodo_desktop.log"
