"""The page on which the 後期 plan is drawn up, walked with keys and mouse in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QTreeWidget,
)

from kyodo_desktop.services.dump import dump
from kyodo_desktop.ui.widgets import theme
from tests.ui.driving import dialog, outline, run, select

OK = QDialogButtonBox.StandardButton.Ok
BOOTH, CENTRE, ADVICE = (
    "市民活動ブースの設置",
    "市民活動サポートセンターの創設",
    "活動支援アドバイザーの設置及び派遣",
)


class Page:
    """The page as a person uses it."""

    def __init__(self, window):
        run(window, "next_term")
        self.dialog = dialog(window)
        self.old = self.dialog.findChild(QTreeWidget, "old_tree")
        self.new = self.dialog.findChild(QTreeWidget, "new_tree")

    @property
    def counts(self):
        return self.dialog.findChild(QLabel, "counts").text()

    @property
    def error(self):
        return self.dialog.findChild(QLabel, "error").text()

    def item(self, tree, title):
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        return tree.findItems(title, flags)[0]

    def choose(self, *titles, key):
        self.old.clearSelection()
        for title in titles:
            self.item(self.old, title).setSelected(True)
        QTest.keyClick(self.old, key)

    def go_to(self, title):
        self.new.setCurrentItem(self.item(self.new, title))

    def press(self, name):
        self.dialog.findChild(QPushButton, name).click()

    def type_title(self, text):
        editor = self.new.viewport().findChild(QLineEdit)
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()

    def partners(self):
        [asked] = [each for each in self.dialog.findChildren(QDialog) if each.isVisible()]
        return asked, asked.findChild(QListWidget)

    def finish(self):
        self.dialog.findChild(QDialogButtonBox).button(OK).click()
        QApplication.processEvents()


@pytest.fixture
def page(window):
    return Page(window)


def new_titles(window):
    plan = outline(window)
    return [plan.label(node) for node in plan.below(plan.roots[1])]


def test_the_command_says_which_term_it_draws_up(window):
    assert window.actions_by_name["next_term"].text() == "後期計画を策定(&N)…"


def test_the_page_begins_with_what_the_statuses_say(page):
    assert page.counts == "継続 27・拡充 0・統合 0・引き継がない 5・新規 0　→　後期 27件"
    booth = page.item(page.old, BOOTH)
    assert [booth.text(column) for column in range(4)] == [
        *(f"① {BOOTH}", "◇ 完了の目途", "", "継続 ▾"),
    ]


def test_a_plan_is_drawn_up_and_taken_back(window, page):
    before = dump(window.plan.workspace)
    page.choose(BOOTH, ADVICE, key=Qt.Key.Key_2)
    page.choose("担い手づくり", key=Qt.Key.Key_4)
    assert page.counts.startswith("継続 20・拡充 2・統合 0・引き継がない 10")
    assert page.item(page.old, BOOTH).text(3) == "拡充 ▾"
    page.go_to(BOOTH)
    page.press("add_action")
    page.type_title("広報の強化")
    page.finish()
    assert "② 広報の強化" in new_titles(window)
    assert window.tree.current_node() == outline(window).roots[1]
    assert "後期計画を作成しました（実行計画 23件）" in window.toast.text
    window.toast.findChild(QPushButton, "message_action").click()
    assert dump(window.plan.workspace) == before


def test_several_are_merged_into_one_of_them(window, page):
    page.choose(BOOTH, ADVICE, key=Qt.Key.Key_3)
    asked, partners = page.partners()
    names = asked.findChild(QLineEdit)
    assert partners.accessibleName() == "統合先"
    assert (names.accessibleName(), names.placeholderText()) == ("名称で絞り込む",) * 2
    assert asked.focusWidget() is names, "what is typed at once looks for the action"
    names.setText("ｱﾄﾞﾊﾞｲｻﾞｰ")
    assert ADVICE in partners.currentItem().text()
    asked.accept()
    assert page.item(page.old, BOOTH).text(3) == f"統合 → {ADVICE} ▾"
    assert page.item(page.new, ADVICE).text(1) == "統合（2件）"
    page.go_to(ADVICE)
    QTest.keyClick(page.new, Qt.Key.Key_Return)
    page.type_title("活動の拠点と支援")
    page.finish()
    made = outline(window).successions
    assert len({each.successor_id for each in made.values() if each.choice == "merge"}) == 1
    assert "② 活動の拠点と支援" in new_titles(window)


def test_rows_move_with_alt_and_the_arrows_and_say_why_not(page):
    page.go_to(BOOTH)
    QTest.keyClick(page.new, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert "先頭のため" in page.error
    QTest.keyClick(page.new, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.error == ""
    assert "活動支援及び" in page.item(page.new, BOOTH).parent().text(0)
    QTest.keyClick(page.new, Qt.Key.Key_Delete)
    assert page.item(page.old, BOOTH).text(3) == "引き継がない ▾"
    page.press("drop_empty")
    assert not page.new.findItems("活動拠点の整備", Qt.MatchFlag.MatchContains)


@pytest.mark.parametrize(
    ("where", "expected"), [("AboveItem", 0), ("BelowItem", 1), ("OnItem", None)]
)
def test_rows_are_dropped_above_and_below_others_but_not_on_an_action(page, where, expected):
    page.go_to(BOOTH)
    page.new.drop(page.item(page.new, CENTRE), getattr(QTreeWidget.DropIndicatorPosition, where))
    moved = page.item(page.new, BOOTH)
    if expected is None:
        assert "実行計画の下には移動できません" in page.error
    else:
        assert "活動支援及び" in moved.parent().text(0)
        assert moved.parent().indexOfChild(moved) == expected


def test_a_page_without_an_action_or_a_name_stays_open(page):
    page.old.selectAll()
    QTest.keyClick(page.old, Qt.Key.Key_4)
    page.finish()
    assert "1件も入っていません" in page.error
    QTest.keyClick(page.old, Qt.Key.Key_1)
    page.dialog.findChild(QLineEdit, "term_name").clear()
    page.finish()
    assert page.dialog.isVisible()


def test_what_was_thought_over_is_not_lost_by_mistake(qtbot, window, page):
    page.choose(BOOTH, key=Qt.Key.Key_4)
    page.dialog.reject()
    [box] = page.dialog.findChildren(QMessageBox)
    assert page.dialog.isVisible()
    with qtbot.waitSignal(page.dialog.rejected):
        box.findChild(QPushButton, "discard").click()
    assert len(outline(window).successions) == 0


def test_where_the_term_is_there_already_it_says_what_to_do(window, page):
    page.finish()
    select(window, BOOTH)
    run(window, "next_term")
    assert "「後期」には見出しが既にあるため" in window.toast.text


def test_the_rows_of_both_sides_are_as_high_as_those_of_the_list(page, window):
    heights = {tree.visualItemRect(tree.topLevelItem(0)).height() for tree in (page.old, page.new)}
    assert heights == {theme.px(24)}
