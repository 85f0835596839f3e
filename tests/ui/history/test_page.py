"""履歴: what was done to what is chosen, by days and by person, and a way to take it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStyleOptionViewItem,
)

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.services import history, progress, removing, structure
from kyodo_desktop.ui.history.entries import PAGE, HistoryModel
from kyodo_desktop.ui.history.page import HistoryPage
from tests import edits
from tests.builders import action_of, node_of, opened
from tests.ui.driving import run, select, tree

TITLE = "市民活動支援基金の創設"


@pytest.fixture
def action_id(workspace):
    return action_of(workspace.outline, TITLE)


@pytest.fixture
def node(workspace, action_id):
    return placement_node(workspace.outline.placed[action_id][0])


@pytest.fixture
def view(qtbot, workspace, action_id, node):
    progress.set_status(workspace, [action_id], 1)
    edits.set_note(workspace, action_id, "備考です")
    view = HistoryPage(lambda: workspace)
    qtbot.addWidget(view)
    view.show_nodes([node])
    view.resize(501, 600)
    view.show()
    return view


@pytest.fixture
def shown(view):
    """Return the entries as they are read."""
    return lambda: entries_of(view)


@pytest.fixture
def owner(qapp):
    return QObject()


def entries_of(view):
    model = view.findChild(QListView, "history").model()
    return [model.text(row) for row in range(model.rowCount())] if model else []


def labels(view):
    return [each.split("\n")[1] for each in entries_of(view)]


def of_action(workspace, action_id):
    node = placement_node(workspace.outline.placed[action_id][0])
    return history.of_nodes(workspace.outline, [node])


def choose(view, row):
    entries = view.findChild(QListView, "history")
    entries.setCurrentIndex(entries.model().index(row))


def press(view, name):
    button = view.findChild(QPushButton, name)
    assert button.isEnabled()
    button.click()


def type_day(view, name, text):
    field = view.findChild(QLineEdit, name)
    field.setText(text)
    field.editingFinished.emit()


def pick_author(view, name):
    names = view.findChild(QComboBox, "history_author")
    names.setCurrentIndex(names.findText(name))
    names.activated.emit(names.currentIndex())


def date_steps(path, *days):
    """Give the newest steps other days, the newest first."""
    with closing(sqlite3.connect(path)) as other, other:
        for back, day in enumerate(days):
            other.execute(
                "UPDATE operation SET at = ? WHERE id = (SELECT max(id) FROM operation) - ?",
                (f"{day}T09:00:00+09:00", back),
            )


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
    press(view, "revert_operation")
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
    button = view.findChild(QPushButton, "revert_operation")
    assert button.isEnabled()
    workspace.undo()
    view.refresh()
    choose(view, 1)
    assert not button.isEnabled()
    workspace.redo()
    view.refresh()
    choose(view, 2)
    assert button.isEnabled()


def test_what_somebody_else_took_back_is_known_though_only_one_person_is_shown(
    view, workspace, action_id, sample_file
):
    workspace.undo()
    with closing(sqlite3.connect(sample_file)) as other, other:
        other.execute(
            "UPDATE operation SET author = '別の人' WHERE id = (SELECT max(id) FROM operation)"
        )
    view.refresh()
    pick_author(view, "市民 花子")
    assert labels(view)[0] == "備考を入力（元に戻し済み）"
    choose(view, 0)
    assert not view.findChild(QPushButton, "revert_operation").isEnabled()


def test_a_conflict_is_explained_and_changes_nothing(view, workspace, action_id):
    progress.set_status(workspace, [action_id], 2)
    choose(view, 1)
    press(view, "revert_operation")
    assert "さらに変更されています" in view.findChild(QLabel, "error").text()
    assert workspace.outline.status(action_id).mark == "◇"


def test_nothing_chosen_nothing_to_take_back(view):
    assert not view.findChild(QPushButton, "revert_operation").isEnabled()


def test_a_change_from_before_a_restart_is_taken_back(qtbot, plan, workspace, action_id, clock):
    progress.set_status(workspace, [action_id], 1)
    plan.close()
    again = opened(plan.path, clock)
    view = HistoryPage(lambda: again.workspace)
    qtbot.addWidget(view)
    view.show_nodes([placement_node(again.workspace.outline.placed[action_id][0])])
    choose(view, 0)
    press(view, "revert_operation")
    assert again.workspace.outline.status(action_id).mark == "・"
    again.close()


def test_with_nothing_chosen_or_the_whole_plan_wanted_everything_is_shown(view, workspace, node):
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境の整備")
    view.refresh()
    assert "名称を変更" not in labels(view)[0]
    press(view, "history_of_plan")
    assert len(labels(view)) >= 4
    view.show_nodes([])
    assert not view.findChild(QPushButton, "history_of_chosen").isEnabled()
    view.show_nodes([node])
    press(view, "history_of_chosen")
    assert len(labels(view)) == 2


def test_a_heading_shows_what_was_done_to_it_and_below_it(view, workspace):
    above = node_of(workspace.outline, "環境づくり")
    elsewhere = node_of(workspace.outline, "担い手づくり")
    structure.rename(workspace, above, "環境の整備")
    structure.rename(workspace, elsewhere, "担い手の育成")
    view.show_nodes([above])
    assert "備考を入力" in labels(view)
    assert any("環境の整備" in each for each in entries_of(view))
    assert not any("担い手の育成" in each for each in entries_of(view))
    assert any(f"「{TITLE}」" in each for each in entries_of(view)), "of whom it is, is said"


def test_days_limit_what_is_shown_in_any_form(view, workspace, sample_file):
    date_steps(sample_file, "2026-11-20", "2026-10-31")
    view.refresh()
    type_day(view, "history_since", "R8.11.1")
    assert labels(view) == ["備考を入力"]
    type_day(view, "history_since", "")
    type_day(view, "history_until", "2026/10")
    assert labels(view) == ["状態を「✓ 完了」に変更"]
    type_day(view, "history_since", "令和8年10月")
    assert labels(view) == ["状態を「✓ 完了」に変更"], "a month begins with its first day"
    type_day(view, "history_since", "令和8年度")
    assert labels(view) == ["状態を「✓ 完了」に変更"]
    press(view, "history_reset")
    assert len(labels(view)) == 2


def test_a_day_that_cannot_be_read_is_said_and_so_is_a_period_that_ends_before_it_begins(view):
    type_day(view, "history_since", "きのう")
    assert "読み取れません" in view.findChild(QLabel, "error").text()
    type_day(view, "history_since", "R8.11.1")
    type_day(view, "history_until", "R8.10.1")
    assert "始めより前" in view.findChild(QLabel, "error").text()
    press(view, "history_reset")
    assert not view.findChild(QLabel, "error").text()
    assert len(labels(view)) == 2


def test_one_person_is_shown_alone(view, workspace, action_id, sample_file):
    edits.set_due(workspace, action_id, "H28.3")
    with closing(sqlite3.connect(sample_file)) as other, other:
        other.execute(
            "UPDATE operation SET author = '協働 太郎' WHERE id = (SELECT max(id) FROM operation)"
        )
    view.refresh()
    pick_author(view, "協働 太郎")
    assert labels(view) == ["完了予定を変更"]
    pick_author(view, "すべての人")
    assert len(labels(view)) == 3


def test_where_nothing_fits_the_empty_list_says_so(view):
    type_day(view, "history_until", "H20.1.1")
    assert labels(view) == []
    assert "条件に合う" in view.findChild(QLabel, "empty_note").text()


def test_an_entry_can_be_copied_in_full(view, workspace, action_id):
    edits.set_note(workspace, action_id, "長い備考です。" * 500)
    view.refresh()
    choose(view, 0)
    entries = view.findChild(QListView, "history")
    entries.actions()[0].trigger()
    assert QApplication.clipboard().text().count("長い備考です。") == 500


def test_the_history_is_read_page_by_page(workspace, action_id, owner):
    for number in range(PAGE + 10):
        edits.set_start(workspace, action_id, 2011 + number % 9)
    model = HistoryModel(workspace, of_action(workspace, action_id), owner)
    assert model.rowCount() == PAGE
    assert model.canFetchMore(model.index(-1))
    edits.set_start(workspace, action_id, 2020)
    model.fetchMore(model.index(-1))
    assert model.rowCount() == PAGE + 10
    assert not model.canFetchMore(model.index(-1))


def test_the_model_keeps_the_rules_of_qt(workspace, action_id, owner):
    model = HistoryModel(workspace, history.HistoryFilter(), owner)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    progress.set_status(workspace, [action_id], 1)
    model.refresh()
    edits.set_note(workspace, action_id, "一")
    model.refresh()
    edits.set_note(workspace, action_id, "")
    model.refresh()
    assert tester.model() is model


def test_the_command_brings_the_focus_to_the_entries_and_esc_back_to_the_list(window, qtbot):
    select(window, TITLE)
    run(window, "history")
    assert window.side.tab == "history"
    assert window.findChild(QListView, "history").hasFocus()
    qtbot.keyClick(window.findChild(QListView, "history"), Qt.Key.Key_Escape)
    assert tree(window).hasFocus()


def test_enter_in_a_day_asks_for_it(view, qtbot, sample_file):
    date_steps(sample_file, "2026-11-20", "2026-10-31")
    field = view.findChild(QLineEdit, "history_since")
    field.setText("R8.11.1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert labels(view) == ["備考を入力"]


def test_the_history_of_the_plan_shows_what_was_deleted(view, workspace):
    removing.delete(workspace, [node_of(workspace.outline, "市民活動保険の導入")])
    view.show_nodes([])
    assert "市民活動保険の導入" in entries_of(view)[0]


def test_an_entry_has_its_room_in_another_width(view, workspace, action_id):
    edits.set_note(workspace, action_id, "とても長い備考です。" * 12)
    view.refresh()
    entries = view.findChild(QListView, "history")
    for width in (420, 300, 501):
        view.resize(width, 600)
        index = entries.model().index(0)
        wanted = entries.itemDelegate().sizeHint(QStyleOptionViewItem(), index).height()
        QApplication.processEvents()
        assert entries.visualRect(index).height() == wanted
