"""Puts the program together: application, settings, window, and the plan to begin with."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEventLoop,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from kyodo_desktop import __version__, display, garbage, logs, message_box, parts, paths
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import files, workspace
from kyodo_desktop.ui import jobs, main_window
from kyodo_desktop.ui.settings import Settings
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.appearance import app_icon
from kyodo_desktop.updating import temporary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.splash import Splash


_log = logging.getLogger(__name__)
_FONTS = ["Noto Sans CJK JP", "IPAexGothic", "TakaoPGothic", "Hiragino Sans"]
_FONT_POINTS = 10
_NO_FONT = (
    "日本語の書体（游ゴシックなど）がないため、画面の文字が読めないおそれがあります。"
    "情報政策課に、書体の追加を依頼してください。"
)
_LOAD_AFTER = 50  # milliseconds; the window is painted by then, and the plan can be read
_LOOK_AFTER = 1_000  # milliseconds
_TURNS = 10  # of Qt's loop: by then a picture has what the window is going to show


def start(path: Path | None, splash: Splash) -> int:
    """Open the window on a plan, else on the one of last time, and return the exit code.

    The splash ends when there is a window to look at.
    """
    application = prepared()
    window = shown(path, is_late=splash.is_late)
    splash.end()
    if window.files.has_raised:
        window.close()
        return 0
    _tell_crashes(window)
    QTimer.singleShot(0, window, _collect_garbage_again)
    QTimer.singleShot(_LOAD_AFTER, window, partial(_load_editing, window))
    QTimer.singleShot(_LOOK_AFTER, window, window.features.updates.check_silently)
    return application.exec()


def shown(path: Path | None, *, is_late: bool = False) -> main_window.MainWindow:
    """Return the window, shown on a plan, else on the one of last time.

    When it is late already it is painted before the plan is read, to say that it is.
    """
    settings = Settings(paths.user_settings_file())
    window = main_window.MainWindow(settings, now)
    window.show()
    if is_late:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    chosen = path or settings.last_file
    window.files.may_raise = path is not None  # who only starts the program wants another window
    is_open = chosen is not None and window.files.open(chosen.absolute())
    window.files.may_raise = True
    if not is_open:
        window.show_plan(None)
        window.features.typed.offer_later()
    return window


def smoke_test(path: Path | None, grab: Path | None) -> int:
    """Show a copy of a plan, else of the sample, save its picture if asked, and leave.

    Nothing is written but in a temporary folder, and the picture. Raises PlanError.
    """
    if not display.has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        plan = _copy_to_show(path, Path(folder))
        try:
            _paint(plan, Settings(Path(folder, "settings.ini")), grab)
        finally:
            plan.close()
    return 0


def _copy_to_show(path: Path | None, folder: Path) -> OpenPlan:
    """Open a copy in the folder, before there is a window that an error would come after."""
    author = "smoke test"
    if path is not None:
        return files.open_copy(path, folder, author=lambda: author, now=now)
    from kyodo_desktop.services import sample

    plan = folder / "サンプル.kyodo"
    sample.create_sample(plan, sample.sample_names()[0], author=author, now=now())
    return files.open_plan(plan, author=lambda: author, now=now)


def _paint(plan: OpenPlan, settings: Settings, grab: Path | None) -> None:
    """Show a plan and have it painted; what fails in doing so is raised, not only printed."""
    application = prepared()
    with _failures_of_qt() as failures, _without_size_hints():
        window = main_window.MainWindow(settings, now)
        window.show()
        window.show_plan(plan)
        application.processEvents()
        picture = window.grab()
        if grab is not None:
            picture = _settled(window, picture)
        window.close()
    if failures:
        raise failures[0]
    if grab is not None and not picture.save(str(grab)):
        raise PlanError(f"画面の画像を「{grab}」に保存できませんでした。")


def _settled(window: QWidget, picture: QPixmap) -> QPixmap:
    """Return the first picture after which nothing moves: columns and panels take some turns."""
    for _ in range(_TURNS):
        QApplication.processEvents()
        before, picture = picture, window.grab()
        if picture.toImage() == before.toImage():
            break
    return picture


@contextmanager
def _failures_of_qt() -> Iterator[list[BaseException]]:
    """Collect what is raised where Qt calls Python, which it would go on after."""
    failures: list[BaseException] = []
    before = sys.excepthook
    sys.excepthook = lambda _kind, error, _trace: failures.append(error)
    try:
        yield failures
    finally:
        sys.excepthook = before


@contextmanager
def _without_size_hints() -> Iterator[None]:
    """Leave out what Qt says of every window that no screen shows; scripts read the errors.

    Where there is a screen Qt's own way is left alone: on Windows that is not standard error.
    """
    if QApplication.platformName() != "offscreen":
        yield
        return

    def tell(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if "propagateSizeHints" not in message and sys.stderr is not None:
            sys.stderr.write(f"{message}\n")

    qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(None)


def prepared() -> QApplication:
    """Return the application, with its words, font and looks.

    Raises MissingPartError, and PlanError where there is no screen.
    """
    _expect_screen()
    temporary.move_back(os.environ)
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
    theme.apply(application)
    if not QFontMetrics(application.font()).inFontUcs4(ord("計")):
        _log.warning("no font for Japanese")
        message_box.complain(_NO_FONT, is_logged=True)
    return application


def _expect_screen() -> None:
    """Raise an error where Qt would end the program, in English at best."""
    if not display.has_screen():
        raise PlanError(display.NO_SCREEN)
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    part = folder / "qwindows.dll" if sys.platform == "win32" else folder
    if not part.exists():
        raise parts.MissingPartError(part)


def now() -> datetime:
    """Return the local time."""
    return datetime.now().astimezone()


def _collect_garbage_again() -> None:
    """End the rest that `__main__` gave the collector, and leave the lasting objects alone."""
    garbage.freeze_lasting()
    garbage.resume_gc(garbage.START)


def _load_editing(window: main_window.MainWindow) -> None:
    """Load beside the window what only edits need; an edit before the end waits for it."""
    job = jobs.Job(lambda _control: workspace.load_editing(), window)
    job.failed.connect(lambda error: _log.error("what edits was not loaded", exc_info=error))
    job.start()


def _tell_crashes(window: main_window.MainWindow) -> None:
    """Write what nobody expected to the log, and tell the user calmly, once at a time.

    Any question to the plan can meet a file that is busy or out of reach: that is no crash.
    """

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, PlanError):
            _log.warning("told in the window", exc_info=(kind, error, trace))
            window.toast.show_error(error.message)
            return
        _log.critical("unexpected failure", exc_info=(kind, error, trace))
        if window.isVisible() and not window.findChild(CrashDialog):
            dialog = CrashDialog(str(parts.about_a_part(error) or error), logs.log_file(), window)
            asking.prepare(dialog)
            dialog.open()

    from kyodo_desktop.ui import asking
    from kyodo_desktop.ui.program.crash_dialog import CrashDialog

    sys.excepthook = tell
