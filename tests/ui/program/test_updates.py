"""A newer version is looked for without disturbing anybody, and installed when that is meant."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)

from kyodo_desktop import __version__
from kyodo_desktop.paths import user_settings_file, user_update_folder
from kyodo_desktop.ui.settings import Settings
from kyodo_desktop.updating.policy import Policy
from tests.builders import action_of, opened
from tests.ui.driving import dialog, run, select, tree
from tests.updating.share import HOLDER, KEYS, STRANGERS_KEY, VERSION, publish

BOOTH = "市民活動ブースの設置"
# Stands in for Setup, and is started in earnest: it leaves behind what it was told.
SETUP = (
    b"import pathlib, sys; pathlib.Path(__file__, '../told.txt').resolve().write_text(sys.argv[1])"
)


# The program in a process of its own: it updates as soon as it can, and says when it has ended.
PROGRAM = """
import subprocess, sys
from PySide6.QtWidgets import QPushButton
from kyodo_desktop import app
from tests.updating.share import KEYS

def start(setup, source):
    subprocess.run([sys.executable, "-X", "utf8", setup.name, source], check=True)

def update():
    [entry] = [each for each in window.menuBar().actions() if each.objectName()]
    entry.trigger()
    window.findChild(QPushButton, "now").click()

application = app.prepared()
window = app.shown(None)
window.features.updates.offer.start_setup = start
window.features.updates.keys = KEYS
window.features.updates.ended.connect(update)
window.features.updates.check_silently()
print("ended", application.exec())
"""


@pytest.fixture
def window(new_window):
    return new_window


@pytest.fixture
def share(tmp_path, settings):
    """A shared folder with a newer version."""
    settings.update_folder = tmp_path / "share"
    return publish(tmp_path / "share", setup=SETUP)


@pytest.fixture
def started(empty_window):
    """The Setups that were started, which on this system are scripts."""
    processes = []

    def start(setup, source):
        command = [sys.executable, "-X", "utf8", setup.name, str(source)]
        processes.append(subprocess.Popen(command))

    empty_window.features.updates.offer.start_setup = start
    empty_window.features.updates.keys = KEYS
    yield processes
    for process in processes:
        process.wait()


@pytest.fixture
def look(empty_window, started, share, qtbot):
    """Look as the start of the program does, and wait for the end."""

    def look():
        with qtbot.waitSignal(empty_window.features.updates.ended):
            empty_window.features.updates.check_silently()

    return look


@pytest.fixture
def ask_for_look(empty_window, started, qtbot):
    """Look as the menu does, and wait for the answer."""

    def ask_for_look():
        with qtbot.waitSignal(empty_window.features.updates.ended):
            run(empty_window, "check_update")

    return ask_for_look


def entry(window) -> QAction | None:
    """Return the entry beside the menus that offers an update, if there is one."""
    return next((each for each in window.menuBar().actions() if each.objectName()), None)


def decide(window, name):
    """Open the offer and press one of its buttons."""
    entry(window).trigger()
    dialog(window).findChild(QPushButton, name).click()
    QApplication.processEvents()


def downloads():
    folder = user_update_folder()
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


class TestLookAtTheStart:
    def test_a_newer_version_is_offered_with_its_notes(self, empty_window, look):
        look()
        assert VERSION in entry(empty_window).text()
        entry(empty_window).trigger()
        offer = dialog(empty_window)
        assert "割合" in offer.findChild(QPlainTextEdit, "notes").toPlainText()
        offer.reject()

    def test_it_takes_nothing_from_whoever_is_typing_and_moves_nothing(self, window, look):
        window.editor.restore(QByteArray(b"details"))
        select(window, BOOTH)
        title = window.editor.findChild(QLineEdit, "action_title")
        title.setFocus()
        title.setText("市民活動ブースの移設")
        place = tree(window).mapToGlobal(tree(window).rect().topLeft())
        look()
        QApplication.processEvents()
        assert entry(window)
        assert title.hasFocus()
        assert tree(window).mapToGlobal(tree(window).rect().topLeft()) == place
        assert [each for each in window.findChildren(QDialog) if each.isVisible()] == []

    def test_the_version_that_is_running_is_not_offered(self, empty_window, look, share, caplog):
        publish(share, __version__)
        look()
        assert entry(empty_window) is None
        assert caplog.messages == []

    def test_a_skipped_version_is_not_offered_again_but_the_next_one_is(
        self, empty_window, look, share
    ):
        look()
        decide(empty_window, "skip")
        assert entry(empty_window) is None
        look()
        assert entry(empty_window) is None
        assert downloads() == []
        publish(share, "999.0.1")
        look()
        assert "999.0.1" in entry(empty_window).text()

    def test_next_time_means_that_it_stays_on_offer(self, empty_window, look, settings):
        look()
        decide(empty_window, "later")
        assert entry(empty_window)
        assert settings.skipped_version == ""

    @pytest.mark.parametrize(
        "changed",
        [
            {"sha256": "0" * 64},
            {"version": "newest"},
            {"notes": 7},
            {"notes": "本部からの連絡: すぐに更新してください。"},
            {"signature": "0" * 128},
            {"private": STRANGERS_KEY},
        ],
    )
    def test_what_is_wrong_is_one_line_in_the_log_and_nothing_else(
        self, empty_window, look, share, started, changed, caplog
    ):
        publish(share, **{"version": VERSION, **changed})
        look()
        assert len(caplog.messages) == 1
        assert str(share) in caplog.messages[0]
        assert entry(empty_window) is None
        assert downloads() == []
        assert started == []

    def test_a_share_that_is_gone_is_one_line_in_the_log(self, empty_window, look, share, caplog):
        share.rename(share.with_name("elsewhere"))
        look()
        assert len(caplog.messages) == 1
        assert entry(empty_window) is None

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no files that block")
    def test_a_share_that_does_not_answer_is_given_up_after_a_second(
        self, empty_window, look, share, caplog
    ):
        latest = share / "latest.json"
        answer = latest.read_bytes()
        latest.unlink()
        os.mkfifo(latest)
        look()
        assert len(caplog.messages) == 1
        assert entry(empty_window) is None
        latest.write_bytes(answer)  # lets the thread end; its answer comes too late
        for thread in threading.enumerate():
            if thread.name == "job":
                thread.join()
        QApplication.processEvents()
        assert entry(empty_window) is None
        assert downloads() == []

    def test_without_keys_there_is_no_look(self, empty_window, look, share, qtbot):
        empty_window.features.updates.keys = ()
        with qtbot.assertNotEmitted(empty_window.features.updates.ended):
            empty_window.features.updates.check_silently()

    def test_where_the_administrator_wants_no_updates_there_is_no_look_and_none_is_kept(
        self, empty_window, look, share, qtbot
    ):
        look()
        assert downloads() != []
        empty_window.features.updates.decided = lambda: Policy(updates=False)
        with qtbot.assertNotEmitted(empty_window.features.updates.ended):
            empty_window.features.updates.check_silently()
        assert downloads() == []

    def test_without_a_folder_there_is_no_look(self, empty_window, started, qtbot, settings):
        assert settings.update_folder is None
        with qtbot.assertNotEmitted(empty_window.features.updates.ended):
            empty_window.features.updates.check_silently()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has a Setup")
    def test_where_there_is_no_setup_there_is_no_look(self, empty_window, share, qtbot):
        with qtbot.assertNotEmitted(empty_window.features.updates.ended):
            empty_window.features.updates.check_silently()


class TestLookThatWasAskedFor:
    def test_a_newer_version_is_offered_at_once(self, empty_window, share, ask_for_look):
        ask_for_look()
        assert VERSION in dialog(empty_window).findChild(QLabel, "versions").text()
        dialog(empty_window).reject()
        assert entry(empty_window)

    def test_also_when_it_was_skipped(self, empty_window, share, ask_for_look, settings):
        settings.skipped_version = VERSION
        ask_for_look()
        assert dialog(empty_window).findChild(QPushButton, "now")
        dialog(empty_window).reject()

    def test_the_newest_version_is_told_to_be_that(self, empty_window, share, ask_for_look):
        publish(share, __version__)
        ask_for_look()
        assert "最新" in dialog(empty_window).text()
        dialog(empty_window).accept()

    def test_what_is_wrong_is_told(self, empty_window, share, ask_for_look):
        (share / f"KyodoDesktop-{VERSION}-Setup.exe").write_bytes(SETUP[::-1])
        ask_for_look()
        assert "中身" in dialog(empty_window).text()
        dialog(empty_window).accept()

    def test_a_share_that_is_gone_is_named(self, empty_window, share, ask_for_look):
        (share / "latest.json").unlink()
        ask_for_look()
        assert str(share) in dialog(empty_window).text()
        dialog(empty_window).accept()

    def test_the_folder_of_the_preferences_is_the_one_that_counts(
        self, empty_window, share, ask_for_look, tmp_path
    ):
        other = publish(tmp_path / "別の共有", "999.9.9")
        run(empty_window, "preferences")
        dialog(empty_window).findChild(QLineEdit, "update_folder").setText(str(other))
        dialog(empty_window).accept()
        ask_for_look()
        assert "999.9.9" in dialog(empty_window).findChild(QLabel, "versions").text()
        dialog(empty_window).reject()

    def test_what_is_not_signed_is_told_with_what_to_do(self, empty_window, share, ask_for_look):
        publish(share, private=STRANGERS_KEY)
        ask_for_look()
        assert "知らない鍵" in dialog(empty_window).text()
        assert "情報政策課に伝えて" in dialog(empty_window).text()
        dialog(empty_window).accept()

    def test_who_signed_it_is_told(self, empty_window, share, ask_for_look):
        ask_for_look()
        assert HOLDER in dialog(empty_window).findChild(QLabel, "signer").text()
        dialog(empty_window).reject()

    def test_a_program_without_keys_says_that_it_takes_no_update(
        self, empty_window, share, ask_for_look
    ):
        empty_window.features.updates.keys = ()
        ask_for_look()
        assert "鍵が入っていない" in dialog(empty_window).text()
        dialog(empty_window).accept()

    def test_the_folder_of_the_administrator_goes_before_that_of_the_preferences(
        self, empty_window, share, ask_for_look, tmp_path
    ):
        other = publish(tmp_path / "管理者の共有", "999.9.9")
        empty_window.features.updates.decided = lambda: Policy(folder=other)
        ask_for_look()
        assert "999.9.9" in dialog(empty_window).findChild(QLabel, "versions").text()
        dialog(empty_window).reject()

    def test_that_the_administrator_wants_no_updates_is_told(
        self, empty_window, share, ask_for_look
    ):
        empty_window.features.updates.decided = lambda: Policy(updates=False)
        ask_for_look()
        assert "管理者の設定" in dialog(empty_window).text()
        dialog(empty_window).accept()

    def test_without_a_folder_the_way_to_one_is_told(self, empty_window, ask_for_look):
        ask_for_look()
        assert "環境設定" in dialog(empty_window).text()
        dialog(empty_window).accept()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has a Setup")
    def test_where_there_is_no_setup_that_is_told(self, empty_window, share):
        run(empty_window, "check_update")
        assert "Windows" in dialog(empty_window).text()
        dialog(empty_window).accept()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no files that block")
    def test_a_share_that_does_not_answer_can_be_left_at_once(
        self, empty_window, share, started, qtbot
    ):
        latest = share / "latest.json"
        latest.unlink()
        os.mkfifo(latest)
        run(empty_window, "check_update")
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        with qtbot.waitSignal(empty_window.features.updates.ended):
            qtbot.keyClick(dialog(empty_window), Qt.Key.Key_Escape)
        assert [each for each in empty_window.findChildren(QDialog) if each.isVisible()] == []
        latest.write_bytes(b"")


class TestInstalling:
    def test_the_window_closes_and_setup_is_told_where_it_came_from(
        self, window, look, share, started
    ):
        look()
        decide(window, "now")
        assert not window.isVisible()
        assert window.plan is None
        assert started[0].wait() == 0
        assert (user_update_folder() / "told.txt").read_text(encoding="utf-8") == str(share)

    def test_the_program_ends_so_that_setup_can_replace_it(self, share):
        remembered = Settings(user_settings_file())
        remembered.update_folder = share
        remembered.save()
        command = [sys.executable, "-c", PROGRAM]
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        assert run.stdout.split() == ["ended", "0"]
        assert (user_update_folder() / "told.txt").read_text(encoding="utf-8") == str(share)

    def test_text_being_typed_is_saved_before(self, window, look, started, sample_file, clock):
        look()
        window.editor.restore(QByteArray(b"details"))
        select(window, BOOTH)
        title = window.editor.findChild(QLineEdit, "action_title")
        title.setFocus()
        title.setText("市民活動ブースの移設")
        decide(window, "now")
        plan = opened(sample_file, clock)
        assert action_of(plan.workspace.outline, "市民活動ブースの移設")
        plan.close()

    def test_nothing_runs_while_something_cannot_be_saved(self, window, look, started):
        look()
        select(window, BOOTH)
        due = window.editor.findChild(QLineEdit, "due")
        due.setFocus()
        due.setText("来年あたり")
        decide(window, "now")
        assert window.isVisible()
        dialog(window).reject()
        assert started == []
        due.setText("")

    def test_a_setup_that_was_changed_meanwhile_does_not_run(self, window, look, started):
        look()
        (user_update_folder() / f"KyodoDesktop-{VERSION}-Setup.exe").write_bytes(SETUP[::-1])
        decide(window, "now")
        assert started == []
        assert "中身" in dialog(window).text()
        dialog(window).accept()

    def test_a_setup_that_does_not_start_is_told_in_the_window_with_its_plan(
        self, window, look, sample_file
    ):
        def refuse(setup, source):
            raise PermissionError(13, "許可されていません", str(setup))

        look()
        window.features.updates.offer.start_setup = refuse
        decide(window, "now")
        assert window.isVisible()
        assert window.plan.path == sample_file
        question = dialog(window)
        assert isinstance(question, QMessageBox)
        assert "許可されていません" in question.text()
        question.accept()
        assert QApplication.quitOnLastWindowClosed()
