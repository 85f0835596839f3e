"""前回との比較 in the window: the matrix, the changes, and the way to the tree."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QTabWidget, QTextBrowser

from kyodo_desktop.services import progress, rounds
from kyodo_desktop.ui.comparing.comparison_dialog import ComparisonDialog, TransitionMatrix
from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import dialog, outline, run, select

BOOTH = "市民活動ブースの設置"


@pytest.fixture
def second_round(window):
    workspace = window.plan.workspace
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    booth = action_of(workspace.outline, BOOTH)
    progress.set_status(workspace, [booth], 1)
    edits.set_due(workspace, action_of(workspace.outline, "職員研修の実施"), "H29.3")
    return workspace


@pytest.fixture
def comparison(window, second_round, qtbot):
    run(window, "compare")
    shown = dialog(window)
    assert isinstance(shown, ComparisonDialog)
    qtbot.waitSignal(shown.compared).wait()
    return shown


def changes(parent):
    return parent.findChild(QTextBrowser, "changes")


def cells(shown):
    matrix = shown.findChild(TransitionMatrix)
    return {
        (matrix.verticalHeaderItem(row).text(), matrix.horizontalHeaderItem(column).text()): text
        for row in range(matrix.rowCount())
        for column in range(matrix.columnCount())
        if (text := matrix.item(row, column).text())
    }


def test_the_round_before_and_the_shown_one_are_compared_at_once(comparison):
    assert ("前 ◇ 完了の目途", "後 ✓ 完了") in cells(comparison)
    text = changes(comparison).toPlainText()
    assert BOOTH in text
    assert "職員研修の実施" in text
    assert "→ 平成29年3月" in text


def test_a_cell_of_the_matrix_shows_only_its_actions(comparison):
    matrix = comparison.findChild(TransitionMatrix)
    column = [matrix.horizontalHeaderItem(each).text() for each in range(matrix.columnCount())]
    row = [matrix.verticalHeaderItem(each).text() for each in range(matrix.rowCount())]
    matrix.setCurrentCell(row.index("前 ◇ 完了の目途"), column.index("後 ✓ 完了"))
    assert BOOTH in changes(comparison).toPlainText()
    assert "職員研修の実施" not in changes(comparison).toPlainText()
    comparison.findChild(QPushButton, "all_changes").click()
    assert "職員研修の実施" in changes(comparison).toPlainText()


def test_a_change_leads_to_its_place_in_the_tree(window, comparison):
    node = node_of(outline(window), BOOTH)
    changes(comparison).anchorClicked.emit(QUrl(str(node)))
    assert window.tree.current_node() == node
    assert not comparison.isVisible()


def test_all_changes_are_copied(comparison):
    comparison.findChild(QPushButton, "copy").click()
    assert BOOTH in QGuiApplication.clipboard().text()
    assert "\t完了予定\t\t平成29年3月" in QGuiApplication.clipboard().text()


def test_one_action_is_compared_behind_its_tab(window, second_round):
    select(window, BOOTH)
    tabs = window.editor.findChild(QTabWidget, "action_tabs")
    tabs.setCurrentIndex(2)
    shown = tabs.currentWidget()
    assert "◇ 完了の目途 → ✓ 完了" in shown.toPlainText()
    assert re.search(r"underline[^>]*>◇ 完了の目途<.*underline[^>]*>✓ 完了<", shown.toHtml())
    select(window, "協働のまちづくり講座の開設")
    assert "変わっていません" in shown.toPlainText()


def test_without_a_round_before_the_tab_says_so(window):
    select(window, BOOTH)
    tabs = window.editor.findChild(QTabWidget, "action_tabs")
    tabs.setCurrentIndex(2)
    assert "前回の調査がない" in tabs.currentWidget().toPlainText()


def test_one_round_cannot_be_compared_with_itself(window):
    run(window, "compare")
    assert not [each for each in window.findChildren(ComparisonDialog) if each.isVisible()]
    assert "調査がまだ1つだけ" in window.message_bar.text
