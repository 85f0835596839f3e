"""Puts the program together: application, settings, window, and the plan to begin with."""

from __future__ import annotations

import gc
import logging
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

# SQLModel before Qt: PySide hooks every import that comes after it, which makes them slower.
from kyodo_desktop.services import files  # noqa: F401  isort: skip

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from kyodo_desktop import __version__
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.logs import log_file
from kyodo_desktop.paths import user_settings_file
from kyodo_desktop.ui.icons import app_icon
from kyodo_desktop.ui.jobs import let_garbage_be_collected
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType


_log = logging.getLogger(__name__)
_FONTS = ["Noto Sans CJK JP", "IPAexGothic", "TakaoPGothic", "Hiragino Sans"]
_FONT_POINTS = 10
_LOOK_AFTER = 1_000  # milliseconds; the window is painted by then, and the plan can be read


def start(path: Path | None) -> int:
    """Open the window on a plan, else on the one of last time, and return the exit code."""
    application = prepared()
    window = shown(path)
    _tell_crashes(window)
    QTimer.singleShot(0, window, _collect_garbage_again)
    QTimer.singleShot(_LOOK_AFTER, window, window.updates.look_quietly)
    return application.exec()


def shown(path: Path | None) -> MainWindow:
    """Return the window, shown on a plan, else on the one of last time."""
    settings = Settings(user_settings_file())
    window = MainWindow(settings, now)
    window.show()
    chosen = path or settings.last_file
    if chosen is None or not window.files.open(chosen.absolute()):
        window.show_plan(None)
    return window


def smoke_test(grab: Path | None) -> int:
    """Show a fresh copy of the sample, save its picture if asked, and leave."""
    if sys.platform == "linux" and not (os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kyodo_desktop.services import sample

    application = prepared()
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder, "サンプル.kyodo")
        sample.create_sample(plan, sample.sample_names()[0], author="smoke test", now=now())
        window = MainWindow(Settings(Path(folder, "settings.ini")), now)
        window.show()
        window.files.open(plan)
        application.processEvents()
        if window.plan is None:
            raise PlanError("サンプルの計画を開けませんでした。")
        if grab is not None and not window.grab().save(str(grab)):
            raise PlanError(f"画面の絵を「{grab}」に保存できませんでした。")
        window.close()
    return 0


def prepared() -> QApplication:
    """Return the application, with its words, font and looks."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("kyodo_desktop")
    application.setApplicationDisplayName("協働プラン進捗管理")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(app_icon())
    QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
    translator = QTranslator(application)
    if translator.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    if sys.platform != "win32":  # Windows has Yu Gothic UI or Meiryo UI set
        font = QFont(_FONTS, _FONT_POINTS)
        application.setFont(font)
    return application


def now() -> datetime:
    """Return the local time."""
    return datetime.now().astimezone()


def _collect_garbage_again() -> None:
    """End the rest that `__main__` gave the collector, and leave the lasting objects alone."""
    gc.freeze()
    let_garbage_be_collected()


def _tell_crashes(window: MainWindow) -> None:
    """Write what nobody expected to the log, and tell the user calmly, once at a time."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.critical("unexpected failure", exc_info=(kind, error, trace))
        if window.isVisible() and not window.findChild(CrashDialog):
            dialog = CrashDialog(str(error), log_file(), window)
            dialog.open()

    from kyodo_desktop.ui.dialogs.crash import CrashDialog

    sys.excepthook = tell
