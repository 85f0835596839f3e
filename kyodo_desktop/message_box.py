"""What the program says without a window of its own: on standard error, else in a box.

A windowed program of Windows has no standard output or error unless somebody catches them. The
box is Windows' own, since Qt may be what is missing.
"""

from __future__ import annotations

import logging
import os
import sys

from kyodo_desktop.logs import log_file

_log = logging.getLogger(__name__)
_TITLE = "協働プラン進捗管理"
_ERROR, _INFORMATION, _IN_FRONT = 0x10, 0x40, 0x10000  # of Windows' MessageBox
_WITHOUT_SCREEN = ("offscreen", "minimal")


def complain(message: str, *, is_logged: bool = False) -> None:
    """Tell of an error in one line, or in a box, which is waited for and kept in the log.

    The place of the log is named where more can be read in it.
    """
    place = f"ログ: {log_file()}"
    if sys.stderr is not None:
        line = message.replace("\n", " ")
        sys.stderr.write(f"{line}{place}\n" if is_logged else f"{line}\n")
        return
    if not is_logged:
        _log.error("%s", message)
    _show_box(f"{message}\n\n{place}", _ERROR)


def inform(text: str) -> None:
    """Show in a box what a program with a console would have written."""
    _show_box(text, _INFORMATION)


def _show_box(text: str, icon: int) -> None:
    if sys.platform == "win32" and os.environ.get("QT_QPA_PLATFORM") not in _WITHOUT_SCREEN:
        try:
            from ctypes import windll
        except ImportError:  # a part as well: what starts the program shows its last error
            raise RuntimeError(text) from None
        windll.user32.MessageBoxW(None, text, _TITLE, icon | _IN_FRONT)
