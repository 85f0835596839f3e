"""The real window, on the real sample plan."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.settings import Settings


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    settings.display_name = "市民 花子"
    return settings


@pytest.fixture
def empty_window(qtbot, settings, clock):
    """The window without a plan."""
    window = MainWindow(settings, clock)
    window.show()
    qtbot.waitExposed(window)
    window.show_plan(None)
    yield window
    # Without a screen Qt lets go of copied data only when Python has ended, and crashes.
    QGuiApplication.clipboard().clear()
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def window(empty_window, sample_file):
    """The window with the sample plan."""
    assert empty_window.files.open(sample_file)
    return empty_window
