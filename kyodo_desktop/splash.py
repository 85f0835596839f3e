"""A word from the system itself, while the libraries that draw the window are being loaded.

That takes seconds from a cold slow disk. Nothing of Qt can be shown before Qt is there, so
Windows is asked for a plain window of its own, from a thread that lives as long as it.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    Show = Callable[[str, threading.Event], None]
    """Shows a text until the event comes."""

TEXT = "協働プラン進捗管理を開いています…"
_PATIENCE = 0.7  # seconds; a start that is shorter shows nothing but the system's busy pointer
_AT_LEAST = 0.4  # seconds that it stays, so that it does not only flash up
_TURN = 0.03  # seconds between looks at what Windows wants of the window

# In the terms of Windows; sizes are those at 96 points an inch.
_SIZE, _FONT_HEIGHT, _USUAL_DPI = (380, 84), -16, 96
_ABOVE_OTHERS = 0x08000088  # WS_EX_NOACTIVATE | WS_EX_TOOLWINDOW | WS_EX_TOPMOST
_CENTRED_LABEL = 0x80800201  # WS_POPUP | WS_BORDER | SS_CENTERIMAGE | SS_CENTER
_SET_FONT, _WITHOUT_FOCUS, _TAKE = 0x30, 4, 1  # WM_SETFONT, SW_SHOWNOACTIVATE, PM_REMOVE


class Splash:
    """Comes by itself when a start takes long, and goes when it is told that the start is over.

    Where the system has no such window, it only knows how long the start takes.
    """

    def __init__(self, show: Show | None = None, patience: float = _PATIENCE) -> None:
        self._late_at = monotonic() + patience
        self._patience = patience
        self._ended = threading.Event()
        shown_by = show or _shown_by_the_system()
        if shown_by is not None:
            thread = threading.Thread(
                target=self._run, args=(shown_by,), daemon=True, name="splash"
            )
            thread.start()

    @property
    def is_late(self) -> bool:
        """Whether the start already takes so long that something should be seen."""
        return monotonic() >= self._late_at

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def end(self) -> None:
        """Let it go, or never come."""
        self._ended.set()

    def _run(self, show: Show) -> None:
        if not self._ended.wait(self._patience):
            with suppress(OSError, AttributeError):  # the start goes on without it
                show(TEXT, self._ended)


def _shown_by_the_system() -> Show | None:
    return _show_on_windows if sys.platform == "win32" else None


def _show_on_windows(text: str, ended: threading.Event) -> None:
    """Show a text in the middle of the screen; the window belongs to the calling thread.

    It is a label without a parent, which Windows draws by itself; it never takes the focus,
    which is the window's own.
    """
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    user32, gdi32 = ctypes.WinDLL("user32"), ctypes.WinDLL("gdi32")
    handle, number = wintypes.HANDLE, ctypes.c_int
    user32.CreateWindowExW.restype = gdi32.CreateFontW.restype = handle
    user32.SendMessageW.argtypes = (handle, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
    user32.ShowWindow.argtypes = (handle, number)
    for function in (user32.UpdateWindow, user32.DestroyWindow, gdi32.DeleteObject):
        function.argtypes = (handle,)
    scale = user32.GetDpiForSystem() / _USUAL_DPI
    width, height = (round(each * scale) for each in _SIZE)
    left, top = (
        (user32.GetSystemMetrics(0) - width) // 2,
        (user32.GetSystemMetrics(1) - height) // 2,
    )
    window = user32.CreateWindowExW(
        _ABOVE_OTHERS, "STATIC", text, _CENTRED_LABEL, left, top, width, height, *[None] * 4
    )
    face = (round(_FONT_HEIGHT * scale), *[0] * 3, 400, *[0] * 3, 1, *[0] * 4, "Yu Gothic UI")
    font = gdi32.CreateFontW(*face)
    user32.SendMessageW(window, _SET_FONT, font or 0, 1)
    user32.ShowWindow(window, _WITHOUT_FOCUS)
    user32.UpdateWindow(window)
    message, stays_until = wintypes.MSG(), monotonic() + _AT_LEAST
    while not ended.is_set() or monotonic() < stays_until:
        sleep(_TURN)
        while user32.PeekMessageW(ctypes.byref(message), None, 0, 0, _TAKE):
            user32.DispatchMessageW(ctypes.byref(message))
    user32.DestroyWindow(window)
    gdi32.DeleteObject(font)
