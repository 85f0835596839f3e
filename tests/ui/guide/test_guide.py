"""An empty plan offers ways to begin, and its first steps until enough is in it."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QTabBar

from kyodo_desktop.services import new_plan, structure
from kyodo_desktop.ui import outside
from tests.ui.driving import outline, run, tree


@pytest.fixture
def empty(window, tmp_path, clock, qtbot):
    """The window on a plan in which nothing stands."""
    path = tmp_path / "空.kyodo"
    plan = new_plan.default_plan(clock().date(), "空の計画")
    new_plan.create_plan(path, plan, author="市民 花子", now=clock())
    assert window.files.open(path)
    qtbot.waitUntil(lambda: window.tree.selected_nodes() != [])
    return window


def choices(window):
    return window.features.guide.choices


def tab(window):
    return window.side.findChild(QTabBar, "side_tabs").tabText(0)


def steps(window):
    page = window.features.guide.page
    assert page.isVisible()
    return page.steps.accessibleDescription().splitlines()


def test_a_plan_with_rows_needs_no_guide(window):
    assert "choices" not in window.features.guide.__dict__
    assert tab(window) != "手順"


def test_three_ways_lie_over_the_empty_list(empty):
    assert choices(empty).isVisible()
    assert [
        each.accessibleName()
        for each in (choices(empty).heading, choices(empty).paste, choices(empty).table)
    ] == [
        "推進項目を追加（Ctrl+Shift+H）",
        "Excelから貼り付け（Ctrl+V）",
        "表を取り込む（Ctrl+I）",
    ]


def test_enter_begins_with_the_first_way(empty, qtbot):
    qtbot.waitUntil(choices(empty).heading.hasFocus)
    qtbot.keyClick(choices(empty).heading, Qt.Key.Key_Return)
    assert len(empty.plan.workspace.outline.headings) == 1
    assert not choices(empty).isVisible()


def test_the_ways_come_back_when_all_was_taken_back(empty):
    choices(empty).heading.click()
    empty.tree.commit()
    while empty.plan.workspace.undo_label:
        empty.plan.workspace.undo()
    assert choices(empty).isVisible()


def test_a_table_is_asked_for(empty, qtbot):
    choices(empty).table.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in empty.findChildren(QDialog)))


def test_the_steps_stand_beside_the_list_and_follow(empty):
    assert tab(empty) == "手順"
    assert steps(empty)[0].startswith("1 推進項目を作る、次の手順、")
    structure.add_heading(empty.plan.workspace, empty.plan.workspace.outline.roots[0])
    assert steps(empty)[0].startswith("1 推進項目を作る、済み、")
    assert "次の手順" in steps(empty)[1]


def test_with_ten_actions_the_steps_give_way(empty):
    workspace = empty.plan.workspace
    heading = structure.add_heading(workspace, workspace.outline.roots[0])
    for _ in range(9):
        structure.add_action(workspace, heading)
    assert tab(empty) == "手順"
    structure.add_action(workspace, heading)
    assert tab(empty) == "集計"


def test_who_closes_the_steps_sees_them_no_more(empty, settings):
    empty.features.guide.page.end.click()
    assert tab(empty) == "集計"
    assert not settings.is_guide_wanted
    assert choices(empty).isVisible()


def test_another_window_is_the_program_itself(tmp_path, monkeypatch):
    path = tmp_path / "a.kyodo"
    assert outside.window_command(path) == [sys.executable, "-m", "kyodo_desktop", str(path)]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert outside.window_command(path) == [sys.executable, str(path)]


def test_one_line_that_is_pasted_is_the_next_of_the_same_level(empty):
    for name in ("環境づくり", "担い手づくり"):
        QGuiApplication.clipboard().setText(name)
        tree(empty).setFocus()
        run(empty, "paste")
    term = outline(empty).roots[0]
    titles = [outline(empty).title(each) for each in outline(empty).children[term]]
    assert titles == ["環境づくり", "担い手づくり"]
    assert "担い手づくり" in empty.toast.text
