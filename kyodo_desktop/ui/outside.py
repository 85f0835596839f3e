"""Hands files, folders and web pages to other programs, and says when none takes them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from kyodo_desktop.paths import is_folder, is_there

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ANYBODY = -1


def open_file(path: Path) -> str:
    """Open a file in the program that it belongs to; return why not, else an empty text."""
    if not is_there(path):
        return _gone(path)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return ""
    return f"「{path.name}」を開けるプログラムが見つかりません。ファイルはここにあります: {path}"


def show_in_folder(path: Path) -> str:
    """Show a folder, or a file in its folder; return why not, else an empty text."""
    if not is_there(path):
        return _gone(path)
    folder = path if is_folder(path) else path.parent
    shown = _selected(path) if sys.platform == "win32" and folder != path else _opened(folder)
    return "" if shown else f"フォルダーを開けません。場所はここです: {folder}"


def open_page(url: QUrl) -> str:
    """Open a page in the browser; return why not, else an empty text."""
    if QDesktopServices.openUrl(url):
        return ""
    return f"ページを開けるプログラムが見つかりません。場所はここです: {url.toDisplayString()}"


def open_window(path: Path) -> str:
    """Open a plan in another window of this program; return why not, else an empty text."""
    program, *arguments = window_command(path)
    if QProcess.startDetached(program, arguments)[0]:
        return ""
    return f"別のウィンドウを開けません。ファイルはここにあります: {path}"


def let_others_come_up() -> None:
    """Let another window take the foreground, which Windows allows only whoever has it now."""
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").AllowSetForegroundWindow(_ANYBODY)


def bring_up(window: QWidget) -> None:
    """Bring a window of ours to the front, also a minimized one."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def window_command(path: Path) -> list[str]:
    """Return what starts the program on a plan: the program that was built, or Python."""
    itself = [] if getattr(sys, "frozen", False) else ["-m", "kyodo_desktop"]
    return [sys.executable, *itself, str(path)]


def selecting(path: Path) -> str:
    """Return what Explorer is told to show a file, whose name may hold commas and spaces."""
    return f'/select,"{path}"'


def _gone(path: Path) -> str:
    return f"「{path}」が見つかりません。移動されたか、削除されています。"


def _opened(folder: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _selected(path: Path) -> bool:
    if sys.platform != "win32":
        return False
    explorer = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "explorer.exe")
    try:
        os.startfile(explorer, arguments=selecting(path))
    except OSError:
        return _opened(path.parent)
    return True
