"""Opening, making, restoring and closing plans in the window."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QTreeWidget

from kyodo_desktop.paths import user_data_folder
from kyodo_desktop.services import progress
from kyodo_desktop.store.backup import folder_of
from tests.builders import action_of, marks, opened
from tests.ui.driving import choose_file, dialog, outline, run, select, tree
from tests.ui.screens import dialogs


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
    assert "復元前" in window.toast.text


def test_a_copy_is_made_now_and_told_with_its_place(window):
    run(window, "back_up_now")
    (made,) = folder_of(window.plan.path).glob("*_手動.kyodo")
    assert f"バックアップを「{made}」に作りました" in window.toast.text


def test_a_copy_of_a_plan_that_is_read_only_is_saved_and_the_plan_stays(window, tmp_path, clock):
    window.files.open(window.plan.path, read_only=True)
    run(window, "save_copy_as")
    choose_file(window, tmp_path / "控え.kyodo")
    assert f"「{tmp_path / '控え.kyodo'}」に保存しました" in window.toast.text
    assert window.plan.path.name == "富里市.kyodo"
    opened(tmp_path / "控え.kyodo", clock).close()


@pytest.mark.parametrize(
    ("name", "told"), [("富里市.kyodo", "現在開いている計画"), ("長" * 90, "名前が長すぎる")]
)
def test_a_copy_that_cannot_be_saved_is_told(window, tmp_path, name, told):
    run(window, "save_copy_as")
    choose_file(window, tmp_path / name)
    assert told in dialog(window).text()
    dialog(window).accept()


def make_new(window, path):
    described(window).accept()
    choose_file(window, path)


def described(window):
    run(window, "new")
    dialog(window).findChild(QLineEdit, "title").setText("男女共同参画計画")
    return dialog(window)


def test_a_new_plan_over_another_keeps_that_and_says_where(window, sample_file):
    make_new(window, sample_file)
    assert outline(window).plan.title == "男女共同参画計画"
    (kept,) = folder_of(sample_file).glob("*_置換前.kyodo")
    assert f"「{kept}」に残してあります" in window.toast.text


def test_a_new_plan_over_what_is_no_plan_or_with_an_impossible_name_is_told(window, tmp_path):
    (tmp_path / "メモ.kyodo").write_text("大事")
    names = {"メモ.kyodo": "計画ではないファイル", f"{'長' * 90}.kyodo": "名前が長すぎる"}
    asked = described(window)
    for name, told in names.items():
        asked.accept()
        choose_file(window, tmp_path / name)
        assert told in dialog(window).text()
        dialog(window).accept()
        assert dialog(window) is asked
        assert asked.plan.title == "男女共同参画計画"
    assert (tmp_path / "メモ.kyodo").read_text() == "大事"


def test_who_chooses_no_place_for_a_new_plan_is_back_at_its_description(window, tmp_path):
    asked = described(window)
    asked.accept()
    dialog(window).reject()
    assert dialog(window) is asked
    assert asked.plan.title == "男女共同参画計画"
    asked.accept()
    choose_file(window, tmp_path / "計画.kyodo")
    assert outline(window).plan.title == "男女共同参画計画"
    assert dialogs(window) == []


def test_a_backup_that_cannot_be_restored_leaves_the_plan_open_and_the_choice(window):
    path = window.plan.path
    run(window, "restore")
    chooser = dialog(window)
    backups = chooser.findChild(QTreeWidget)
    backups.setCurrentItem(backups.topLevelItem(0))
    chosen = chooser.chosen
    kept = chosen.read_bytes()
    chosen.write_bytes(b"broken")
    chooser.accept()
    assert isinstance(dialog(window), QMessageBox)
    dialog(window).accept()
    assert dialog(window) is chooser
    assert window.plan.path == path
    assert not window.plan.workspace.read_only_because
    chosen.write_bytes(kept)
    chooser.accept()
    assert not chooser.isVisible()
    assert "復元前" in window.toast.text


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
    assert "元のファイルはそのまま" in window.toast.text
    assert strange.exists()
