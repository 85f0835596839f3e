"""The start page offers five ways to a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QCommandLinkButton, QListWidget

from kyodo_desktop.ui.files.start_page import StartPage
from tests.ui.driving import run


@pytest.fixture
def page(qtbot):
    page = StartPage("見本市 総合計画（令和8年度）")
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def recent(page):
    return page.findChild(QListWidget, "recent")


@pytest.mark.parametrize("way", ["sample", "new", "import", "open"])
def test_each_button_asks_for_its_way(page, qtbot, way):
    with qtbot.waitSignal(getattr(page, f"{way}_requested")):
        page.findChild(QCommandLinkButton, way).click()


def test_without_recent_files_there_is_no_list_of_them(page, recent):
    assert not recent.isVisible()


def test_a_recent_file_shows_its_name_and_its_folder(page, recent):
    page.show_recent([Path("/srv/共有/計画.kyodo")])
    assert recent.isVisible()
    assert recent.item(0).text().splitlines() == ["計画.kyodo", str(Path("/srv/共有"))]


def test_a_recent_file_is_opened_with_enter(page, recent, qtbot):
    path = Path("/srv/共有/計画.kyodo")
    page.show_recent([path])
    recent.setFocus()
    recent.setCurrentRow(0)
    with qtbot.waitSignal(page.recent_requested) as requested:
        qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert requested.args == [path]


def test_only_a_file_that_is_gone_is_marked(page, recent, qtbot, tmp_path):
    here, gone = tmp_path / "ある.kyodo", tmp_path / "ない.kyodo"
    here.touch()
    page.show_recent([here, gone])
    qtbot.waitUntil(lambda: "見つかりません" in recent.item(1).text())
    assert "見つかりません" not in recent.item(0).text()
    assert recent.item(1).flags() & Qt.ItemFlag.ItemIsEnabled


def test_the_tab_key_leads_from_way_to_way(page, recent, qtbot, tmp_path):
    page.show_recent([tmp_path])
    page.activateWindow()
    page.setFocus()
    order = []
    for _ in range(5):
        order.append(page.focusWidget().objectName())
        page.focusNextChild()
    assert order == ["sample", "new", "import", "open", "recent"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("way", ["sample", "new", "import", "open"])
def test_each_way_is_taken_with_a_key(page, qtbot, way, key):
    with qtbot.waitSignal(getattr(page, f"{way}_requested")):
        qtbot.keyClick(page.findChild(QCommandLinkButton, way), key)


def test_the_arrow_keys_lead_from_way_to_way(page, qtbot):
    page.activateWindow()
    page.setFocus()
    for key, name in (("Down", "new"), ("Down", "import"), ("Up", "new")):
        qtbot.keyClick(page.focusWidget(), getattr(Qt.Key, f"Key_{key}"))
        assert page.focusWidget().objectName() == name


def test_the_way_that_has_the_focus_is_seen(empty_window, qtbot):
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    first, second = empty_window.start_page.findChildren(QCommandLinkButton)[:2]
    qtbot.waitUntil(first.hasFocus)
    before = [first.grab().toImage(), second.grab().toImage()]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(second.hasFocus)
    assert first.grab().toImage() != before[0]
    assert second.grab().toImage() != before[1]


def test_after_a_plan_is_closed_the_first_way_has_the_focus(empty_window, sample_file, qtbot):
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    assert empty_window.files.open(sample_file)
    run(empty_window, "close_plan")
    first = empty_window.start_page.findChild(QCommandLinkButton, "sample")
    qtbot.waitUntil(first.hasFocus)


@pytest.mark.parametrize("width", [911, 683])
def test_the_page_never_scrolls_sideways(empty_window, width):
    page = empty_window.start_page
    page.show_recent([Path(f"/srv/共有/とても長い名前の計画{each}.kyodo") for each in range(8)])
    empty_window.resize(width, 344)
    QApplication.processEvents()
    assert empty_window.width() == width
    assert page.width() <= page.parentWidget().width()
    links = page.findChildren(QCommandLinkButton)
    for part in (*links, page.findChild(QListWidget, "recent")):
        corner = part.mapTo(page, QPoint(0, 0))
        assert page.rect().contains(QRect(corner, part.size()))


def test_a_narrow_page_has_the_recent_files_below_the_ways(empty_window):
    page = empty_window.start_page
    page.show_recent([Path("/srv/共有/計画.kyodo")])
    recent, way = page.findChild(QListWidget), page.findChild(QCommandLinkButton, "open")
    for width, is_below in ((683, True), (1200, False), (683, True)):
        empty_window.resize(width, 600)
        QApplication.processEvents()
        top, bottom = recent.mapTo(page, QPoint(0, 0)).y(), way.mapTo(page, QPoint(0, 0)).y()
        assert (top > bottom) == is_below


def test_the_chosen_file_is_in_sight_where_the_page_scrolls(empty_window, qtbot):
    page = empty_window.start_page
    page.show_recent([Path(f"/srv/共有/計画{each}.kyodo") for each in range(8)])
    empty_window.resize(683, 344)
    recent = page.findChild(QListWidget)
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    recent.setFocus()
    for row in range(8):
        recent.setCurrentRow(row)
        QApplication.processEvents()
        place = recent.visualItemRect(recent.item(row))
        assert recent.viewport().visibleRegion().contains(place)
