"""点検 in the real window: look, jump, remedy, confirm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTabBar, QTreeView

from kyodo_desktop.domain.checks.rules import RULES
from tests.ui.driving import dialog, outline, run, select, select_nothing


@pytest.fixture
def window(new_window):
    return new_window


def findings(window):
    return window.findChild(QTreeView, "findings")


def groups(window):
    model = findings(window).model()
    return [model.index(row, 0).data() for row in range(model.rowCount(QModelIndex()))]


def choose(window, rule, nth=0):
    """Choose a finding of a rule."""
    names = [text.split("（")[0] for text in groups(window)]
    model = findings(window).model()
    group = model.index(names.index(RULES[rule].name), 0)
    index = model.index(nth, 0, group)
    findings(window).setCurrentIndex(index)
    return index


def press(window, name):
    button = window.findChild(QPushButton, f"checks_{name}")
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def tab(window):
    """Return what the tab says."""
    (tabs,) = [each for each in window.side.findChildren(QTabBar) if each.count() > 1]
    return next(tabs.tabText(place) for place in range(4) if tabs.tabText(place)[:2] == "点検")


def summary(window):
    return window.findChild(QLabel, "checks_summary").text()


@pytest.fixture
def settle(qtbot):
    """A function that waits until the list shows the plan as it is now."""

    def settle(window):
        qtbot.waitUntil(lambda: "要確認" in summary(window))

    return settle


@pytest.fixture
def checked(window, settle):
    """The window with the findings of the whole plan."""
    select_nothing(window)
    run(window, "checks")
    settle(window)
    return window


def test_the_tab_shows_what_was_found_by_rule(checked):
    assert findings(checked).isVisible()
    assert "再掲候補（2件）" in groups(checked)
    assert "文中の完了予定（6件）" in groups(checked)
    assert "方向性が空欄（34件）" in groups(checked)
    assert summary(checked).startswith("要確認 48件")
    assert tab(checked) == "点検 48"


def test_findings_of_the_chosen_action_stand_first_under_a_head_of_their_own(checked):
    select(checked, "市民活動ブースの設置")
    assert groups(checked)[0] == "この実行計画（3件）"
    assert tab(checked) == "点検 3"
    model = findings(checked).model()
    first = model.index(0, 0, model.index(0, 0))
    assert first.data().startswith("文中の完了予定")
    select(checked, "職員研修の実施")
    assert groups(checked)[0] == "この実行計画（1件）"


def test_a_heading_shows_what_is_below_it(checked):
    select(checked, "環境づくり")
    assert "方向性が空欄（7件）" in groups(checked)
    assert tab(checked) == f"点検 {summary(checked).split()[1].split('件')[0]}"


def test_the_count_is_there_before_the_tab_was_looked_at(window, qtbot):
    select_nothing(window)
    qtbot.waitUntil(lambda: tab(window) == "点検 48")
    assert window.findChild(QTreeView, "findings") is None


def test_the_tab_shows_what_was_found_before_it_was_looked_at(window, qtbot):
    qtbot.waitUntil(lambda: tab(window)[2:].strip().isdecimal())
    run(window, "checks")
    assert findings(window).model().rowCount()


def test_a_chosen_finding_is_told_whole_and_a_click_jumps_to_it(checked):
    index = choose(checked, "similar")
    assert "名称が似ていて" in checked.findChild(QLabel, "checks_sentence").text()
    findings(checked).activated.emit(index)
    assert outline(checked).title(checked.tree.current_node()) == "市政への参画機会の拡充"


def test_all_dates_are_taken_over_with_one_click_and_the_list_follows(checked, settle):
    press(checked, "all_dues")
    settle(checked)
    assert not any("文中の完了予定" in each for each in groups(checked))
    run(checked, "undo")
    settle(checked)
    assert "文中の完了予定（6件）" in groups(checked)


def test_a_remedy_is_one_click(checked, settle):
    choose(checked, "prerequisite_candidate")
    press(checked, "remedy")
    settle(checked)
    assert "先に終える候補（3件）" in groups(checked)


def test_a_finding_is_confirmed_with_a_note_and_opened_again(checked, settle):
    choose(checked, "similar")
    press(checked, "confirm")
    asked = dialog(checked)
    asked.findChild(QLineEdit, "note").setText("別の事業")
    asked.accept()
    settle(checked)
    assert not any("類似候補" in each for each in groups(checked))
    checked.findChild(QCheckBox, "with_confirmed").setChecked(True)
    index = choose(checked, "similar")
    assert "（確認済み：別の事業）" in index.data()
    press(checked, "unconfirm")
    settle(checked)
    checked.findChild(QCheckBox, "with_confirmed").setChecked(False)
    assert "類似候補（1件）" in groups(checked)


def test_rules_are_switched_off(checked, settle):
    press(checked, "rules")
    asked = dialog(checked)
    asked.findChild(QCheckBox, "direction_empty").setChecked(False)
    asked.accept()
    settle(checked)
    assert not any("方向性" in each for each in groups(checked))


def test_a_plan_that_is_only_read_can_be_looked_at(empty_window, sample_file, settle):
    assert empty_window.files.open(sample_file, read_only=True)
    select_nothing(empty_window)
    run(empty_window, "checks")
    settle(empty_window)
    choose(empty_window, "due_in_text")
    for name in ("remedy", "all_dues", "confirm", "rules"):
        assert not empty_window.findChild(QPushButton, f"checks_{name}").isEnabled()
    assert findings(empty_window).currentIndex().data()
