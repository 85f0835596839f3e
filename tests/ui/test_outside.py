"""Files that were written are opened by other programs, and it is told when none does."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton

from kyodo_desktop.pages.options import LISTING, ReportOptions
from kyodo_desktop.services import progress
from kyodo_desktop.ui.outside import selecting
from kyodo_desktop.ui.program.crash_dialog import CrashDialog
from tests.ui.driving import choose_file, dialog, run

nothing_opens_files = pytest.mark.qt_log_ignore("does not support QPlatformServices")


def button(window, name):
    (found,) = window.toast.findChildren(QPushButton, name)
    return found


@pytest.fixture
def export(window, qtbot):
    def export(path, *, open_afterwards=False):
        options = ReportOptions(parts=(LISTING,))
        with qtbot.waitSignal(window.features.exports.ended):
            window.features.exports.export([path], options, open_afterwards=open_afterwards)
        with qtbot.waitActive(window):
            window.activateWindow()  # as systems do when the dialog of a slow export has gone

    return export


def test_what_was_exported_can_be_opened_and_shown_in_its_folder(
    window, export, opened_outside, tmp_path
):
    export(tmp_path / "報告, 1.xlsx")
    button(window, "open_exported").click()
    button(window, "open_exported_folder").click()
    assert opened_outside == [tmp_path / "報告, 1.xlsx", tmp_path]


def test_the_buttons_can_be_reached_by_the_keyboard_and_take_no_letter(window, export, tmp_path):
    export(tmp_path / "a.xlsx")
    for name in ("open_exported", "open_exported_folder"):
        assert button(window, name).isVisible()
        assert "&" not in button(window, name).text()
        button(window, name).setFocus()
        assert button(window, name).hasFocus()


def test_the_buttons_go_with_the_message(window, export, tmp_path):
    export(tmp_path / "a.xlsx")
    progress.set_status(window.plan.workspace, [1], 1)
    assert not window.toast.isVisible()
    window.toast.show_info("別のお知らせ")
    assert not button(window, "open_exported").isVisible()
    assert not button(window, "open_exported_folder").isVisible()


def test_a_report_is_opened_afterwards_if_that_is_chosen(window, export, opened_outside, tmp_path):
    export(tmp_path / "a.xlsx", open_afterwards=True)
    assert opened_outside == [tmp_path / "a.xlsx"]
    assert "出力しました" in window.toast.text


@nothing_opens_files
def test_when_nothing_can_open_a_report_it_is_told_with_its_place(window, export, tmp_path):
    export(tmp_path / "a.xlsx", open_afterwards=True)
    assert "出力しました" in window.toast.text
    assert "開けるプログラムが見つかりません" in window.toast.text
    assert str(tmp_path / "a.xlsx") in window.toast.text
    button(window, "open_exported_folder").click()
    assert "フォルダーを開けません" in window.toast.text


def test_a_file_that_is_gone_meanwhile_is_told(window, export, opened_outside, tmp_path):
    for name in ("open_exported", "open_exported_folder"):
        export(tmp_path / "a.xlsx")
        (tmp_path / "a.xlsx").unlink()
        button(window, name).click()
        assert "見つかりません" in window.toast.text
        assert not button(window, name).isVisible()
    assert opened_outside == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_exported_data_can_be_opened_too(window, qtbot, opened_outside, tmp_path, name):
    run(window, "export_data")
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / name)
    button(window, "open_exported").click()
    assert opened_outside == [tmp_path / name]


@nothing_opens_files
def test_a_folder_that_cannot_be_shown_is_told(window):
    run(window, "open_logs")
    assert "フォルダーを開けません" in dialog(window).text()


@nothing_opens_files
def test_after_a_crash_the_place_of_the_log_stays_readable(qtbot, tmp_path):
    (tmp_path / "kyodo.log").touch()
    shown = CrashDialog("ZeroDivisionError", tmp_path / "kyodo.log")
    qtbot.addWidget(shown)
    shown.findChild(QPushButton, "open_log_folder").click()
    assert "フォルダーを開けません" in shown.findChild(type(shown._place), "log").text()
    assert str(tmp_path) in shown.findChild(type(shown._place), "log").text()


@nothing_opens_files
def test_the_manual_says_that_there_is_no_browser(window):
    run(window, "manual")
    manual = dialog(window)
    manual.browser.anchorClicked.emit(QUrl("https://example.jp/"))
    boxes = [each for each in manual.children() if hasattr(each, "informativeText")]
    assert "https://example.jp/" in boxes[0].text()
    boxes[0].accept()
    manual.close()


@pytest.mark.parametrize(
    "path", [r"C:\照会, 平成27年度\a b.xlsx", r"\\server\共有\a,b.xlsx"]
)  # fmt: skip
def test_explorer_takes_a_name_with_commas_and_spaces_as_one(path):
    assert selecting(PureWindowsPath(path)) == f'/select,"{path}"'


def test_a_folder_is_shown_itself(window, opened_outside, tmp_path):
    window.toast.show_file_info("作りました。", tmp_path)
    assert not button(window, "open_exported").isVisible()
    button(window, "open_exported_folder").click()
    assert opened_outside == [Path(tmp_path)]
