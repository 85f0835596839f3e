"""The foot: what is saved, how much there is, in which view and size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from kyodo_desktop.services import structure
from kyodo_desktop.ui.widgets import theme
from tests.builders import node_of
from tests.ui.driving import outline, run, select, tree

BOOTH = "市民活動ブースの設置"


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    theme.set_zoom(100)


def says(window, name):
    return window.foot.findChild(QLabel, f"foot_{name}").text()


def press(window, name):
    window.foot.findChild(QToolButton, name).click()


def test_it_says_when_everything_was_saved(window, qtbot):
    assert "自動で保存" in says(window, "saved")
    select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_1)
    assert says(window, "saved") == f"すべて保存済み　{window.plan.workspace.saved_at:%H:%M}"


def test_it_counts_what_there_is(window):
    assert says(window, "count") == "掲載 34件（実行計画 32）"
    structure.add_action(window.plan.workspace, node_of(outline(window), "活動拠点の整備"))
    assert says(window, "count") == "掲載 35件（実行計画 33）"


def test_a_view_is_chosen_there(window):
    press(window, "view_paper")
    assert not tree(window).isVisible()
    assert window.foot.findChild(QToolButton, "view_paper").isChecked()
    press(window, "view_list")
    assert tree(window).isVisible()


def test_everything_is_shown_larger_and_remembered(window, settings):
    height, chooser = window.foot.height(), window.features.rounds.chooser.width()
    press(window, "zoom_in")
    press(window, "zoom_in")
    assert window.foot.findChild(QToolButton, "zoom").text() == "125 %"
    assert window.foot.height() == round(height * 1.25)
    assert window.features.rounds.chooser.width() == round(chooser * 1.25)
    assert settings.zoom == 125
    run(window, "zoom_out")
    assert theme.zoom() == 110
    run(window, "zoom_normal")
    assert (theme.zoom(), settings.zoom) == (100, 100)


def test_there_is_a_smallest_and_a_largest_size(window):
    for name, end in (("zoom_out", theme.STEPS[0]), ("zoom_in", theme.STEPS[-1])):
        theme.set_zoom(end)
        run(window, name)
        assert theme.zoom() == end


def test_its_words_can_be_read_in_a_narrow_window(window):
    window.resize(683, 500)
    QApplication.processEvents()
    for name in ("saved", "count"):
        label = window.foot.findChild(QLabel, f"foot_{name}")
        assert label.contentsRect().width() >= label.fontMetrics().horizontalAdvance(label.text())
    window.resize(1366, 728)
