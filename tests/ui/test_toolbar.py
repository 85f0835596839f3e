"""The toolbar of six: what it offers for what is chosen, and in how much room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QWidget

from kyodo_desktop.domain.nodes import is_heading
from tests.ui.driving import dialog, outline, run, select

BOOTH = "市民活動ブースの設置"


def button(window, name):
    return window.toolbar.findChild(QToolButton, name)


def offered(window, name):
    """Return what a button's menu offers now."""
    menu = button(window, name).menu()
    menu.aboutToShow.emit()
    actions = [each for each in menu.actions() if not each.isSeparator()]
    return {each.text().split("(&")[0]: each for each in actions}


def possible(window):
    return [text for text, each in offered(window, "adding").items() if each.isEnabled()]


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("前期", ["推進項目を追加", "実行計画を追加"]),
        ("環境づくり", ["推進項目を追加", "下に施策を追加", "実行計画を追加"]),
        ("活動拠点の整備", ["推進項目を追加", "施策を追加", "実行計画を追加"]),
        (BOOTH, ["推進項目を追加", "施策を追加", "実行計画を追加"]),
    ],
)
def test_what_can_be_added_is_named_after_the_levels(window, title, levels):
    select(window, title)
    assert possible(window) == [*levels, "Excelから貼り付け…"]


def test_a_heading_of_a_higher_level_is_added_behind_the_one_that_the_action_is_in(window):
    select(window, BOOTH)
    term = outline(window).roots[0]
    before = outline(window).children[term]
    offered(window, "adding")["推進項目を追加"].trigger()
    after = outline(window).children[term]
    (added,) = set(after) - set(before)
    assert is_heading(added)
    assert after.index(added) == 1
    assert window.tree.current_node() == added
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_nothing_can_be_added_to_a_plan_that_is_only_read(window, sample_file):
    assert window.files.open(sample_file, read_only=True)
    select(window, BOOTH)
    assert possible(window) == []


def test_asking_the_sections_is_one_menu(window):
    assert list(offered(window, "asking")) == ["照会（回答票を作る）", "回答の取込", "回答状況"]


def test_the_rounds_are_offered_with_the_ways_to_new_ones(window):
    chooser = window.findChild(QPushButton, "round_chooser")
    chooser.menu().aboutToShow.emit()
    texts = [each.text() for each in chooser.menu().actions() if each.text()]
    assert texts[0] == "平成27年度　10月末現在"
    assert texts[1].startswith("新しい調査")
    assert texts[2].startswith("調査の一覧")


def test_the_chooser_is_of_one_size_whatever_the_round_is_called(window):
    chooser = window.findChild(QPushButton, "round_chooser")
    before = chooser.geometry()
    run(window, "close_round")
    window.findChild(QPushButton, "close").click()
    QApplication.processEvents()
    assert "（確定）" in chooser.accessibleName()
    assert chooser.geometry() == before


@pytest.mark.parametrize("width", [1366, 911, 683])
def test_every_part_is_whole_in_a_narrow_window_too(window, width):
    window.resize(width, 600)
    QApplication.processEvents()
    parts = [
        each
        for each in window.toolbar.findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        if each.isVisible()
    ]
    assert all(window.toolbar.rect().contains(each.geometry()) for each in parts)
    buttons = [each for each in parts if isinstance(each, QToolButton)]
    assert all(each.width() >= each.minimumSizeHint().width() for each in buttons)
    window.resize(1366, 728)


def test_without_a_plan_there_is_no_toolbar(empty_window):
    assert not empty_window.toolbar.isVisible()
    assert not empty_window.foot.isVisible()
    assert empty_window.menuBar().isVisible()


def test_whoever_knows_a_key_of_before_is_told_once_where_it_has_gone(window, settings):
    settings.set_layout("splitter", QByteArray(b"as it was"))
    for text in ("変更の履歴は F9", ""):
        run(window, "replace")
        assert text in window.toast.text
        window.toast.clear()
        dialog(window).reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
