"""In a narrow window tree and editor take turns, and there is a way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar, QWidget

from tests.ui.driving import outline, run, select, tree

BOOTH = "市民活動ブースの設置"


@pytest.fixture
def window(new_window):
    select(new_window, BOOTH)
    return new_window


def make(window, width):
    window.resize(width, 600)
    QApplication.processEvents()


def seen(window):
    return window.tree.isVisible(), window.editor.isVisible()


def tabs(window):
    return window.findChild(QTabBar, "sides")


def test_a_wide_window_shows_both_sides(window):
    make(window, 800)
    assert seen(window) == (True, True)
    assert not tabs(window).isVisible()


@pytest.mark.parametrize("width", [799, 683])
def test_a_narrow_window_shows_the_tree_and_a_way_to_the_editor_and_back(window, width):
    make(window, width)
    assert window.width() == width
    assert seen(window) == (True, False)
    tabs(window).setCurrentIndex(1)
    assert seen(window) == (False, True)
    tabs(window).setCurrentIndex(0)
    assert seen(window) == (True, False)


def test_the_keyboard_goes_through_the_panes_and_back(window, qtbot):
    make(window, 683)
    qtbot.waitUntil(lambda: window.strip.takes_focus)  # which it does when all is checked
    tree(window).setFocus()
    run(window, "next_pane")
    assert seen(window) == (False, True)
    assert QApplication.focusWidget().objectName() == "line_text_1"
    run(window, "next_pane")
    assert window.strip.isAncestorOf(QApplication.focusWidget())
    run(window, "next_pane")
    assert QApplication.focusWidget().objectName() == "round_chooser"
    run(window, "next_pane")
    assert seen(window) == (True, False)
    assert tree(window).hasFocus()
    run(window, "previous_pane")
    assert window.toolbar.isAncestorOf(QApplication.focusWidget())


def test_it_comes_back_to_where_it_was_in_the_editor(window):
    note = window.editor.findChild(object, "outlook_text")
    note.setFocus()
    run(window, "previous_pane")
    assert tree(window).hasFocus()
    run(window, "next_pane")
    assert note.hasFocus()


def test_whoever_types_while_the_window_becomes_narrow_goes_on(window):
    note = window.editor.findChild(QWidget, "outlook_text")
    note.setFocus()
    make(window, 683)
    assert seen(window) == (False, True)
    assert note.hasFocus()


def test_the_focus_goes_with_the_side_that_is_shown(window):
    make(window, 683)
    tree(window).setFocus()
    tabs(window).setCurrentIndex(1)
    assert window.editor.isAncestorOf(QApplication.focusWidget())
    tabs(window).setCurrentIndex(0)
    assert tree(window).hasFocus()


def test_enter_leads_to_the_text_of_an_action(window, qtbot):
    make(window, 683)
    qtbot.keyClick(tree(window), Qt.Key.Key_Return)
    assert seen(window) == (False, True)
    assert QApplication.focusWidget().objectName() == "line_text_1"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert seen(window) == (True, False)
    assert tree(window).hasFocus()


@pytest.mark.parametrize("name", ["search", "rename", "add_action", "add_heading"])
def test_what_needs_the_tree_brings_it_up(window, name):
    make(window, 683)
    tabs(window).setCurrentIndex(1)
    run(window, name)
    assert seen(window) == (True, False)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_what_cannot_be_saved_brings_the_editor_up(window):
    make(window, 683)
    tabs(window).setCurrentIndex(1)
    due = window.editor.findChild(QLineEdit, "due")
    due.setText("来年あたり")
    tabs(window).setCurrentIndex(0)
    select(window, "市民活動保険の導入")
    assert seen(window) == (False, True)
    assert due.hasFocus()


def test_the_shares_of_a_wide_window_outlive_a_narrow_one(window, settings):
    window.sides.share(566)
    QApplication.processEvents()
    width = window.tree.width()
    make(window, 683)
    make(window, 1366)
    assert seen(window) == (True, True)
    assert abs(window.tree.width() - width) <= 1
    make(window, 683)
    window.close()
    assert settings.layout("side") == window.sides.state()


def test_another_plan_begins_with_its_tree(window, sample_file):
    make(window, 683)
    tabs(window).setCurrentIndex(1)
    assert window.files.open(sample_file)
    assert seen(window) == (True, False)
    assert outline(window).plan.title


def test_what_gets_the_focus_comes_into_sight(window, qtbot):
    window.resize(683, 400)
    window.sides.bring_up(window.editor)
    first, last = (window.editor.findChild(QWidget, each) for each in ("line_text_1", "due"))
    for field, other in ((last, first), (first, last)):
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        qtbot.waitUntil(lambda field=field: whole(field))
        assert other.visibleRegion().isEmpty()


def whole(field):
    return field.visibleRegion().boundingRect().height() == field.height()
