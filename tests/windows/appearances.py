"""Takes pictures of the program as Windows is set: light, dark and in high contrast.

    python -m tests.windows.appearances KyodoDesktop.exe FOLDER SCALE...

A scale is in percent.

It is run on Windows, sets the user's own settings for the time it takes, and puts them back.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_THEMES = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_FOR_PROGRAMS = "AppsUseLightTheme"
_GET_CONTRAST, _SET_CONTRAST, _IS_ON = 0x42, 0x43, 1


class HighContrast(ctypes.Structure):
    """Windows' HIGHCONTRASTW."""

    _fields_ = [
        ("size", ctypes.c_uint),
        ("flags", ctypes.c_uint),
        ("scheme", ctypes.c_wchar_p),
    ]


def main() -> None:
    """Take all pictures; ends with what the program said where it fails."""
    program, folder, scales = Path(sys.argv[1]), Path(sys.argv[2]), [*map(int, sys.argv[3:])]
    folder.mkdir(parents=True, exist_ok=True)
    for name, setting in (("light", light(1)), ("dark", light(0)), ("contrast", high_contrast())):
        with setting:
            for scale in scales:
                grab(program, folder.absolute() / f"{name}-{scale}.png", scale)


def grab(program: Path, picture: Path, scale: int) -> None:
    """Have the program save a picture of its window."""
    subprocess.run(
        [program.absolute(), "--smoke-test", "--grab", picture],
        env={**os.environ, "QT_SCALE_FACTOR": str(scale / 100), "QT_QPA_PLATFORM": "windows"},
        check=True,
    )


@contextmanager
def light(value: int) -> Iterator[None]:
    """Set whether programs are light, as 設定 → 個人用設定 → 色 does."""
    import winreg

    with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _THEMES, 0, winreg.KEY_ALL_ACCESS) as key:
        try:
            before = winreg.QueryValueEx(key, _FOR_PROGRAMS)[0]
        except FileNotFoundError:
            before = 1
        winreg.SetValueEx(key, _FOR_PROGRAMS, 0, winreg.REG_DWORD, value)
        try:
            yield
        finally:
            winreg.SetValueEx(key, _FOR_PROGRAMS, 0, winreg.REG_DWORD, before)


@contextmanager
def high_contrast() -> Iterator[None]:
    """Switch the high contrast on, as 左Alt+左Shift+PrintScreen does."""
    now = HighContrast(ctypes.sizeof(HighContrast))
    set_up = ctypes.windll.user32.SystemParametersInfoW  # type: ignore[attr-defined]
    set_up(_GET_CONTRAST, now.size, ctypes.byref(now), 0)
    on = HighContrast(now.size, now.flags | _IS_ON, now.scheme)
    set_up(_SET_CONTRAST, on.size, ctypes.byref(on), 0)
    try:
        yield
    finally:
        set_up(_SET_CONTRAST, now.size, ctypes.byref(now), 0)


if __name__ == "__main__":
    main()
