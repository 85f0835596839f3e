"""Dialogs that ask or tell one thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
)

from kyodo_desktop import __version__
from kyodo_desktop.licences import libraries, texts
from kyodo_desktop.services.files import InUseError
from kyodo_desktop.services.removing import delete, preview_deletion
from kyodo_desktop.ui.asking import DeleteDialog
from kyodo_desktop.ui.files.dialogs import InUseDialog
from kyodo_desktop.ui.program.crash_dialog import CrashDialog
from kyodo_desktop.ui.program.dialogs import (
    AboutDialog,
    LicenceTextDialog,
    Preferences,
    PreferencesDialog,
    UpdateDialog,
)
from kyodo_desktop.ui.rounds.dialogs import ReopenRoundDialog
from kyodo_desktop.ui.widgets.forms import FormField
from kyodo_desktop.updating.keys import ReleaseKey
from kyodo_desktop.updating.policy import Policy
from kyodo_desktop.updating.release import Release
from tests.builders import node_of, opened
from tests.ui.looking import misread

KEY = ReleaseKey("富里市 情報政策課", bytes(32))
RELEASE = Release("0.2.0", 1, "0" * 64, "・<b>集計</b>を直しました。", KEY)


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


class TestDelete:
    @pytest.fixture
    def dialog(self, qtbot, workspace):
        node = node_of(workspace.outline, "環境づくり")
        sentence = preview_deletion(workspace, [node]).sentence
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


@pytest.mark.parametrize(
    ("make", "first"),
    [
        (lambda: ReopenRoundDialog("平成27年度"), "reason"),
        (lambda: PreferencesDialog(Preferences("", None), "sato", None), "display_name"),
    ],
)
def test_a_form_opens_with_the_cursor_in_its_first_field(qtbot, make, first):
    assert shown(qtbot, make()).focusWidget().objectName() == first


class TestPreferences:
    @pytest.fixture
    def installed_from(self, tmp_path):
        return tmp_path / "配布"

    @pytest.fixture
    def dialog(self, qtbot, installed_from):
        return shown(qtbot, PreferencesDialog(Preferences("佐藤", None), "sato", installed_from))

    @pytest.fixture
    def name(self, dialog):
        return dialog.findChild(QLineEdit, "display_name")

    @pytest.fixture
    def folder(self, dialog):
        return dialog.findChild(QLineEdit, "update_folder")

    def test_gives_the_name_without_the_space_around_it(self, dialog, name):
        name.setText(" 佐藤　一郎 ")
        dialog.accept()
        assert dialog.preferences.display_name == "佐藤 一郎"

    def test_an_empty_name_means_that_of_the_system(self, dialog, name):
        name.clear()
        dialog.accept()
        assert dialog.preferences.display_name == ""
        assert name.placeholderText() == "sato"

    def test_a_name_that_is_too_long_is_refused(self, dialog, name):
        name.setText("名" * 51)
        dialog.accept()
        assert dialog.isVisible()

    def test_no_folder_means_that_of_the_installation(self, dialog, folder, installed_from):
        dialog.accept()
        assert dialog.preferences.update_folder is None
        assert folder.placeholderText() == str(installed_from)

    def test_a_folder_may_be_pasted_as_explorer_copies_it(self, dialog, folder, tmp_path):
        folder.setText(f' "{tmp_path}" ')
        dialog.accept()
        assert dialog.preferences.update_folder == tmp_path

    def test_a_folder_can_be_chosen(self, dialog, folder, tmp_path):
        dialog.findChild(QPushButton, "browse").click()
        browser = dialog.findChild(QFileDialog)
        browser.fileSelected.emit(str(tmp_path))
        browser.reject()
        assert folder.text() == str(tmp_path)

    def test_a_folder_that_lies_somewhere_is_refused_at_its_field(self, dialog, folder):
        folder.setText("更新")
        dialog.accept()
        assert dialog.isVisible()
        assert [each.names for each in dialog.findChildren(FormField) if each.error] == [
            ("更新を探すフォルダー",)
        ]


class TestPreferencesThatTheAdministratorDecided:
    @pytest.fixture
    def chosen(self, tmp_path):
        """What the user had chosen before."""
        return Preferences("佐藤", tmp_path / "前の共有")

    @pytest.fixture
    def expect_shut(self, qtbot, chosen):
        """Show the dialog, expect that nothing can be chosen, and return what it says."""

        def expect_shut(policy, shown_folder):
            dialog = shown(qtbot, PreferencesDialog(chosen, "sato", policy=policy))
            folder = dialog.findChild(QLineEdit, "update_folder")
            assert not folder.isEnabled()
            assert not dialog.findChild(QPushButton, "browse").isEnabled()
            assert folder.text() == shown_folder
            dialog.accept()
            assert dialog.preferences == chosen  # for the day on which it is his choice again
            return dialog.findChild(QLabel, "about_update_folder").text()

        return expect_shut

    def test_the_folder_that_was_decided_is_shown_and_who_decided(self, expect_shut, tmp_path):
        share = tmp_path / "配布"
        assert "管理者の設定" in expect_shut(Policy(folder=share), str(share))

    def test_that_there_are_no_updates_is_told(self, expect_shut):
        assert "更新は行いません" in expect_shut(Policy(updates=False), "")

    def test_what_is_not_decided_is_left_to_the_user(self, qtbot, chosen):
        dialog = shown(qtbot, PreferencesDialog(chosen, "sato", policy=Policy()))
        assert dialog.findChild(QLineEdit, "update_folder").isEnabled()


class TestUpdate:
    @pytest.fixture
    def dialog(self, qtbot):
        return shown(qtbot, UpdateDialog("0.1.0", RELEASE))

    def test_shows_both_versions_and_the_notes_as_they_are(self, dialog):
        versions = dialog.findChild(QLabel, "versions").text()
        assert versions.index("0.1.0") < versions.index("0.2.0")
        notes = dialog.findChild(QPlainTextEdit, "notes")
        assert notes.toPlainText() == "・<b>集計</b>を直しました。"
        assert notes.isReadOnly()

    def test_it_says_who_signed_that_version(self, dialog):
        signer = dialog.findChild(QLabel, "signer")
        assert "署名を確かめました" in signer.text()
        assert f"{KEY.holder}が出した" in signer.text()
        assert KEY.name in signer.text()
        assert signer.textFormat() == Qt.TextFormat.PlainText

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
    def test_enter_and_escape_change_nothing(self, dialog, qtbot, key):
        with (
            qtbot.assertNotEmitted(dialog.accepted),
            qtbot.assertNotEmitted(dialog.skipped),
        ):
            qtbot.keyClick(dialog, key)
        assert not dialog.isVisible()

    def test_enter_in_the_notes_changes_nothing_either(self, dialog, qtbot):
        with qtbot.assertNotEmitted(dialog.accepted):
            qtbot.keyClick(dialog.findChild(QPlainTextEdit, "notes"), Qt.Key.Key_Return)

    def test_skipping_is_told_and_installs_nothing(self, dialog, qtbot):
        with qtbot.assertNotEmitted(dialog.accepted), qtbot.waitSignal(dialog.skipped):
            dialog.findChild(QPushButton, "skip").click()
        assert not dialog.isVisible()

    def test_without_notes_it_says_so(self, qtbot):
        dialog = shown(qtbot, UpdateDialog("0.1.0", RELEASE._replace(notes="")))
        assert "ありません" in dialog.findChild(QPlainTextEdit, "notes").toPlainText()


def test_about_names_the_version_and_every_licence(qtbot):
    dialog = shown(qtbot, AboutDialog())
    assert __version__ in dialog.findChild(QLabel, "version").text()
    listed = dialog.findChild(QTextBrowser, "libraries").toPlainText()
    for library in libraries():
        assert f"{library.name} — {library.licence}" in listed


def test_about_shows_every_text_of_a_licence(qtbot):
    dialog = shown(qtbot, AboutDialog())
    listed = dialog.findChild(QTextBrowser, "libraries")
    links = re.findall(r'href="(file:[^"]+)"', listed.toHtml())
    assert len(set(links)) == len({path for each in libraries() for path in texts(each)}) + 1
    listed.anchorClicked.emit(QUrl(next(link for link in links if "Visual-C++" in link)))
    text = dialog.findChild(LicenceTextDialog).findChild(QPlainTextEdit, "text")
    assert "Microsoft Distributable Code" in text.toPlainText()


def test_a_crash_is_told_with_the_place_of_the_log_and_can_be_copied(qtbot):
    log = Path("logs", "kyodo_desktop.log")
    dialog = shown(qtbot, CrashDialog("Traceback: ZeroDivisionError", log))
    assert not misread(dialog)
    assert dialog.findChild(QLabel, "log").text() == str(log)
    dialog.findChild(QPushButton, "copy").click()
    copied = QGuiApplication.clipboard().text()
    assert str(log) in copied
    assert "ZeroDivisionError" in copied
