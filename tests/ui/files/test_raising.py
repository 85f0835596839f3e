"""A plan that is open in another window of the same user: that window comes up instead."""

from __future__ import annotations

from threading import Thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from kyodo_desktop.paths import user_calls_folder
from kyodo_desktop.services import raising
from tests.builders import opened


def dialogs(window):
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


def answer(plan):
    """Do as the other window would."""
    while not raising.is_asked_for(user_calls_folder(), plan.token):
        pass


def test_opening_it_brings_the_other_window_up_and_asks_nothing(window, sample_file, clock):
    window.files.release()
    other = opened(sample_file, clock)
    listening = Thread(target=answer, args=[other], daemon=True)
    listening.start()
    assert not window.files.open(sample_file)
    assert window.files.has_raised
    assert dialogs(window) == []
    listening.join()
    other.close()


def test_where_nobody_answers_it_is_asked_as_ever(window, sample_file, clock):
    window.files.release()
    other = opened(sample_file, clock)
    assert not window.files.open(sample_file)
    assert not window.files.has_raised
    assert len(dialogs(window)) == 1
    other.close()


def test_who_only_starts_the_program_is_not_sent_to_the_other_window(window, sample_file, clock):
    window.files.release()
    other = opened(sample_file, clock)
    window.files.may_raise = False
    assert not window.files.open(sample_file)
    window.files.may_raise = True
    assert not window.files.has_raised
    assert not user_calls_folder().exists()
    other.close()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_window_that_is_called_comes_up(window, qtbot):
    window.setWindowState(Qt.WindowState.WindowMinimized)
    folder = user_calls_folder()
    folder.mkdir(parents=True)
    (folder / window.plan.token).touch()
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert list(folder.iterdir()) == []
