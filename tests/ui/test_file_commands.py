"""Opening, making, restoring and closing plans in the window."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QTreeWidget

from kyodo_desktop.paths import user_data_folder
from kyodo_desktop.services import progress
from tests.builders import action_of, marks, opened
from tests.ui.driving import choose_file, dialog, outline, run, select, tree


@pytest.fixture
def window(new_window):
    return new_window


def test_the_sample_opens_in_a_copy_that_is_kept(empty_window):
    empty_window.start_page.sample_requested.emit()
    assert len(marks(outline(empty_window))) == 34
    assert empty_window.plan.path.parent == user_data_folder()
    progress.set_status(empty_window.plan.workspace, [1], 1)
    empty_window.files.close_plan()
    empty_window.files.open_sample()
    assert marks(outline(empty_window))[0] == "✓"


def test_a_new_plan_needs_a_title_and_a_place(empty_window, tmp_path):
    run(empty_window, "new")
    form = dialog(empty_window)
    form.findChild(QLineEdit, "title").setText("男女共同参画計画")
    form.accept()
    choose_file(empty_window, tmp_path / "計画.kyodo")
    assert outline(empty_window).plan.title == "男女共同参画計画"
    assert [each.name for each in outline(empty_window).terms.values()] == ["前期", "後期"]


def test_in_a_new_plan_what_is_added_first_is_seen(empty_window, tmp_path, qtbot):
    run(empty_window, "new")
    dialog(empty_window).findChild(QLineEdit, "title").setText("男女共同参画計画")
    dialog(empty_window).accept()
    choose_file(empty_window, tmp_path / "計画.kyodo")
    view, commands = tree(empty_window), empty_window.actions_by_name
    qtbot.waitUntil(commands["add_heading"].isEnabled)  # something is chosen by itself
    for command in ("add_heading", "add_action"):
        run(empty_window, command)
        QApplication.processEvents()
        row = view.visualRect(view.currentIndex())
        assert row.height() > 0
        assert view.viewport().rect().contains(row.center())


def test_a_file_that_is_not_ours_is_told_and_the_present_plan_stays(window, tmp_path):
    other = tmp_path / "メモ.kyodo"
    other.write_text("これは計画ではありません", encoding="utf-8")
    assert not window.files.open(other)
    box = dialog(window)
    assert isinstance(box, QMessageBox)
    assert "計画のファイル" in box.text()
    box.accept()
    assert window.plan is not None
    assert window.tree.isVisible()


def test_a_plan_open_elsewhere_is_offered_for_reading(empty_window, sample_file, clock):
    elsewhere = opened(sample_file, clock, author="佐藤 一郎")
    assert not empty_window.files.open(sample_file)
    question = dialog(empty_window)
    assert "佐藤 一郎" in question.text()
    question.accept()
    assert empty_window.plan.workspace.read_only_because
    elsewhere.close()


def test_the_same_plan_can_be_opened_again(window, sample_file):
    assert window.files.open(sample_file)
    assert not window.plan.workspace.read_only_because


def test_restoring_keeps_the_present_file_and_says_where(window):
    workspace = window.plan.workspace
    progress.set_status(workspace, [action_of(workspace.outline, "市民活動ブースの設置")], 1)
    run(window, "restore")
    chooser = dialog(window)
    backups = chooser.findChild(QTreeWidget)
    backups.setCurrentItem(backups.topLevelItem(0))
    chooser.accept()
    assert marks(outline(window))[0] == "◇"
    assert "復元前" in window.message_bar.text


def test_closing_lets_go_of_the_file(window, sample_file, clock):
    select(window, "市民活動ブースの設置")
    run(window, "close_plan")
    assert empty_page_is_shown(window)
    opened(sample_file, clock).close()


def empty_page_is_shown(window):
    return window.start_page.isVisible() and window.plan is None


def test_an_input_that_cannot_be_saved_keeps_its_plan_open(window, tmp_path):
    select(window, "市民活動ブースの設置")
    due = window.editor.findChild(QLineEdit, "due")
    due.setFocus()
    due.setText("来年あたり")
    run(window, "close_plan")
    assert window.plan is not None
    assert due.text() == "来年あたり"
    due.clear()


def test_the_plan_in_a_strange_file_is_taken_out_of_it_and_opened(window, sample_file, tmp_path):
    strange, target = tmp_path / "変な計画.kyodo", tmp_path / "移した計画.kyodo"
    shutil.copy(sample_file, strange)
    with closing(sqlite3.connect(strange)) as connection:
        connection.execute("CREATE VIEW v AS SELECT 1")
    assert not window.files.open(strange)
    question = dialog(window)
    assert "ビュー「v」" in question.text()
    question.accept()
    choose_file(window, target)
    assert window.plan.path == target
    assert len(marks(outline(window))) == 34
    assert "元のファイルはそのまま" in window.message_bar.text
    assert strange.exists()
