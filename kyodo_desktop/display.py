"""Whether there is a screen to show a window on: without one Qt would abort, in English."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

NO_SCREEN = (
    "画面に接続できないため、ウィンドウを開けません。デスクトップの端末から起動するか、"
    "ウィンドウを使わないコマンド（--helpで一覧を表示）を使ってください。"
)


def has_screen() -> bool:
    """Tell whether Qt would find a screen; whoever chose a platform for it knows better."""
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return True
    return _has_wayland() or ("DISPLAY" in os.environ and _answers_x())


def _has_wayland() -> bool:
    name, folder = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and Path(folder, name or "").is_socket()


def _answers_x() -> bool:
    """Connect to the X server once, as Qt will."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # as far as can be told
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
