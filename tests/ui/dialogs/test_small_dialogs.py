"""Dialogs that ask or tell one thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QTextBrowser

from kyodo_desktop import __version__
from kyodo_desktop.licences import LIBRARIES
from kyodo_desktop.services.files import InUseError
from kyodo_desktop.services.removing import delete, what_goes
from kyodo_desktop.ui.dialogs.about import AboutDialog
from kyodo_desktop.ui.dialogs.crash import CrashDialog
from kyodo_desktop.ui.dialogs.delete import DeleteDialog
from kyodo_desktop.ui.dialogs.history import HistoryDialog
from kyodo_desktop.ui.dialogs.in_use import InUseDialog
from kyodo_desktop.ui.dialogs.preferences import PreferencesDialog
from tests.builders import node_of, opened


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


class TestDelete:
    @pytest.fixture
    def dialog(self, qtbot, workspace):
        node = node_of(workspace.outline, "環境づくり")
        sentence = what_goes(workspace.outline, [node]).sentence
        dialog = shown(qtbot, DeleteDialog("「環境づくり」", sentence))
        dialog.accepted.connect(lambda: delete(workspace, [node]))
        return dialog

    def test_says_what_goes_and_that_it_can_be_undone(self, dialog):
        assert "見出し 5件" in dialog.informativeText()
        assert "元に戻す" in dialog.informativeText()

    def test_deletes_only_when_that_is_meant(self, dialog, workspace):
        dialog.findChild(QPushButton, "delete").click()
        with pytest.raises(IndexError):
            node_of(workspace.outline, "環境づくり")

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
    def test_enter_and_escape_leave_everything_as_it_is(self, dialog, workspace, qtbot, key):
        qtbot.keyClick(dialog, key)
        assert not dialog.isVisible()
        assert node_of(workspace.outline, "環境づくり")


class TestInUse:
    @pytest.fixture
    def dialog(self, qtbot, sample_file, clock):
        editing = opened(sample_file, clock, author="佐藤 一郎")
        with pytest.raises(InUseError) as raised:
            opened(sample_file, clock)
        yield shown(qtbot, InUseDialog(raised.value))
        editing.close()

    def test_names_who_and_since_when(self, dialog):
        assert "佐藤 一郎さん" in dialog.text()
        assert "令和8年11月23日" in dialog.text()

    def test_offers_to_read_meanwhile(self, dialog, qtbot):
        with qtbot.waitSignal(dialog.accepted):
            dialog.findChild(QPushButton, "read_only").click()

    def test_escape_opens_nothing(self, dialog, qtbot):
        with qtbot.assertNotEmitted(dialog.accepted):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


class TestPreferences:
    def test_gives_the_name_without_the_space_around_it(self, qtbot):
        dialog = shown(qtbot, PreferencesDialog("", "sato"))
        dialog.findChild(QLineEdit, "display_name").setText(" 佐藤　一郎 ")
        dialog.accept()
        assert dialog.display_name == "佐藤 一郎"

    def test_an_empty_name_means_that_of_the_system(self, qtbot):
        dialog = shown(qtbot, PreferencesDialog("佐藤", "sato"))
        name = dialog.findChild(QLineEdit, "display_name")
        name.clear()
        dialog.accept()
        assert dialog.display_name == ""
        assert name.placeholderText() == "sato"

    def test_a_name_that_is_too_long_is_refused(self, qtbot):
        dialog = shown(qtbot, PreferencesDialog("", "sato"))
        dialog.findChild(QLineEdit, "display_name").setText("名" * 51)
        dialog.accept()
        assert dialog.isVisible()


def test_about_names_the_version_and_every_licence(qtbot):
    dialog = shown(qtbot, AboutDialog())
    assert __version__ in dialog.findChild(QLabel, "version").text()
    listed = dialog.findChild(QTextBrowser, "libraries").toPlainText()
    for library in LIBRARIES:
        assert f"{library.name} — {library.licence}" in listed


def test_a_crash_is_told_with_the_place_of_the_log_and_can_be_copied(qtbot):
    log = Path("logs", "kyodo_desktop.log")
    dialog = shown(qtbot, CrashDialog("Traceback: ZeroDivisionError", log))
    assert dialog.findChild(QLabel, "log").text() == str(log)
    dialog.findChild(QPushButton, "copy").click()
    copied = QGuiApplication.clipboard().text()
    assert str(log) in copied
    assert "ZeroDivisionError" in copied


def test_the_history_of_the_plan_shows_what_was_deleted(qtbot, workspace):
    node = node_of(workspace.outline, "市民活動保険の導入")
    delete(workspace, [node])
    dialog = shown(qtbot, HistoryDialog(workspace))
    newest = dialog.findChild(QListView, "history").model().index(0, 0)
    assert "市民活動保険の導入" in newest.data()
