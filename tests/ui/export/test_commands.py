"""Excel出力 from the window."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QPushButton

from kyodo_desktop.pages.options import ReportOptions
from tests.ui.driving import choose_file, dialog, run


@pytest.fixture
def export(window, qtbot):
    """Export without the dialogs, and wait for the end."""

    def export(path, options=None):
        with qtbot.waitSignal(window.features.exports.ended):
            window.features.exports.export(path, options or ReportOptions(), open_afterwards=False)

    return export


def test_the_dialogs_lead_to_a_workbook(window, qtbot, tmp_path):
    run(window, "export")
    dialog(window)._open_afterwards.setChecked(False)
    dialog(window).accept()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "報告.xlsx")
    assert "進捗状況一覧" in load_workbook(tmp_path / "報告.xlsx").sheetnames
    assert "報告.xlsx" in window.toast.text


def test_the_choices_are_remembered(window, qtbot, tmp_path):
    run(window, "export")
    for name, box in dialog(window)._sheets.items():
        box.setChecked(name == "進捗状況一覧")
    dialog(window)._font.setCurrentText("メイリオ")
    dialog(window)._open_afterwards.setChecked(False)
    dialog(window).accept()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "a.xlsx")
    run(window, "export")
    chosen = dialog(window).options
    dialog(window).reject()
    assert (chosen.parts, chosen.font) == (("進捗状況一覧",), "メイリオ")


def test_the_history_goes_to_a_workbook_of_its_own(window, qtbot, tmp_path):
    run(window, "history")
    window.features.exports._remember(open_afterwards=False)
    window.findChild(QPushButton, "export_history").click()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "履歴.xlsx")
    assert load_workbook(tmp_path / "履歴.xlsx").sheetnames == ["変更の履歴"]
    assert window.settings.report.get("parts") is None


def test_a_target_that_cannot_be_replaced_is_told_and_another_name_offered(
    window, export, qtbot, tmp_path
):
    target = tmp_path / "報告.xlsx"
    target.mkdir()
    export(target)
    question = dialog(window)
    assert "報告.xlsx" in question.informativeText()
    question.findChild(QPushButton, "other_name").click()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "別名.xlsx")
    assert (tmp_path / "別名.xlsx").is_file()
