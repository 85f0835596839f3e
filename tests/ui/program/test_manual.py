"""The manual: every link and picture is there, and F1 shows the page that fits."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton

from kyodo_desktop.paths import bundled
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.checks.dialogs import RulesDialog
from kyodo_desktop.ui.program.manual import ManualWindow, show_manual
from tests.screenshots import PUBLISHED
from tests.ui.driving import run

PAGES = sorted(bundled("resources", "manual").glob("*.html"))


class References(HTMLParser):
    """Collects what a page refers to, and its anchors."""

    def __init__(self, page):
        super().__init__()
        self.targets, self.anchors, self.alone = [], set(), []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.anchors |= {values[name] for name in ("id", "name") if values.get(name)}
        self.targets += [values[name] for name in ("href", "src") if values.get(name)]
        if tag == "img" and not values.get("alt"):
            self.alone.append(values["src"])


def manual_of(parent):
    return parent.findChild(ManualWindow)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_somewhere_without_internet(page):
    found = References(page)
    for target in found.targets:
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        assert path.is_file() or path in PUBLISHED, target
        assert not anchor or anchor in References(path).anchors, target
    assert found.alone == []


def test_every_page_and_picture_is_reached_from_the_first_page():
    folder = bundled("resources", "manual")
    reached, waiting = set(), {folder / "index.html"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        if page.suffix == ".html":
            links = {target.partition("#")[0] for target in References(page).targets}
            waiting |= {page.parent / link for link in links if link} - reached
    assert {each for each in folder.rglob("*") if each.is_file()} <= reached


def test_f1_opens_the_manual_once(window, qtbot):
    for _ in range(2):
        run(window, "manual")
    assert len(window.findChildren(ManualWindow)) == 1


def test_f1_in_a_dialog_shows_its_own_page_beside_it(window, qtbot):
    dialog = RulesDialog([], window)
    ask(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    shown = manual_of(dialog)
    assert shown.browser.source().fileName() == "checks.html"
    assert shown.browser.source().fragment() == "rules"
    assert shown.isVisible()
    dialog.reject()


def test_a_search_looks_in_all_pages_whatever_the_kana(window, qtbot):
    shown = show_manual("index", window)
    box = shown.findChild(QLineEdit, "manual_search")
    hits = shown.findChild(QListWidget, "manual_hits")
    assert not hits.isVisible()
    box.setText("バックアップ")
    pages = hits.count()
    box.setText("ばっくあっぷ")
    assert hits.isVisible()
    assert hits.count() == pages > 1
    box.setText("再依頼文をコピー")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert shown.browser.source().fileName() == "inquiry.html"
    assert shown.browser.textCursor().selectedText() == "再依頼文をコピー"
    assert hits.currentItem().text().endswith("回答票を送る › 4. 回答状況")


def test_a_search_without_an_end_begins_again_and_tells_when_there_is_nothing(window, qtbot):
    shown = show_manual("index", window)
    box = shown.findChild(QLineEdit, "manual_search")
    hits = shown.findChild(QListWidget, "manual_hits")
    box.setText("掲載数（再掲を含む）")
    for _ in range(hits.count() + 1):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert hits.currentRow() == 0
    box.setText("どこにもない言葉")
    assert hits.count() == 0
    assert "0か所" in [each.text() for each in shown.findChildren(QLabel)]
    box.clear()
    assert not hits.isVisible()


def test_enter_presses_the_button_of_the_manual_that_has_the_focus(window, qtbot):
    shown = show_manual("keys", window)
    (index,) = [each for each in shown.findChildren(QPushButton) if each.text().startswith("目次")]
    index.setFocus()
    qtbot.keyClick(index, Qt.Key.Key_Return)
    assert shown.browser.source().fileName() == "index.html"
    shown.close()
