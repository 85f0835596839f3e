"""The folder that is proposed first is one where people keep things."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QLineEdit

from kyodo_desktop.paths import user_data_folder
from kyodo_desktop.ui.asking import documents, first_folder
from tests.ui.driving import choose_file, dialog, run


@pytest.fixture
def hidden_plan(window, sample_file):
    """The sample where the program keeps it for the user: on Windows in AppData."""
    user_data_folder().mkdir(parents=True)
    path = shutil.copy(sample_file, user_data_folder() / "サンプル.kyodo")
    assert window.files.open(path)
    return path


def proposed(window, command):
    """Return the folder that the file dialog of a command begins with."""
    run(window, command)
    if command != "export_data":
        dialog(window).accept()
    folder = Path(dialog(window).selectedFiles()[0]).parent
    dialog(window).reject()
    if command == "export":
        dialog(window).reject()  # what asked for the file is still there
    return folder


@pytest.mark.parametrize("command", ["export", "export_data"])
def test_what_goes_out_of_the_programs_own_folder_goes_to_the_documents(
    window, hidden_plan, command
):
    assert proposed(window, command) == documents()


@pytest.mark.parametrize("command", ["export", "export_data"])
def test_a_plan_in_a_folder_of_ones_own_has_its_report_beside_it(window, tmp_path, command):
    assert proposed(window, command) == tmp_path


@pytest.mark.parametrize("command", ["export", "export_data"])
def test_the_folder_of_last_time_comes_first_as_long_as_it_is_there(
    window, hidden_plan, tmp_path, qtbot, command
):
    (tmp_path / "報告").mkdir()
    run(window, "export_data")
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "報告" / "a.csv")
    assert proposed(window, command) == tmp_path / "報告"
    shutil.rmtree(tmp_path / "報告")
    assert proposed(window, command) == documents()


def test_a_new_plan_is_kept_in_the_documents_not_beside_the_sample(window, hidden_plan):
    window.settings._store.remove("recent_files")
    window.settings.remember_file(hidden_plan)
    run(window, "new")
    dialog(window).findChild(QLineEdit, "title").setText("計画")
    assert proposed_now(window) == documents()


def proposed_now(window):
    dialog(window).accept()
    folder = Path(dialog(window).selectedFiles()[0]).parent
    dialog(window).reject()
    return folder


def test_a_folder_of_ours_is_never_proposed_even_if_it_was_remembered(own_home, tmp_path):
    user_data_folder().mkdir(parents=True)
    known = (None, "", str(user_data_folder()), tmp_path / "なし", tmp_path)
    assert first_folder(known) == tmp_path


def test_without_a_folder_for_documents_it_is_the_home():
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert documents() == (Path(place) if Path(place).is_dir() else Path.home())
