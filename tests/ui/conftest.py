"""The real window, on the real sample plan."""

from __future__ import annotations

from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.settings import Settings
from kyodo_desktop.ui.widgets import theme
from tests.builders import Clock

PATIENCE = 30_000  # ms


class PatientBot(QtBot):
    """Waits longer than pytest-qt's five seconds, which a busy machine can need to do nothing."""

    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE)
    waitCallback = partialmethod(QtBot.waitCallback, timeout=PATIENCE)
    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE)
    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE)


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application as it looks when it runs."""
    theme.apply(qapp)
    return qapp


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture(scope="module")
def module_settings(tmp_path_factory):
    return Settings(tmp_path_factory.mktemp("settings") / "settings.ini")


@pytest.fixture(scope="module")
def module_clock():
    return Clock()


@pytest.fixture(scope="module")
def module_window(qapp, module_settings, module_clock):
    """The window that the tests of a module use one after the other."""
    window = on_a_desk(MainWindow(module_settings, module_clock))
    yield window
    close(window)


@pytest.fixture
def settings(module_settings):
    """The settings as they are at first, but for a name."""
    module_settings._store.clear()
    module_settings.display_name = "市民 花子"
    return module_settings


@pytest.fixture
def clock(module_clock):
    module_clock.time = Clock().time
    return module_clock


@pytest.fixture
def window(qtbot, module_window, settings, clock, sample_file):
    """The window with the sample plan; where the window itself is tested, see `new_window`."""
    with qtbot.waitActive(module_window):
        module_window.show()
        module_window.activateWindow()
    unfold(module_window)
    assert module_window.files.open(sample_file)
    module_window.side.show_tab("main")
    yield module_window
    for dialog in module_window.findChildren(QDialog):
        dialog.hide()  # not closed, which might ask
    forget_copied()
    module_window.tree.arrange("tree")
    module_window.files.release()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def empty_window(qtbot, settings, clock):
    """A new window without a plan."""
    window = on_a_desk(MainWindow(settings, clock))
    window.show()
    qtbot.waitExposed(window)
    window.show_plan(None)
    yield window
    forget_copied()
    close(window)


@pytest.fixture
def new_window(empty_window, sample_file):
    """A new window with the sample plan: in a module of its own, `window` is this one."""
    assert empty_window.files.open(sample_file)
    return empty_window


def on_a_desk(window):
    """Give a window the size that it has on a usual screen: the one of the tests is smaller."""
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 728)
    unfold(window)
    return window


def unfold(window):
    """Let the editor show all fields of an action, as who uses them leaves it."""
    window.editor.restore(QByteArray(b"details"))


class OtherPrograms(QObject):
    """Stands in the place of what the system would open files with."""

    def __init__(self):
        super().__init__()
        self.paths = []

    @Slot(QUrl)
    def open(self, url):
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened_outside(qapp):
    """The files and folders that were handed to other programs."""
    others = OtherPrograms()
    QDesktopServices.setUrlHandler("file", others, "open")
    yield others.paths
    QDesktopServices.unsetUrlHandler("file")


def close(window):
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    # Which leaves it alive outside of Qt's loop, to be dressed anew with each later one.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def forget_copied():
    """Without a screen Qt lets go of copied data only when Python has ended, and crashes."""
    QGuiApplication.clipboard().clear()
