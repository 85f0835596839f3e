"""データの書き出し from the window."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QPushButton

from kyodo_desktop.excel.data_book import is_ours, read_export
from kyodo_desktop.services.interchange import whole_plan
from tests.ui.driving import choose_file, dialog, run


@pytest.fixture
def export(window, qtbot):
    """Choose the command and a place, and wait for the end."""

    def export(path):
        run(window, "export_data")
        with qtbot.waitSignal(window.features.exports.ended):
            choose_file(window, path)

    return export


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.json"])
def test_the_whole_plan_is_written_in_the_form_that_the_name_asks_for(
    window, export, tmp_path, name
):
    export(tmp_path / name)
    assert is_ours(tmp_path / name)
    written = read_export(tmp_path / name).tables["action"]
    assert written == whole_plan(window.plan.path).tables["action"]
    assert f"「{name}」に書き出しました。" in window.toast.text
    assert str(tmp_path / name) in window.toast.toolTip()


def test_the_ending_follows_the_kind(window, tmp_path):
    run(window, "export_data")
    chooser = dialog(window)
    assert chooser.selectedFiles()[0].endswith("_データ.xlsx")
    for kind in chooser.nameFilters():
        chooser.selectNameFilter(kind)
        chooser.filterSelected.emit(kind)
        assert chooser.selectedFiles()[0].endswith(kind[-6:].strip("(*)"))
    chooser.reject()


def test_a_place_that_cannot_be_written_to_is_told_and_another_one_asked_for(
    window, export, qtbot, tmp_path
):
    (tmp_path / "a.csv").mkdir()
    export(tmp_path / "a.csv")
    question = dialog(window)
    assert "a.csv" in question.informativeText()
    question.findChild(QPushButton, "other_name").click()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "b.csv")
    assert is_ours(tmp_path / "b.csv")


def test_an_export_is_brought_back_and_opened(window, export, qtbot, tmp_path, sample_master):
    export(tmp_path / "a.csv")
    before = whole_plan(window.plan.path).tables
    shutil.copy(sample_master, tmp_path / "戻した計画.kyodo")
    run(window, "import_table")
    choose_file(window, tmp_path / "a.csv")
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "戻した計画.kyodo")
    assert window.plan.path == tmp_path / "戻した計画.kyodo"
    assert whole_plan(window.plan.path).tables == before
    assert "a.csv" in window.toast.text
    assert "置換前.kyodo」に残してあります" in window.toast.text


def test_an_export_that_does_not_fit_is_told_and_the_plan_stays(window, export, qtbot, tmp_path):
    path = window.plan.path
    export(tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    (tmp_path / "a.json").write_text(text[:-20], encoding="utf-8")
    with qtbot.waitSignal(window.features.exports.ended):
        window.features.exports.bring_back(tmp_path / "a.json", tmp_path / "b.kyodo")
    assert "JSONとして読み取れません" in dialog(window).text()
    assert window.plan.path == path
    assert not (tmp_path / "b.kyodo").exists()
