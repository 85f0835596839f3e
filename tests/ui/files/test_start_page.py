"""The start page offers four ways to a plan, and cards of the recent ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.ui.files.cards import RecentPlan, opened_label
from kyodo_desktop.ui.files.start_page import StartPage, WayButton
from tests.builders import Clock
from tests.ui.driving import run


@pytest.fixture
def page(qtbot):
    page = StartPage("見本市 総合計画（令和8年度）")
    qtbot.addWidget(page)
    page.show()
    return page


def resize(window, width, height):
    """Give the window a size; what the cards then ask for is laid out a turn later."""
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()


def shown(page, *paths, **memory):
    """Show these plans and return their cards."""
    page.show_recent([RecentPlan.remembered(path, memory) for path in paths], Clock()())
    return page.cards.cards


@pytest.mark.parametrize("way", ["sample", "new", "import", "open"])
def test_each_button_asks_for_its_way(page, qtbot, way):
    with qtbot.waitSignal(getattr(page, f"{way}_requested")):
        page.findChild(WayButton, way).click()


def test_without_recent_plans_there_are_no_cards(page):
    assert not page.cards.isVisible()


def test_a_card_tells_what_is_remembered_of_a_plan(page):
    memory = {
        "title": "協働プラン",
        "round": "平成27年度",
        "done": 6,
        "total": 34,
        "shares": [["done", 6], [None, 28]],
        "opened_at": "2026-11-23T10:42:00+09:00",
    }
    (card,) = shown(page, Path("/srv/共有/計画.kyodo"), **memory)
    assert card.accessibleName().split("、") == [
        "協働プラン",
        "平成27年度",
        "完了 6/34",
        "今日 10:42",
        str(Path("/srv/共有/計画.kyodo")),
    ]
    assert card.plan.shares == ((StatusKind.DONE, 6), (None, 28))


def test_a_card_of_which_nothing_is_remembered_has_the_name_of_the_file(page):
    (card,) = shown(page, Path("/srv/計画.kyodo"), shares="?", total="x", round=3)
    assert card.accessibleName() == f"計画、{Path('/srv/計画.kyodo')}"


@pytest.mark.parametrize(
    ("at", "label"),
    [
        ("2026-11-23T09:05:00+09:00", "今日 09:05"),
        ("2026-11-22T23:59:00+09:00", "昨日"),
        ("2026-09-14T10:00:00+09:00", "9月14日"),
        ("2025-09-14T10:00:00+09:00", "令和7年9月14日"),
        ("", ""),
        ("いつか", ""),
    ],
)
def test_when_a_plan_was_open_is_told_as_people_say_it(at, label):
    assert opened_label(at, Clock()()) == label


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_first_card_has_the_focus_and_a_key_goes_on_with_it(page, qtbot, key, tmp_path):
    page.activateWindow()
    cards = shown(page, tmp_path / "a.kyodo", tmp_path / "b.kyodo")
    qtbot.waitUntil(cards[0].hasFocus)
    with qtbot.waitSignal(page.recent_requested) as requested:
        qtbot.keyClick(cards[0], key)
    assert requested.args == [tmp_path / "a.kyodo"]


def test_only_a_plan_that_is_gone_says_so_and_why(page, qtbot, tmp_path):
    here, gone, away = tmp_path / "a.kyodo", tmp_path / "b.kyodo", tmp_path / "T" / "c.kyodo"
    here.touch()
    cards = shown(page, here, gone, away)
    qtbot.waitUntil(lambda: all(each.gone_because for each in cards[1:]))
    assert "名前が変わっています" in cards[1].gone_because
    assert "接続されていない" in cards[2].gone_because
    assert not cards[0].gone_because
    assert [each.forget.isVisible() for each in cards] == [False, True, True]
    assert cards[1].isEnabled()


def test_a_plan_that_is_gone_is_looked_for_or_forgotten(page, qtbot, tmp_path):
    (card,) = shown(page, tmp_path / "b.kyodo")
    qtbot.waitUntil(card.forget.isVisible)
    for name, signal in (
        ("find_plan", page.search_requested),
        ("forget_plan", page.removal_requested),
    ):
        with qtbot.waitSignal(signal) as requested:
            card.findChild(QPushButton, name).click()
        assert requested.args == [tmp_path / "b.kyodo"]


def test_a_forgotten_plan_leaves_the_page(empty_window, settings, qtbot, tmp_path):
    settings.remember_file(tmp_path / "a.kyodo")
    settings.remember_file(tmp_path / "b.kyodo")
    page = empty_window.start_page
    empty_window.files.show_recent(page)
    page.removal_requested.emit(tmp_path / "b.kyodo")
    assert [each.plan.path.name for each in page.cards.cards] == ["a.kyodo"]
    assert settings.recent_files == [tmp_path / "a.kyodo"]


def test_a_plan_that_was_open_is_told_without_its_file(empty_window, sample_file):
    assert empty_window.files.open(sample_file)
    sample_file.with_suffix(".other").write_bytes(b"")
    run(empty_window, "close_plan")
    (card,) = empty_window.start_page.cards.cards
    assert card.plan.title == "協働のまちづくり推進計画"
    assert (card.plan.round, card.plan.progress) == ("平成27年度", "完了 6/34")
    assert [count for _, count in card.plan.shares] == [6, 7, 21]


def test_the_tab_key_leads_from_way_to_way(page, tmp_path):
    shown(page, tmp_path)
    page.activateWindow()
    page.findChild(WayButton, "new").setFocus()
    order = []
    for _ in range(5):
        order.append(page.focusWidget().objectName())
        page.focusNextChild()
    assert order == ["new", "import", "open", "sample", "card"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("way", ["sample", "new", "import", "open"])
def test_each_way_is_taken_with_a_key(page, qtbot, way, key):
    with qtbot.waitSignal(getattr(page, f"{way}_requested")):
        qtbot.keyClick(page.findChild(WayButton, way), key)


def test_the_arrow_keys_lead_from_way_to_way(page, qtbot):
    page.activateWindow()
    page.setFocus()
    for key, name in (("Down", "import"), ("Down", "open"), ("Up", "import")):
        qtbot.keyClick(page.focusWidget(), getattr(Qt.Key, f"Key_{key}"))
        assert page.focusWidget().objectName() == name


def test_the_way_that_has_the_focus_is_seen(empty_window, qtbot):
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    first, second = empty_window.start_page.findChildren(WayButton)[:2]
    qtbot.waitUntil(first.hasFocus)
    before = [first.grab().toImage(), second.grab().toImage()]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(second.hasFocus)
    assert first.grab().toImage() != before[0]
    assert second.grab().toImage() != before[1]


def test_after_a_plan_is_closed_enter_opens_it_again(empty_window, sample_file, qtbot):
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    assert empty_window.files.open(sample_file)
    run(empty_window, "close_plan")
    (card,) = empty_window.start_page.cards.cards
    qtbot.waitUntil(card.hasFocus)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert empty_window.plan.path == sample_file


@pytest.mark.parametrize("width", [911, 683])
def test_the_page_never_scrolls_sideways(empty_window, width):
    page = empty_window.start_page
    cards = shown(page, *(Path(f"/srv/とても長い名前の計画{each}.kyodo") for each in range(8)))
    resize(empty_window, width, 344)
    assert empty_window.width() == width
    assert page.width() <= page.parentWidget().width()
    for part in (*page.findChildren(WayButton), *cards):
        corner = part.mapTo(page, QPoint(0, 0))
        assert page.rect().contains(QRect(corner, part.size()))


def test_a_narrow_page_has_the_cards_below_the_ways(empty_window):
    page = empty_window.start_page
    (card,) = shown(page, Path("/srv/共有/計画.kyodo"))
    way = page.findChild(WayButton, "sample")
    for width, is_below in ((683, True), (1200, False), (683, True)):
        resize(empty_window, width, 600)
        top, bottom = card.mapTo(page, QPoint(0, 0)).y(), way.mapTo(page, QPoint(0, 0)).y()
        assert (top > bottom) == is_below


def test_two_cards_stand_beside_each_other_where_there_is_room(empty_window):
    page = empty_window.start_page
    cards = shown(page, Path("/srv/a.kyodo"), Path("/srv/b.kyodo"))
    for width, are_beside in ((1366, True), (911, False), (1366, True)):
        resize(empty_window, width, 600)
        assert (cards[0].y() == cards[1].y()) == are_beside


def test_the_chosen_card_is_in_sight_where_the_page_scrolls(empty_window, qtbot):
    page = empty_window.start_page
    cards = shown(page, *(Path(f"/srv/共有/計画{each}.kyodo") for each in range(8)))
    resize(empty_window, 683, 344)
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    for card in cards:
        card.setFocus()
        QApplication.processEvents()
        assert card.visibleRegion().boundingRect() == card.rect()
