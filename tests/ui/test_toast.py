"""What just happened: over the foot of the list, for a while, spoken, and to be read again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from kyodo_desktop.services import structure
from kyodo_desktop.ui import messages
from kyodo_desktop.ui.tree.columns import TreeColumn
from kyodo_desktop.ui.widgets import theme
from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import dialog, outline, run, select, tree

BOOTH, CENTRE = "市民活動ブースの設置", "協働のまちづくり推進課の設置"
LONG = "「報告書.xlsx」に書き込めませんでした。Excelで開いているときは閉じてください。" * 12


@pytest.fixture
def toast(window):
    return window.toast


@pytest.fixture
def soon(monkeypatch):
    """What goes by itself goes at once."""
    monkeypatch.setattr(messages, "SECONDS", 0.02)


def press(window, name):
    button = window.toast.findChild(QPushButton, name)
    assert button.isVisible(), name
    button.click()


def place_of(widget, window):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_it_stands_at_the_foot_of_the_list_in_its_middle(window, toast):
    toast.show_info("保存しました。")
    shown, area = place_of(toast, window), place_of(window.tree, window)
    assert shown.height() == theme.px(40)
    assert area.bottom() - shown.bottom() == theme.px(16)
    assert abs(shown.center().x() - area.center().x()) <= 1


def test_it_stands_above_the_current_row_rather_than_on_it(window, toast, qtbot):
    view = tree(window)
    toast.show_info("保存しました。")
    foot = view.indexAt(QPoint(40, view.viewport().height() - theme.px(30)))
    view.setCurrentIndex(foot)
    row = view.visualRect(foot)
    row.moveTopLeft(view.viewport().mapTo(window, row.topLeft()))
    assert not row.intersects(place_of(toast, window))
    assert toast.geometry().bottom() < row.top()
    view.scrollToTop()
    view.setCurrentIndex(view.model().index(0, 0))
    assert window.tree.rect().bottom() > 0
    area = place_of(window.tree, window)
    assert area.bottom() - place_of(toast, window).bottom() == theme.px(16)


def test_it_follows_the_list(window, toast):
    toast.show_info("保存しました。")
    window.resize(1100, 650)
    QApplication.processEvents()
    shown, area = place_of(toast, window), place_of(window.tree, window)
    assert area.contains(shown)
    assert area.bottom() - shown.bottom() == theme.px(16)
    window.resize(1366, 728)


def test_what_was_done_goes_by_itself(toast, soon, qtbot):
    toast.show_info("保存しました。")
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_what_went_wrong_stays_until_it_is_closed(window, toast, soon, qtbot):
    toast.show_info("先のお知らせ")
    toast.show_error("書き込めませんでした。")
    assert not toast._timer.isActive()
    press(window, "message_close")
    assert toast.text == ""


def test_it_stays_while_the_focus_is_on_it(window, toast, soon, qtbot, monkeypatch):
    monkeypatch.setattr(messages, "_LONGER", 1)
    toast.show_file_info("作りました。", window.plan.path)
    toast.take_focus()
    qtbot.waitUntil(toast.findChild(QPushButton, "open_exported").hasFocus)
    with qtbot.waitSignal(toast._timer.timeout):
        pass
    assert toast.isVisible()
    tree(window).setFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_it_stays_while_it_is_behind_a_dialog(window, toast, soon, qtbot, monkeypatch):
    monkeypatch.setattr(messages, "_LONGER", 1)
    run(window, "about")
    toast.show_info("残りを取りやめました。")
    with qtbot.waitSignal(toast._timer.timeout):
        pass
    assert toast.isVisible()
    dialog(window).reject()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_escape_closes_it_and_goes_back(window, toast, qtbot):
    tree(window).setFocus()
    toast.show_file_info("作りました。", window.plan.path)
    run(window, "previous_pane")
    assert toast.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not toast.isVisible()
    qtbot.waitUntil(tree(window).hasFocus)


def test_a_long_text_is_cut_to_three_lines_and_can_be_read_whole(window, toast):
    toast.show_error(LONG)
    assert toast.text == LONG
    assert toast.height() <= theme.px(40) + 3 * toast.fontMetrics().lineSpacing()
    assert LONG in toast.toolTip()
    press(window, "message_details")
    assert dialog(window).text() == LONG


def test_a_short_text_needs_no_details(window, toast):
    toast.show_error("書き込めませんでした。")
    assert not toast.findChild(QPushButton, "message_details").isVisible()


def test_it_is_spoken(toast, monkeypatch):
    spoken = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", spoken.append)
    toast.show_info("保存しました。")
    toast.show_error("書き込めませんでした。")
    toast.show_rich_info('「甲」が完了しました。<a href="1">乙</a>')
    assert [each.message() for each in spoken] == [
        "保存しました。",
        "書き込めませんでした。",
        "「甲」が完了しました。乙",
    ]
    polite, assertive = QAccessible.AnnouncementPoliteness
    assert [each.politeness() for each in spoken] == [polite, assertive, polite]


def delete_first(window):
    node = select(window, BOOTH)
    window.features.edits.ask_to_delete()
    dialog(window).accept()
    return node


def test_what_was_deleted_can_be_brought_back_there(window, toast):
    node = delete_first(window)
    assert not outline(window).exists(node)
    assert toast.text == f"「{BOOTH}」を削除しました。"
    press(window, "message_action")
    assert outline(window).exists(node)


def test_one_typed_name_is_not_news(window, toast):
    structure.rename(window.plan.workspace, node_of(outline(window), BOOTH), "交流ブース")
    assert toast.text == ""
    window.features.edits.set_status([1], 1)
    assert toast.text == ""


def test_several_statuses_at_once_are(window, toast):
    window.features.edits.set_status([1, 2, 3], 1)
    assert toast.text == "3件の状態を「✓ 完了」にしました。"
    press(window, "message_action")
    assert toast.text == ""


def test_what_is_given_to_many_can_be_taken_back_there(window, toast):
    titles = BOOTH, CENTRE
    window.tree._view.select_all([node_of(outline(window), each) for each in titles])
    window.editor.findChild(QComboBox, "start_fiscal_year").activated.emit(2)
    assert toast.text == "2件の開始年度を「平成24年度」に変更しました。"
    press(window, "message_action")
    actions = [outline(window).actions[action_of(outline(window), each)] for each in titles]
    assert {each.start_fiscal_year for each in actions} == {None}


def test_what_is_filled_down_can_be_taken_back_there(window, toast):
    titles = BOOTH, CENTRE
    first, second = (action_of(outline(window), each) for each in titles)
    edits.set_due(window.plan.workspace, first, "H29.3")
    view = window.tree._view
    view.select_all([node_of(outline(window), each) for each in titles])
    at = view.model().index_of(node_of(outline(window), BOOTH), TreeColumn.DUE)
    view.selectionModel().setCurrentIndex(at, view.selectionModel().SelectionFlag.NoUpdate)
    run(window, "fill_down")
    assert outline(window).actions[second].due == "2017-03"
    assert toast.text == "「完了予定」を1件に入力しました。"
    press(window, "message_action")
    assert outline(window).actions[second].due is None


def test_the_latest_can_be_read_again_and_done_while_it_holds(window, toast):
    toast.latest.clear()
    delete_first(window)
    toast.show_error("書き込めませんでした。", retry=print)
    run(window, "latest_news")
    listed = dialog(window)
    assert [listed._list.topLevelItem(row).text(1) for row in range(2)] == [
        "書き込めませんでした。",
        f"「{BOOTH}」を削除しました。",
    ]
    offer = listed.findChild(QPushButton, "offer_0")
    assert not offer.isVisible()
    listed._list.setCurrentItem(listed._list.topLevelItem(1))
    assert offer.text() == "元に戻す"
    offer.click()
    assert node_of(outline(window), BOOTH)


def test_the_way_back_ends_with_the_next_step(window, toast):
    toast.latest.clear()
    delete_first(window)
    structure.rename(window.plan.workspace, outline(window).roots[0], "第一期")
    run(window, "latest_news")
    assert not dialog(window).findChild(QPushButton, "offer_0").isVisible()


def test_fifty_are_kept(toast):
    for number in range(60):
        toast.show_info(f"{number}件目")
    assert len(toast.latest) == 50
    assert toast.latest[0].text == "59件目"


def test_without_any_the_list_says_so(window, toast):
    toast.latest.clear()
    run(window, "latest_news")
    assert dialog(window)._whole.text() == "お知らせはまだありません。"


def test_in_a_high_contrast_it_is_seen(qapp):
    colours = theme.of_palette(qapp.palette())
    assert colours.toast != colours.on_toast
    assert colours.toast != colours.toast_link
