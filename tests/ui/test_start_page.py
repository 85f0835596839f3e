"""The start page offers five ways to a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCommandLinkButton, QListWidget

from kyodo_desktop.ui.start_page import StartPage


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
