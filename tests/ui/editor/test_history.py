"""履歴: everything that was done, and a way to take it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListView

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.services import progress
from kyodo_desktop.ui.editor.history import PAGE, HistoryModel, HistoryView
from tests import edits
from tests.builders import action_of, opened

TITLE = "市民活動支援基金の創設"


@pytest.fixture
def action_id(workspace):
    return action_of(workspace.outline, TITLE)


@pytest.fixture
def view(qtbot, workspace, action_id):
    progress.set_status(workspace, [action_id], 1)
    edits.set_note(workspace, action_id, "備考です")
    view = HistoryView()
    qtbot.addWidget(view)
    view.show_history(workspace, action_id)
    view.show()
    return view


@pytest.fixture
def shown(view):
    """Return the entries as they are read."""
    return lambda: [view._model.text(row) for row in range(view._model.rowCount())]


@pytest.fixture
def owner(qapp):
    return QObject()


def choose(view, row):
    entries = view.findChild(QListView, "history")
    entries.setCurrentIndex(entries.model().index(row))


def revert_operation(view):
    view.findChild(object, "revert_operation").click()


def test_the_newest_comes_first_with_when_who_what_old_and_new(shown):
    newest, before = shown()
    assert newest.split("\n") == [
        "令和8年11月23日 18:00　市民 花子",
        "備考を入力",
        "実行計画の備考：（空） → 備考です",
    ]
    assert before.split("\n")[1:] == [
        "状態を「✓ 完了」に変更",
        "進捗状況の状態：・ 継続中 → ✓ 完了",
    ]


def test_long_texts_stand_under_each_other(view, shown, workspace, action_id):
    edits.set_note(workspace, action_id, "長い備考です。" * 10)
    view.refresh()
    assert shown()[0].split("\n")[-1].startswith("→ 長い備考です。")


def test_a_row_that_was_added_is_described(view, shown, workspace, action_id):
    progress.add_line(workspace, action_id, "三行目")
    view.refresh()
    assert shown()[0].split("\n")[-1] == "進捗状況を追加：三行目"


def test_a_change_is_taken_back(view, shown, workspace, action_id):
    choose(view, 1)
    revert_operation(view)
    assert workspace.outline.status(action_id).mark == "・"
    assert workspace.outline.actions[action_id].note == "備考です"
    assert "（元に戻し済み）" in shown()[2]
    workspace.undo()
    assert workspace.outline.status(action_id).mark == "✓"


def test_the_choice_stays_with_its_entry(view, workspace, action_id):
    choose(view, 1)
    edits.set_note(workspace, action_id, "新しい備考")
    workspace.end_typing()
    edits.set_due(workspace, action_id, "H28.3")
    view.refresh()
    index = view.findChild(QListView, "history").currentIndex()
    assert "状態を" in index.data()


def test_what_was_taken_back_cannot_be_taken_back_again(view, workspace):
    choose(view, 0)
    button = view.findChild(object, "revert_operation")
    assert button.isEnabled()
    workspace.undo()
    view.refresh()
    choose(view, 1)
    assert not button.isEnabled()
    workspace.redo()
    view.refresh()
    choose(view, 2)
    assert button.isEnabled()


def test_a_conflict_is_explained_and_changes_nothing(view, workspace, action_id):
    progress.set_status(workspace, [action_id], 2)
    choose(view, 1)
    revert_operation(view)
    assert "さらに変更されています" in view.findChild(object, "error").text()
    assert workspace.outline.status(action_id).mark == "◇"


def test_nothing_chosen_nothing_to_take_back(view):
    assert not view.findChild(object, "revert_operation").isEnabled()


def test_a_change_from_before_a_restart_is_taken_back(qtbot, plan, workspace, action_id, clock):
    progress.set_status(workspace, [action_id], 1)
    plan.close()
    again = opened(plan.path, clock)
    view = HistoryView()
    qtbot.addWidget(view)
    view.show_history(again.workspace, action_id)
    choose(view, 0)
    revert_operation(view)
    assert again.workspace.outline.status(action_id).mark == "・"
    again.close()


def test_the_history_of_the_plan_has_everything_in_it(view, workspace):
    progress.set_status(workspace, [2], 2)
    view.show_history(workspace, None)
    assert view._model.rowCount() >= 3
    assert "状態を「◇ 完了の目途」に変更" in view._model.text(0)


def test_an_entry_can_be_copied_in_full(qtbot, view, workspace, action_id):
    edits.set_note(workspace, action_id, "長い備考です。" * 500)
    view.refresh()
    choose(view, 0)
    entries = view.findChild(QListView, "history")
    entries.actions()[0].trigger()
    assert QApplication.clipboard().text().count("長い備考です。") == 500


def test_the_history_is_read_page_by_page(workspace, action_id, owner):
    for number in range(PAGE + 10):
        edits.set_start(workspace, action_id, 2011 + number % 9)
    model = HistoryModel(workspace, action_id, owner)
    assert model.rowCount() == PAGE
    assert model.canFetchMore(model.index(-1))
    edits.set_start(workspace, action_id, 2020)
    model.fetchMore(model.index(-1))
    assert model.rowCount() == PAGE + 10
    assert not model.canFetchMore(model.index(-1))


def test_the_model_keeps_the_rules_of_qt(workspace, action_id, owner):
    model = HistoryModel(workspace, None, owner)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    progress.set_status(workspace, [action_id], 1)
    model.refresh()
    edits.set_note(workspace, action_id, "一")
    model.refresh()
    edits.set_note(workspace, action_id, "")
    model.refresh()
    assert tester.model() is model


def test_the_tab_of_an_action_follows_its_edits(qtbot, pane, workspace, action_id):
    pane.show_nodes([placement_node(workspace.outline.placed[action_id][0])])
    tabs = pane.findChild(object, "action_tabs")
    entries = tabs.findChild(QListView, "history")
    assert entries.model() is None
    tabs.setCurrentIndex(1)
    before = entries.model().rowCount()
    progress.set_status(workspace, [action_id], 1)
    assert entries.model().rowCount() == before + 1
    entries.setFocus()
    qtbot.keyClick(entries, Qt.Key.Key_2)
    assert workspace.outline.status(action_id).mark == "◇"
    pane.show_nodes([placement_node(workspace.outline.placed[1][0])])
    assert entries.model().rowCount() == 0 or "状態を" not in entries.model().text(0)
