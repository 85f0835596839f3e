"""比較: what became of what is chosen between two rounds, and the way to the tree."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton, QTextBrowser

from kyodo_desktop.services import progress, rounds, structure
from kyodo_desktop.ui.comparing.comparison_page import ComparisonPage
from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import outline, run, select, select_nothing

BOOTH, TRAINING = "市民活動ブースの設置", "職員研修の実施"


@pytest.fixture
def second_round(window):
    workspace = window.plan.workspace
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    progress.set_status(workspace, [action_of(workspace.outline, BOOTH)], 1)
    edits.set_due(workspace, action_of(workspace.outline, TRAINING), "H29.3")
    return workspace


@pytest.fixture
def page(window, second_round, qtbot):
    """The page with the changes of the whole plan."""
    select_nothing(window)
    run(window, "compare")
    shown = window.findChild(ComparisonPage)
    qtbot.waitUntil(lambda: BOOTH in text_of(shown))
    return shown


def text_of(page):
    return page.findChild(QTextBrowser, "changes").toPlainText()


def kinds(page):
    box = page.findChild(QComboBox, "kind")
    return [box.itemText(place).strip() for place in range(box.count())]


def pick_kind(page, label):
    box = page.findChild(QComboBox, "kind")
    box.setCurrentIndex(kinds(page).index(label))
    box.activated.emit(box.currentIndex())


def test_the_round_before_and_the_shown_one_are_compared_at_once(page):
    assert "状態  ◇ 完了の目途 → ✓ 完了" in text_of(page)
    assert TRAINING in text_of(page)
    assert "→ 平成29年3月" in text_of(page)
    shown = page.findChild(QTextBrowser, "changes").toHtml()
    assert re.search(r"underline[^>]*>◇ 完了の目途<.*underline[^>]*>✓ 完了<", shown)


def test_changes_are_limited_to_a_kind_or_to_a_step_of_the_status(page):
    assert "状態（1件）" in kinds(page)
    pick_kind(page, "完了予定（1件）")
    assert BOOTH not in text_of(page)
    assert TRAINING in text_of(page)
    pick_kind(page, "◇ 完了の目途 → ✓ 完了（1件）")
    assert BOOTH in text_of(page)
    assert TRAINING not in text_of(page)
    pick_kind(page, "すべての変更")
    assert TRAINING in text_of(page)


def test_what_is_chosen_is_compared_alone(window, page):
    select(window, BOOTH)
    assert BOOTH in text_of(page)
    assert TRAINING not in text_of(page)
    select(window, "環境づくり")
    assert BOOTH in text_of(page)
    assert TRAINING not in text_of(page)
    select(window, "協働のまちづくり講座の開設")
    assert "変更はありません" in text_of(page)


def test_a_change_leads_to_its_place_in_the_tree(window, page):
    node = node_of(outline(window), BOOTH)
    page.findChild(QTextBrowser, "changes").anchorClicked.emit(QUrl(str(node)))
    assert window.tree.current_node() == node


def test_what_is_edited_is_compared_anew(window, page, qtbot):
    node = node_of(outline(window), "環境づくり")
    structure.rename(window.plan.workspace, node, "環境の整備")
    qtbot.waitUntil(lambda: "環境の整備" in text_of(page))


def test_all_changes_that_are_shown_are_copied(page):
    page.findChild(QPushButton, "copy_changes").click()
    assert BOOTH in QGuiApplication.clipboard().text()
    assert "\t完了予定\t\t平成29年3月" in QGuiApplication.clipboard().text()


def test_rounds_can_be_compared_the_other_way_round(page, qtbot):
    boxes = [page.findChild(QComboBox, name) for name in ("earlier", "later")]
    for box, name in zip(boxes, ("平成28年度", "平成27年度"), strict=True):
        place = next(each for each in range(box.count()) if box.itemText(each).startswith(name))
        box.setCurrentIndex(place)
        box.activated.emit(place)
    qtbot.waitUntil(lambda: "✓ 完了 → ◇ 完了の目途" in text_of(page))


def test_one_round_cannot_be_compared_with_itself(window):
    run(window, "compare")
    page = window.findChild(ComparisonPage)
    assert "調査がまだ1つだけ" in text_of(page)
    assert not page.findChild(QComboBox, "earlier").isEnabled()
