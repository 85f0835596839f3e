"""Windows stand within their screen, at every scale."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.placing import in_sight, place

TITLE = 30
LAPTOP = QRect(0, 0, 1366, 728)  # without the task bar
LAPTOP_AT_150, LAPTOP_AT_200 = QRect(0, 0, 911, 472), QRect(0, 0, 683, 344)
DESK = QRect(1366, 0, 1920, 1040)
USUAL = QRect(100, 50, 1200, 600)


def frame(content):
    return content.adjusted(0, -TITLE, 0, 0)


@pytest.mark.parametrize("screen", [LAPTOP, LAPTOP_AT_150, LAPTOP_AT_200, DESK])
@pytest.mark.parametrize(
    "content",
    [
        USUAL,
        QRect(1400, 40, 1800, 900),
        QRect(-1900, 40, 1800, 900),
        QRect(0, -400, 1366, 728),
        QRect(5000, 5000, 300, 200),
        QRect(900, 600, 1366, 728),
    ],
)
def test_a_window_comes_whole_into_sight(screen, content):
    assert screen.contains(frame(in_sight(content, [screen], TITLE)))


def test_a_window_that_is_in_sight_stays_where_it_is():
    assert in_sight(USUAL, [LAPTOP, DESK], TITLE) == USUAL
    on_desk = QRect(1500, 100, 1600, 800)
    assert in_sight(on_desk, [LAPTOP, DESK], TITLE) == on_desk


def test_a_window_between_two_screens_goes_to_that_which_shows_more_of_it():
    placed = in_sight(QRect(1200, 100, 1000, 600), [LAPTOP, DESK], TITLE)
    assert placed == QRect(1366, 100, 1000, 600)


def test_a_window_of_a_screen_that_is_gone_comes_to_the_middle_of_the_first_one():
    placed = in_sight(QRect(1500, 100, 800, 400), [LAPTOP], TITLE)
    assert abs(frame(placed).center().x() - LAPTOP.center().x()) <= 1
    assert placed.size() == QSize(800, 400)


@pytest.fixture
def screen(qapp):
    return QGuiApplication.primaryScreen().availableGeometry()


def test_the_first_window_fills_a_screen_that_is_no_larger(qtbot, settings, clock, screen):
    window = MainWindow(settings, clock)
    qtbot.addWidget(window)
    assert window.isMaximized()
    window.showNormal()
    assert screen.contains(window.geometry())


def test_a_window_that_was_left_maximised_is_so_again(qtbot, settings, clock):
    for _ in range(2):
        window = MainWindow(settings, clock)
        qtbot.addWidget(window)
        window.setWindowState(Qt.WindowState.WindowMaximized)
        window.show()
        window.close()
    again = MainWindow(settings, clock)
    qtbot.addWidget(again)
    assert again.isMaximized()


def test_a_place_that_was_remembered_on_a_larger_screen_comes_into_sight(qtbot, screen):
    before, after = QMainWindow(), QMainWindow()
    for window in (before, after):
        qtbot.addWidget(window)
    before.setGeometry(screen.right() + 500, 60, 1600, 900)
    place(after, QSize(300, 200), before.saveGeometry())
    assert screen.contains(after.geometry())


def test_a_place_that_cannot_be_read_is_none(qtbot, screen):
    window = QMainWindow()
    qtbot.addWidget(window)
    place(window, QSize(300, 200), QByteArray(b"no place at all"))
    assert window.size() == QSize(300, 200)
    assert screen.contains(window.geometry())


def test_a_dialog_is_no_larger_than_its_screen(qtbot, screen):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QDialog(parent)
    dialog.resize(screen.width() + 400, screen.height() + 400)
    ask(dialog)
    assert dialog.width() <= screen.width()
    assert dialog.height() < screen.height()


def test_a_dialog_that_needs_more_room_scrolls_and_keeps_its_buttons_in_sight(qtbot, screen):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QDialog(parent)
    column = QVBoxLayout(dialog)
    for number in range(60):
        column.addWidget(QLineEdit(str(number)))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    column.addWidget(buttons)
    with qtbot.waitExposed(dialog):
        ask(dialog)
    assert dialog.height() < screen.height()
    assert dialog.rect().contains(buttons.geometry())
    last = dialog.findChildren(QLineEdit)[-1]
    assert last.visibleRegion().isEmpty()
    dialog.findChild(QScrollArea).ensureWidgetVisible(last)
    assert not last.visibleRegion().isEmpty()
